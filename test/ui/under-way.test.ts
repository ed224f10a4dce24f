import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {deleteCredentials, restoreCredentials} from '../../source/vault/operations.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {secretKey, storedCredential} from '../helpers/credentials.js';
import {contentOf, namesIn, openApp, passphrase} from '../helpers/opened.js';
import {openTerminal} from '../helpers/terminal.js';

/** The app over a vault that unlocks, and takes changes, only when `go()` is called. */
async function openSlow(context: TestContext, slow: {readonly unlock: boolean}) {
	const fast = memoryVaultPlace(
		{credentials: ['alpha', 'beta'].map(name => storedCredential(name)), trash: []},
		passphrase,
	);
	let go = (): void => {};
	const gate = (): Promise<void> =>
		new Promise(resolve => {
			go = resolve;
		});
	const place: VaultPlace = {
		...fast,
		async unlock(given, options) {
			if (slow.unlock) await gate();
			const vault = await fast.unlock(given, options);
			return {
				...vault,
				async change(operation) {
					await gate();
					return vault.change(operation);
				},
			};
		},
	};
	const terminal = await openTerminal({place});
	context.after(() => terminal.close());
	return {
		fast,
		terminal,
		async go(): Promise<void> {
			go();
			await terminal.settle();
		},
	};
}

test('keys typed after ctrl+x during a save are dropped', async context => {
	const {fast, terminal, go} = await openSlow(context, {unlock: false});
	await terminal.press(passphrase, 'enter', 'e', 'down', 'down', 'down', 'eu-west-1', 'ctrl+s');
	await terminal.press('j', 'ctrl+x', 'j', 'd', 'beta', 'enter', passphrase, 'enter');
	await go();
	assert.match(terminal.screen(), /The vault is locked/);
	assert.deepEqual(await namesIn(fast), ['alpha', 'beta']);
	assert.equal((await contentOf(fast)).credentials[0]?.data.get('region')?.reveal(), 'eu-west-1', 'the save was done');
	await terminal.press(passphrase, 'enter');
	assert.match(terminal.screen(), /Credentials 2/);
	assert.equal(terminal.outcome(), undefined);
});

test('ctrl+c and then ctrl+x during a save lock the vault without quitting', async context => {
	const {terminal, go} = await openSlow(context, {unlock: false});
	await terminal.press(passphrase, 'enter', 'e', 'down', 'down', 'down', 'eu-west-1', 'ctrl+s', 'ctrl+c', 'ctrl+x');
	await go();
	assert.equal(terminal.outcome(), undefined);
	assert.match(terminal.screen(), /The vault is locked/);
});

test('ctrl+z during an unlock leaves the vault locked', async context => {
	const {terminal, go} = await openSlow(context, {unlock: true});
	await terminal.press(passphrase, 'enter', 'ctrl+z');
	await go();
	assert.match(terminal.screen(), /The vault is locked/);
	assert.equal(terminal.store.getState().credentials.length, 0);
});

test('the right passphrase still unlocks after ctrl+z interrupted a wrong one', async context => {
	const {terminal, go} = await openSlow(context, {unlock: true});
	await terminal.press('wrong', 'enter', 'ctrl+z');
	await go();
	await terminal.press(passphrase, 'enter');
	await go();
	assert.match(terminal.screen(), /Credentials 2/);
});

test('ctrl+z clears the clipboard before the shell has the terminal', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('y');
	assert.equal(terminal.clipboard(), secretKey);
	let there = 'not asked';
	terminal.onSuspend(() => {
		there = terminal.clipboard();
	});
	await terminal.press('ctrl+z');
	assert.equal(there, '');
});

test('keys after a paste in the same read are part of the paste', async context => {
	const {place, terminal} = await openApp(context, ['prod', 'other'], {settings: {deleteAsks: 'name'}});
	await terminal.press('d');
	await terminal.burst('\u001b[200~other\u001b[201~\r');
	await terminal.settle();
	assert.deepEqual(await namesIn(place), ['prod', 'other']);
	assert.match(terminal.screen(), /❯ other/);
	await terminal.press('enter');
	assert.deepEqual(await namesIn(place), ['prod'], 'a key of its own is one again');
});

test('a purge refuses a credential that somebody else put in the trash meanwhile', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('d', 'y', 'T', 'd', 'prod');
	const other = await place.unlock(new Secret(passphrase));
	await other.change(now => restoreCredentials(now, [{id: 'id-of-prod'}], new Date()));
	await other.change(now => deleteCredentials(now, now.credentials, new Date()));
	await terminal.settle();
	await terminal.press('enter');
	assert.match(terminal.screen(), /`prod` in the trash is another one now/);
	assert.equal((await contentOf(place)).trash.length, 1);
});
