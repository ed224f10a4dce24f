import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Effect} from '../../../source/app/core/effect.js';
import type {Event} from '../../../source/app/core/event.js';
import type {State} from '../../../source/app/core/state.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {lineText} from '../../../source/app/input/line-editor.js';
import {modeOf} from '../../../source/app/keyboard/focus.js';
import {update} from '../../../source/app/loop/update.js';
import type {PassphraseScreen} from '../../../source/app/screens/passphrase.js';
import {Secret} from '../../../source/domain/secret.js';
import {failed, type Happening, on, openedApp, played} from '../../helpers/played.js';

const next = 'four new random words';
const drawn: Event = {type: 'drawn'};
const recovery = {id: 'r', kind: 'recovery', name: '`7af1e0d2` (a recovery key)'};
const other = {id: 'o', kind: 'passphrase', name: '`1b4e28ba` (a passphrase)'};

const checked = (...others: readonly (typeof other)[]): Event => ({type: 'passphrase-checked', slot: 'own', others});

/** The app after the settings' `p`, the current passphrase and what comes then. */
const changing = (...happenings: readonly Happening[]): State =>
	played(openedApp(), ',', 'p', 'the old one', 'enter', ...happenings);

function screenOf({screen}: State): PassphraseScreen {
	if (screen.kind !== 'passphrase') throw new Error(`on ${screen.kind}`);
	return screen;
}

/** What a press asks of the world. */
const effectsOf = (state: State, key: string): readonly Effect[] =>
	update(state, {type: 'key', press: pressOf(key)}, state.now).effects;

test('the current passphrase is checked before a new one is asked for', () => {
	const typed = played(openedApp(), ',', 'p', 'the old one');
	assert.equal(modeOf(typed), 'passphrase-current');
	assert.deepEqual(effectsOf(typed, 'enter'), [{type: 'check-passphrase', passphrase: new Secret('the old one')}]);
	const asked = changing(checked());
	assert.deepEqual([modeOf(asked), lineText(screenOf(asked).current)], ['passphrase-new', '']);
	assert.match(screenOf(played(openedApp(), ',', 'p', 'enter')).problem ?? '', /type the current/);
});

test('what is typed while it is checked is the new passphrase, and is dropped when it was wrong', () => {
	const ahead = changing(next, 'enter', checked());
	assert.deepEqual([lineText(screenOf(ahead).passphrase), screenOf(ahead).focus], [next, 'again']);
	const wrong = changing(next, 'enter', failed('check-passphrase', 'wrong-passphrase', 'that is not it'));
	const {current, problem, busy} = screenOf(wrong);
	assert.deepEqual([lineText(current), problem, busy, wrong.ahead], ['', 'wrong passphrase', false, []]);
});

test('the new passphrase goes out when it was typed twice', () => {
	const typed = changing(checked(), next, 'enter', next);
	assert.deepEqual(effectsOf(typed, 'enter'), [
		{type: 'change-passphrase', slot: 'own', passphrase: new Secret(next), dropped: []},
	]);
	const differs = screenOf(changing(checked(), next, 'enter', 'another', 'enter'));
	assert.deepEqual([differs.busy, differs.problem], [false, 'the two are not the same; type it once more']);
});

test('a weak new passphrase is asked about as at the first start', () => {
	const asking = changing(checked(), 'horse', 'enter');
	assert.equal(modeOf(asking), 'passphrase-weak');
	assert.equal(modeOf(played(asking, 'ctrl+y')), 'passphrase-weak', 'not by what was typed ahead');
	const yes = played(asking, drawn, 'ctrl+y', 'horse', 'enter');
	assert.equal(screenOf(yes).busy, true);
	const no = screenOf(played(asking, drawn, 'esc'));
	assert.deepEqual([lineText(no.passphrase), no.question], ['horse', undefined]);
});

test('each other way in is dropped only after a question of its own', () => {
	const asking = changing(checked(other, recovery), next, 'enter', next, 'enter');
	assert.deepEqual([modeOf(asking), screenOf(asking).agreed], ['passphrase-drop', 0]);
	assert.deepEqual(effectsOf(asking, 'y'), [], 'not before it has been drawn');
	const second = played(asking, drawn, 'y', 'y', 'y');
	assert.deepEqual(
		[screenOf(second).agreed, screenOf(second).question?.drawn],
		[1, false],
		'one answer for one question',
	);
	assert.deepEqual(effectsOf(played(second, drawn), 'y'), [
		{type: 'change-passphrase', slot: 'own', passphrase: new Secret(next), dropped: ['o', 'r']},
	]);
});

test('a no to dropping a way in changes nothing, keeps what was typed, and asks about all again', () => {
	for (const no of ['n', 'esc', 'enter']) {
		const state = changing(checked(other, recovery), next, 'enter', next, 'enter', drawn, 'y', drawn, no);
		const {question, agreed, passphrase, again} = screenOf(state);
		assert.deepEqual([question, agreed, lineText(passphrase), lineText(again)], [undefined, 0, next, next], no);
		assert.equal(modeOf(played(state, 'enter')), 'passphrase-drop');
	}
});

test('success is said in the settings', () => {
	const done: Event = {type: 'passphrase-changed', removed: [], left: []};
	const run = (last: Event, ...others: readonly (typeof other)[]): State => {
		const yes = others.flatMap(() => [drawn, 'y']);
		return played(changing(checked(...others), next, 'enter', next, 'enter', ...yes), last);
	};
	const state = run(done);
	assert.deepEqual([state.screen.kind, state.message?.text], ['settings', 'The passphrase is changed.']);
	assert.match(run(done, recovery).message?.text ?? '', /New recovery key: `pharmer slots add recovery`/);
	const removed = ['/a/v.json.2026-11-28', '/a/v.json.v1'];
	assert.match(
		run({...done, removed}).message?.text ?? '',
		/since the old one opened them: v\.json\.2026-11-28, v\.json\.v1$/,
	);
	const left = run({...done, left: ['/a/v.json.v1']}).message;
	assert.deepEqual([left?.kind, /Remove these yourself.*: v\.json\.v1/.test(left?.text ?? '')], ['error', true]);
	assert.match(run({...done, unkept: 'no room'}).message?.text ?? '', /^Changed, but no room/);
});

test('a failure is told, and everything typed is gone', () => {
	const busy = changing(checked(), next, 'enter', next, 'enter');
	for (const code of ['conflict', 'keyring', 'file', 'busy'] as const) {
		const state = played(busy, 'x', failed('change-passphrase', code, 'it went wrong', 'try again'));
		const {checked: way, current, passphrase, again, problem, busy: waits} = screenOf(state);
		assert.deepEqual([way, waits, problem], [undefined, false, 'it went wrong; try again']);
		assert.equal([current, passphrase, again].map(lineText).join(''), '');
	}
});

test('a lock meanwhile leaves the settings, and no passphrase in what is sealed', () => {
	const typed = changing(checked(), next);
	const {state, effects} = update(typed, {type: 'key', press: pressOf('ctrl+x')}, typed.now);
	assert.equal(state.screen.kind, 'unlock');
	const sealed = effects.flatMap(effect => (effect.type === 'lock' ? [effect.draft.reveal()] : []));
	assert.match(sealed[0] ?? '', /"settings"/);
	assert.doesNotMatch(sealed[0] ?? '', /four/);
});

test('z says that a new passphrase stays, and takes back what was before it only when it is pressed again', () => {
	const [first] = openedApp().credentials;
	assert.ok(first);
	const deleted: Event = {
		type: 'changed',
		change: {kind: 'deleted', credentials: [{...first, deleted: '2026-11-24T12:00:00Z'}]},
		stored: {credentials: [], trash: []},
	};
	const state = played(
		on('prod'),
		deleted,
		',',
		'p',
		'the old one',
		'enter',
		checked(),
		next,
		'enter',
		next,
		'enter',
		{type: 'passphrase-changed', removed: [], left: []},
		'esc',
	);
	assert.deepEqual(effectsOf(state, 'z'), []);
	const said = played(state, 'z');
	assert.equal(said.message?.text, "A new passphrase can't be undone; once more undoes the delete of backups.");
	assert.deepEqual(effectsOf(said, 'z'), [{type: 'restore', restorations: [{id: first.id, changed: first.changed}]}]);
	const alone = played(
		changing(checked(), next, 'enter', next, 'enter', {type: 'passphrase-changed', removed: [], left: []}),
		'esc',
		'z',
	);
	assert.equal(alone.message?.text, "A new passphrase can't be undone.");
	assert.equal(played(alone, 'z').message?.text, 'Nothing to undo.');
});

test('the palette of the settings has the command', () => {
	const state = played(openedApp(), ',', '?', 'change pass', 'enter');
	assert.equal(state.screen.kind, 'passphrase');
});
