import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {keyringEntry} from '../../source/vault/keys/keyring.js';
import {passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Vault, VaultPlace} from '../../source/vault/vault.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {type FakeKeyring, fakeKeyring} from '../helpers/fake-keyring.js';

const passphrase = 'the only passphrase';
const given = {PHARMER_PASSPHRASE: passphrase};
const none = {PHARMER_PASSPHRASE: undefined};
/** Somebody is at the terminal, and types nothing. */
const present = {answers: [], environment: none} as const;
const absent = {environment: none} as const;
const trouble = "the system's keyring can't be used: it does not answer";

const run = (place: VaultPlace, line: string, world: World) => runCommandLine(line.split(' '), {place, ...world});
const get = 'get cred -o name';

/** A vault with one credential, which that keyring opens. */
async function made() {
	const place = memoryVaultPlace({credentials: [storedCredential('aws')], trash: []}, passphrase);
	const keyring = fakeKeyring();
	const {code, stderr} = await run(place, 'slots add keyring', {answers: [], environment: given, keyring});
	assert.equal(code, 0, stderr);
	const slot = (await place.slots()).find(({kind}) => kind === 'keyring');
	assert.ok(slot !== undefined);
	const vault = await place.unlock(new Secret(passphrase));
	keyring.tasks.length = 0;
	return {place, keyring, vault, slot, id: slot.id.slice(0, 8), entry: keyringEntry(vault.id, slot.id)};
}

/** The same place, whose vaults fail as `fail` says before they change their slots. */
function failing(place: VaultPlace, fail: (vault: Vault) => Promise<never>): VaultPlace {
	const unlock: VaultPlace['unlock'] = async (...how) => {
		const vault = await place.unlock(...how);
		return {
			...vault,
			addSlot: async make => {
				await make(vault.id, Buffer.alloc(32), '33333333-3333-4333-8333-333333333333');
				return fail(vault);
			},
			rekey: async makers => {
				for (const [id, make] of makers) await make(vault.id, Buffer.alloc(32), id, 2 ** 15);
				return fail(vault);
			},
		};
	};
	return {...place, unlock};
}

const fullDisk = async (): Promise<never> => {
	throw new PharmerError('file', 'the disk is full');
};

const kindsOf = async (place: VaultPlace) => (await place.slots()).map(({kind}) => kind);

test('the keyring opens the vault without a question where somebody is at a terminal', async () => {
	const {place, keyring, id} = await made();
	const {code, stdout, stderr, asked} = await run(place, get, {...present, keyring});
	assert.deepEqual([code, stdout, stderr, asked], [0, 'aws\n', '', []]);
	assert.deepEqual(keyring.tasks, ['get']);
	const listed = await run(place, 'slots', {...absent, keyring});
	assert.match(listed.stdout, new RegExp(`^${id}  a machine's keyring$`, 'm'));
	assert.deepEqual(keyring.tasks, ['get'], 'the list takes nothing from the keyring');
});

test('a passphrase that is given is checked, and the keyring left alone', async () => {
	const {place, keyring} = await made();
	assert.equal((await run(place, get, {answers: [], environment: given, keyring})).code, 0);
	assert.equal((await run(place, get, {answers: [], environment: {PHARMER_PASSPHRASE: 'wrong'}, keyring})).code, 6);
	assert.deepEqual(keyring.tasks, []);
});

test('without a terminal the keyring is used only where the setting says so', async () => {
	const {place, keyring} = await made();
	const refused = await run(place, get, {...absent, keyring});
	assert.deepEqual([refused.code, refused.stdout, keyring.tasks], [2, '', []]);
	const opened = await run(place, get, {...absent, keyring, settings: {keyring: true}});
	assert.deepEqual([opened.code, opened.stdout, opened.stderr], [0, 'aws\n', '']);
	keyring.trouble = trouble;
	const failed = await run(place, get, {...absent, keyring, settings: {keyring: true}});
	assert.equal(failed.code, 2);
	assert.match(
		failed.stderr,
		/^the system's keyring can't be used: it does not answer\npharmer: the passphrase is needed/,
	);
});

test('a vault without a keyring slot has nothing to do with the keyring', async () => {
	const place = memoryVaultPlace({credentials: [], trash: []}, passphrase);
	const keyring = fakeKeyring();
	const {code} = await run(place, get, {answers: [passphrase], environment: none, keyring, settings: {keyring: true}});
	assert.deepEqual([code, keyring.tasks], [0, []]);
});

test('a keyring that does not open the vault is said in one line, and the passphrase is asked', async () => {
	const changes: readonly (readonly [(keyring: FakeKeyring, entry: string) => void, RegExp])[] = [
		[keyring => keyring.entries.clear(), /^this machine's keyring has nothing for the vault\n$/],
		[
			(keyring, entry) => keyring.entries.set(entry, Buffer.alloc(32)),
			/^what this machine's keyring has for the vault does not open it\n$/,
		],
		[(keyring, entry) => keyring.entries.set(entry, Buffer.from('short')), /does not open it\n$/],
		...['not installed', 'no keyring answers here', 'it is locked', 'it does not answer', 'it failed'].map(
			why =>
				[
					(keyring: FakeKeyring) => {
						keyring.trouble = why;
					},
					new RegExp(`^${why}\n$`),
				] as const,
		),
	];
	for (const [change, said] of changes) {
		const {place, keyring, entry} = await made();
		change(keyring, entry);
		const {code, stdout, stderr, asked} = await run(place, get, {answers: [passphrase], environment: none, keyring});
		assert.deepEqual([code, stdout, asked], [0, 'aws\n', ['Passphrase: ']], stderr);
		assert.match(stderr, said);
	}
});

test('the app starts with the vault that the keyring opened, or says why it did not', async () => {
	const {place, keyring} = await made();
	const world = {...present, keyring, app: {kind: 'quit'}} as const;
	const [opened] = (await runCommandLine([], {place, ...world})).opened;
	assert.equal((await opened?.opened?.read())?.credentials.length, 1);
	assert.equal(opened?.notice, undefined);
	keyring.trouble = trouble;
	const [locked] = (await runCommandLine([], {place, ...world})).opened;
	assert.deepEqual([locked?.opened, locked?.notice], [undefined, trouble]);
	keyring.tasks.length = 0;
	const [typed] = (await runCommandLine([], {place, ...world, environment: given})).opened;
	assert.deepEqual([typed?.opened, typed?.notice, keyring.tasks], [undefined, undefined, []]);
});

test('sensitive commands ask for the passphrase all the same', async () => {
	for (const line of ['passphrase', 'rekey', 'slots add passphrase', 'slots add keyring', 'slots remove ID']) {
		const {place, keyring, id} = await made();
		const {asked} = await run(place, line.replace('ID', id), {answers: ['wrong'], environment: none, keyring});
		assert.equal(asked[0], 'Passphrase: ', line);
		assert.deepEqual(keyring.tasks, [], line);
	}
});

test('a keyring is added once, and refused where it may not be used or fails', async () => {
	const {place, keyring, id} = await made();
	assert.equal(keyring.entries.size, 1);
	const again = await run(place, 'slots add keyring', {answers: [], environment: given, keyring});
	assert.equal(again.code, 5);
	assert.match(again.stderr, new RegExp(`opens the vault already: \`${id}\``));

	const other = memoryVaultPlace({credentials: [], trash: []}, passphrase);
	const nobody = await run(other, 'slots add keyring', {environment: given, keyring});
	assert.equal(nobody.code, 2);
	assert.match(nobody.stderr, /there is no terminal, and the setting `keyring` of the app is off: nothing was added/);
	const silent = await run(other, 'slots add keyring', {
		answers: [],
		environment: given,
		keyring: fakeKeyring(trouble),
	});
	assert.equal(silent.code, 9);
	assert.match(silent.stderr, /^pharmer: the system's keyring can't be used: it does not answer/);
	assert.deepEqual(await kindsOf(other), ['passphrase']);
	const allowed = await run(other, 'slots add keyring', {environment: given, keyring, settings: {keyring: true}});
	assert.equal(allowed.code, 0, allowed.stderr);
});

test('when the vault is not written, what was put into the keyring is removed again', async () => {
	const place = memoryVaultPlace({credentials: [], trash: []}, passphrase);
	const keyring = fakeKeyring();
	const world = {answers: [], environment: given, keyring};
	const failed = await run(failing(place, fullDisk), 'slots add keyring', world);
	assert.deepEqual([failed.code, keyring.entries.size, keyring.tasks], [9, 0, ['set', 'remove']]);
	assert.deepEqual(await kindsOf(place), ['passphrase']);
});

test('a slot that is removed leaves nothing in the keyring, or says so', async () => {
	const first = await made();
	const gone = await run(first.place, `slots remove ${first.id} -y`, {answers: [], environment: given, ...first});
	assert.equal(gone.code, 0, gone.stderr);
	assert.deepEqual([first.keyring.entries.size, await kindsOf(first.place)], [0, ['passphrase']]);
	assert.match(gone.stderr, /^removed `[0-9a-f]{8}` \(a machine's keyring\); .*\n$/);

	for (const [world, said, size] of [
		[{answers: [], keyring: fakeKeyring(trouble)}, /warning: .* stays, which opens older copies.*does not answer/, 1],
		[{}, /warning: .* stays, .*there is no terminal, and the setting `keyring` of the app is off/, 1],
		[{answers: [], keyring: fakeKeyring()}, /this machine's keyring has nothing for `[0-9a-f]{8}`/, 1],
	] as const) {
		const {place, keyring, id} = await made();
		const {code, stderr} = await run(place, `slots remove ${id} -y`, {environment: given, keyring, ...world});
		assert.equal(code, 0, stderr);
		assert.match(stderr, said);
		assert.deepEqual([await kindsOf(place), keyring.entries.size], [['passphrase'], size]);
	}
});

for (const [line, typed] of [
	['rekey', []],
	['passphrase', ['a new passphrase', 'a new passphrase']],
] as const) {
	test(`\`${line}\` gives this machine's keyring a new entry, and takes the old one away`, async () => {
		const {place, keyring, entry, id} = await made();
		const old = keyring.entries.get(entry);
		const {code, stderr, asked} = await run(place, line, {answers: [...typed], environment: given, keyring});
		assert.deepEqual([code, asked.length], [0, typed.length], stderr);
		assert.match(stderr, new RegExp(`made \`${id}\` \\(a machine's keyring\\) anew, under another id\n`));
		assert.deepEqual(await kindsOf(place), ['passphrase', 'keyring']);
		assert.deepEqual([keyring.entries.size, keyring.entries.has(entry)], [1, false]);
		assert.notDeepEqual([...keyring.entries.values()][0], old);
		assert.equal((await run(place, get, {...present, keyring})).code, 0);
	});

	test(`\`${line}\` drops a keyring that can't be used only after a question that names it`, async () => {
		for (const [change, said] of [
			[(keyring: FakeKeyring) => keyring.entries.clear(), /this machine's keyring has nothing for/],
			[
				(keyring: FakeKeyring) => {
					keyring.trouble = trouble;
				},
				/does not answer\n/,
			],
		] as const) {
			const {place, keyring, id} = await made();
			change(keyring);
			const question = `Drop the way in \`${id}\` (a machine's keyring)? [y/N] `;
			const kept = await run(place, line, {answers: [...typed, 'n'], environment: given, keyring});
			assert.deepEqual([kept.code, kept.asked.at(-1)], [3, question], kept.stderr);
			assert.deepEqual(await kindsOf(place), ['passphrase', 'keyring']);
			const dropped = await run(place, line, {answers: [...typed, 'y'], environment: given, keyring});
			assert.deepEqual([dropped.code, dropped.asked.at(-1)], [0, question], dropped.stderr);
			assert.match(dropped.stderr, said);
			assert.match(dropped.stderr, new RegExp(`dropped \`${id}\` \\(a machine's keyring\\)`));
			assert.deepEqual(await kindsOf(place), ['passphrase']);
		}
	});

	test(`\`${line}\` that fails leaves the keyring as it was`, async () => {
		const {place, keyring, entry} = await made();
		const old = keyring.entries.get(entry);
		const world = {answers: [...typed], environment: given, keyring};
		assert.equal((await run(failing(place, fullDisk), line, world)).code, 9);
		assert.deepEqual([...keyring.entries], [[entry, old]]);
		assert.equal((await run(place, get, {...present, keyring})).code, 0);
	});
}

test('without a terminal, rekey needs the setting or --drop-slots for a keyring', async () => {
	const {place, keyring, id, vault} = await made();
	const refused = await run(place, 'rekey', {environment: given, keyring});
	assert.equal(refused.code, 2);
	assert.match(refused.stderr, /several ways in.*\n.*--drop-slots/);
	const renewed = await run(place, 'rekey', {environment: given, keyring, settings: {keyring: true}});
	assert.deepEqual([renewed.code, await kindsOf(place)], [0, ['passphrase', 'keyring']], renewed.stderr);
	assert.ok(!(await place.slots()).some(slot => slot.id.startsWith(id)));

	const entries = [...keyring.entries];
	keyring.entries.clear();
	const elsewhere = await run(place, 'rekey', {environment: given, keyring, settings: {keyring: true}});
	assert.deepEqual([elsewhere.code, (await kindsOf(place)).length], [2, 2]);
	for (const [entry, key] of entries) keyring.entries.set(entry, key);

	await vault.addSlot(passphraseSlot(new Secret('another one')));
	assert.equal((await run(place, 'rekey', {environment: given, keyring, settings: {keyring: true}})).code, 2);
	const dropped = await run(place, 'rekey --drop-slots', {environment: given, keyring, settings: {keyring: true}});
	assert.deepEqual([dropped.code, await kindsOf(place), keyring.entries.size], [0, ['passphrase'], 0], dropped.stderr);
});

test('an entry whose answer was lost is removed, and one that the vault may have stays', async () => {
	const {place} = await made();
	const other = fakeKeyring();
	const lost = {
		...other,
		async set(entry: string, key: Buffer) {
			await other.set(entry, key);
			throw new PharmerError('keyring', trouble);
		},
	};
	assert.equal((await run(place, 'slots add keyring', {answers: [], environment: given, keyring: lost})).code, 9);
	assert.equal(other.entries.size, 0);
	// A change that the disk did not confirm: this vault can't tell any more what the file has.
	const unsure: VaultPlace = {
		...place,
		async unlock(...how) {
			const vault = await place.unlock(...how);
			let slots = vault.slots;
			return {
				...vault,
				slots: () => slots(),
				async addSlot(make) {
					await make(vault.id, Buffer.alloc(32), '33333333-3333-4333-8333-333333333333');
					slots = () => Promise.reject(new PharmerError('rekeyed', 'it has a new key'));
					throw new PharmerError('file', 'the disk has not confirmed it');
				},
			};
		},
	};
	const kept = fakeKeyring();
	assert.notEqual((await run(unsure, 'slots add keyring', {answers: [], environment: given, keyring: kept})).code, 0);
	assert.equal(kept.entries.size, 1);
});
