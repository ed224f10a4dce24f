import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {vultr} from '../../source/providers/vultr/schema.js';
import {storedCredential} from '../helpers/credentials.js';
import {contentOf, namesIn, openApp} from '../helpers/opened.js';

const over = 'CANARY'.repeat(12_000);
const large = () =>
	storedCredential('large', {
		provider: 'generic',
		data: new Map([
			['big', new Secret(over)],
			['small', new Secret('s')],
		]),
	});

test('the wizard refuses a value over 64 KiB from the environment or from a file', async context => {
	const machine = {'/keys.json': JSON.stringify({token: over})};
	const {place, terminal} = await openApp(context, [], {environment: {VULTR_API_KEY: over}, machine, columns: 120});
	await terminal.press('n', 'vultr', 'enter', 'v', 'enter');
	for (const source of [
		['down', 'enter'],
		['down', 'enter', '/keys.json', 'enter'],
	]) {
		await terminal.press(...source);
		assert.match(terminal.screen(), /API key is 71 KiB: a field takes at most 64 KiB/);
		await terminal.press('enter');
		assert.match(terminal.screen(), /API key is 71 KiB: a field takes at most 64 KiB/);
		await terminal.press('esc');
	}
	assert.deepEqual(await namesIn(place), []);
	assert.equal(vultr.fields.length, 1);
});

test('a stored value over 64 KiB survives an edit of the rest, in the form and as YAML', async context => {
	const {place, terminal} = await openApp(context, [large()], {columns: 120, rows: 40});
	const saved = async () => (await contentOf(place)).credentials[0];
	await terminal.press('e', 'down', 'new', 'ctrl+s');
	assert.equal((await saved())?.data.get('small')?.reveal(), 'new');
	await terminal.press('e', 'ctrl+y', 'down', 'down', 'down', 'end', 'enter', 'annotations: {note: hello}', 'ctrl+s');
	assert.equal((await saved())?.note, 'hello');
	assert.equal((await saved())?.data.get('big')?.reveal(), over);
});

test('an edit refuses a field or a note over 64 KiB', async context => {
	const {place, terminal} = await openApp(context, [large()], {columns: 120, rows: 40});
	await terminal.press('e', 'down');
	await terminal.paste(over);
	assert.match(terminal.screen(), /Paste ignored: it has 71 KiB, a field takes at most 64 KiB/);
	await terminal.press('down', 'down', 'down', 'down');
	await terminal.paste('a note '.repeat(12_000));
	assert.match(terminal.screen(), /Paste ignored: it has 83 KiB, a field takes at most 64 KiB/);
	await terminal.press('ctrl+s');
	assert.equal((await contentOf(place)).credentials[0]?.revision, 1);
	// The manifest takes more than a field: what is too large in it is said when it is read.
	await terminal.press('ctrl+y', 'down', 'down', 'down', 'end', 'enter');
	await terminal.paste(`annotations: {note: ${'a note '.repeat(12_000)}}`);
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /the note is 83 KiB: a field takes at most 64 KiB/);
	assert.equal((await contentOf(place)).credentials[0]?.revision, 1);
});
