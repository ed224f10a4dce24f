import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LeavingView} from '../../../source/ui/screens/leaving.js';
import {storedCredential} from '../../helpers/credentials.js';
import {on, openedApp, played} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const leaving = viewer(['list'], ({state, layout}) => <LeavingView state={state} layout={layout} />);

test('the last frame holds nothing of the vault', () => {
	assert.equal(leaving(played(on('prod'), 'r', 'q')), 'pharmer\nleaving…');
});

test('the last frame says that a save is under way', () => {
	const made = storedCredential('made');
	const stored = {credentials: [made], trash: []};
	const added = {type: 'changed', change: {kind: 'added', credentials: [made]}, stored} as const;
	assert.equal(leaving(played(openedApp({credentials: []}), added, 'z', 'q')), 'pharmer\nleaving, still saving…');
});

test('the last frame fits a window of 12×3', () => {
	assert.equal(leaving(played(openedApp({columns: 12, rows: 3}), 'q')), 'pharmer\nleaving…');
});
