import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindingFor, keysOf} from '../../../source/app/keyboard/focus.js';
import {footerItems} from '../../../source/app/keyboard/footer.js';
import {screenKeys} from '../../../source/app/keyboard/screen-keys.js';
import {update} from '../../../source/app/loop/update.js';
import {listRoom} from '../../../source/app/screens/browse/list.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import {type KeyChoices, parseSettings} from '../../../source/domain/settings.js';
import {openedApp, played} from '../../helpers/played.js';

function app(keys: KeyChoices) {
	const state = openedApp();
	return {...state, settings: {...state.settings, keys}};
}

test('a chosen key does what its command does, and the old one nothing', () => {
	const state = app({list: {delete: ['D']}, everywhere: {lock: ['ctrl+q']}});
	assert.equal(played(state, 'D').screen.kind, 'delete');
	assert.equal(played(state, 'd').screen.kind, 'list');
	assert.equal(bindingFor(state, 'ctrl+q')?.id, 'lock');
	assert.equal(bindingFor(state, 'ctrl+x'), undefined);
	assert.equal(bindingFor(played(state, 'e'), 'ctrl+q')?.id, 'lock');
	// The detail has its own, since the choice was for the list.
	assert.equal(bindingFor(played(state, 'enter'), 'd')?.id, 'delete');
});

test('esc and enter stay, behind what was chosen', () => {
	const state = app({detail: {back: ['B']}, list: {open: ['o']}});
	assert.deepEqual(keysOf(state).find(({id}) => id === 'open')?.keys, ['o', 'enter']);
	const detail = played(state, 'o');
	assert.deepEqual(keysOf(detail).find(({id}) => id === 'back')?.keys, ['B', 'esc']);
	assert.equal(played(detail, 'esc').screen.kind, 'list');
});

test('the footer, the help and a screen reader show the chosen keys', () => {
	const state = app({list: {filter: ['F'], create: ['N'], 'copy-secret': []}});
	assert.equal(footerItems(state, 200).find(({binding}) => binding.id === 'filter')?.key, 'F');
	assert.ok(!footerItems(state, 200).some(({binding}) => binding.id === 'copy-secret'));
	assert.match(spokenScreen(state).join('\n'), /F find/);
	assert.match(spokenScreen(played(state, '?', 'find')).join('\n'), /find: F/);
});

test('the wheel scrolls whatever keys go up and down', () => {
	const state = app({list: {down: ['J'], up: ['K']}});
	const {state: after} = update(state, {type: 'mouse', action: {kind: 'wheel-down', column: 0, row: 5}}, state.now);
	assert.notEqual(after.selected, state.selected);
});

test('without choices the keys of a room are taken as they are', () => {
	const state = openedApp();
	assert.ok(listRoom.keys.list.every((binding, index) => screenKeys(state)[index] === binding));
	assert.equal(parseSettings({theme: 'dark'}).keys, parseSettings({}).keys);
});
