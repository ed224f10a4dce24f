import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lineSize, lineText} from '../../source/app/input/line-editor.js';
import {typingOf} from '../../source/app/keyboard/focus.js';
import {manifestLimit} from '../../source/app/screens/edit/manifest.js';
import {fieldLimit} from '../../source/domain/field-limit.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {countSegmented} from '../helpers/cost.js';
import {contentOf, openApp, passphrase} from '../helpers/opened.js';
import {openTerminal, type TestTerminal} from '../helpers/terminal.js';

const log = 'at 12:00 the server said hello again\n'.repeat(3300).slice(0, 120_000);
const oneLine = log.replaceAll('\n', ' ');
const [lineKeys, generic] = [
	['e', 'shift+tab'],
	['n', 'generic', 'enter', 'new', 'enter', 'enter', 'token', 'enter'],
];

/** The text that has the keyboard. */
function typedText(terminal: TestTerminal): string {
	const typing = typingOf(terminal.store.getState());
	assert.ok(typing !== undefined);
	return lineText(typing.line);
}

/** Everything that can have the keyboard, by the keys that lead there from the list. */
const fields: Readonly<Record<string, readonly string[]>> = {
	'the filter': ['/'],
	'the palette': [':'],
	'a label': ['t'],
	'a file to export to': ['x'],
	'the name before a purge': ['d', 'y', 'T', 'd'],
	'the path of an import': ['i', 'o'],
	'the search for a provider': ['n'],
	'the name of a new credential': ['n', 'generic', 'enter'],
	'the name of a field': ['n', 'generic', 'enter', 'new', 'enter', 'enter'],
	'a field of a new credential': generic,
	'the path of a file': ['n', 'generic', 'enter', 'new', 'enter', 'down', 'down', 'enter'],
	'a public field of the form': ['e'],
	'a secret field of the form': ['e', 'down'],
	'a new name': ['R'],
	'the name in the form': ['e', 'up', 'up', 'up', 'up'],
	'the note': lineKeys,
	'the passphrase': ['ctrl+x'],
};

for (const [name, keys] of Object.entries(fields)) {
	test(`a paste of 120 kB into ${name} is refused, and its size is reported`, async context => {
		const {terminal} = await openApp(context, ['prod']);
		await terminal.press(...keys);
		const before = typedText(terminal);
		for (const text of [log, oneLine]) {
			await terminal.paste(text);
			assert.match(terminal.screen(), /Paste ignored: it has 118 KiB, a field takes at most 64 KiB\./);
			assert.equal(typedText(terminal), before);
		}
		await terminal.press('x');
		assert.doesNotMatch(terminal.screen(), /Paste ignored/);
		assert.ok(typedText(terminal).endsWith('x'));
	});
}

test('a paste of 120 kB into the first passphrase is refused, and its size is reported', async context => {
	const terminal = await openTerminal({place: memoryVaultPlace()});
	context.after(() => terminal.close());
	await terminal.paste(oneLine);
	assert.match(terminal.screen(), /Paste ignored: it has 118 KiB, a field takes at most 64 KiB\./);
	await terminal.press('abc');
	assert.equal(typedText(terminal), 'abc');
});

test('a field takes at most 64 KiB in all', async context => {
	const {place, terminal} = await openApp(context, []);
	await terminal.press(...generic);
	await terminal.paste('k'.repeat(fieldLimit - 4));
	await terminal.paste('xxxxx');
	assert.match(terminal.screen(), /Paste ignored: with it the field has 65 KiB, it takes at most 64 KiB\./);
	await terminal.press('日', 'x', 'y');
	assert.match(terminal.screen(), /The field is full: it takes at most 64 KiB\./);
	await terminal.press('backspace', 'z', 'enter', 'enter', 'enter', 'enter');
	const [kept] = (await contentOf(place)).credentials;
	assert.equal(kept?.data.get('token')?.reveal(), `${'k'.repeat(fieldLimit - 4)}日z`);
});

test('a note takes at most 64 KiB of line breaks', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press(...lineKeys);
	await terminal.paste('\n'.repeat(fieldLimit));
	assert.match(terminal.screen(), /Pasted 65,536 characters in 65,536 lines/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /The field is full: it takes at most 64 KiB\./);
	await terminal.press('up', 'x');
	assert.match(terminal.screen(), /The field is full/);
});

test('the text of a manifest takes at most 1 MiB', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'ctrl+y', 'down');
	await terminal.paste('# comment\n'.repeat(20_000));
	assert.match(terminal.screen(), /Pasted 200,000 characters in 20,000 lines/);
	assert.match(terminal.screen(), /line 20002, column 1 · changed/);
	await terminal.paste('# comment\n'.repeat(90_000));
	assert.match(terminal.screen(), /Paste ignored: with it the text has 1075 KiB, it takes at most 1 MiB\./);
	await terminal.paste('# comment\n'.repeat(200_000));
	assert.match(terminal.screen(), /Paste ignored: it has 1954 KiB, a text takes at most 1 MiB\./);
	const typing = typingOf(terminal.store.getState());
	assert.ok(typing !== undefined && lineSize(typing.line) < manifestLimit);
});

/** How often the state changes while that is done. */
async function changes(terminal: TestTerminal, task: () => Promise<void>): Promise<number> {
	let count = 0;
	const unsubscribe = terminal.store.subscribe(() => {
		count++;
	});
	await task();
	unsubscribe();
	return count;
}

test('an unmarked paste of 60 kB goes into a field at once', async context => {
	const {terminal} = await openApp(context, []);
	await terminal.press(...generic);
	const text = 'x'.repeat(60_000);
	const count = await changes(terminal, () => terminal.burst(text));
	assert.ok(count < 5, `${count} changes`);
	assert.equal(typedText(terminal), text);
	await terminal.burst(text);
	assert.match(terminal.screen(), /Paste ignored: with it the field has 118 KiB/);
});

test('an unmarked paste of lines goes into a note at once, and enter stays a key elsewhere', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press(...lineKeys);
	const count = await changes(terminal, () => terminal.burst('a line\r'.repeat(8000)));
	assert.ok(count < 5, `${count} changes`);
	assert.equal(typedText(terminal), 'a line\n'.repeat(8000));
	await terminal.press('esc', 'y', '/');
	await terminal.burst('p'.repeat(200), 'enter', 'n');
	assert.match(terminal.screen(), /Which provider is it for/);
});

for (const [name, keys] of Object.entries({secret: ['e', 'down'], note: lineKeys, YAML: ['e', 'ctrl+y']})) {
	test(`a key in a ${name} of 64 KiB does not segment all of it`, async context => {
		const {terminal} = await openApp(context, ['prod']);
		await terminal.press(...keys);
		await terminal.paste('пароль\t'.repeat(5000));
		const told = countSegmented();
		for (const key of ['я', 'left', 'backspace', 'home', 'end']) await terminal.press(key);
		const {units} = told();
		// Ink measures the rows of a frame.
		assert.ok(units < 40_000, `${units} units segmented`);
	});
}

test('a key in a note of 64 KiB does not segment all of it for a screen reader', async context => {
	const {terminal} = await openApp(context, ['prod'], {linear: true});
	await terminal.press(...lineKeys);
	await terminal.paste('пароль '.repeat(4000));
	const told = countSegmented();
	for (const key of ['я', 'left', 'backspace']) await terminal.press(key);
	assert.ok(told().units < 20_000);
	assert.match(terminal.screen(), /note, line 1 of 1: /);
});

test('a draft of 64 KiB survives the lock', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press(...lineKeys);
	await terminal.paste('日本語\n'.repeat(6000));
	await terminal.press('up', 'x', 'ctrl+x', passphrase, 'enter');
	assert.equal(typedText(terminal), `${'日本語\n'.repeat(5999)}x日本語\n`);
	await terminal.press('y');
	assert.ok(typedText(terminal).endsWith('xy日本語\n'));
});

test('a problem shortens a long input and keeps its hint visible', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'shift+tab', 'shift+tab');
	await terminal.paste('soon '.repeat(10_000));
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /`soon soon/);
	assert.match(terminal.screen(), /2027-01-31, or \+90 for in 90 days/);
	assert.match(terminal.screen(), /ctrl\+s save/);
	await terminal.press('esc', 'y', '/');
	await terminal.paste('nothing '.repeat(8000));
	assert.match(terminal.screen(), /Nothing matches “nothing nothing/);
	assert.match(terminal.screen(), /esc shows all again/);
});
