import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findProvider} from '../../../source/providers/catalog.js';
import {linode} from '../../../source/providers/linode/schema.js';
import {oddityOf} from '../../helpers/findings.js';

test('tokens have 64 hexadecimal digits', () => {
	for (const id of ['linode', 'Linode', 'lke']) assert.equal(findProvider(id), linode);
	const token = `${'0'.repeat(63)}f`;
	assert.equal(oddityOf(linode, 'token', token), '');
	for (const other of [token.slice(1), `${token}0`, token.replace('f', 'g')]) {
		assert.match(oddityOf(linode, 'token', other), /^odd: Linode tokens have 64/);
	}
	assert.match(oddityOf(linode, 'token', `\t${token}`), /^odd: .*white space/);
});

test("the guide's command asks for named scopes, not for all", () => {
	const [line = ''] = linode.guide?.sections.find(({commands}) => commands)?.lines ?? [];
	assert.match(line, /^linode-cli profile token-create --label pharmer --scopes "linodes:read_write [a-z:_ ]+"$/);
});
