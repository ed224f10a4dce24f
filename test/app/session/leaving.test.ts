import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Event} from '../../../source/app/core/event.js';
import type {State} from '../../../source/app/core/state.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {update} from '../../../source/app/loop/update.js';
import {nextWake} from '../../../source/app/loop/wake.js';
import {leavesText, workText} from '../../../source/app/session/under-way.js';
import {storedCredential} from '../../helpers/credentials.js';
import {freshState} from '../../helpers/state.js';

/** The app on a list of one, after those events and keys; effects are asked for and never answered. */
function after(...events: readonly (Event | string)[]) {
	const credentials = [storedCredential('prod')];
	let last = update(freshState(), {type: 'opened', stored: {credentials, trash: []}}, 0);
	for (const event of events) {
		last = update(last.state, typeof event === 'string' ? {type: 'key', press: pressOf(event)} : event, 0);
	}
	return last;
}

const paste = (text: string): Event => ({type: 'paste', text});
const reading = ['n', 'enter', paste('new'), 'enter', 'down', 'down', 'enter', paste('/a/pipe'), 'enter'] as const;
const saving = ['t', paste('a=1'), 'enter'] as const;
const asksToLeave = (step: ReturnType<typeof after>): boolean => step.effects.some(({type}) => type === 'quit');

test('quitting waits for a save, however often ctrl+c is pressed, and says so', () => {
	const asked = after(...saving, 'ctrl+c', 'ctrl+c', 'ctrl+c');
	assert.equal(asksToLeave(asked), false);
	assert.equal(leavesText(asked.state), 'leaves when it is saved');
	assert.equal(asked.state.ahead.length, 1);
});

test('ctrl+c is noticed behind hundreds of other keys', () => {
	const {state} = after(...saving, ...Array.from({length: 600}, () => 'j'), 'ctrl+c');
	assert.equal(leavesText(state), 'leaves when it is saved');
});

test('a second ctrl+c quits while a file is still being read, the first one only says so', () => {
	const once = after(...reading, 'ctrl+c');
	assert.equal(workText(once.state), 'Reading');
	assert.equal(asksToLeave(once), false);
	assert.match(leavesText(once.state) ?? '', /ctrl\+c again leaves now/);
	assert.equal(asksToLeave(after(...reading, 'ctrl+c', 'ctrl+c')), true);
});

test('ctrl+c quits at once while the app looks around the machine', () => {
	assert.equal(workText(after('i').state), 'Looking around');
	assert.equal(asksToLeave(after('i', 'ctrl+c')), true);
});

test('ctrl+x and then ctrl+c quit after a save, but lock when there is a draft', () => {
	const {state} = after(...saving, 'ctrl+x', 'ctrl+c');
	const stored = {credentials: [...state.credentials], trash: []};
	const changed = update(state, {type: 'changed', change: {kind: 'replaced', pairs: []}, stored}, 0);
	assert.deepEqual(
		changed.effects.map(({type}) => type),
		['quit'],
	);
	const draft = after(...reading, 'ctrl+x', 'ctrl+c').state;
	const failed = {during: 'read-file', failure: {code: 'file', message: 'no'}} as const;
	const read = update(draft, {type: 'file-read', sources: []}, 0);
	assert.equal(asksToLeave(read), false);
	assert.equal(update(draft, {type: 'failed', ...failed}, 0).state.screen.kind, 'unlock');
});

test('a copy is shown as under way only when it takes 500 ms', () => {
	const at = (state: State, now: number): string | undefined => workText(update(state, {type: 'tick'}, now).state);
	const {state} = after('y');
	assert.equal(at(state, 0), undefined);
	assert.equal(nextWake(state), 500);
	assert.equal(at(state, 500), 'Copying');
	const copied = {type: 'copied', what: 'it', secret: true, by: 'the clipboard', sure: true} as const;
	assert.equal(at(update(state, copied, 10).state, 500), undefined);
	const failed = {type: 'failed', during: 'copy', failure: {code: 'file', message: 'no'}} as const;
	assert.equal(at(update(state, failed, 10).state, 500), undefined);
});

test('the state after quitting holds nothing from the vault and no message', () => {
	const {state} = after(
		...saving,
		{type: 'failed', during: 'replace', failure: {code: 'file', message: 'x'}},
		'ctrl+c',
	);
	const left = after('q').state;
	for (const last of [state, left]) {
		assert.equal(last.left, true);
		assert.deepEqual([last.credentials, last.found, last.trash, last.undoable, last.ahead], [[], [], [], [], []]);
		assert.equal(last.message, undefined);
	}
});
