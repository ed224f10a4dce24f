import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import type {RotationPlan} from '../../../source/app/core/rotating.js';
import type {State} from '../../../source/app/core/state.js';
import {footerBindings} from '../../../source/app/keyboard/footer.js';
import {inKeys} from '../../../source/app/screens/rotate/in-keys.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import type {Rotation} from '../../../source/domain/journal.js';
import {workOf} from '../../../source/domain/under-way-work.js';
import {RotateView} from '../../../source/ui/screens/rotate.js';
import {picture} from '../../helpers/frame.js';
import {rotationOf} from '../../helpers/journals.js';
import {later, on, openedApp, played, type World} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['rotate'], props => <RotateView {...props} />);

const plan: RotationPlan = {
	signer: 'aws',
	needsSigner: false,
	disables: true,
	uses: ['used here by exec 2 hours ago'],
};

/** The view of the chosen credential. */
function opened(state: State, more: Partial<RotationPlan> = {}): State {
	const open = played(state, 'ctrl+g');
	return played(open, {type: 'rotation-planned', id: state.selected ?? '', plan: {...plan, ...more}});
}

const asked = (state: State, more: Partial<RotationPlan> = {}): State =>
	later(played(opened(state, more), {type: 'drawn'}), 500);

/** The same with something under way for it. */
function underWay(more: Partial<Rotation>, world: World = {}, isHeld = false): State {
	const state = on('prod', world);
	const id = state.selected ?? '';
	const work = workOf(rotationOf(id, {freshId: 'AKIANEW', ...more}), isHeld);
	return opened({...state, works: new Map([[id, work]])});
}

test('nothing under way: what is known of its use, who signs, how long the old key is kept, and each step', () => {
	assert.equal(
		view(opened(on('prod', {rows: 18}))),
		picture`
			╭─ Replace the key of prod? ───────────────────────────────────────────────────╮
			│   key       AKIAIOSFODNN7EXAMPLE at Amazon Web Services                      │
			│   its use   used here by exec 2 hours ago                                    │
			│   signs     itself                                                           │
			│   old key   kept for 24 hours                                                │
			│                                                                              │
			│ ○ what is there is written down                                              │
			│ ○ a new key is made, and stored                                              │
			│ ○ the provider is asked whether it works; then it is the credential's        │
			│ ○ the old key is switched off                                                │
			│ ○ the old key is kept for 24 hours: u takes everything back                  │
			│ ○ the old key is deleted                                                     │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a warning comes before the steps; one that can not be switched off works on', () => {
	const frame = view(opened(on('prod'), {warns: 'what is logged in is logged out', disables: false}));
	assert.match(frame, /! what is logged in is logged out\./);
	assert.match(frame, /○ the old key goes on working until it is deleted/);
});

test('each step is done, now or to come, with its time where that is known', () => {
	const at = '2026-11-24T11:58:00Z';
	const until = '2026-11-25T11:58:00Z';
	const marks = (more: Partial<Rotation>): string =>
		view(underWay({at, ...more}))
			.split('\n')
			.flatMap(line => /^│ ([✓●○])/.exec(line)?.[1] ?? [])
			.join('');
	assert.equal(marks({step: 'intent'}), '✓●○○○○');
	assert.equal(marks({step: 'stored'}), '✓✓●○○○');
	assert.equal(marks({step: 'verified'}), '✓✓✓●○○');
	assert.equal(marks({step: 'off', until}), '✓✓✓✓●○');
	assert.equal(marks({step: 'off', until: at}), '✓✓✓✓✓●');
	assert.equal(marks({step: 'off', until: at, grace: 0}), '✓✓✓✓●');
	assert.equal(marks({step: 'undoing'}), '✓●○');
	assert.equal(marks({step: 'undone'}), '✓✓●');
	const frame = view(underWay({at, step: 'off', until}));
	assert.match(frame, /the new key is made and stored: AKIANEW/);
	assert.match(frame, /the old key is switched off · 2 minutes ago/);
	assert.match(frame, /is kept until 2026-11-25 11:58 UTC \(about 24 hours left\)/);
});

test('keys are offered as they make sense, and say why they are off', () => {
	const titles = (state: State) => footerBindings(state).map(({title}) => title);
	const stopped = titles(underWay({step: 'stored'}));
	assert.ok(stopped.includes('go on') && stopped.includes('take back') && !stopped.includes('delete old key now'));
	const kept = titles(underWay({step: 'off', until: '2026-11-25T11:58:00Z'}));
	assert.ok(!kept.includes('go on') && kept.includes('take back') && kept.includes('delete old key now'));
	const back = played(underWay({step: 'undoing'}), 'u');
	assert.match(back.message?.text ?? '', /enter goes on with that/);
});

test('what stopped it last is shown with the way on in the keys of the view', () => {
	const state = underWay({step: 'stored'});
	const id = state.selected ?? '';
	const failure = {
		code: 'refused',
		message: 'the new key is stored, and its provider says that it is invalid: \u001b[2J',
		hint: 'the old one works as before; --resume asks again, --undo deletes the new one',
	} as const;
	const frame = view(played(state, {type: 'rotated', id, failure})).replace(/ *│\n│ +/g, ' ');
	assert.match(frame, /✖ It stopped: the new key is stored, .* invalid: \\u001b\[2J\./);
	assert.match(frame, /the old one works as before; enter asks again, u deletes the new one\./);
});

test('no hint of a rotation names a flag once it is shown', () => {
	const folder = new URL('../../../source/tasks/rotation/', import.meta.url);
	const hints = readdirSync(folder).flatMap(file =>
		[...readFileSync(new URL(file, folder), 'utf8').matchAll(/(['`])((?:\\.|(?!\1).)*--(?:\\.|(?!\1).)*)\1/g)].map(
			([, , text = '']) => text.replaceAll('\\`', '`'),
		),
	);
	assert.ok(hints.length > 8);
	// These two are for who can't be asked; in the app everybody can.
	const left = hints.map(inKeys).filter(text => /--/.test(text) && !/--key|--remove-orphan/.test(text));
	assert.deepEqual(left, []);
});

test('a credential that another one has to sign for: chosen with w, or there is none', () => {
	const needs = {needsSigner: true, signer: 'digitalocean'};
	const none = asked(openedApp({credentials: on('prod').credentials.filter(({name}) => name === 'prod')}), needs);
	assert.match(view(none), /signs +a credential of DigitalOcean has to, and there is none/);
	assert.match(played(none, 'y').message?.text ?? '', /has to sign, and there is none/);
	const state = asked(on('prod'), {needsSigner: true, signer: 'aws'});
	assert.match(view(state), /signs +a credential of Amazon Web Services has to: w chooses one/);
	assert.equal(played(state, 'y').rotating.ids.length, 0);
	const choosing = played(state, 'w');
	assert.match(view(choosing), /Who signs for prod\?[\s\S]*❯ /);
	const chosen = later(played(choosing, 'j', 'enter', {type: 'drawn'}), 500);
	assert.doesNotMatch(view(chosen), /w chooses one/);
	assert.deepEqual(played(chosen, 'y').rotating.ids, [chosen.selected]);
});

test('y begins once it could be read, x and u ask, and everything else leaves it', () => {
	const state = opened(on('prod'));
	assert.equal(played(state, 'y').rotating.ids.length, 0, 'it has not been drawn');
	assert.equal(played(state, {type: 'drawn'}, 'y').rotating.ids.length, 0, 'nobody has read it');
	assert.equal(played(asked(on('prod')), 'y').rotating.ids.length, 1);
	const kept = underWay({step: 'off', until: '2026-11-25T11:58:00Z'});
	assert.match(view(played(kept, 'x')), /Delete the old key of prod now\?[\s\S]*Nothing brings it back/);
	assert.match(view(played(kept, 'u')), /Take the new key of prod back\?[\s\S]*AKIANEW/);
	for (const key of ['x', 'u'])
		for (const no of ['n', 'esc', 'enter']) {
			const left = played(kept, key, {type: 'drawn'}, no);
			assert.deepEqual([left.screen.kind, left.rotating.ids.length], ['rotate', 0], key + no);
			assert.match(view(left), /The new key of prod/);
		}
});

test('ctrl+g again shows the guide by hand; esc comes back, and asks again', () => {
	const guide = played(asked(on('prod')), 'ctrl+g');
	assert.equal(guide.screen.kind, 'rotation');
	const back = played(guide, 'esc');
	assert.equal(back.screen.kind, 'rotate');
	assert.equal(played(back, 'y').rotating.ids.length, 0, 'it was not drawn again');
});

test('who goes on with it elsewhere is said, and that of several each has its turn', () => {
	const held = {run: 'r', pid: 4711, host: 'h', space: '', started: '', at: '2026-11-24T11:58:00Z'};
	assert.match(view(underWay({step: 'stored', holder: held}, {}, true)), /A process \(4711\) goes on with it/);
	const state = played(asked(on('prod')), 'y');
	const second = {...state, rotating: {...state.rotating, ids: ['other', ...state.rotating.ids]}};
	assert.match(view(second), /It goes on when the key of another one is replaced/);
});

test('it fits every window, in ASCII too, and a small one scrolls', () => {
	for (const [columns, rows] of [
		[40, 10],
		[40, 12],
		[60, 20],
		[140, 40],
		[200, 60],
	] as const)
		for (const state of [
			opened(on('prod', {columns, rows})),
			underWay({step: 'off', until: '2026-11-25T11:58:00Z'}, {columns, rows}),
		])
			assert.doesNotMatch(view(state, {ascii: true}), /[^\n -~]/);
	const small = opened(on('prod', {columns: 40, rows: 12}));
	assert.match(view(small), /↓/);
	assert.match(view(played(small, ...Array.from({length: 30}, () => 'down'))), /○ the old key is deleted/);
});

test('a screen reader reads what is done, what is now, and what is to come', () => {
	const text = spokenScreen(underWay({step: 'stored'})).join('\n');
	assert.match(text, /done: written down: the old key is AKIA/);
	assert.match(text, /now: the provider is asked whether it works/);
	assert.match(text, /to come: the old key is deleted/);
});
