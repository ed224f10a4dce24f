import '../../helpers/alone.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {State} from '../../../source/app/core/state.js';
import {Secret} from '../../../source/domain/secret.js';
import {storedCredential} from '../../helpers/credentials.js';
import {openedApp, played} from '../../helpers/played.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** The app after those keys and a lock, and what would keep a secret of its vault alive. */
function locked(keys: readonly string[]): {readonly state: State; readonly secret: WeakRef<Secret>} {
	const secret = new Secret('CANARY');
	const web = storedCredential('web', {data: new Map([['secretAccessKey', secret]])});
	const open = openedApp({columns: 120, rows: 30, credentials: [web, storedCredential('other')]});
	return {state: played(open, ...keys, 'ctrl+x'), secret: new WeakRef(secret)};
}

test('a lock lets go of every secret, whatever was looked at before', async () => {
	const walks = [
		[],
		[':'],
		[':', 'web'],
		[':', 'down', 'esc', 'j'],
		['?', 'copy'],
		['/', 'web', 'enter'],
		[']'],
		[']', ']'],
		['r'],
		['y'],
		['c'],
		['H'],
		['e', 'x'],
		['x'],
		['d'],
		['n'],
		[':', 'down'],
	];
	const after = walks.map(keys => ({keys, ...locked(keys)}));
	for (let round = 0; round < 5; round++) {
		await new Promise(resolve => setImmediate(resolve));
		collect();
	}
	for (const {keys, state, secret} of after) {
		assert.equal(state.screen.kind, 'unlock', keys.join(' '));
		assert.equal(secret.deref(), undefined, keys.join(' ') || 'nothing');
	}
});
