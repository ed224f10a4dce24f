import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {Footer, Frame, Header} from '../../../source/ui/components/frame.js';
import {storedCredential} from '../../helpers/credentials.js';
import {type FrameOptions, frameOf, linesOf, picture} from '../../helpers/frame.js';
import {failed, later, lockedApp, on, openedApp, played} from '../../helpers/played.js';
import {layoutOf} from '../../helpers/view.js';

type State = ReturnType<typeof openedApp>;

const frame = (state: State, options: FrameOptions = {}): readonly string[] =>
	linesOf(
		<Frame
			header={<Header root="pharmer" place={['prod']} right="2 credentials" columns={state.size.columns} />}
			body={<Text>the body</Text>}
			state={state}
			layout={layoutOf(state.size)}
		/>,
		{...state.size, ...options},
	);

/** The line between the body and the keys. */
const message = (state: State, options: FrameOptions = {}): string => frame(state, options).at(-2) ?? '';

const header = (place: readonly string[], right: string, columns: number): string =>
	frameOf(<Header root="pharmer" place={place} right={right} columns={columns} />, {columns});

const footer = (state: State): string => frameOf(<Footer state={state} columns={state.size.columns} />, state.size);

const file = {type: 'paste', text: '/a/pipe'} as const;

test('a frame fills the window with header, body, message and footer', () => {
	assert.equal(
		frame(played(openedApp({columns: 60, rows: 7}), {type: 'paste', text: 'x'})).join('\n'),
		picture`
			 pharmer › prod                               2 credentials
			the body



			 · Paste ignored: nothing is typed here. n makes a new one.
			 enter open  ? help  / find  y copy secret  e edit  n new
		`,
	);
});

test('a header shows the path on the left and the count on the right', () => {
	assert.equal(header([], '', 40), 'pharmer');
	assert.equal(header(['edit', 'prod'], '20 credentials', 50), 'pharmer › edit › prod             20 credentials');
});

test('a path that is too long for the header is cut before the text on the right', () => {
	assert.equal(header(['edit', 'x'.repeat(63)], '20 credentials', 40), 'pharmer › edit › xxxxx… 20 credentials');
});

test('unsafe characters in the header are escaped', () => {
	assert.match(header(['a\u001b[2J'], '', 40), /› a\\u001b\[2J/);
});

test('a success, a note and an error have different signs', () => {
	const {credentials} = openedApp();
	const [first] = credentials;
	assert.ok(first);
	const gone = {...first, deleted: '2026-11-24T12:00:00Z'};
	const change = {kind: 'deleted', credentials: [gone]} as const;
	const deleted = {type: 'changed', change, stored: {credentials: credentials.slice(1), trash: [gone]}} as const;
	const done = played(openedApp(), 'd', {type: 'drawn'}, 'y', deleted);
	assert.equal(message(done), ' ✓ Deleted backups; z brings it back, T within 30 days.');
	const wrong = failed('copy', 'file', 'nothing here takes a copy', 'install xclip');
	assert.equal(message(played(openedApp(), wrong)), ' ✖ nothing here takes a copy; install xclip');
	assert.match(message(played(openedApp(), {type: 'paste', text: 'x'})), /^ · Paste ignored/);
});

test('a message that is too long is cut, and its unsafe characters are escaped', () => {
	const wrong = failed('copy', 'file', `bad \u001b[2J ${'x'.repeat(100)}`);
	const lines = frame(played(openedApp({columns: 50}), wrong)).slice(-2);
	assert.match(lines.join('\n'), /^ ✖ bad \\u001b\[2J\n {3}x+…$/);
});

test('a message that one row does not hold takes the row of the keys, and they come back with the next', () => {
	const wrong = failed('copy', 'file', 'nothing here takes a copy', 'install xclip, or use a terminal with OSC 52');
	const narrow = played(openedApp({columns: 40}), wrong);
	assert.deepEqual(frame(narrow).slice(-3), [
		'',
		' ✖ nothing here takes a copy; install',
		'   xclip, or use a terminal with OSC 52',
	]);
	assert.match(frame(played(narrow, 'j')).at(-1) ?? '', /enter open/);
	assert.match(frame(played(openedApp({columns: 100}), wrong)).at(-1) ?? '', /enter open/);
});

test('a note is whole in a window of 80 columns; what is done leaves the keys where they are', () => {
	const by = 'the terminal (OSC 52)';
	const sent = played(openedApp(), {type: 'copied', what: 'Secret access key', secret: true, by, sure: false});
	assert.equal(
		frame(sent).slice(-2).join('\n'),
		picture`
			 · Sent, cleared in 45 s: Secret access key, to the terminal (OSC 52), which
			   does not say whether it took it.
		`,
	);
	const copied = {type: 'copied', what: 'x'.repeat(80), secret: false, by: 'the clipboard', sure: true} as const;
	assert.match(frame(played(openedApp(), copied)).at(-1) ?? '', /enter open/);
});

test('a spinner shows work under way, and a copy only after 500 ms', () => {
	assert.equal(message(played(openedApp(), 'T', 'enter')), ' ⠋ Saving…');
	const copying = played(on('prod'), 'y');
	assert.equal(message(copying), '');
	assert.equal(message(later(copying, 499)), '');
	assert.equal(message(later(copying, 500)), ' ⠴ Copying…');
});

test('the message line is empty when the screen itself shows the work', () => {
	assert.equal(message(played(on('prod'), 't', 'a=1', 'enter')), '');
	assert.equal(message(played(openedApp(), 'i')), '');
});

test('the message line shows work under way when the palette covers the screen', () => {
	const made = storedCredential('made');
	const stored = {credentials: [made], trash: []};
	const added = {type: 'changed', change: {kind: 'added', credentials: [made]}, stored} as const;
	assert.equal(message(played(openedApp(), added, 'z', '?')), ' ⠋ Undoing it…');
});

test('ctrl+c during work says when the app will leave', () => {
	const saving = played(on('prod'), 't', 'a=1', 'enter', 'ctrl+c');
	assert.equal(message(saving), ' ⠋ pharmer leaves when it is saved');
	const reading = ['n', 'enter', 'new', 'enter', 'down', 'down', 'enter', file, 'enter', 'ctrl+c'] as const;
	assert.equal(message(played(openedApp(), ...reading)), ' ⠋ pharmer leaves when it is done; ctrl+c again leaves now');
	const restoring = played(openedApp(), 'T', 'enter', 'ctrl+c');
	assert.equal(message(restoring), ' ⠋ Saving… pharmer leaves when it is saved');
	assert.match(
		message(played(openedApp({columns: 40}), 'T', 'enter', 'ctrl+c')),
		/^ ⠋ Saving… pharmer leaves when it is .*…$/,
	);
});

test('the footer names as many available keys as fit, and cuts none', () => {
	assert.equal(footer(openedApp({columns: 40})), 'enter open  ? help  / find  e edit');
	assert.match(footer(openedApp({columns: 80})), /^enter open {2}\? help {2}\/ find {2}y copy secret {2}e edit /);
	assert.equal(footer(openedApp({credentials: [], columns: 40})), '? help  n new  H health  i import');
	assert.equal(footer(lockedApp()), 'enter unlock  esc quit  ctrl+r show, hide');
	assert.equal(footer(played(on('prod'), 't', 'a=1', 'enter')), 'ctrl+c quit');
});

test('the footer names the keys of the current screen', () => {
	assert.match(footer(played(openedApp(), '/')), /^enter to the list {2}esc show all/);
	assert.match(footer(played(on('prod'), 'd', {type: 'drawn'})), /^y delete {2}esc keep it/);
	assert.match(footer(played(on('prod'), 'e', 'x', 'esc')), /^y discard {2}esc keep the draft/);
});

test('a frame is drawn in ASCII on an ASCII terminal', () => {
	const lines = frame(played(openedApp({columns: 60, rows: 7}), {type: 'paste', text: 'x'}), {ascii: true});
	assert.match(lines.join('\n'), /^[ -~\n]+$/);
	assert.match(lines[0] ?? '', /^ pharmer > prod /);
	assert.match(lines.at(-2) ?? '', /^ - Paste ignored/);
});

test('the line about the vault file stays behind messages, and goes when the file is back', () => {
	const gone = played(openedApp(), failed('reload', 'other-vault', 'another one'));
	const line = ' ✖ Another vault is in its place: put yours back, or open it with ctrl+x.';
	assert.equal(message(gone), line);
	assert.match(message(played(gone, {type: 'paste', text: 'x'})), /Paste ignored/);
	assert.equal(message(later(played(gone, {type: 'paste', text: 'x'}), 6000)), line);
	const {credentials, trash} = gone;
	const back = played(gone, {type: 'reloaded', stored: {credentials, trash}});
	assert.equal(message(back), ' ✓ The vault is back: what you change is saved again.');
	assert.equal(message(later(back, 6000)), '');
});
