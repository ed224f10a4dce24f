import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hetzner} from '../../../source/providers/hetzner/schema.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';

const token = 'invented'.repeat(8);

test('a Hetzner Cloud credential is one token of 64 characters', () => {
	assert.deepEqual(findingsOf(hetzner, {token}), []);
	assert.deepEqual(findingsOf(hetzner, {}), ["wrong token: API token can't be empty"]);
	assert.equal(oddityOf(hetzner, 'token', token.slice(1)), 'odd: Hetzner Cloud tokens have 64 characters');
	assert.match(oddityOf(hetzner, 'token', `${token} `), /^odd: .*white space/);
});
