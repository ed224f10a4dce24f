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

test('who is asked for no passphrase is told so, once, and not in the demo', () => {
	const opened = (screen: object, more: object = {}) => {
		const state = {...openedApp(), message: undefined, ...more};
		const locked = {...state, screen: {...played(state, 'ctrl+x').screen, kept: undefined, ...screen}} as typeof state;
		return update(locked, {type: 'opened', stored: {credentials: [], trash: []}}, locked.now).state.message?.text;
	};
	assert.match(opened({held: true}) ?? '', /^Open without a question: .* ctrl\+x locks it, for commands too\.$/);
	assert.equal(opened({held: false}), undefined);
	assert.equal(opened({held: true}, {demo: true}), undefined);
});
