import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemKeyring} from '../../source/platform/keyring.js';
import {ofCode} from '../helpers/vault-samples.js';

test('a process that ends without an answer is an error of the keyring', async () => {
	// Beside the bundle of a test there is no second program.
	const keyring = systemKeyring({});
	const failed = ofCode('keyring', /can't be used: it failed/);
	await assert.rejects(keyring.get('a/b'), failed);
	await assert.rejects(keyring.set('a/b', Buffer.alloc(32)), failed);
	await assert.rejects(keyring.remove('a/b'), failed);
});
