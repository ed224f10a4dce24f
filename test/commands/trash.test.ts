import assert from 'node:assert/strict';
import {test} from 'node:test';
import {trashDays} from '../../source/domain/credential.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const deleted = (name: string, at: string) => ({...storedCredential(name), deleted: at});
const trash = [deleted('older', '2026-02-01T12:00:00Z'), deleted('newer', '2026-02-27T12:00:00Z')];
const run = (line: string, world: World = {}) => runCommandLine(line.split(' '), {credentials: [], trash, ...world});

test('trash lists what was deleted, the last first, with how long it stays', async () => {
	const {code, stdout, stderr} = await run('trash');
	assert.equal(code, 0);
	assert.equal(
		stdout,
		[
			'NAME   PROVIDER  ID         DELETED      STAYS',
			`newer  aws       AKIA…P4Q5  2 days ago   ${trashDays - 2} days`,
			`older  aws       AKIA…P4Q5  4 weeks ago  ${trashDays - 28} days`,
			'',
		].join('\n'),
	);
	assert.equal(stderr, '`pharmer restore NAME` brings one back\n');
	assert.match((await run('trash', {unicode: false})).stdout, /AKIA~P4Q5/);
});

test('an empty trash says so on standard error', async () => {
	const {code, stdout, stderr} = await run('trash', {trash: []});
	assert.deepEqual([code, stdout], [0, '']);
	assert.match(stderr, /^nothing is in the trash: what is deleted stays there for \d+ days\n$/);
	assert.equal((await run('trash -o json', {trash: []})).stdout, '[]\n');
});

test('trash for other programs has no secret', async () => {
	const json = await run('trash -o json');
	assert.deepEqual(JSON.parse(json.stdout)[1], {
		name: 'older',
		provider: 'aws',
		deleted: '2026-02-01T12:00:00Z',
		purged: '2026-03-03T12:00:00Z',
	});
	assert.equal(json.stderr, '');
	assert.match((await run('trash -o yaml')).stdout, /^- name: newer\n {2}provider: aws\n/);
	assert.equal((await run('trash -o name')).stdout, 'newer\nolder\n');
	for (const format of ['table', 'json', 'yaml', 'name']) {
		const {stdout} = await run(`trash -o ${format}`);
		assert.ok(!stdout.includes(secretKey) && !stdout.includes(keyId), format);
	}
});
