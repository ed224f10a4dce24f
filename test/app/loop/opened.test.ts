import assert from 'node:assert/strict';
import {test} from 'node:test';
import {update} from '../../../source/app/loop/update.js';
import {openedApp, played} from '../../helpers/played.js';

test('an error in the settings file is said once, when the vault opens, and not after a lock', () => {
	const settingsTrouble = 'settings.json, line 2: no colour is called `acent`';
	const opened = (screen: object) => {
		const state = {...openedApp(), message: undefined, settingsTrouble};
		const locked = {...state, screen: {...played(state, 'ctrl+x').screen, ...screen}} as typeof state;
		return update(locked, {type: 'opened', stored: {credentials: [], trash: []}}, locked.now).state.message;
	};
	assert.deepEqual({...opened({kept: undefined}), until: 0}, {kind: 'error', text: settingsTrouble, until: 0});
	assert.notEqual(opened({kept: 'place'})?.text, settingsTrouble);
});
