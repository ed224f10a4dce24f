import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import type {IssuePlan} from '../../../source/app/core/issuing.js';
import type {State} from '../../../source/app/core/state.js';
import {footerBindings} from '../../../source/app/keyboard/footer.js';
import {inKeys} from '../../../source/app/screens/rotate/in-keys.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import type {Issue} from '../../../source/domain/journal.js';
import {workOf} from '../../../source/domain/under-way-work.js';
import {IssueView} from '../../../source/ui/screens/issue.js';
import {picture} from '../../helpers/frame.js';
import {issueOf} from '../../helpers/journals.js';
import {later, on, openedApp, played, type World} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['issue'], props => <IssueView {...props} />);

const id = 'issue-1';
const plan: IssuePlan = {
	id,
	says: [
		'At Amazon Web Services, signed by `prod`, this makes:',
		'  the group pharmer',
		'  the user pharmer\u001b[2J',
		'  a key for it, which is stored here as `relay`',
		'IAMFullAccess lets the key grant itself any access.',
	],
	steps: [
		{id: 'group', says: 'the group pharmer', isThere: true},
		{id: 'user', says: 'the user pharmer', isThere: false},
	],
};

/** One credential of AWS is there; what would be made for another is asked. */
function opened(world: World = {}): State {
	const {credentials} = on('prod');
	const only = credentials.filter(({name}) => name === 'prod');
	const state = played(openedApp({credentials: only, ...world}), 'n', 'aws', 'enter', 'relay', 'enter');
	return played(state, 'down', 'down', 'down', 'down', 'enter');
}

const planned = (state: State): State => {
	const {screen} = state;
	const admin = (screen.kind === 'issue' && screen.admin) || '';
	return played(state, {type: 'issue-planned', name: 'relay', admin, plan});
};

const asked = (world?: World): State => later(played(planned(opened(world)), {type: 'drawn'}), 500);

/** The same with something under way, opened from the list. */
function underWay(more: Partial<Issue> = {}, world: World = {}, isHeld = false): State {
	const state = on('prod', world);
	const admin = state.selected ?? '';
	const work = workOf(issueOf(id, {name: 'relay', admin, ...more}), isHeld);
	return planned(played({...state, works: new Map([[id, work]])}, 'ctrl+g'));
}

test('what would be made is listed, with the warning, and what the command line is for', () => {
	assert.equal(view(opened()).includes('Looking at what is made.'), true);
	assert.equal(
		view(planned(opened({rows: 14}))),
		picture`
			╭─ Make a key for relay? ──────────────────────────────────────────────────────╮
			│   At Amazon Web Services, signed by \`prod\`, this makes:                      │
			│ ○ the group pharmer                                                          │
			│ ○ the user pharmer\\u001b[2J                                                  │
			│ ○ a key for it, which is stored here as \`relay\`                              │
			│ ! IAMFullAccess lets the key grant itself any access.                        │
			│                                                                              │
			│   On the command line, \`pharmer issue\` takes other policies, or another user │
			│   name.                                                                      │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('only y begins, once the question could be read; esc and enter lead back to the wizard', () => {
	const question = planned(opened());
	assert.equal(played(question, 'y').rotating.ids.length, 0, 'it has not been drawn');
	assert.equal(played(question, {type: 'drawn'}, 'y').rotating.ids.length, 0, 'nobody has read it');
	assert.deepEqual(played(asked(), 'y').rotating.ids, [id]);
	for (const key of ['enter', 'esc', 'n']) assert.equal(played(asked(), key).screen.kind, 'wizard', key);
	assert.match(played(asked({demo: true}), 'y').message?.text ?? '', /is the demo/);
});

test('each step is done, now or to come', () => {
	const marks = (state: State): string =>
		view(state)
			.split('\n')
			.flatMap(row => /^│ ([✓●○])/.exec(row)?.[1] ?? [])
			.join('');
	const made = (...steps: readonly string[]) => new Map(steps.map(each => [each, each]));
	assert.equal(marks(underWay({made: made()})), '✓●○○○');
	assert.equal(marks(underWay({made: made('group')})), '✓✓●○○');
	assert.equal(marks(underWay({made: made('group', 'user')})), '✓✓✓●○');
	assert.equal(marks(underWay({made: made('group', 'user'), freshId: 'AKIANEW'})), '✓✓✓✓●');
	assert.equal(marks(underWay({made: made('group', 'user'), freshId: 'AKIANEW', isBack: true})), '●○');
	assert.equal(marks(underWay({made: made('group'), isBack: true})), '✓✓');
	const frame = view(underWay({made: made('group', 'user'), freshId: 'AKIANEW'}));
	assert.match(frame, /the group pharmer \(was there\)[\s\S]*stored: AKIANEW[\s\S]*prod signs, at Amazon Web Services/);
	assert.match(view(played(asked(), 'y')), /[⠋-⠿] what is there is looked at/);
});

test('keys are offered as they make sense, and say why they are off', () => {
	const titles = (state: State) => footerBindings(state).map(({title}) => title);
	assert.deepEqual(titles(underWay()).slice(1, 4), ['go on', 'take back', 'back']);
	assert.match(played(underWay(), 'n').message?.text ?? '', /name is free/);
	const running = played(underWay(), 'enter');
	assert.match(played(running, 'u').message?.text ?? '', /goes on right now/);
	assert.match(view(underWay({}, {}, true)), /A process \(\S+\) goes on with it right now\./);
});

test('esc leads to the list from what goes on, and to the wizard from what has not begun', () => {
	const begun = played(asked(), 'y', 'esc');
	assert.equal(begun.screen.kind, 'list');
	assert.equal(played(asked(), 'esc').screen.kind, 'wizard');
});

test('another name is asked for where somebody took the first, and has to be free', () => {
	const state = underWay({name: 'staging'});
	const named = played(state, {type: 'issue-planned', name: 'staging', admin: state.selected ?? '', plan});
	const typing = played(named, 'n');
	assert.match(view(typing), /Another name for staging[\s\S]*❯ staging/);
	assert.match(view(played(typing, 'enter')), /✖ staging exists already/);
	assert.deepEqual(played(typing, '-2', 'enter').rotating.ids, [id]);
	assert.equal(played(typing, 'esc').rotating.ids.length, 0);
});

test('what stopped it is shown with the way on in the keys of the view', () => {
	const failure = {
		code: 'refused',
		message: 'no key was made: AWS says \u001b[2J',
		hint: 'once `prod` may, `pharmer issue relay` goes on, --undo takes back what is made',
	} as const;
	const frame = view(played(underWay(), {type: 'issued', id, failure}));
	assert.match(frame, /✖ It stopped: no key was made: AWS says \\u001b\[2J\./);
	assert.match(frame.replace(/ *│\n│ +/g, ' '), /once `prod` may, enter goes on, u takes back what is made\./);
});

test('no hint of a making names a flag once it is shown, but for what only the command can', () => {
	const folder = new URL('../../../source/tasks/issue/', import.meta.url);
	const hints = readdirSync(folder).flatMap(file =>
		[...readFileSync(new URL(file, folder), 'utf8').matchAll(/(['`])((?:\\.|(?!\1).)*--(?:\\.|(?!\1).)*)\1/g)].map(
			([, , text = '']) => text.replaceAll('\\`', '`'),
		),
	);
	assert.ok(hints.length > 3);
	const left = hints.map(inKeys).filter(text => /--/.test(text) && !/--policy|--user|--remove-orphan/.test(text));
	assert.deepEqual(left, []);
});

test('several that can sign are chosen from, in the smallest windows too', () => {
	const state = played(openedApp({columns: 40, rows: 12}), 'n', 'aws', 'enter', 'relay', 'enter');
	const choosing = played(state, 'down', 'down', 'down', 'down', 'enter');
	assert.match(view(choosing), /Who signs for relay\?[\s\S]*❯ /);
	assert.match(view(played(choosing, 'k')), /❯ /);
	assert.equal(played(choosing, 'esc').screen.kind, 'wizard');
	assert.match(view(played(planned(opened({columns: 40, rows: 12})))), /Make a key[\s\S]*↓ \d+ more/);
});

test('a screen reader hears the steps, and what they are', () => {
	const lines = spokenScreen(underWay({freshId: 'AKIANEW'}));
	assert.ok(lines.includes('done: what is there is looked at, and written down'));
	assert.ok(lines.some(text => text.startsWith('now: ')));
});

test('what is not there any more closes the view, and says so', () => {
	const state = underWay();
	const {credentials, trash} = state;
	const gone = played(state, {type: 'reloaded', stored: {credentials, trash, works: []}});
	assert.equal(gone.screen.kind, 'list');
	assert.match(gone.message?.text ?? '', /Somebody else has taken it back/);
	const without = played(state, {type: 'reloaded', stored: {credentials: [], trash, works: [...state.works.values()]}});
	assert.equal(without.screen.kind, 'list');
	assert.match(without.message?.text ?? '', /The credential that signs is gone/);
});
