import assert from 'node:assert/strict';
import {test} from 'node:test';
import {selectedCredential} from '../../../source/app/core/state.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {lineText} from '../../../source/app/input/line-editor.js';
import {update} from '../../../source/app/loop/update.js';
import {announcements} from '../../../source/app/spoken/announcements.js';
import {JumpView} from '../../../source/ui/screens/jump.js';
import {secretKey, storedCredential} from '../../helpers/credentials.js';
import {on, openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const jump = viewer(
	['list', 'detail', 'health', 'trash', 'settings', 'history'],
	({state, layout}) => state.palette && <JumpView state={state} palette={state.palette} layout={layout} />,
);

const wide = {columns: 120, rows: 30};

test('the bar begins with what was used lately, then has every command with what it does', () => {
	const frame = jump(played(on('prod', wide), ':'));
	assert.match(frame, /^╭─ Jump · ↓ \d+ more ─+╮\n│ : a name, a field, a label, a command +│\n│ +│\n│ ❯ \S/);
	const all = jump(played(openedApp({columns: 120, rows: 60, credentials: [storedCredential('only')]}), ':'));
	assert.match(all, /│ {3}copy secret +copies the secret without showing it +y +│/);
	assert.doesNotMatch(all, /page down/);
});

test('nothing is cut beside the room that the key of another line would have', () => {
	const frame = jump(played(on('prod', {columns: 60, rows: 20}), ':'));
	assert.match(frame, /│ {3}prod-eu-cluster-autoscaler {2}Amazon Web Services +│/);
	const wider = jump(played(on('prod', wide), ':', 'turn it back'));
	assert.match(wider, /turns back the pane: fields, use it, YAML, versions +\[ +│/);
});

test('a name leads to that credential, past a filter that hides it', () => {
	const filtered = played(openedApp(wide), '/', 'dns', 'enter');
	const there = played(filtered, ':', 'staging', 'enter');
	assert.equal(selectedCredential(there)?.name, 'staging');
	assert.equal(there.screen.kind, 'list');
	assert.equal(lineText(there.filter), '');
	assert.equal(played(openedApp(), ':', 'staging', 'enter').screen.kind, 'detail');
});

test('a field is copied, and its secret is never in the bar', () => {
	const bar = played(openedApp({...wide, credentials: [storedCredential('web')]}), ':', 'secret access');
	const frame = jump(bar);
	assert.match(frame, /❯ web › Secret access key +copy the secret/);
	assert.ok(!frame.includes(secretKey.slice(0, 8)));
	const {effects} = update(bar, {type: 'key', press: pressOf('enter')}, bar.now);
	assert.ok(effects.some(effect => effect.type === 'copy' && effect.secret && effect.text.reveal() === secretKey));
});

test('a label filters the list', () => {
	const there = played(openedApp(wide), ':', 'team=plat', 'enter');
	assert.match(lineText(there.filter), /^tag:team=platform$/);
	assert.ok(there.found.length > 0 && there.found.length < there.credentials.length);
});

test('a view and a command run by their names, from other screens too', () => {
	assert.equal(played(openedApp(wide), ':', 'trash', 'enter').screen.kind, 'trash');
	assert.equal(played(openedApp(wide), 'T', ':', 'health', 'enter').screen.kind, 'health');
	assert.equal(played(openedApp(wide), 'H', ':', 'settings', 'enter').screen.kind, 'settings');
	assert.equal(played(on('prod', wide), ':', 'rename', 'enter').palette, undefined);
});

test('where somebody went before comes first the next time', () => {
	const state = openedApp({...wide, credentials: ['web-1', 'web-2'].map(name => storedCredential(name))});
	assert.match(jump(played(state, ':', 'web')), /❯ web-1 /);
	const back = played(state, ':', 'web-2', 'enter', ':');
	assert.match(jump(back), /❯ web-2 /);
	assert.match(jump(played(back, 'web')), /❯ web-2 /);
	const health = played(state, ':', 'health', 'enter', 'esc', ':', 'h');
	assert.match(jump(health), /❯ health /);
});

test('a command that is disabled says why, and a search without a match says so', () => {
	assert.match(
		jump(played(openedApp({...wide, credentials: []}), ':', 'reveal')),
		/❯ reveal +can't run now: there is no/,
	);
	assert.match(jump(played(openedApp(wide), ':', 'zzzzzz')), /│ Nothing is called that\. +│/);
	const none = played(openedApp(wide), ':', 'zzzzzz', 'enter');
	assert.notEqual(none.palette, undefined);
});

test('the bar keeps its height while one types', () => {
	const height = (typed: string): number => jump(played(openedApp(wide), ':', typed)).split('\n').length;
	assert.equal(height('prod'), height('p'));
	assert.equal(height('zzzzzz'), height('p'));
});

test('esc goes nowhere, and the smallest window shows the bar', () => {
	const state = on('prod', wide);
	assert.deepEqual(played(state, ':', 'x', 'esc').screen, state.screen);
	assert.match(jump(played(openedApp(smallest), ':')), /^╭─ Jump/);
});

test('a screen reader is told the place under the cursor', () => {
	const state = openedApp({...wide, credentials: ['web-1', 'web-2'].map(name => storedCredential(name))});
	const bar = played(state, ':');
	assert.match(announcements(state, bar)[0] ?? '', /^Jump: type a name/);
	const typed = played(bar, 'web-2');
	assert.deepEqual(announcements(played(bar, 'web-'), typed), ['web-2, Amazon Web Services, 1 of 1']);
});

test('a command is found by what it does, and the guide to rotate from the list', () => {
	assert.match(jump(played(openedApp(wide), ':', 'theme')), /❯ settings /);
	assert.match(jump(played(openedApp(wide), ':', 'older')), /❯ versions /);
	assert.equal(played(on('prod', wide), ':', 'rotate', 'enter').screen.kind, 'rotate');
});
