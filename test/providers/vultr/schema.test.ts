import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findProvider} from '../../../source/providers/catalog.js';
import {vultr} from '../../../source/providers/vultr/schema.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';

test('a Vultr credential is one key of any shape, without white space around it', () => {
	assert.equal(findProvider('Vultr'), vultr);
	assert.deepEqual(findingsOf(vultr, {token: 'INVENTEDKEYOFVULTR0INVENTEDKEYOFVULTR'}), []);
	assert.deepEqual(findingsOf(vultr, {}), ["wrong token: API key can't be empty"]);
	assert.equal(oddityOf(vultr, 'token', 'a\n'), 'odd: it begins or ends with white space');
});
