import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keysOf} from '../../source/app/focus.js';
import {pressOf} from '../../source/app/keys.js';
import {update} from '../../source/app/update.js';
import {allKeys, keymap, keysIn, modes, textModes} from '../helpers/keymap.js';
import {openedApp, played} from '../helpers/played.js';

test('no key has two meanings in one mode', () => {
	for (const mode of modes) {
		const keys = keysIn(mode).flatMap(binding => binding.keys);
		assert.deepEqual(
			keys.filter((key, index) => keys.indexOf(key) !== index),
			[],
			mode,
		);
	}
});

test('every binding has a title and a key', () => {
	for (const binding of [...keymap.values()].flat()) {
		assert.match(binding.title, /\S/);
		assert.ok(binding.keys.length > 0, binding.id);
	}
});

test('no bare character is a command where text is typed, but ? in the search for a provider', () => {
	for (const mode of textModes) {
		const characters = keysIn(mode).flatMap(binding => binding.keys.filter(key => [...key].length === 1));
		assert.deepEqual(characters, mode === 'wizard-provider' ? ['?'] : [], mode);
	}
});

test('no bare character does anything where a passphrase may have been typed ahead', () => {
	const characters = keysIn('blocked').flatMap(binding => binding.keys.filter(key => [...key].length === 1));
	assert.deepEqual(characters, []);
});

test('keys that a terminal sends as others are bound nowhere', () => {
	// Ctrl-I is tab, Ctrl-M enter, Ctrl-[ escape.
	for (const key of ['ctrl+i', 'ctrl+m', 'ctrl+[']) assert.ok(!allKeys.includes(key), key);
});

test('nothing is taken away by the key that asks about it', () => {
	const asks: readonly (readonly [from: string, to: string])[] = [
		['detail', 'delete'],
		['list', 'delete'],
		['edit', 'discard'],
	];
	for (const [from, to] of asks) {
		const opening = keysIn(from).flatMap(binding => binding.keys);
		const dangerous = keysIn(to)
			.filter(binding => binding.danger)
			.flatMap(binding => binding.keys);
		const deleting = keysIn('list').find(binding => binding.id === 'delete')?.keys ?? [];
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
			keysIn(mode).some(binding => binding.id === 'cancel'),
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
		const leaving = keysOf(state).filter(({id}) => ['quit', 'cancel'].includes(id));
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
