import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keymap} from '../../source/app/keymap/keymap.js';
import {pressOf} from '../../source/app/keys.js';
import {type Mode, modes, takesText} from '../../source/app/mode.js';
import {modeOf} from '../../source/app/mode-of.js';
import {update} from '../../source/app/update.js';
import {openedApp, played} from '../helpers/played.js';

test('no key has two meanings in one mode', () => {
	for (const mode of modes) {
		const keys = keymap.filter(binding => binding.modes.includes(mode)).flatMap(binding => binding.keys);
		assert.deepEqual(
			keys.filter((key, index) => keys.indexOf(key) !== index),
			[],
			mode,
		);
	}
});

test('every binding has a title and a key', () => {
	for (const binding of keymap) {
		assert.match(binding.title, /\S/);
		assert.ok(binding.keys.length > 0, binding.id);
	}
});

test('no bare character is a command where text is typed, but ? in the search for a provider', () => {
	for (const mode of modes.filter(takesText)) {
		const characters = keymap
			.filter(binding => binding.modes.includes(mode))
			.flatMap(binding => binding.keys.filter(key => [...key].length === 1));
		assert.deepEqual(characters, mode === 'wizard-provider' ? ['?'] : [], mode);
	}
});

test('no bare character does anything where a passphrase may have been typed ahead', () => {
	const characters = keymap
		.filter(binding => binding.modes.includes('blocked'))
		.flatMap(binding => binding.keys.filter(key => [...key].length === 1));
	assert.deepEqual(characters, []);
});

test('keys that a terminal sends as others are bound nowhere', () => {
	// Ctrl-I is tab, Ctrl-M enter, Ctrl-[ escape.
	for (const binding of keymap) {
		for (const key of ['ctrl+i', 'ctrl+m', 'ctrl+[']) assert.ok(!binding.keys.includes(key), `${binding.id} ${key}`);
	}
});

test('nothing is taken away by the key that asks about it', () => {
	const asks: readonly (readonly [from: Mode, to: Mode])[] = [
		['detail', 'delete'],
		['list', 'delete'],
		['edit', 'discard'],
	];
	for (const [from, to] of asks) {
		const opening = keymap.filter(binding => binding.modes.includes(from)).flatMap(binding => binding.keys);
		const dangerous = keymap
			.filter(binding => binding.modes.includes(to) && binding.danger)
			.flatMap(binding => binding.keys);
		const deleting = keymap.find(binding => binding.id === 'delete')?.keys ?? [];
		assert.deepEqual(
			dangerous.filter(key => deleting.includes(key)),
			[],
			`${from} ${to}`,
		);
		assert.ok(opening.length > 0);
	}
});

test('there is a way out of every mode', () => {
	for (const mode of modes)
		assert.ok(
			keymap.some(binding => binding.modes.includes(mode) && binding.id === 'cancel'),
			mode,
		);
});

test('a key that is shown as leaving the app leaves it, wherever it is shown', () => {
	const places: Readonly<Record<string, readonly string[]>> = {
		list: [],
		filter: ['/', 'a'],
		detail: ['enter'],
		trash: ['T'],
		health: ['H'],
		settings: [','],
		copy: ['Y'],
		use: ['U'],
		ask: ['t'],
		delete: ['d'],
		wizard: ['n'],
		edit: ['e'],
	};
	for (const [place, keys] of Object.entries(places)) {
		const state = played(openedApp(), ...keys);
		const leaving = keymap.filter(({id, modes}) => ['quit', 'cancel'].includes(id) && modes.includes(modeOf(state)));
		assert.ok(leaving.length > 0, place);
		for (const {keys: names} of leaving) {
			for (const name of names) {
				const {effects} = update(state, {type: 'key', press: pressOf(name)}, state.now);
				assert.ok(
					effects.some(({type}) => type === 'quit'),
					`${name} in ${place}`,
				);
			}
		}
	}
});
