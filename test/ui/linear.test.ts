import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {openTerminal, type TerminalOptions, type TestTerminal} from '../helpers/terminal.js';

const passphrase = 'correct horse battery staple';
/** Nothing that only eyes can put together: frames, arrows, bullets, spinners, texts that are cut. */
const drawn = /[\u2500-\u259f\u2190-\u21ff\u2800-\u28ff…•·❯]/;

function withTwo(): VaultPlace {
	const credentials = [
		storedCredential('prod', {expires: '2026-12-06', labels: new Map([['env', 'prod']])}),
		storedCredential('staging', {note: 'first\nsecond\nthird'}),
	];
	return memoryVaultPlace({credentials, trash: []}, passphrase);
}

async function open(context: TestContext, place: VaultPlace = withTwo(), options: Partial<TerminalOptions> = {}) {
	const terminal = await openTerminal({columns: 200, ...options, place, linear: true});
	context.after(() => terminal.close());
	const text = (): string => terminal.kept().join('\n').trimEnd();
	let read = 0;
	return {
		terminal,
		/** Everything the terminal holds, the prompt at its end. */
		text,
		prompt: (): string => text().split('\n').at(-1) ?? '',
		/** Presses keys, and returns what was said since the last time, the prompt left out. */
		async say(...keys: readonly string[]): Promise<string> {
			await terminal.press(...keys);
			const lines = text().split('\n').slice(0, -1);
			const said = lines.slice(read).join('\n');
			read = lines.length;
			return said;
		},
	};
}

function assertLinear(terminal: TestTerminal): void {
	assert.equal(terminal.isAlternate(), false);
	assert.doesNotMatch(terminal.written(), drawn);
	// No home, no clear, no cursor at a place of the window, and no alternate screen.
	assert.doesNotMatch(terminal.written(), /\u001b\[(\d*;?\d*H|2J|3J|\?1049h)/);
}

test('a screen reader hears every question while a vault and a credential are created', async context => {
	const {terminal, say, prompt, text} = await open(context, memoryVaultPlace(undefined, ''));
	assert.match(await say(), /screen reader.*\n(.*\n)*Make a passphrase\. There is no recovery/);
	assert.equal(prompt(), 'passphrase:');
	assert.match(await say('horse'), /weak: easy to guess/);
	assert.equal(prompt(), 'passphrase: *****');
	assert.match(
		await say('enter'),
		/Use it all the same\?\nIt has fewer than 8 characters: with 1,000 cores it is guessed in less than a second\./,
	);
	assert.equal(prompt(), 'use it all the same, ctrl+y or esc:');
	assert.match(await say('esc'), /The passphrase\./);
	await say('ctrl+u', passphrase);
	assert.match(await say('enter'), /The passphrase once more\./);
	assert.match(await say('correct house', 'enter'), /Problem: .*same/);
	assert.match(await say('ctrl+u', passphrase, 'enter'), /Working\.\nNo credentials yet\. n makes one/);
	assert.match(
		await say('n'),
		/New credential\. Which provider is it for\? Type to search\. Step 1 of 5\.\nAmazon Web Services, .*1 of \d+/,
	);
	assert.match(await say('gen'), /1 of 1$/);
	await say('ctrl+u', 'aws');
	assert.match(await say('enter'), /What is it called\? Step 2 of 5\.\nenter takes aws/);
	assert.match(
		await say('prod-eu', 'enter'),
		/Where do its values come from\?.*\ntype it in, one field at a time, 1 of 5/,
	);
	assert.match(await say('down'), /^the environment, nothing found there, 2 of 5$/);
	assert.match(await say('up', 'enter'), /access key id, required.*Field 1 of/i);
	assert.match(await say('AKIASHORT', 'enter'), /Problem: /);
	await say('ctrl+u');
	assert.match(await say(keyId, 'enter'), /secret access key, required, hidden as you type\. Field 2/i);
	await say(secretKey);
	assert.equal(prompt().replace(/^.*: /, ''), '*'.repeat(secretKey.length));
	await say('enter', 'eu-west-1', 'enter');
	await say('enter');
	assert.match(text(), /Review\. Step 5 of 5\.\nprovider: Amazon Web Services\nfrom: typed in\n/);
	assert.match(text(), /\nname: prod-eu\n/);
	assert.match(text(), /secret access key: hidden\n/i);
	assert.match(text(), /prod-eu is in the vault\./);
	assert.ok(!terminal.written().includes(secretKey));
	assert.ok(!terminal.written().includes(passphrase));
	assertLinear(terminal);
});

test('a screen reader hears the list, the filter and a credential', async context => {
	const {terminal, say, prompt} = await open(context);
	assert.match(await say(), /The vault is locked\./);
	assert.match(await say('wrong', 'enter'), /Working\.\nProblem: Wrong passphrase\./);
	assert.match(
		await say('ctrl+u', passphrase, 'enter'),
		/Credentials, 2\nprod, aws, id ending in P4Q5, 10 months old, expires in 12 days, duplicate secret, old secret, 1 of 2\nkeys: enter open, .*\? help/,
	);
	assert.equal(prompt(), 'list:');
	assert.match(await say('down'), /^staging, aws, .*, 2 of 2$/);
	assert.match(await say(' '), /^1 marked\.\nstaging.*marked, 2 of 2$/);
	assert.match(await say('esc', '/'), /Find: name, tag:x/);
	assert.match(await say('prod'), /1 of 2 found, prod selected$/);
	assert.equal(prompt(), 'filter: prod');
	assert.match(await say('xyz'), /Nothing matches prodxyz\. The closest is prod\./);
	assert.match(await say('ctrl+u', 'prod', 'enter'), /Credentials, 2, 1 found with prod\nprod, aws/);
	assert.match(
		await say('enter'),
		new RegExp(`^prod\\nprovider: .*\\n.*: ${keyId}\\n.*: hidden\\n(.*\\n)*labels: env=prod`),
	);
	assert.match(await say('?'), /Keys and commands.*\n.*1 of \d+/);
	assert.match(await say('health'), /health/);
	assert.equal(await say('esc'), 'Back. prod');
	await say('Y');
	assert.equal(await say('esc'), 'Back. prod');
	assert.match(await say('esc'), /^Credentials, 2, 1 found/);
	assertLinear(terminal);
});

test('a revealed secret is only in the prompt, and gone from the terminal when it is hidden', async context => {
	for (const [columns, rows] of [
		[80, 24],
		[40, 10],
	] as const) {
		const {terminal, say, text} = await open(context, withTwo(), {columns, rows});
		await say(passphrase, 'enter', 'enter');
		assert.ok(!terminal.written().includes(secretKey.slice(0, 20)));
		assert.match(await say('r'), /Shown on the last line for 15 seconds/);
		const shown = text().replaceAll('\n', '');
		assert.ok(shown.includes(secretKey));
		assert.equal(shown.split(secretKey).length, 2);
		assert.deepEqual(
			[terminal.cursor().x, terminal.lines()[terminal.cursor().y]?.startsWith('Secret access key:')],
			[0, true],
		);
		await terminal.pass(15_000);
		assert.match(text(), /Hidden again\.\nprod:$/);
		assert.ok(!text().includes(secretKey.slice(0, 20)));
		assertLinear(terminal);
	}
});

test('a shown secret leaves no trace after a resize', async context => {
	for (const [columns, rows] of [
		[40, 24],
		[25, 24],
		[120, 24],
		[80, 8],
		[30, 10],
	] as const) {
		for (const keys of [
			['enter', 'r'],
			['e', 'down', 'ctrl+r'],
		]) {
			const {terminal, say, text} = await open(context, withTwo(), {columns: 80});
			await say(passphrase, 'enter', ...keys);
			assert.ok(text().includes(secretKey));
			await terminal.resize(columns, rows);
			await terminal.pass(15_000);
			assert.match(text(), /Hidden again/);
			for (let at = 0; at + 8 <= secretKey.length; at++) assert.ok(!text().includes(secretKey.slice(at, at + 8)));
		}
	}
});

test('a secret of many lines leaves no trace in the scrollback', async context => {
	const long = Array.from({length: 60}, (_, index) => `CANARY line ${index}`).join('\n');
	const {data} = storedCredential('x');
	const credential = storedCredential('prod', {data: new Map([...data, ['sessionToken', new Secret(long)]])});
	const {terminal, say, text} = await open(
		context,
		memoryVaultPlace({credentials: [credential], trash: []}, passphrase),
		{rows: 12},
	);
	await say(passphrase, 'enter', 'enter', 'r');
	assert.match(text(), /CANARY|the rest has no room here/);
	await say('r');
	assert.ok(!text().includes('CANARY'));
	await say('r');
	await terminal.resize(40, 8);
	await say('r');
	assert.ok(!text().includes('CANARY'));
});

test('a screen reader hears an edit field by field, and a note line by line', async context => {
	const {terminal, say, prompt, text} = await open(context);
	await say(passphrase, 'enter', 'down');
	assert.match(await say('e'), /Editing staging\n(.*\n)*name: staging\n(.*\n)*You are on .*, 1 of \d+/);
	assert.match(await say('down'), /^secret access key: hidden, 2 of/i);
	assert.match(prompt(), /: hidden$/);
	assert.match(await say('ctrl+r'), /Shown on the last line/);
	assert.ok(prompt().includes(secretKey));
	assert.match(await say('ctrl+r'), /Hidden again/);
	await say('typed-secret-CANARY');
	assert.match(prompt(), /: \*+$/);
	assert.match(await say('down', 'up'), /secret access key: hidden, changed, 2 of/i);
	await say('ctrl+o', ...Array(7).fill('down'));
	assert.match(prompt(), /^note, line 3 of 3: third$/);
	assert.match(await say('up'), /^line 2 of 3: second$/);
	await say('tab', 'ctrl+s', 'ctrl+s');
	assert.ok(!terminal.written().includes('typed-secret-CANARY'));
	assert.ok(!text().includes(secretKey));
	assertLinear(terminal);
});

test('the secrets of a manifest are only in the prompt', async context => {
	const {terminal, say, prompt, text} = await open(context);
	await say(passphrase, 'enter', 'e');
	assert.match(await say('ctrl+y'), /Editing prod as YAML, \d+ lines/);
	assert.match(await say('down'), /^line 2 of \d+: /);
	await say('typed-CANARY');
	assert.match(prompt(), /typed-CANARY/);
	await say('down', 'up');
	assert.match(prompt(), /typed-CANARY/);
	await say('ctrl+u', 'esc', 'y', 'e', 'ctrl+y', 'ctrl+r', ...Array(12).fill('down'), ...Array(6).fill('up'));
	assert.ok(!text().slice(0, text().lastIndexOf('\n')).includes('CANARY'));
	assert.ok(!text().slice(0, text().lastIndexOf('\n')).includes(secretKey));
	assertLinear(terminal);
});

test('a screen reader hears copy, delete, undo, lock, unlock and quit', async context => {
	const {terminal, say, prompt, text} = await open(context);
	await say(passphrase, 'enter');
	assert.match(await say('y'), /Copied .* of prod; cleared in 45 s\./);
	assert.match(
		await say('d'),
		/Delete prod\?\nprod, aws.*\nIt goes to the trash for 30 days.*\nPress y to delete it\./,
	);
	assert.equal(prompt(), 'delete it, y or esc:');
	assert.match(await say('y'), /Deleted prod; z brings it back, T within 30 days\.\nCredentials, 1\nstaging/);
	assert.match(await say('z'), /prod is back; Z does it again\./);
	assert.match(await say('T'), /Nothing is in the trash/);
	assert.match(await say('esc', 'ctrl+x'), /The vault is locked\.$|The vault is locked\.\n/);
	assert.equal(prompt(), 'passphrase:');
	assert.match(await say(passphrase, 'enter'), /Credentials, 2/);
	assert.match(await say('ctrl+l'), /^Credentials, 2\n/);
	await terminal.pass(271_000);
	assert.match(text(), /the vault locks in 30 seconds/);
	await say('down', 'q');
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
	assert.match(text(), /Left pharmer\.$/);
	assert.ok(!text().includes(secretKey));
	assertLinear(terminal);
});

test('nothing is said when only time passes', async context => {
	const {terminal, say, text} = await open(context);
	await say(passphrase, 'enter', 'enter');
	const before = text();
	await terminal.pass(200_000);
	assert.equal(text(), before);
});

test('a screen reader hears how the passphrase is changed, and each question of it', async context => {
	const {terminal, say, prompt, text} = await open(context);
	await say(passphrase, 'enter', ',');
	assert.match(await say('p'), /Change the passphrase\.\nThe current passphrase, or a recovery key\./);
	assert.equal(prompt(), 'current passphrase:');
	assert.match(await say('wrong', 'enter'), /Working\.\nProblem: wrong passphrase/);
	assert.match(await say(passphrase, 'enter'), /The new passphrase\.\nThere is no recovery/);
	assert.match(await say('horse', 'enter'), /Use it all the same\?\nIt has fewer than 8 characters/);
	assert.match(await say('esc'), /The passphrase\./);
	assert.match(await say('ctrl+u', 'four new random words', 'enter'), /The passphrase once more\./);
	await say('four new random words', 'enter');
	while (terminal.store.getState().underWay.length > 0) await new Promise(resolve => setImmediate(resolve));
	await terminal.settle();
	assert.match(text(), /The passphrase is changed\.\nBack\. Settings/);
	assert.doesNotMatch(text(), /new random|staple/);
	assertLinear(terminal);
});
