import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../../source/app/core/state.js';
import {pressOf} from '../../../../source/app/input/keys.js';
import {update} from '../../../../source/app/loop/update.js';
import {InviteView} from '../../../../source/ui/screens/team/invite.js';
import {picture} from '../../../helpers/frame.js';
import {synced} from '../../../helpers/invented-team.js';
import {failed, later, openedApp, played, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const invite = viewer(['invite'], props => <InviteView {...props} />);

const words = 'soccer someone hello endless blast cube';

/** A card is read. */
const read = (world: World = {}, name = 'cloe'): State =>
	played(openedApp({rows: 16, ...world}), synced(), 'M', 'a', 'pharmer1.x', 'enter', {
		type: 'card-read',
		card: {text: 'pharmer1.x', name, words},
	});

/** The question could be read. */
const asked = (world: World = {}): State =>
	later(
		played(
			read(world),
			'tab',
			' ',
			'enter',
			'secret',
			'enter',
			{type: 'passphrase-checked', slot: '', others: []},
			{type: 'drawn'},
		),
		600,
	);

test('a card is asked for, and read while the screen waits', () => {
	const state = played(openedApp({rows: 14}), synced(), 'M', 'a');
	assert.equal(
		invite(state),
		picture`
			╭─ Add a member ─────────────────────────────────────────────────────╮
			│ On the new device, \`pharmer team join URL\` prints a card: one line │
			│ that begins with pharmer1. Paste it here.                          │
			│                                                                    │
			│ pharmer1.NAME.KEYS                                                 │
			╰────────────────────────────────────────────────────────────────────╯
		`,
	);
	assert.match(invite(played(state, 'pharmer1.x', 'enter')), /Reading the card/);
});

test('a card that is refused stays to be mended, and a whole one that is pasted replaces it', () => {
	const typo = played(openedApp({rows: 14}), synced(), 'M', 'a', 'pharmer1.cloe.abd', 'enter');
	const refused = played(typo, failed('read-card', 'invalid', 'one of its letters is wrong'));
	assert.match(invite(refused), /│ pharmer1\.cloe\.abd +│/);
	assert.match(invite(refused), /one of its letters is wrong/);
	assert.match(invite(played(refused, 'backspace', 'c')), /│ pharmer1\.cloe\.abc +│/);
	assert.match(invite(played(refused, {type: 'paste', text: 'pharmer1.ben.xyz'})), /│ pharmer1\.ben\.xyz +│/);
	assert.match(invite(played(refused, {type: 'paste', text: '\nx'})), /│ pharmer1\.cloe\.abdx +│/);
});

test('a pasted card waits for enter, and its line breaks and spaces do not count', () => {
	const state = played(openedApp({rows: 14}), synced(), 'M', 'a', {type: 'paste', text: ' pharmer1.cloe.\n  abc\r\n'});
	assert.match(invite(state), /│ pharmer1\.cloe\.abc +│/);
	const enter = {type: 'key', press: pressOf('enter')} as const;
	const {state: reading, effects} = update(state, enter, state.now);
	assert.deepEqual(effects, [{type: 'read-card', text: 'pharmer1.cloe.abc'}]);
	assert.match(invite(reading), /Reading the card/);
});

test('what is no card is said where the next one is pasted', () => {
	const state = played(openedApp({rows: 14}), synced(), 'M', 'a', 'x', 'enter');
	const shown = invite(played(state, failed('read-card', 'invalid', 'that is not a card', 'a card begins so')));
	assert.match(shown, /✖ that is not a card; a card begins so/);
	assert.match(shown, /│ x +│/);
});

test('six words are compared, beside name and role', () => {
	assert.equal(
		invite(read()),
		picture`
			╭─ Compare six words ────────────────────────────────────────────────╮
			│ Have the newcomer read six words to you, by voice. They must be    │
			│ these:                                                             │
			│                                                                    │
			│   soccer     someone    hello                                      │
			│   endless    blast      cube                                       │
			│                                                                    │
			│ ❯  name  cloe                                                      │
			│    role  writer: changes credentials                               │
			╰────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('tab goes to the role, arrows and space choose it, and what is typed there is no name', () => {
	const role = (...keys: readonly string[]): string => /role .*/.exec(invite(played(read(), ...keys)))?.[0] ?? '';
	assert.match(role('tab'), /role +< writer >: changes credentials +│/);
	assert.match(role('tab', 'right'), /role +< reader >: reads credentials, and changes nothing +│/);
	assert.match(role('tab', ' ', ' '), /< admin >/);
	assert.match(role('tab', 'left', 'shift+tab'), /role +admin: changes credentials and members +│/);
	assert.match(invite(played(read(), 'tab', 'x', {type: 'paste', text: 'y'})), / {4}name {2}cloe +│/);
	assert.match(invite(played(read(), 'down', 'up', 'x')), /❯ {2}name {2}cloex +│/);
});

test('the question repeats the words, also in a small window', () => {
	assert.equal(
		invite(asked()),
		picture`
			╭─ Add a member ─────────────────────────────────────────────────────╮
			│ cloe becomes a reader: it reads credentials, and changes nothing.  │
			│ It reads all that is shared.                                       │
			│ Were these the words that cloe has read to you?                    │
			│                                                                    │
			│   soccer     someone    hello                                      │
			│   endless    blast      cube                                       │
			│                                                                    │
			│ esc back                                  y they are the same: add │
			╰────────────────────────────────────────────────────────────────────╯
		`,
	);
	assert.equal(
		invite(asked({columns: 40, rows: 12})),
		picture`
			╭─ Add a member ───────────────────────╮
			│ Were these the words that cloe has   │
			│ read to you?                         │
			│   soccer     someone    hello        │
			│   endless    blast      cube         │
			│ esc back    y they are the same: add │
			│                                      │
			│                                      │
			╰──────────────────────────────────────╯
		`,
	);
});

test('number and words are said in the end', () => {
	const change = {does: 'add', card: '', name: 'cloe', role: 'reader'} as const;
	const done = played(asked(), 'y', {type: 'team-changed', change, place: {seq: 43, words}});
	assert.equal(
		invite(done),
		picture`
			╭─ Say number and words ─────────────────────────────────────────────╮
			│ cloe is a member. Say it these, by voice; it types them in:        │
			│                                                                    │
			│   43  soccer     someone    hello                                  │
			│       endless    blast      cube                                   │
			│                                                                    │
			│ It types in both, so that it knows that nobody shows it another    │
			│ vault.                                                             │
			╰────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the passphrase is hidden, and wrong ones are said', () => {
	const typed = played(read(), 'enter', 'secret');
	assert.doesNotMatch(invite(typed), /secret/);
	assert.match(
		invite(played(typed, 'enter', failed('check-passphrase', 'wrong-passphrase', 'wrong'))),
		/✖ wrong passphrase/,
	);
});
