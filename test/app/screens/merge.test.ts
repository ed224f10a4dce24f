import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../../source/domain/secret.js';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import {getByName, replaceCredential} from '../../../source/vault/operations.js';
import type {VaultPlace} from '../../../source/vault/vault.js';
import {awsContent, storedCredential} from '../../helpers/credentials.js';
import {contentOf, passphrase} from '../../helpers/opened.js';
import {openTerminal, type TerminalOptions} from '../../helpers/terminal.js';

const mine = ['a', 'b', 'c'].map(name => storedCredential(name, {note: 'mine'}));
const theirs = [...mine.map(each => ({...each, note: 'theirs'})), storedCredential('fresh')];

/** The app, opened to merge those into these. */
async function merging(t: TestContext, options: Partial<TerminalOptions> = {}) {
	const memory = memoryVaultPlace({credentials: mine, trash: []}, passphrase);
	let writes = 0;
	const place: VaultPlace = {
		...memory,
		async unlock(...how) {
			const vault = await memory.unlock(...how);
			return {
				...vault,
				change(operation) {
					writes++;
					return vault.change(operation);
				},
			};
		},
	};
	const start = {kind: 'merge', file: 'stick.json'} as const;
	const terminal = await openTerminal({place, start, other: {credentials: theirs, trash: []}, ...options});
	t.after(() => terminal.close());
	await terminal.play(passphrase, 'enter');
	const notes = async () => (await contentOf(memory)).credentials.map(({name, note}) => `${name} ${note ?? ''}`.trim());
	return {place: memory, terminal, notes, writes: () => writes};
}

test('conflicts are decided one by one, and merged in one write that z takes back and Z does again', async t => {
	const {terminal, notes, writes} = await merging(t);
	await terminal.press('m', 't');
	assert.match(terminal.screen(), /c · conflict 3 of 3/);
	await terminal.press('enter');
	assert.equal(writes(), 0, 'one is not decided');
	await terminal.press('b', 'enter');
	const merged = ['a mine', 'b theirs', 'c mine', 'fresh', 'c-2 theirs'];
	assert.deepEqual([await notes(), writes()], [merged, 1]);
	assert.match(terminal.screen(), /Merged: 2 credentials added, b from the file; z undoes it\./);
	await terminal.press('z');
	assert.deepEqual(await notes(), ['a mine', 'b mine', 'c mine']);
	assert.match(terminal.screen(), /Merge undone: 2 credentials in the trash, b as before; Z does it again\./);
	await terminal.press('Z');
	assert.deepEqual([(await notes()).sort(), writes()], [merged.toSorted(), 3]);
});

test('one key decides all the rest', async t => {
	for (const [key, expected] of [
		['M', ['a theirs', 'b mine', 'c mine', 'fresh']],
		['T', ['a theirs', 'b theirs', 'c theirs', 'fresh']],
		['B', ['a theirs', 'b mine', 'c mine', 'fresh', 'b-2 theirs', 'c-2 theirs']],
	] as const) {
		const {terminal, notes, writes} = await merging(t);
		await terminal.press('t', key, 'enter');
		assert.deepEqual([await notes(), writes()], [expected, 1]);
	}
});

test('what somebody else changes meanwhile is asked about again, and nothing is written', async t => {
	const {place, terminal, notes, writes} = await merging(t);
	await terminal.press('T');
	const vault = await place.unlock(new Secret(passphrase));
	await vault.change(content =>
		replaceCredential(content, getByName(content, 'b'), {...awsContent('b'), note: 'newest'}, new Date()),
	);
	await terminal.press('enter');
	assert.deepEqual([await notes(), /not decided/.test(terminal.screen())], [['a mine', 'b newest', 'c mine'], true]);
	assert.match(terminal.screen(), /b · conflict 2 of 3[\s\S]*2 of 3 decided/);
	await terminal.press('m', 'enter');
	assert.deepEqual(await notes(), ['a theirs', 'b newest', 'c theirs', 'fresh']);
	assert.ok(writes() >= 1);
});

test('a lock keeps what was decided, sealed, and shows nothing of it', async t => {
	const {terminal, notes} = await merging(t);
	await terminal.press('m', 't', 'ctrl+x');
	assert.doesNotMatch(JSON.stringify(terminal.store.getState()), /theirs|fresh/);
	await terminal.play(passphrase, 'enter');
	assert.match(terminal.screen(), /c · conflict 3 of 3[\s\S]*2 of 3 decided/);
	await terminal.press('b', 'enter');
	assert.deepEqual(await notes(), ['a mine', 'b theirs', 'c mine', 'fresh', 'c-2 theirs']);
});

test('leaving writes nothing, asks where decisions would be lost, and is a cancel', async t => {
	const {terminal, writes} = await merging(t);
	await terminal.press('m', 'esc');
	assert.match(terminal.screen(), /Leave without merging\?/);
	await terminal.press('n');
	assert.match(terminal.screen(), /conflict 2 of 3/);
	await terminal.press('ctrl+c');
	assert.match(terminal.screen(), /Leave without merging\?/);
	await terminal.press('y');
	assert.deepEqual([terminal.outcome(), writes()], [{kind: 'cancelled'}, 0]);
	const other = await merging(t);
	await other.terminal.press('esc');
	assert.deepEqual(other.terminal.outcome(), {kind: 'cancelled'});
});

test('after a merge the app is left as if it was opened to look around', async t => {
	const {terminal} = await merging(t);
	await terminal.press('T', 'enter', 'q');
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
});

test('a failure to keep the copy of the day is said with the change', async t => {
	const {terminal} = await merging(t, {unkept: "the vault as it was can't be kept: the disk is full"});
	await terminal.press('T', 'enter');
	assert.match(terminal.screen(), /Saved, but the vault as it was can't be kept: the disk is full\./);
});

test('a screen reader is told both sides, never a secret, and what was decided', async t => {
	const {terminal} = await merging(t, {linear: true});
	assert.match(terminal.screen(), /a, conflict 1 of 3, not decided, note: mine here, theirs in the file/);
	await terminal.press('m', 'up');
	assert.match(terminal.screen(), /a, conflict 1 of 3, yours stays/);
});
