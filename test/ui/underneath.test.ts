import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {type ErrorCode, PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {deleteCredentials, replaceCredential} from '../../source/vault/operations.js';
import type {Vault, VaultPlace} from '../../source/vault/vault.js';
import {storedCredential} from '../helpers/credentials.js';
import {contentOf, namesIn, passphrase} from '../helpers/opened.js';
import {openTerminal, type TerminalOptions} from '../helpers/terminal.js';

const names = Array.from({length: 40}, (_, index) => `key-${String(index).padStart(2, '0')}`);

/** The app over a vault whose file others change while it is open. */
async function openOver(context: TestContext, options: Partial<TerminalOptions> = {}) {
	const memory = memoryVaultPlace({credentials: names.map(name => storedCredential(name)), trash: []}, passphrase);
	let error: PharmerError | undefined;
	let copies: readonly string[] = [];
	let changed = (): void => {};
	let reads = 0;
	let written = 0;
	/** A new key lets nobody in who has the old one. */
	let age = 0;
	const over = (vault: Vault): Vault => {
		const own = age;
		const check = (): void => {
			if (error !== undefined) throw error;
			if (own !== age) throw new PharmerError('rekeyed', 'the vault has a new key', 'nothing was written');
		};
		return {
			...vault,
			async read() {
				reads++;
				check();
				return vault.read();
			},
			async change(operation) {
				check();
				written++;
				return vault.change(operation);
			},
			async watch(listener) {
				changed = listener;
				return () => {};
			},
		};
	};
	const place: VaultPlace = {
		...memory,
		async unlock(given, accept) {
			return over(await memory.unlock(given, accept));
		},
		conflictCopies: () => copies,
	};
	const terminal = await openTerminal({place, ...options});
	context.after(() => terminal.close());
	await terminal.play(passphrase, 'enter');
	return {
		terminal,
		memory,
		reads: () => reads,
		writes: () => written,
		/** The file is now something that reading it says with this code; the watcher tells that it changed. */
		async becomes(code: ErrorCode | 'whole'): Promise<void> {
			error = code === 'whole' ? undefined : new PharmerError(code, `it went wrong: ${code}`, 'a hint of the shell');
			changed();
			await terminal.settle();
		},
		/** The same, without a word of the watcher. */
		becomesQuietly(code: ErrorCode | 'whole'): void {
			error = code === 'whole' ? undefined : new PharmerError(code, `it went wrong: ${code}`);
		},
		async rekeyed(): Promise<void> {
			age++;
			changed();
			await terminal.settle();
		},
		async others(change: (vault: Vault) => Promise<unknown>, left: readonly string[] = copies): Promise<void> {
			copies = left;
			const vault = await memory.unlock(new Secret(passphrase));
			await change(vault);
			changed();
			await terminal.settle();
		},
	};
}

const said: Readonly<Partial<Record<ErrorCode, RegExp>>> = {
	'no-vault': /The vault's file is gone: nothing is saved until you put it back\. *$/m,
	damaged: /The vault's file is damaged: nothing is saved until you put a good copy back\. *$/m,
	file: /The vault can't be read \(file\): nothing is saved until it can\. *$/m,
	'newer-version': /A newer pharmer wrote the vault: nothing is saved until you update this one\. *$/m,
	'other-vault': /Another vault is in its place: put yours back, or open it with ctrl\+x\. *$/m,
	'rolled-back': /An older copy is there: put the newer back, or ctrl\+x, then accept it\. *$/m,
	rekeyed: /The vault has a new key: ctrl\+t asks for its passphrase, what you type stays\. *$/m,
};
const codes = Object.keys(said) as readonly ErrorCode[];
const back = /The vault is back: what you change is saved again\./;
const textOf = (code: ErrorCode): RegExp => said[code] ?? assert.fail(code);

for (const code of codes) {
	test(`the place stays, and one line says what to do as long as the vault is not there: ${code}`, async context => {
		const {terminal, becomes} = await openOver(context);
		await terminal.play('/', 'key', 'enter', ' ', ' ', 'pagedown', 'pagedown', 'j');
		const before = terminal.store.getState();
		for (let time = 0; time < 2; time++) {
			await becomes(code);
			await terminal.pass(2000);
			assert.match(terminal.screen(), textOf(code));
			await terminal.pass(60_000);
			assert.match(terminal.screen(), textOf(code), 'as long as it lasts');
			const {selected, top, filter, marks, screen, found} = terminal.store.getState();
			assert.deepEqual(
				{selected, top, filter, marks, screen},
				{
					selected: before.selected,
					top: before.top,
					filter: before.filter,
					marks: before.marks,
					screen: before.screen,
				},
			);
			assert.equal(found.length, names.length);
			await becomes('whole');
			assert.match(terminal.screen(), back);
			assert.doesNotMatch(terminal.screen(), textOf(code));
			await terminal.pass(6000);
			assert.doesNotMatch(terminal.screen(), back);
		}
	});

	test(`a draft stays, is written over nothing, and is saved when the vault is back: ${code}`, async context => {
		const {terminal, becomesQuietly, writes, memory} = await openOver(context);
		await terminal.play('e', 'down', 'down', 'down', 'eu-west-9');
		becomesQuietly(code);
		await terminal.play('ctrl+s');
		if (code === 'file') assert.match(terminal.screen(), /it went wrong: file/);
		else assert.match(terminal.screen(), textOf(code));
		assert.match(terminal.screen(), /key-00 · editing · 1 changed/);
		assert.equal(writes(), 0);
		becomesQuietly('whole');
		await terminal.pass(3000);
		await terminal.settle();
		if (code !== 'file') assert.match(terminal.screen(), back, 'it looks again by itself');
		await terminal.play('ctrl+s');
		assert.match(terminal.screen(), /Saved key-00/);
		assert.equal((await contentOf(memory)).credentials[0]?.data.get('region')?.reveal(), 'eu-west-9');
	});
}

for (const code of ['no-vault', 'damaged', 'file'] as const) {
	test(`a file that is whole at the next look alarms nobody: ${code}`, async context => {
		const {terminal, becomes, becomesQuietly} = await openOver(context);
		await becomes(code);
		await terminal.pass(1000);
		becomesQuietly('whole');
		await terminal.pass(10_000);
		await terminal.settle();
		assert.equal(terminal.store.getState().trouble, undefined);
		assert.doesNotMatch(terminal.written(), new RegExp(textOf(code).source.replace(' *$', '')));
		assert.doesNotMatch(terminal.written(), back);
	});
}

test('why a change was not saved stands in one line, whatever the path of the vault', async context => {
	const place = memoryVaultPlace({credentials: [storedCredential('alpha')], trash: []}, passphrase);
	const path = `/home/${'somebody-with-a-long-name/'.repeat(3)}vault.json`;
	const terminal = await openTerminal({
		place: {
			...place,
			path,
			async unlock(given) {
				const vault = await place.unlock(given);
				const message = `the change was not saved in \`${path}\`: the file system is read-only`;
				return {...vault, change: () => Promise.reject(new PharmerError('file', message, 'the vault is as it was'))};
			},
		},
	});
	context.after(() => terminal.close());
	await terminal.play(passphrase, 'enter', 'e', 'down', 'down', 'down', 'eu-west-9', 'ctrl+s');
	assert.match(terminal.screen(), /✖ the change was not saved in `vault\.json`: the file system is read-only *$/m);
	assert.match(terminal.screen(), /alpha · editing · 1 changed/);
});

test('what a dialog says about the file goes when the file is back, and its answer stays', async context => {
	const {terminal, becomes, becomesQuietly, memory} = await openOver(context);
	becomesQuietly('damaged');
	await terminal.play('t', 'team=core', 'enter');
	assert.match(terminal.screen(), /✖ The vault's file is damaged[\s\S]*good copy back\.[\s\S]*│/);
	await becomes('whole');
	assert.doesNotMatch(terminal.screen(), /damaged/);
	await terminal.play('enter');
	assert.match(terminal.screen(), /Labelled key-00/);
	assert.equal((await contentOf(memory)).credentials[0]?.labels.get('team'), 'core');
});

test('an undo that fails because the file is gone can be done when it is back', async context => {
	const {terminal, becomes, becomesQuietly, memory} = await openOver(context);
	await terminal.play('t', 'team=core', 'enter');
	becomesQuietly('no-vault');
	await terminal.play('z');
	assert.match(terminal.screen(), textOf('no-vault'));
	await becomes('whole');
	await terminal.play('z');
	assert.match(terminal.screen(), /key-00 is as it was before/);
	assert.equal((await contentOf(memory)).credentials[0]?.labels.size, 0);
});

test('ctrl+t opens a vault with a new key over a draft, which is saved then', async context => {
	const {terminal, rekeyed, memory} = await openOver(context);
	await terminal.play('ctrl+t');
	assert.match(terminal.screen(), /The vault has the key that it was opened with/);
	await terminal.play('e', 'down', 'down', 'down', 'eu-west-9');
	await rekeyed();
	assert.match(terminal.screen(), textOf('rekeyed'));
	assert.match(terminal.screen(), /ctrl\+t open it again/);
	await terminal.play('ctrl+t', 'not it', 'enter');
	assert.match(terminal.screen(), /The vault has a new key[\s\S]*that is not the passphrase/);
	await terminal.play('ctrl+c');
	assert.match(terminal.screen(), /key-00 · editing · 1 changed/);
	await terminal.play('ctrl+t', passphrase);
	assert.doesNotMatch(terminal.screen(), new RegExp(passphrase));
	await terminal.play('enter');
	assert.match(terminal.screen(), back);
	assert.match(terminal.screen(), /key-00 · editing · 1 changed/);
	await terminal.play('ctrl+s');
	assert.match(terminal.screen(), /Saved key-00/);
	assert.equal((await contentOf(memory)).credentials[0]?.data.get('region')?.reveal(), 'eu-west-9');
});

test('a lock while the new passphrase is asked for keeps the draft below', async context => {
	const {terminal, rekeyed} = await openOver(context);
	await terminal.play('e', 'down', 'down', 'down', 'eu-west-9');
	await rekeyed();
	await terminal.play('ctrl+t', 'half of a passph', 'ctrl+x');
	assert.match(terminal.screen(), /Your draft is kept, encrypted/);
	await terminal.play(passphrase, 'enter');
	assert.match(terminal.screen(), /key-00 · editing · 1 changed/);
});

test('what others do to the vault is said, with the credential, and drafts of other credentials stay', async context => {
	const {terminal, others} = await openOver(context);
	const note = (note: string) => (vault: Vault) =>
		vault.change(content => {
			const [basis] = content.credentials;
			assert.ok(basis);
			return replaceCredential(content, basis, {...basis, note}, new Date());
		});
	await others(note('theirs'));
	assert.match(terminal.screen(), /Somebody else changed key-00 in the vault\./);
	await others(vault =>
		vault.change(content => deleteCredentials(content, content.credentials.slice(1, 4), new Date())),
	);
	assert.match(terminal.screen(), /Somebody else deleted 3 credentials in the vault\./);
	await terminal.pass(6000);
	await others(async () => undefined);
	assert.equal(terminal.store.getState().message, undefined, 'the same content is nothing to say');
	await terminal.play('j', 'e', 'down', 'down', 'down', 'eu-west-9');
	await others(note('again'));
	assert.match(terminal.screen(), /key-04 · editing · 1 changed[\s\S]*Somebody else changed key-00/);
});

test('a conflict copy is named once, with what opens it, and a long name is cut in its middle', async context => {
	const {terminal, others} = await openOver(context);
	const nothing = async (): Promise<void> => {};
	await others(nothing, ['vault (conflict).json']);
	assert.match(
		terminal.screen(),
		/✖ `vault \(conflict\)\.json` is another state of it: `restore-vault` merges it\. *$/m,
	);
	await terminal.pass(11_000);
	await others(nothing);
	assert.doesNotMatch(terminal.screen(), /another state/);
	await others(nothing, ['vault (conflict).json', `vault.sync-conflict-20261129-105734-${'ABCDEFG'.repeat(4)}.json`]);
	assert.match(terminal.screen(), /`vault\.sync-\S*….*\.json` is another state of it: `restore-vault` merges it\. *$/m);
});

test('nothing is looked at while nothing happens', async context => {
	const {terminal, reads} = await openOver(context, {settings: {lockMinutes: 60}});
	const before = reads();
	await terminal.pass(30 * 60_000);
	assert.equal(reads(), before);
});

test('a file that stays away is looked at every few seconds, not more often', async context => {
	const {terminal, becomes, reads} = await openOver(context, {settings: {lockMinutes: 60}});
	await becomes('no-vault');
	const before = reads();
	for (let second = 0; second < 60; second++) await terminal.pass(1000);
	assert.ok(reads() - before <= 25, `${reads() - before} looks in a minute`);
	assert.ok(reads() - before >= 15);
});

test('a lock while the file is gone asks for it, and never for a new vault', async context => {
	const {terminal, memory} = await openOver(context);
	const place = memory as {-readonly [Key in keyof VaultPlace]: VaultPlace[Key]};
	await terminal.play('e', 'down', 'down', 'down', 'eu-west-9', 'ctrl+x');
	const {unlock} = place;
	place.unlock = () => Promise.reject(new PharmerError('no-vault', 'there is no vault', '`pharmer` makes one'));
	await terminal.play(passphrase, 'enter');
	assert.match(terminal.screen(), /The vault is gone[\s\S]*Put it back, then ctrl\+r tries again\./);
	place.unlock = unlock;
	await terminal.play('ctrl+r', passphrase, 'enter');
	assert.match(terminal.screen(), /key-00 · editing · 1 changed/);
	assert.equal((await namesIn(memory)).length, names.length);
});

test('a screen reader hears that the file is gone, and that it is back', async context => {
	const {terminal, becomes} = await openOver(context, {linear: true});
	await becomes('no-vault');
	await terminal.pass(2000);
	assert.match(terminal.written(), /Error: The vault's file is gone: nothing is saved until you put it back\./);
	await becomes('whole');
	assert.match(terminal.written(), back);
});
