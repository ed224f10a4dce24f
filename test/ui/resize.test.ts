import assert from 'node:assert/strict';
import {test} from 'node:test';
import {takesText} from '../../source/app/keyboard/focus.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {keyId, storedCredential} from '../helpers/credentials.js';
import {openTerminal} from '../helpers/terminal.js';

const names = Array.from({length: 40}, (_, index) => `credential-${index}`);

/** Each view with something under way in it, and the keys that lead there from a locked vault. */
const views: Readonly<Record<string, readonly string[]>> = {
	unlock: ['half a passphr'],
	list: ['open sesame', 'enter', 'pagedown', 'down'],
	detail: ['open sesame', 'enter', 'down', 'enter'],
	'detail with secrets': ['open sesame', 'enter', 'down', 'enter', 'r'],
	'provider search': ['open sesame', 'enter', 'n', 'gen'],
	name: ['open sesame', 'enter', 'n', 'enter', 'a-name', 'left', 'left'],
	source: ['open sesame', 'enter', 'n', 'enter', 'a-name', 'enter', 'down'],
	file: ['open sesame', 'enter', 'n', 'enter', 'a-name', 'enter', 'down', 'down', 'enter', '/some/file', 'left'],
	field: ['open sesame', 'enter', 'n', 'enter', 'a-name', 'enter', 'enter', keyId, 'enter', 'half-a-secret', 'left'],
	'a problem': ['open sesame', 'enter', 'n', 'enter', 'a-name', 'enter', 'enter', 'odd', 'enter'],
	guide: ['open sesame', 'enter', 'n', '?'],
	edit: ['open sesame', 'enter', 'e', 'down', 'down', 'down', 'eu-west-1', 'left'],
	delete: ['open sesame', 'enter', 'd', 'y', 'T', 'd', 'cred', 'left'],
	discard: ['open sesame', 'enter', 'e', 'x', 'esc'],
};

for (const [view, keys] of Object.entries(views)) {
	test(`a resize keeps the screen, the cursor and the state: ${view}`, async context => {
		const place = memoryVaultPlace({credentials: names.map(name => storedCredential(name)), trash: []}, 'open sesame');
		const terminal = await openTerminal({place});
		context.after(() => terminal.close());
		await terminal.press(...keys);
		const [screen, cursor] = [terminal.screen(), terminal.cursor()];
		const {screen: state} = terminal.store.getState();
		for (const [columns, rows] of [
			[140, 40],
			[40, 10],
			[12, 3],
			[200, 60],
			[80, 24],
		] as const) {
			await terminal.resize(columns, rows);
			assert.equal(terminal.lines().length, rows);
		}
		assert.equal(terminal.screen(), screen);
		// Elsewhere the cursor is hidden.
		if (takesText(terminal.store.getState())) assert.deepEqual(terminal.cursor(), cursor);
		assert.deepEqual(terminal.store.getState().screen, state);
	});
}
