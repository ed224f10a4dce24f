import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pressOf} from '../../../source/app/input/keys.js';
import {keysOf} from '../../../source/app/keyboard/focus.js';
import {update} from '../../../source/app/loop/update.js';
import {allKeys, keymap, keysIn, modes, textModes} from '../../helpers/keymap.js';
import {openedApp, played} from '../../helpers/played.js';

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

test('every binding says in a sentence what it does, in at most 60 cells', () => {
	for (const {id, says} of [...keymap.values()].flat()) {
		assert.match(says, /^[a-z`].*[^.]$/, id);
		assert.ok(says.length <= 60, `${id}: ${says}`);
	}
});

test('no bare character is a command in a mode that takes text, except ? in the provider search', () => {
	for (const mode of textModes) {
		const characters = keysIn(mode).flatMap(binding => binding.keys.filter(key => [...key].length === 1));
		assert.deepEqual(characters, mode === 'wizard-provider' ? ['?'] : [], mode);
	}
});

test('no bare character is bound in the blocked mode, where a passphrase may be typed ahead', () => {
	const characters = keysIn('blocked').flatMap(binding => binding.keys.filter(key => [...key].length === 1));
	assert.deepEqual(characters, []);
});

test('Ctrl-I, Ctrl-M and Ctrl-[ are not bound, since terminals send them as other keys', () => {
	// Ctrl-I is tab, Ctrl-M enter, Ctrl-[ escape.
	for (const key of ['ctrl+i', 'ctrl+m', 'ctrl+[']) assert.ok(!allKeys.includes(key), key);
});

test('a key that asks for a confirmation does not confirm it when it is pressed again', () => {
	const asks: readonly (readonly [from: string, id: string, to: string])[] = [
		['detail', 'delete', 'delete'],
		['list', 'delete', 'delete'],
		['trash', 'purge', 'delete'],
		['trash', 'purge-all', 'delete'],
		['edit', 'back', 'discard'],
		['wizard-field', 'back', 'discard'],
	];
	for (const [from, id, to] of asks) {
		const asking = keysIn(from).find(binding => binding.id === id)?.keys ?? [];
		const confirming = keysIn(to)
			.filter(binding => binding.danger)
			.flatMap(binding => binding.keys);
		assert.ok(asking.length > 0, `${id} in ${from}`);
		assert.ok(confirming.length > 0, to);
		assert.deepEqual(
			confirming.filter(key => asking.includes(key)),
			[],
			`${id} in ${from}`,
		);
	}
});

test('every mode has a cancel key', () => {
	for (const mode of modes)
		assert.ok(
			keysIn(mode).some(binding => binding.id === 'cancel'),
			mode,
		);
});

test('the quit and cancel keys quit the app from the list and from the screens opened from it', () => {
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
