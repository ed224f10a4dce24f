import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {RotationQuestion} from '../../../source/app/core/rotating.js';
import type {State} from '../../../source/app/core/state.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import {KeyQuestionView} from '../../../source/ui/screens/key-question.js';
import {later, on, played} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['key-question'], props => <KeyQuestionView {...props} />);

type About = Extract<RotationQuestion, {kind: 'key'}>['about'];

/** The rotation of the chosen credential goes on, and asks that. */
const asked = (state: State, about: Omit<About, 'name'>): State =>
	played(
		{...state, rotating: {...state.rotating, ids: [state.selected ?? '']}},
		{
			type: 'rotation-asks',
			question: {id: state.selected ?? '', kind: 'key', about: {...about, name: 'prod'}},
		},
	);
const keys = [{id: 'AKIANEW', created: '2026-11-24T11:00:00Z', lastUsed: 'never'}] as const;

test('each question names the key, and what yes does', () => {
	const shown = (kind: About['kind']) => view(asked(on('prod'), {kind, keys})).replace(/\s*│\n│\s*/g, ' ');
	assert.match(
		shown('orphan'),
		/Rotating prod[\s\S]*AKIANEW \(made 2026-11-24T11:00:00Z, never used\)[\s\S]*for good\?/,
	);
	assert.match(shown('room'), /There is no room for another key beside AKIANEW[\s\S]*Delete it for good\?/);
	assert.match(shown('own'), /does not tell which of its keys `prod` is[\s\S]*Is it AKIANEW/);
	assert.match(
		shown('strangers'),
		/AKIANEW[\s\S]*somebody may be replacing the same key[\s\S]*Leave that alone, and go on\?/,
	);
	assert.match(shown('used'), /Something still uses the old key[\s\S]*Delete it all the same\?/);
});

test('an address that a credential names is named with what would be sent there', () => {
	const state = on('prod');
	const question = {
		id: state.selected ?? '',
		kind: 'place',
		host: 'keys.example\u001b[2J',
		from: 'authURL',
		sends: 'the password',
	} as const;
	const frame = view(played(state, {type: 'rotation-asks', question}));
	assert.match(frame, /Ask keys\.example\\u001b\[2J\?/);
	assert.match(frame, /What would be sent there: the password/);
});

test('only y is yes, once it has been there to be read; the answer goes to the rotation', () => {
	const question = asked(on('prod'), {kind: 'orphan', keys});
	assert.equal(played(question, 'y').screen.kind, 'key-question', 'it has not been drawn');
	const drawn = played(question, {type: 'drawn'});
	assert.equal(played(drawn, 'y').screen.kind, 'key-question', 'nobody has read it');
	assert.equal(played(later(drawn, 500), 'y').screen.kind, 'list');
	for (const key of ['n', 'esc', 'enter']) assert.equal(played(drawn, key).screen.kind, 'list', key);
	assert.equal(played(drawn, 'n').rotating.question, undefined);
});

test('it waits for who is typing, and comes when the list is back', () => {
	const typing = played(on('prod'), 'R');
	const waiting = asked(typing, {kind: 'orphan', keys});
	assert.equal(waiting.screen.kind, 'ask');
	assert.equal(played(waiting, 'esc').screen.kind, 'key-question');
});

test('a text from the provider can not change the screen, and the smallest window scrolls', () => {
	const hostile = [{id: 'a\u001b[2J\u202e', label: 'x'.repeat(300)}];
	const small = asked(on('prod', {columns: 40, rows: 12}), {kind: 'strangers', keys: hostile});
	assert.match(view(small), /a\\u001b\[2J\\u202e/);
	assert.match(view(played(small, ...Array.from({length: 30}, () => 'down'))), /Leave that alone, and go on\?/);
});

test('a screen reader reads the whole question', () => {
	assert.match(
		spokenScreen(asked(on('prod'), {kind: 'orphan', keys})).join('\n'),
		/Rotating prod\nAKIANEW .*\nDelete it for good\?/,
	);
});

test('a y too much does not answer the question below it', () => {
	const state = on('prod');
	const id = state.selected ?? '';
	const plan = {signer: 'aws', needsSigner: false, disables: true} as const;
	const below = later(played(state, 'ctrl+g', {type: 'rotation-planned', id, plan}, {type: 'drawn'}), 500);
	const other = played(
		{...below, rotating: {...below.rotating, ids: ['other']}},
		{type: 'rotation-asks', question: {id: 'other', kind: 'key', about: {kind: 'orphan', name: 'other', keys}}},
		{type: 'drawn'},
	);
	assert.equal(other.screen.kind, 'key-question');
	const back = played(later(other, 500), 'y', 'y');
	assert.deepEqual([back.screen.kind, back.rotating.ids], ['rotate', ['other']], 'nothing is begun');
});
