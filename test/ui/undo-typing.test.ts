import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {contentOf, openApp, passphrase} from '../helpers/opened.js';

test('ctrl+_ takes back a word in a field, alt+_ does it again, and the footer names the key', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.resize(120, 24);
	await terminal.press('e', ...['down', 'down', 'down']);
	assert.doesNotMatch(terminal.screen(), /ctrl\+_ undo/);
	await terminal.press('mars-1');
	assert.match(terminal.screen(), /ctrl\+_ undo/);
	await terminal.press('ctrl+_');
	assert.match(terminal.screen(), /Region +not set|Region +❯? *not set/);
	await terminal.press('ctrl+_');
	assert.match(terminal.screen(), /Nothing was typed here that could be undone/);
	await terminal.press('alt+_');
	assert.match(terminal.screen(), /mars-1/);
	for (const key of ['ctrl+/', 'ctrl+-', 'ctrl+7']) {
		await terminal.press(key);
		assert.doesNotMatch(terminal.screen(), /mars-1/, key);
		await terminal.press('alt+-');
		assert.match(terminal.screen(), /mars-1/, key);
	}
});

test('undo brings back a hidden secret that was typed over, as it was', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'down', 'abc');
	assert.match(terminal.screen(), /1 changed/);
	await terminal.press('ctrl+_', 'ctrl+_');
	assert.doesNotMatch(terminal.screen(), /changed/);
	await terminal.paste('pasted');
	assert.match(terminal.screen(), /1 changed/);
	await terminal.press('ctrl+_', 'ctrl+_', 'alt+_', 'alt+_');
	assert.match(terminal.screen(), /1 changed/);
	await terminal.press('ctrl+o');
	assert.doesNotMatch(terminal.screen(), /changed/);
	// What is typed over a hidden secret replaces it once more.
	await terminal.press('X'.repeat(40), 'ctrl+s', 'ctrl+s');
	const [saved] = (await contentOf(place)).credentials;
	assert.equal(saved?.data.get('secretAccessKey')?.reveal(), 'X'.repeat(40));
	assert.ok(!terminal.written().includes(secretKey));
});

test('undo works in the YAML and in the note, and not while the YAML is covered', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'shift+tab', 'one two', 'enter', 'three', 'ctrl+_', 'ctrl+_');
	assert.match(terminal.screen(), /one +│/);
	await terminal.press('esc', 'y', 'e', 'ctrl+y', 'ctrl+r', 'end', 'enter', 'x');
	await terminal.pass(15_000);
	await terminal.press('ctrl+_');
	assert.match(terminal.screen(), /It is covered again/);
	await terminal.press('ctrl+r', 'ctrl+_');
	assert.doesNotMatch(terminal.screen(), /^│ x +│$/m);
});

test('a lock keeps the draft, and nothing that undo could bring back', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu', 'ctrl+x', passphrase, 'enter');
	assert.match(terminal.screen(), /Region +[^ ]* *eu/);
	await terminal.press('ctrl+_');
	assert.match(terminal.screen(), /Nothing was typed here/);
});
