import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {storedCredential} from '../helpers/credentials.js';
import {keysIn} from '../helpers/keymap.js';
import {openTerminal} from '../helpers/terminal.js';

async function open(context: TestContext, columns = 80, rows = 40, names = ['prod', 'staging']) {
	const place = memoryVaultPlace({credentials: names.map(name => storedCredential(name)), trash: []}, 'open sesame');
	const terminal = await openTerminal({place, columns, rows});
	context.after(() => terminal.close());
	await terminal.press('open sesame', 'enter');
	return terminal;
}

test('? shows every command of the list that can run, in groups', async context => {
	const terminal = await open(context, 80, 56);
	await terminal.press('?');
	const off = ['palette', 'full', 'clear', 'undo', 'redo', 'renew', 'next-face', 'previous-face'];
	for (const {title} of keysIn('list').filter(({id}) => !off.includes(id))) {
		assert.ok(terminal.screen().includes(title), title);
	}
	assert.match(terminal.screen(), /Act +❯ copy secret/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /❯ prod/);
});

test('a command is found by its name and runs as its key would', async context => {
	const terminal = await open(context);
	await terminal.burst(':', 'dele', 'enter');
	assert.match(terminal.screen(), /Delete prod\?/);
	await terminal.press('esc', 'ctrl+p', 'by no name');
	assert.match(terminal.screen(), /No command is called that/);
	await terminal.press('esc', '?', 'sort', 'enter');
	assert.match(terminal.screen(), /by provider/);
});

test('an unavailable command says why and does not run', async context => {
	const terminal = await open(context, 80, 40, []);
	await terminal.press('?', 'undo');
	assert.match(terminal.screen(), /nothing to undo/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /undo: nothing to undo/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /No credentials yet/);
});

test('the palette keeps a draft, and ? is a character in the draft', async context => {
	const terminal = await open(context);
	await terminal.press('n', 'enter', 'a?b', 'ctrl+p');
	assert.match(terminal.screen(), /Keys and commands/);
	await terminal.press('ctrl+c');
	assert.match(terminal.screen(), /a\?b/);
	assert.equal(terminal.outcome(), undefined);
	await terminal.press('ctrl+c', 'esc', 'esc', 'esc', 'y');
	await terminal.press('e', 'down', 'x', 'ctrl+p', 'put', 'enter');
	assert.doesNotMatch(terminal.screen(), /1 changed/);
});

test('the palette fits every window size', async context => {
	for (const [columns, rows] of [
		[40, 10],
		[60, 20],
		[200, 60],
	] as const) {
		const terminal = await open(context, columns, rows);
		await terminal.press('?', ...Array(60).fill('down'));
		const lines = terminal.lines();
		assert.match(lines[0] ?? '', /^ pharmer/);
		assert.notEqual(lines.at(-1)?.trim(), '');
		assert.match(terminal.screen(), /❯ draw again/);
	}
});
