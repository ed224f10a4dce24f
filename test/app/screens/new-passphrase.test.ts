import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../source/app/core/state.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {lineText} from '../../../source/app/input/line-editor.js';
import {modeOf} from '../../../source/app/keyboard/focus.js';
import {update} from '../../../source/app/loop/update.js';
import type {FirstRunScreen} from '../../../source/app/screens/first-run.js';
import {firstStart, type Happening, played} from '../../helpers/played.js';

const drawn = {type: 'drawn'} as const;

function firstRun(...happenings: readonly Happening[]): {readonly state: State; readonly screen: FirstRunScreen} {
	const state = played(firstStart(), ...happenings);
	if (state.screen.kind !== 'first-run') throw new Error(`on ${state.screen.kind}`);
	return {state, screen: state.screen};
}

test('enter with a weak passphrase asks, and waits for the question to be drawn', () => {
	const state = played(firstStart(), 'horse');
	const {state: asking, effects} = update(state, {type: 'key', press: pressOf('enter')}, state.now);
	assert.deepEqual(effects, [{type: 'draw'}]);
	assert.equal(modeOf(asking), 'first-run-weak');
});

test('a passphrase that is not weak is not asked about', () => {
	const {screen} = firstRun('correct horse', 'enter');
	assert.deepEqual([screen.question, screen.focus], [undefined, 'again']);
});

test('yes goes on, and the passphrase is not asked about again', () => {
	const {screen} = firstRun('horse', 'enter', drawn, 'ctrl+y');
	assert.deepEqual([screen.question, screen.focus, lineText(screen.again)], [undefined, 'again', '']);
	const done = firstRun('horse', 'enter', drawn, 'ctrl+y', 'horse', 'enter');
	assert.equal(done.screen.busy, true);
});

test('escape and enter lose nothing of what was typed', () => {
	for (const no of ['esc', 'enter']) {
		const {screen} = firstRun('horse', 'enter', drawn, no);
		assert.deepEqual(
			[screen.question, screen.focus, lineText(screen.passphrase)],
			[undefined, 'passphrase', 'horse'],
			no,
		);
		assert.equal(firstRun('horse', 'enter', drawn, no, 'enter').screen.question?.drawn, false, 'it is asked again');
	}
});

test('what is typed before the question is drawn neither answers it nor gets into a field', () => {
	for (const early of ['y', 'ctrl+y', 'n', 'esc', 'enter', 'abc', 'Y']) {
		const {state, screen} = firstRun('horse', 'enter', early);
		assert.deepEqual([screen.question, lineText(screen.passphrase)], [{about: 'weak', drawn: false}, 'horse'], early);
		assert.equal(state.ahead.length, 0);
	}
	assert.equal(firstRun('horse', 'enter', 'ctrl+y', drawn).screen.question?.drawn, true, 'and it is still asked');
});

test('letters do not answer the question: the passphrase may be typed once more at once', () => {
	for (const typed of ['hunter2', 'yellow1', 'nnn', 'Y']) {
		const {screen} = firstRun('horse', 'enter', drawn, typed);
		assert.deepEqual(
			[screen.question, lineText(screen.passphrase), lineText(screen.again)],
			[{about: 'weak', drawn: true}, 'horse', ''],
			typed,
		);
	}
});

test('a paste does not answer the question', () => {
	const {screen} = firstRun('horse', 'enter', drawn, {type: 'paste', text: 'y'});
	assert.equal(screen.question?.about, 'weak');
});

test('another weak passphrase is asked about again', () => {
	const {screen} = firstRun('horse', 'enter', drawn, 'ctrl+y', 'up', 's', 'enter');
	assert.equal(screen.question?.about, 'weak');
	const fromAgain = firstRun('horse', 'enter', drawn, 'ctrl+y', 'horse', 'up', 's', 'down', 's', 'enter');
	assert.equal(fromAgain.screen.question?.about, 'weak');
	const yes = firstRun('horse', 'enter', drawn, 'ctrl+y', 'horse', 'up', 's', 'down', 's', 'enter', drawn, 'ctrl+y');
	assert.equal(yes.screen.busy, true, 'and is taken, since both are the same');
});

test('the tab key does not lead around the question', () => {
	const {screen} = firstRun('horse', 'tab', 'horse', 'enter');
	assert.equal(screen.question?.about, 'weak');
});
