import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PaletteView} from '../../../source/ui/screens/palette.js';
import {picture} from '../../helpers/frame.js';
import {on, openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const palette = viewer(
	['list', 'detail', 'wizard', 'trash'],
	({state, layout}) => state.palette && <PaletteView state={state} palette={state.palette} layout={layout} />,
);

test('the palette lists every command of the screen in groups, with its keys', () => {
	const frame = palette(played(on('prod', {rows: 30}), '?'));
	assert.match(frame, /^╭─ Keys and commands · ↓ \d+ more ─+╮\n│ : type to search, enter runs it +│\n│ +│\n│ Act +❯ /);
	assert.match(frame, /│ Act {4}❯ copy secret {10}y +│/);
	assert.match(frame, /│ {10}delete {15}d +│/);
	assert.match(frame, /│ {10}mark {17}space +│/);
});

test('each group is named at its first command and at the top of the window', () => {
	const frame = palette(played(on('prod', {columns: 120, rows: 60}), '?'));
	assert.deepEqual(frame.match(/(?<=│ )[A-Z]\w+/g), ['Act', 'Find', 'Views', 'Move', 'Leave']);
	const scrolled = palette(played(on('prod', {rows: 14}), '?', ...Array.from({length: 9}, () => 'down')));
	assert.match(scrolled, /\n│ +│\n│ Act {6}\w+ /);
	assert.match(scrolled, /│ {8}❯ \w+ /);
});

test('typed text finds commands by name, best match first and without groups', () => {
	assert.equal(
		palette(played(on('prod'), '?', 'del')),
		picture`
			╭─ Keys and commands ──────────────────────────────────────────────────────╮
			│ : del                                                                    │
			│                                                                          │
			│        ❯ delete               d                                          │
			│          copy a field         Y                                          │
			│                                                                          │
			│ moves it to the trash                                                    │
			╰──────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a search without a match says so', () => {
	assert.match(palette(played(on('prod'), '?', 'zzzz')), /│ : zzzz +│\n│ +│\n│ No command is called that here\. +│/);
});

test("a command that is searched for and can't run says why", () => {
	const frame = palette(played(on('prod'), '?', 'undo'));
	assert.match(frame, /│ +❯ undo +z +│\n│ +│\n│ can't run now: nothing to undo +│/);
	const empty = palette(played(openedApp({credentials: []}), '?', 'edit'));
	assert.match(empty, /❯ edit +e +│\n(?:.*\n)*│ can't run now: there is no credential yet: n makes one +│/);
});

test('what the chosen command does is said below the list, and beside it for each where there is room', () => {
	const frame = palette(played(on('prod'), '?'));
	assert.match(frame, /❯ copy secret(?:.*\n)+│ copies the secret without showing it +│/);
	assert.match(palette(played(on('prod'), '?', 'down')), /❯ copy id(?:.*\n)+│ copies the public id +│/);
	const wide = palette(played(on('prod', {columns: 120, rows: 60}), '?'));
	assert.match(wide, /❯ copy secret +y +copies the secret without showing it +│/);
	assert.match(wide, / delete +d +moves it to the trash +│/);
});

test("commands that can't run are left out and counted, with the reason when there is one", () => {
	const empty = palette(played(openedApp({credentials: [], rows: 60}), '?'));
	assert.doesNotMatch(empty, /copy secret|there is no credential.*there is no credential/);
	assert.match(empty, /│ 26 can't run now, most since there is no credential yet: n makes one +│/);
	const one = palette(played(on('prod', {rows: 60}), '?'));
	assert.match(one, /│ 7 commands can't run now: type a name to see why +│/);
});

test('the palette of another screen has the commands of that screen', () => {
	const trash = palette(played(openedApp(), 'T', '?'));
	assert.match(trash, / restore +enter r /);
	assert.doesNotMatch(trash, /copy secret/);
});

test('the smallest window leaves out the groups, and cuts rows that do not fit', () => {
	const frame = palette(played(openedApp(smallest), '?'));
	assert.match(frame, /\n│ : type to search, enter runs it {6}│\n│ +│\n│ ❯ copy secret {10}y {13}│\n/);
	assert.match(frame, /│ copies the secret without showing it │\n╰/);
	assert.doesNotMatch(frame, /Act/);
});

test('below the commands of a list stands what its words for care mean, most urgent first', () => {
	const tall = palette(played(openedApp({rows: 40}), '?'));
	const words = ['expired', 'in … days', 'duplicate', 'check', 'old', 'unused', '\\+1'];
	assert.match(tall, new RegExp(words.map(word => `\n│ ${word} +[a-z][^\n]+│`).join('')));
	assert.doesNotMatch(palette(played(openedApp({rows: 40}), '?', 'del')), /another one has the same secret/);
	const one = palette(played(on('dev', {rows: 40}), 'enter', '?'));
	assert.match(one, /duplicate {2}another one has the same secret/);
	assert.doesNotMatch(one, /not been used/);
	assert.match(palette(played(openedApp({columns: 60}), '?')), /│ ! +something needs care; H says what +│/);
	assert.doesNotMatch(palette(played(openedApp(smallest), '?')), /something needs care/);
});
