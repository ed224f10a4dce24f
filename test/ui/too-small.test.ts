import assert from 'node:assert/strict';
import {test} from 'node:test';
import {namesIn, openApp} from '../helpers/opened.js';

test('nothing is done by keys that nobody sees the effect of, in a window that is too small', async context => {
	const {terminal, place} = await openApp(context, ['one', 'two']);
	await terminal.resize(20, 5);
	assert.match(terminal.screen(), /make the window/);
	await terminal.press('d', 'y', 'r', 'n', 'x');
	await terminal.paste('n');
	await terminal.resize(80, 24);
	assert.equal(terminal.store.getState().screen.kind, 'list');
	assert.equal(terminal.store.getState().reveal, undefined);
	assert.deepEqual(await namesIn(place), ['one', 'two']);
});

test('a window that is too small can still be locked and left', async context => {
	const {terminal} = await openApp(context, ['one']);
	await terminal.resize(20, 5);
	await terminal.press('ctrl+x');
	assert.equal(terminal.store.getState().screen.kind, 'unlock');
	await terminal.press('ctrl+c');
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
});
