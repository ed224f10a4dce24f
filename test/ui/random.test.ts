import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {showsField} from '../../source/app/core/state.js';
import {isConfirmed} from '../../source/app/screens/delete.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {allKeys} from '../helpers/keymap.js';
import {contentOf, passphrase} from '../helpers/opened.js';
import {size} from '../helpers/rounds.js';
import {openTerminal} from '../helpers/terminal.js';

const leaving = ['q', 'ctrl+c'];
const keys = allKeys.filter(key => !leaving.includes(key));

type Act =
	| {readonly kind: 'keys'; readonly keys: readonly string[]}
	| {readonly kind: 'paste'; readonly text: string}
	| {readonly kind: 'resize'; readonly columns: number; readonly rows: number}
	| {readonly kind: 'pass'; readonly milliseconds: number};

const act: fc.Arbitrary<Act> = fc.oneof(
	{
		weight: 14,
		arbitrary: fc
			.array(fc.constantFrom(...keys), {minLength: 1, maxLength: 4})
			.map(pressed => ({kind: 'keys', keys: pressed}) as const),
	},
	{
		weight: 3,
		arbitrary: fc
			.constantFrom('one', keyId, 'two\nlines', '漢字👩‍👩‍👧', '\u001b[2J')
			.map(text => ({kind: 'paste', text}) as const),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('resize' as const),
			columns: fc.integer({min: 20, max: 160}),
			rows: fc.integer({min: 5, max: 45}),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.integer({min: 1, max: 20_000}).map(milliseconds => ({kind: 'pass', milliseconds}) as const),
	},
);

/** So many acts in one run of the app. All runs together are over 5,000 keys, pastes and resizes. */
const acts = 120;
const runs = size(4, 60);

test('random keys, pastes and resizes never throw, overflow the window or show a hidden secret', async test => {
	let events = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(act, {minLength: acts, maxLength: acts}), async played => {
			const credentials = ['one', 'two', 'three'].map(name => storedCredential(name));
			const place = memoryVaultPlace({credentials, trash: []}, passphrase);
			const terminal = await openTerminal({place});
			await terminal.press(passphrase, 'enter');
			for (const each of played) {
				const before = terminal.store.getState();
				const trashed = (await contentOf(place)).trash.length;
				if (before.screen.kind === 'unlock') {
					// Escape would leave the app here, and most runs would be over soon.
					await terminal.resize(80, 24);
					await terminal.press('ctrl+u', passphrase, 'enter');
				} else if (each.kind === 'keys') {
					events += each.keys.length;
					// A lock may be among them: what would leave the app then is held back.
					const locks = each.keys.some(key => key === 'ctrl+x' || key === 'ctrl+z');
					await terminal.burst(...each.keys.filter(key => !locks || key !== 'esc'));
				} else if (each.kind === 'paste') {
					events++;
					await terminal.paste(each.text);
				} else if (each.kind === 'resize') {
					events++;
					await terminal.resize(each.columns, each.rows);
				} else {
					await terminal.pass(each.milliseconds);
				}
				const state = terminal.store.getState();
				// The palette leaves, too: that run is over.
				if (terminal.outcome() !== undefined) {
					assert.deepEqual(terminal.outcome(), {kind: 'quit'});
					break;
				}
				assert.equal(terminal.scrolled(), 0, 'no frame is taller than the screen');
				const asked =
					state.reveal !== undefined || showsField(state) || before.reveal !== undefined || showsField(before);
				if (!asked) assert.ok(!terminal.screen().includes(secretKey.slice(0, 12)), terminal.screen());
				if ((await contentOf(place)).trash.length > trashed && state.undoable.length > before.undoable.length) {
					const [undoable] = state.undoable;
					if (undoable?.kind === 'deleted') {
						assert.ok(before.screen.kind === 'delete' && isConfirmed(before.screen), 'a delete without the name');
					}
				}
			}
			terminal.close();
		}),
		{numRuns: runs, seed: 20_261_124, endOnFailure: true},
	);
	test.diagnostic(`${events} events in ${runs} runs`);
	assert.ok(events >= 84 * runs, `${events} events`);
});
