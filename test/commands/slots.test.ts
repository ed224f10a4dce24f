import assert from 'node:assert/strict';
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {newRecoveryKey, recoverySlot} from '../../source/vault/keys/recovery.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const first = 'the first passphrase';
const second = 'the second passphrase';
const third = 'the third passphrase';

async function vaultWith(t: Parameters<typeof temporaryFolder>[0], ...others: readonly string[]) {
	const folder = temporaryFolder(t);
	// Its first passphrase is compared, not derived: the ways into a file are tested in test/vault/slots.test.ts.
	const place = memoryVaultPlace({credentials: [], trash: []}, first);
	const vault = await place.unlock(new Secret(first));
	for (const text of others) await vault.addSlot(passphraseSlot(new Secret(text)));
	return {place, vault, folder};
}

const run = (place: VaultPlace, line: string, world: World = {}) =>
	runCommandLine(line.split(' '), {place, ...world, environment: {PHARMER_PASSPHRASE: first, ...world.environment}});

const opens = (place: VaultPlace, text: string): Promise<boolean> =>
	place.unlock(new Secret(text)).then(
		() => true,
		() => false,
	);

const kindsOf = async (place: VaultPlace) => (await place.slots()).map(({kind}) => kind);

test('the ways in are listed without a passphrase', async t => {
	const {place, vault} = await vaultWith(t, second);
	await vault.addSlot(recoverySlot(await newRecoveryKey()));
	const {code, stdout, stderr, asked} = await run(place, 'slots', {environment: {PHARMER_PASSPHRASE: undefined}});
	assert.deepEqual([code, stderr, asked], [0, '', []]);
	const [one, two, three] = (await place.slots()).map(({id}) => id.slice(0, 8));
	assert.equal(stdout, `ID        OPENS WITH\n${one}  a passphrase\n${two}  a passphrase\n${three}  a recovery key\n`);
	assert.equal((await runCommandLine(['slots'])).code, 13);
});

test('a passphrase is added from the terminal, the environment or a descriptor', async t => {
	for (const [line, world] of [
		['slots add passphrase', {answers: [second, second]}],
		['slots add passphrase', {environment: {PHARMER_NEW_PASSPHRASE: second}}],
		['slots add passphrase --new-passphrase-fd 4', {descriptors: {4: `${second}\n`}}],
	] as const) {
		const {place} = await vaultWith(t);
		const {code, stderr} = await run(place, line, world);
		assert.equal(code, 0, stderr);
		assert.match(stderr, /added `[0-9a-f]{8}` \(a passphrase\): it opens `.*` too\n$/);
		assert.deepEqual([await opens(place, first), await opens(place, second)], [true, true]);
	}
	const {place} = await vaultWith(t);
	const {code, stderr} = await run(place, 'slots add passphrase');
	assert.equal(code, 2);
	assert.match(stderr, /set PHARMER_NEW_PASSPHRASE/);
});

test('a weak passphrase is added after a question, and with a warning where nobody is asked', async t => {
	const {place} = await vaultWith(t);
	const asked = await run(place, 'slots add passphrase', {answers: ['horse', 'yes', 'horse']});
	assert.deepEqual([asked.code, asked.asked[1]], [0, 'Use it all the same? [y/N] '], asked.stderr);
	const given = await run(place, 'slots add passphrase', {environment: {PHARMER_NEW_PASSPHRASE: 'mouse'}});
	assert.match(given.stderr, /^warning: the new passphrase has fewer than 8 characters/);
	assert.deepEqual([await opens(place, 'horse'), await opens(place, 'mouse')], [true, true]);
});

test('words on the screen that are interrupted open nothing, and it is said', async t => {
	const {place} = await vaultWith(t);
	const {code, stderr} = await run(place, 'slots add recovery', {
		answers: [],
		answer: () => {
			throw new PharmerError('interrupted', 'interrupted');
		},
		onShow: () => {},
	});
	assert.equal(code, 130);
	assert.match(stderr, /interrupted: the recovery key was not added, and its words open nothing\n$/);
	assert.deepEqual(await kindsOf(place), ['passphrase']);
});

test('a passphrase that opens the vault already is not added again', async t => {
	const {place} = await vaultWith(t, second);
	const before = await kindsOf(place);
	const {code, stderr} = await run(place, 'slots add passphrase', {environment: {PHARMER_NEW_PASSPHRASE: second}});
	assert.equal(code, 2);
	assert.match(stderr, /that passphrase opens the vault already\nchoose another one\n$/);
	assert.deepEqual(await kindsOf(place), before);
});

/** The words of a recovery key, which is in columns. */
function wordsIn(lines: readonly string[]): readonly string[] {
	const numbered = [...lines.join('\n').matchAll(/ (\d+) {2}([a-z]+)/g)].map(
		([, number, word = '']) => [Number(number), word] as const,
	);
	return numbered.sort(([one], [other]) => one - other).map(([, word]) => word);
}

/** Answers the questions for words of the recovery key that was shown. */
function answering(shown: () => readonly string[], change: (word: string) => string = word => word) {
	return (question: string): string => {
		const number = /^Word (\d+): $/.exec(question)?.[1];
		assert.ok(number, question);
		return change(wordsIn(shown())[Number(number) - 1] ?? '');
	};
}

test('a recovery key is shown once, counts once some of its words are typed, and opens the vault', async t => {
	const {place} = await vaultWith(t);
	let shown: readonly string[] = [];
	const {code, stdout, stderr, asked} = await run(place, 'slots add recovery', {
		answers: [],
		answer: answering(() => shown),
		onShow: lines => {
			shown = lines;
		},
	});
	assert.deepEqual([code, stdout, asked.length], [0, '', 3], stderr);
	const words = wordsIn(shown);
	assert.equal(words.length, 12);
	for (const word of words) assert.ok(!stderr.includes(` ${word}\n`), word);
	assert.deepEqual(await kindsOf(place), ['passphrase', 'recovery']);
	assert.ok(await opens(place, words.join(' ')));
	const again = await run(place, 'get credentials', {environment: {PHARMER_PASSPHRASE: words.join(' ')}});
	assert.equal(again.code, 0);
});

test('a recovery key whose words are not typed right is not added', async t => {
	const {place} = await vaultWith(t);
	let shown: readonly string[] = [];
	const {code, stderr, asked} = await run(place, 'slots add recovery', {
		answers: [],
		answer: answering(
			() => shown,
			word => `${word}x`,
		),
		onShow: lines => {
			shown = lines;
		},
	});
	assert.deepEqual([code, asked.length], [3, 3]);
	assert.match(
		stderr,
		/That is not the word\. Look again\.\n.*\n.*the words were not written down: the recovery key was not added/,
	);
	assert.deepEqual(await kindsOf(place), ['passphrase']);
});

test('a recovery key is written to a new file for its owner only, and never over another', async t => {
	const {place, folder} = await vaultWith(t);
	const to = join(folder, 'page.txt');
	const {code, stderr} = await run(place, `slots add recovery --to ${to}`);
	assert.equal(code, 0, stderr);
	assert.match(stderr, /wrote the recovery key to `.*page\.txt`: print it, then remove the file/);
	assert.equal(statSync(to).mode & 0o777, 0o600);
	const words = [...readFileSync(to, 'utf8').matchAll(/^ +\d+ {2}([a-z]+)$/gm)].map(match => match[1]);
	assert.ok(await opens(place, words.join(' ')));
	assert.equal((await run(place, `slots add recovery --to ${to}`)).code, 9);
	assert.deepEqual(await kindsOf(place), ['passphrase', 'recovery']);
	assert.equal((await run(place, 'slots add recovery')).code, 2);
});

test('a way in is removed by the beginning of its id, after a question or with --yes', async t => {
	const {place} = await vaultWith(t, second, third);
	const [, two, three] = (await place.slots()).map(({id}) => id);
	assert.ok(two !== undefined && three !== undefined);
	assert.equal((await run(place, `slots remove ${two.slice(0, 8)}`)).code, 2);
	const kept = await run(place, `slots remove ${two.slice(0, 8)}`, {answers: ['no']});
	assert.deepEqual([kept.code, kept.asked], [3, [`Remove \`${two.slice(0, 8)}\` (a passphrase)? [y/N] `]]);
	const own = await run(place, `slots remove ${two}`, {answers: ['no'], environment: {PHARMER_PASSPHRASE: second}});
	assert.deepEqual(own.asked, [
		`Remove \`${two.slice(0, 8)}\` (a passphrase), which has just opened the vault? [y/N] `,
	]);
	const gone = await run(place, `slots remove ${two.slice(0, 8).toUpperCase()}`, {answers: ['y']});
	assert.equal(gone.code, 0, gone.stderr);
	assert.equal((await run(place, `slots remove ${three} --yes`)).code, 0);
	assert.deepEqual(
		[await opens(place, second), await opens(place, third), await opens(place, first)],
		[false, false, true],
	);
	const last = await run(place, `slots remove ${(await place.slots())[0]?.id} -y`);
	assert.equal(last.code, 7);
	assert.match(last.stderr, /no passphrase and no recovery key would be left/);
	const unknown = await run(place, 'slots remove ffffffff-no -y');
	assert.equal(unknown.code, 4);
	assert.match(unknown.stderr, /there is no way in `ffffffff-no`\n`pharmer slots` lists them/);
});

test('words that are no task of slots are refused with those that are', async () => {
	for (const line of ['slots drop', 'slots add', 'slots remove', 'slots add keyfile', 'slots add passphrase now']) {
		const {code, stderr, places} = await runCommandLine(line.split(' '));
		assert.deepEqual([code, places], [2, []], line);
		assert.match(stderr, /`slots add keyring` or `slots remove ID`/, line);
	}
	for (const line of [
		'slots --to x',
		'slots add passphrase --to x',
		'slots -y',
		'slots add recovery --new-passphrase-fd 3',
	]) {
		const {code, stderr} = await runCommandLine(line.split(' '));
		assert.equal(code, 2, line);
		assert.match(stderr, /` is for `slots /, line);
	}
});

test('a new passphrase asks for the other ones, and keeps those that are typed', async t => {
	const {place} = await vaultWith(t, second);
	const answers = ['a new passphrase', 'a new passphrase', 'not it', second];
	const {code, stderr, asked} = await run(place, 'passphrase', {answers});
	assert.equal(code, 0, stderr);
	assert.match(
		asked[2] ?? '',
		/^Passphrase of the other way in `[0-9a-f]{8}` \(a passphrase\), or nothing to drop it: $/,
	);
	assert.match(stderr, /That is not the passphrase\. Try again\./);
	assert.deepEqual(
		[await opens(place, first), await opens(place, 'a new passphrase'), await opens(place, second)],
		[false, true, true],
	);
});

test('a new passphrase drops another way in only after a question that names it', async t => {
	const {place} = await vaultWith(t, second);
	const id = (await place.slots())[1]?.id.slice(0, 8);
	const kept = await run(place, 'passphrase', {answers: ['new one here', 'new one here', '', 'n']});
	assert.deepEqual([kept.code, kept.asked.at(-1)], [3, `Drop the way in \`${id}\` (a passphrase)? [y/N] `]);
	assert.deepEqual([await opens(place, first), await opens(place, second)], [true, true]);
	const gone = await run(place, 'passphrase', {answers: ['new one here', 'new one here', '', 'y']});
	assert.equal(gone.code, 0, gone.stderr);
	assert.match(gone.stderr, new RegExp(`dropped \`${id}\` \\(a passphrase\\)`));
	assert.deepEqual([await opens(place, 'new one here'), await opens(place, second)], [true, false]);
});

test('without a terminal, other ways in are dropped only with --drop-slots', async t => {
	for (const line of ['passphrase', 'rekey']) {
		const {place} = await vaultWith(t, second);
		const environment = {PHARMER_NEW_PASSPHRASE: first};
		const refused = await run(place, line, {environment});
		assert.equal(refused.code, 2);
		assert.match(refused.stderr, /several ways in.*\n`pharmer slots` lists them; add --drop-slots/);
		assert.ok(await opens(place, second));
		assert.equal((await run(place, `${line} --drop-slots`, {environment})).code, 0);
		assert.deepEqual([await opens(place, first), await opens(place, second)], [true, false]);
	}
});

test('a recovery key sets a new passphrase when the old one is forgotten, and a new one is offered', async t => {
	const {place, vault} = await vaultWith(t);
	const key = await newRecoveryKey();
	await vault.addSlot(recoverySlot(key));
	const environment = {PHARMER_PASSPHRASE: key.reveal()};
	const rekeyed = await run(place, 'rekey', {environment, answers: []});
	assert.equal(rekeyed.code, 2);
	assert.match(rekeyed.stderr, /needs the passphrase, not the recovery key\n.*`pharmer passphrase`/);
	// The old passphrase is another way in, and is dropped; so is the key that was used.
	const answers = ['a new passphrase', 'a new passphrase', '', 'y', 'y', 'n'];
	const {code, stderr, asked} = await run(place, 'passphrase', {environment, answers});
	assert.equal(code, 0, stderr);
	assert.equal(asked.at(-1), 'Make a new recovery key now? [y/N] ');
	assert.deepEqual([await opens(place, 'a new passphrase'), await opens(place, first)], [true, false]);
	assert.equal(await opens(place, key.reveal()), false);
	assert.deepEqual(await kindsOf(place), ['passphrase']);
});

test('rekey keeps the passphrase, and asks for nothing when it is the only way in', async t => {
	const {place} = await vaultWith(t);
	const before = (await place.slots())[0];
	const {code, stderr, asked} = await run(place, 'rekey', {
		answers: [first],
		environment: {PHARMER_PASSPHRASE: undefined},
	});
	assert.deepEqual([code, asked], [0, ['Passphrase: ']], stderr);
	assert.match(stderr, /has a new key; its passphrase is the same\n$/);
	assert.ok(await opens(place, first));
	assert.notDeepEqual((await place.slots())[0], before);
});
