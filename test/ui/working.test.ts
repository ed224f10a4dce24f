import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Vault, VaultPlace} from '../../source/vault/vault.js';
import {storedCredential} from '../helpers/credentials.js';
import {contentOf, namesIn, passphrase} from '../helpers/opened.js';
import {openTerminal, type TerminalOptions} from '../helpers/terminal.js';

const emptiness = /No credentials yet|Credentials 0|0 credentials|Nothing was found|Nothing is in the trash/;

/** The app over a vault that takes a change only when `go()` is called, or refuses it with `go(error)`. */
async function openSlow(context: TestContext, options: Partial<TerminalOptions> = {}) {
	const credentials = ['alpha', 'beta'].map(name => storedCredential(name));
	const fast = memoryVaultPlace(
		{credentials, trash: [{...storedCredential('old'), deleted: '2026-11-20T00:00:00Z'}]},
		passphrase,
	);
	let go = (_?: PharmerError): void => {};
	/** What had been written to the terminal when each change began. */
	const written: string[] = [];
	let told = 0;
	const slow = (vault: Vault): Vault => ({
		...vault,
		async change(operation) {
			written.push(terminal.written().slice(told));
			await new Promise<void>((resolve, reject) => {
				go = error => (error === undefined ? resolve() : reject(error));
			});
			return vault.change(operation);
		},
	});
	const place: VaultPlace = {...fast, unlock: async (given, accept) => slow(await fast.unlock(given, accept))};
	const terminal = await openTerminal({place, columns: 120, ...options});
	context.after(() => terminal.close());
	await terminal.press(passphrase, 'enter');
	return {
		fast,
		terminal,
		written,
		/** From now on `written` begins anew. */
		mark(): void {
			told = terminal.written().length;
		},
		async go(error?: PharmerError): Promise<void> {
			go(error);
			await terminal.settle();
		},
	};
}

const busy = new PharmerError('busy', 'somebody else holds the lock', 'try again');

/** What writes to the vault: the keys to it, the last of which begins it; what is said, and what is still there. */
const tasks: Readonly<
	Record<string, {readonly keys: readonly string[]; readonly says: RegExp; readonly shows: RegExp}>
> = {
	'a label': {keys: ['t', 'a=1', 'enter'], says: /Saving/, shows: /Label alpha/},
	'a delete': {keys: ['d', 'y'], says: /Deleting/, shows: /Delete alpha\?/},
	'a restore': {keys: ['T', 'enter'], says: /Saving…/, shows: /old +aws/},
	'an edit': {keys: ['e', 'down', 'down', 'down', 'eu-west-1', 'ctrl+s'], says: /Saving/, shows: /alpha · editing/},
};

for (const [name, {keys, says, shows}] of Object.entries(tasks)) {
	test(`${name} is shown as under way before it begins, over the current view`, async context => {
		const {terminal, written, mark, go} = await openSlow(context);
		await terminal.press(...keys.slice(0, -1));
		mark();
		await terminal.press(...keys.slice(-1));
		assert.match(written[0] ?? '', says, 'on its way to the terminal before the vault is written');
		assert.match(terminal.screen(), says);
		assert.match(terminal.screen(), shows);
		assert.doesNotMatch(terminal.screen(), emptiness);
		await go();
		assert.doesNotMatch(terminal.screen(), says);
	});
}

for (const columns of [80, 120]) {
	test(`an undo is shown as under way over the list, the detail and the trash at ${columns} columns`, async context => {
		const {terminal, written, mark, go} = await openSlow(context, {columns});
		for (const [keys, shows] of [
			[[], /beta +aws/],
			[['enter'], /Secret access key/],
			[['esc', 'T'], /old +aws/],
		] as const) {
			await terminal.press('esc', 'esc', 't', 'a=1', 'enter');
			await go();
			await terminal.press(...keys);
			mark();
			await terminal.press('z');
			assert.match(written.at(-1) ?? '', /Undoing it…/);
			assert.match(terminal.screen(), /Undoing it…/);
			assert.match(terminal.screen(), shows);
			await terminal.pass(300);
			assert.match(terminal.screen(), /Undoing it…/);
			await go();
			assert.match(terminal.screen(), /alpha is as it was before/);
		}
	});
}

test('finds stay visible while they are saved, and ctrl+c waits for the save', async context => {
	const environment = {AWS_ACCESS_KEY_ID: 'AKIAQ4J5K6L7M2N3P4Q9', AWS_SECRET_ACCESS_KEY: 'k'.repeat(40)};
	const {terminal, go} = await openSlow(context, {environment});
	await terminal.press('i', 'enter');
	assert.match(terminal.screen(), /On this machine 1 · 1 to keep/);
	assert.match(terminal.screen(), /Saving…/);
	await terminal.press('ctrl+c');
	assert.match(terminal.screen(), /Saving… pharmer leaves when it is saved/);
	await go();
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
});

test('ctrl+c during a save is acknowledged at once, and the app quits after the save', async context => {
	const {fast, terminal, go} = await openSlow(context);
	await terminal.press('t', 'a=1', 'enter', 'ctrl+c', 'ctrl+c');
	assert.match(terminal.screen(), /pharmer leaves when it is saved/);
	assert.equal(terminal.outcome(), undefined);
	await go();
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
	assert.equal((await contentOf(fast)).credentials[0]?.labels.get('a'), '1');
	assert.doesNotMatch(terminal.written(), emptiness);
});

test('a failed save keeps the draft open in spite of ctrl+c', async context => {
	const {terminal, go} = await openSlow(context);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1', 'ctrl+s', 'ctrl+c');
	await go(busy);
	assert.equal(terminal.outcome(), undefined);
	assert.match(terminal.screen(), /somebody else holds the lock/);
	assert.match(terminal.screen(), /alpha · editing · 1 changed/);
});

for (const key of ['q', 'ctrl+c']) {
	test(`${key} during an undo waits for it, and never shows an empty vault`, async context => {
		const {fast, terminal, go} = await openSlow(context);
		await terminal.press('d', 'y');
		await go();
		await terminal.press('z', key);
		assert.match(terminal.screen(), /leaving, still saving…/);
		assert.doesNotMatch(terminal.screen(), /alpha|beta|Deleted/);
		assert.equal(terminal.outcome(), undefined);
		await terminal.press('ctrl+c', 'q');
		await go();
		assert.deepEqual(terminal.outcome(), {kind: 'quit'});
		assert.deepEqual(await namesIn(fast), ['beta', 'alpha']);
		assert.doesNotMatch(terminal.written(), emptiness);
	});
}

test('the app ends with the error of a save that fails after quitting', async context => {
	const {terminal, go} = await openSlow(context);
	await terminal.press('d', 'y');
	await go();
	await terminal.press('z', 'q');
	await go(busy);
	assert.equal(terminal.outcome(), busy);
});

for (const [columns, rows] of [
	[40, 12],
	[80, 24],
	[200, 60],
] as const) {
	test(`the last frame says that the app is leaving at ${columns}×${rows}`, async context => {
		const {terminal} = await openSlow(context, {columns, rows});
		await terminal.press('q');
		assert.deepEqual(terminal.outcome(), {kind: 'quit'});
		assert.match(terminal.written(), /leaving…/);
		assert.doesNotMatch(terminal.written(), emptiness);
	});
}

test('the list stays when the vault cannot be read after an outside change', async context => {
	const place = memoryVaultPlace({credentials: [storedCredential('alpha')], trash: []}, passphrase);
	let changed = (): void => {};
	let fails = false;
	const terminal = await openTerminal({
		place: {
			...place,
			async unlock(given) {
				const vault = await place.unlock(given);
				return {
					...vault,
					async read() {
						if (fails) throw new PharmerError('file', 'the vault may not be read');
						return vault.read();
					},
					async watch(listener) {
						changed = listener;
						return () => {};
					},
				};
			},
		},
	});
	context.after(() => terminal.close());
	await terminal.press(passphrase, 'enter');
	fails = true;
	changed();
	await terminal.settle();
	await terminal.pass(1500);
	assert.match(terminal.screen(), /The vault can't be read \(the vault may not be read\)/);
	assert.match(terminal.screen(), /alpha/);
	assert.doesNotMatch(terminal.written(), emptiness);
});

test('a screen reader hears that work is under way, and that the app quits afterwards', async context => {
	const {terminal, go} = await openSlow(context, {linear: true});
	await terminal.press('d', 'y', 'ctrl+c');
	assert.match(terminal.written(), /Working\.[\s\S]*pharmer leaves when it is saved\./);
	await go();
	assert.match(terminal.written(), /Left pharmer\./);
});
