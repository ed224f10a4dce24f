import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {contentOf, namesIn, openApp} from '../helpers/opened.js';

const many = Array.from({length: 200}, (_, index) => storedCredential(`zone-${String(index).padStart(3, '0')}`));

/**
 * The app over 200 credentials, and one key at a time. `keys()` tells how many were pressed since it was asked last;
 * a paste is one, and every letter of a name that is typed.
 */
async function stranger(context: Parameters<typeof openApp>[0]) {
	const app = await openApp(context, [...many, storedCredential('billing-export', {note: 'a tpyo'})]);
	let count = 0;
	return {
		...app,
		async press(...keys: readonly string[]): Promise<void> {
			count += keys.length;
			await app.terminal.press(...keys);
		},
		async paste(text: string): Promise<void> {
			count++;
			await app.terminal.paste(text);
		},
		/** The footer shows that key. */
		sees(key: string): void {
			assert.ok(app.terminal.lines().at(-1)?.includes(key), `${key} in ${app.terminal.lines().at(-1)}`);
		},
		keys(): number {
			const pressed = count;
			count = 0;
			return pressed;
		},
	};
}

test('a new user finds every common task in the footer and does it with few keys', async context => {
	const {terminal, place, press, paste, sees, keys} = await stranger(context);

	sees('n new');
	await press('n', 'enter', 'enter', 'enter');
	await paste(keyId);
	await press('enter');
	await paste(`x${secretKey.slice(1)}`);
	await press('enter', 'enter', 'enter', 'enter');
	assert.ok((await namesIn(place)).includes('aws'), 'AWS keys are added under the name that was offered');
	assert.ok(keys() <= 11);

	sees('/ find');
	await press('/', 'b', 'i', 'l', 'enter');
	assert.match(terminal.screen(), /❯ billing-export/);
	assert.ok(keys() <= 5, 'found by three letters');

	sees('y copy secret');
	await press('y');
	assert.equal(terminal.clipboard(), secretKey);
	assert.equal(keys(), 1);

	sees('e edit');
	await press('e', 'up');
	await press(...Array.from({length: 4}, () => 'backspace'), 't', 'y', 'p', 'o');
	sees('ctrl+s save');
	await press('ctrl+s');
	const saved = async () => (await contentOf(place)).credentials.find(({name}) => name === 'billing-export');
	assert.equal((await saved())?.note, 'a typo');
	assert.ok(keys() <= 11, 'a typo in the note is corrected');

	await press('e', 'up', 'shift+tab', '+', '9', '0', 'ctrl+s');
	assert.equal((await saved())?.expires, '2027-02-22');
	assert.ok(keys() <= 7, 'it expires');

	sees('esc clear');
	await press('esc');
	sees('d delete');
	await press('d');
	assert.match(terminal.screen(), /Delete billing-export\?/);
	await press('y');
	assert.equal(await saved(), undefined);
	assert.equal(keys(), 3);

	assert.match(terminal.screen(), /z brings it back/);
	await press('z');
	assert.equal((await saved())?.note, 'a typo');
	assert.equal(keys(), 1);

	sees('? help');
	await press('?', 'l', 'o', 'c', 'k', 'enter');
	assert.match(terminal.screen(), /The vault is locked/);
	assert.equal(keys(), 6);
});
