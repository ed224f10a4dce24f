import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../../../source/domain/secret.js';
import {ConflictsView} from '../../../../source/ui/screens/team/conflicts.js';
import {storedCredential} from '../../../helpers/credentials.js';
import {picture} from '../../../helpers/frame.js';
import {inventedConflict, synced} from '../../../helpers/invented-team.js';
import {openedApp, played, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const conflicts = viewer(['conflicts'], props => <ConflictsView {...props} />);

const also = {note: ['', 'of \u202emine', 'of theirs'], 'carried.newer': ['{}', '{"a":"hidden"}', '{}']} as const;

const on = (world: World = {}, ...keys: readonly string[]) =>
	played(openedApp({rows: 12, ...world}), synced({conflicts: [inventedConflict('prod', also)]}), 'M', 'c', ...keys);

test('both sides stand beside what it was; secrets are hidden', () => {
	assert.equal(
		conflicts(on()),
		picture`
			╭─ prod · conflict 1 of 1 ─────────────────────────────────────────────────────╮
			│                    it was             mine               theirs              │
			│ Secret access key  ••••••••••••       ••••••••••••       ••••••••••••        │
			│ note                                  of \\u202emine      of theirs           │
			│ newer              ••••••••••••       ••••••••••••       ••••••••••••        │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('r shows the secrets, and no text of the vault does anything to the terminal', () => {
	const shown = conflicts(on({}, 'r'));
	assert.match(shown, /Secret access key +of-before +of-mine +of-theirs/);
	assert.match(shown, /of \\u202emine/);
});

test('values that differ at their ends are told apart where there is room', () => {
	const [mine, theirs] = ['m', 't'].map(end => `${'x'.repeat(60)}-${end}`) as [string, string];
	const conflict = inventedConflict('prod', {note: ['', mine, theirs]});
	const shown = conflicts(played(openedApp({rows: 24}), synced({conflicts: [conflict]}), 'M', 'c'));
	assert.match(shown, /x-m .*x-t /);
	const tight = conflicts(played(openedApp({rows: 9}), synced({conflicts: [conflict]}), 'M', 'c'));
	assert.match(tight, /x… +x+…/);
	assert.doesNotMatch(tight, /x-/);
});

test('a small window leaves out what it was', () => {
	assert.equal(
		conflicts(on({columns: 40, rows: 10})),
		picture`
			╭─ prod · conflict 1 of 1 ─────────────╮
			│            mine         theirs       │
			│ Secret a…  •••••••••••  •••••••••••  │
			│ note       of \\u202em…  of theirs    │
			│ newer      •••••••••••  •••••••••••  │
			│                                      │
			╰──────────────────────────────────────╯
		`,
	);
});

test('who has changed theirs and when stands above the sides and over theirs', () => {
	const conflict = {...inventedConflict(), by: {name: 'ben', at: '2026-11-24T10:00:00Z'}};
	const state = (rows: number) => played(openedApp({rows}), synced({conflicts: [conflict]}), 'M', 'c');
	assert.equal(
		conflicts(state(14)),
		picture`
			╭─ prod · conflict 1 of 1 ─────────────────────────────────────────────────────╮
			│ You and ben (2 hours ago) have changed the same. It was found 1 hour ago.    │
			│ Theirs is in the credential; yours is kept here until you choose.            │
			│                                                                              │
			│                    it was             mine               theirs (ben)        │
			│ Secret access key  ••••••••••••       ••••••••••••       ••••••••••••        │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
	assert.match(conflicts(state(10)), /theirs \(ben\)/);
});

test('a label is whole where the sides leave room for it', () => {
	const at = (columns: number) => {
		const state = openedApp({columns, rows: 12, credentials: [storedCredential('hub', {id: 'h', provider: 'linode'})]});
		const sides = new Map([['data.token', new Secret('a')]]);
		const conflict = {
			...inventedConflict(),
			id: 'h',
			name: 'hub',
			unit: ['data.token'],
			base: new Map(),
			mine: sides,
			theirs: new Map(),
		};
		return conflicts(played(state, synced({conflicts: [conflict]}), 'M', 'c'));
	};
	assert.match(at(80), /Personal access token {2}/);
	assert.match(at(40), /Personal…/);
});

test('a journal is not shown, only that there is one', () => {
	const conflict = inventedConflict('prod', {journal: ['{"fresh":"hidden"}', '{"fresh":"hidden"}', '{}']});
	const shown = conflicts(played(openedApp({rows: 12}), synced({conflicts: [conflict]}), 'M', 'c', 'r'));
	assert.match(shown, /journal +under way +under way +under way/);
	assert.doesNotMatch(shown, /hidden/);
});

test('more parts than fit are counted', () => {
	const many = Object.fromEntries(Array.from({length: 20}, (_, at) => [`label.l${at}`, ['a', 'b', 'c']] as const));
	const conflict = inventedConflict('prod', many);
	assert.match(
		conflicts(played(openedApp({rows: 12}), synced({conflicts: [conflict]}), 'M', 'c')),
		/↓ \d+ more: a taller window shows them/,
	);
});

test('none is open any more', () => {
	assert.match(conflicts(played(on(), synced())), /No conflict is open\./);
});
