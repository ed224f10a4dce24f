import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../source/app/core/state.js';
import {update} from '../../../source/app/loop/update.js';
import {workOf} from '../../../source/domain/under-way-work.js';
import {storedCredential} from '../../helpers/credentials.js';
import {issueOf, rotationOf} from '../../helpers/journals.js';
import {lockedApp, openedApp, played} from '../../helpers/played.js';

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

test('what waits at a provider is said when the vault opens, unless something else is', () => {
	const waits = {credentials: [storedCredential('prod')], works: [workOf(rotationOf('id-of-prod'), false)]};
	const said = 'The rotation of prod waits: H says how to go on.';
	assert.equal(openedApp(waits).message?.text, said);
	assert.equal(openedApp({...waits, works: [workOf(rotationOf('id-of-prod'), true)]}).message, undefined);
	const hostile = workOf(issueOf('new', {name: 'x\u001b[2J'}), false);
	assert.doesNotMatch(openedApp({...waits, works: [hostile]}).message?.text ?? '', /\p{Cc}/u);
	const trouble = 'settings.json, line 2: no colour is called `acent`';
	const locked = {...lockedApp(), settingsTrouble: trouble};
	const opened = (state: State, more: object = {}) =>
		update(state, {type: 'opened', stored: {trash: [], ...waits}, ...more}, locked.now).state;
	assert.equal(opened(locked).message?.text, trouble);
	assert.equal(opened(played(openedApp(waits), 'ctrl+x')).message?.text, said);
	const wizard = played(lockedApp({start: {kind: 'create'}}));
	assert.equal(opened(wizard).message, undefined);
});

test('nothing of what is under way stays behind a lock, or in the last frame', () => {
	const open = openedApp({credentials: [storedCredential('prod')], works: [workOf(rotationOf('id-of-prod'), false)]});
	assert.equal(open.works.size, 1);
	for (const key of ['ctrl+x', 'q']) assert.equal(played(open, key).works.size, 0, key);
});

test('who is asked for no passphrase is told so, once, and not in the demo', () => {
	const opened = (screen: object, more: object = {}) => {
		const state = {...openedApp(), message: undefined, ...more};
		const locked = {...state, screen: {...played(state, 'ctrl+x').screen, kept: undefined, ...screen}} as typeof state;
		return update(locked, {type: 'opened', stored: {credentials: [], trash: []}}, locked.now).state.message?.text;
	};
	assert.match(opened({held: true}) ?? '', /^Open without a question: .* ctrl\+x locks it, for commands too\.$/);
	assert.ok((opened({held: true}) ?? '').length <= 77, 'one row of 80 columns has room for it');
	assert.equal(opened({held: false}), undefined);
	assert.equal(opened({held: true}, {demo: true}), undefined);
});
