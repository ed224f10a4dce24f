import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {contentOf, openApp} from '../helpers/opened.js';

test('the YAML hides secrets, keeps them, and accepts changes to the rest', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'ctrl+y');
	assert.match(terminal.screen(), /secretAccessKey: \(hidden\)/);
	assert.ok(!terminal.written().includes(secretKey));
	await terminal.press('down', 'down', 'down', 'end', 'enter', 'annotations: {note: hello}');
	assert.match(terminal.screen(), /YAML .* changed/);
	await terminal.press('ctrl+s');
	const [saved] = (await contentOf(place)).credentials;
	assert.equal(saved?.note, 'hello');
	assert.equal(saved?.data.get('secretAccessKey')?.reveal(), secretKey);
});

test('ctrl+r shows the secrets for 15 seconds without a key', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'ctrl+y', 'ctrl+r');
	assert.ok(terminal.screen().includes(`secretAccessKey: ${secretKey}`));
	assert.doesNotMatch(terminal.screen(), /· changed/, 'to look is no change');
	await terminal.pass(15_000);
	assert.ok(!terminal.screen().includes(secretKey));
	await terminal.press('x');
	assert.match(terminal.screen(), /It is covered again: ctrl\+r shows it/);
	await terminal.press('ctrl+r');
	assert.ok(terminal.screen().includes(secretKey));
	await terminal.press(...Array.from({length: 8}, () => 'down'), 'end', 'Z', 'ctrl+s', 'ctrl+s');
	const [saved] = (await contentOf(place)).credentials;
	assert.equal(saved?.data.get('secretAccessKey')?.reveal(), `${secretKey}Z`);
});

test('an error gives its position, and the caret moves there', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'ctrl+y', 'down', 'down', 'end', '{', 'ctrl+s');
	assert.match(terminal.screen(), /✖ line \d+, column \d+: /);
	const [, line] = /✖ line (\d+)/.exec(terminal.screen()) ?? [];
	assert.match(terminal.screen(), new RegExp(`YAML · line ${line}, column`));
	assert.equal((await contentOf(place)).credentials[0]?.revision, 1);
});

test('the form and the YAML show the same draft', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1', 'ctrl+y');
	assert.match(terminal.screen(), /region: eu-west-1/);
	await terminal.press('ctrl+y');
	assert.match(terminal.screen(), /Region +eu-west-1/);
	assert.match(terminal.screen(), /1 changed/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /Discard the draft\?/);
});

test('the mark of a hidden secret is refused in another field', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'ctrl+y', ...Array.from({length: 8}, () => 'down'), 'end', 'enter', 'region: (hidden)');
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /`region` is the mark of a hidden value, but nothing is hidden there/);
	assert.equal((await contentOf(place)).credentials[0]?.revision, 1);
});

test('the mark of a hidden secret with other text beside it is refused', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'ctrl+y', ...Array.from({length: 8}, () => 'down'), 'end', 'NEW', 'ctrl+s');
	assert.match(terminal.screen(), /`secretAccessKey` holds the mark of a hidden value and more/);
	assert.equal((await contentOf(place)).credentials[0]?.revision, 1);
});
