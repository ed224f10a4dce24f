import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../../source/app/core/state.js';
import {MemberView} from '../../../../source/ui/screens/team/member.js';
import {picture} from '../../../helpers/frame.js';
import {synced} from '../../../helpers/invented-team.js';
import {failed, openedApp, played, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const member = viewer(['member'], props => <MemberView {...props} />);

const on = (key: string, world: World = {}): State =>
	played(openedApp({rows: 16, ...world}), synced(), 'M', 'j', 'j', key);

const asked = (state: State): State =>
	played(state, 'secret', 'enter', {type: 'passphrase-checked', slot: '', others: []}, {type: 'drawn'});

test('a removal says what it is worth before the passphrase, and asks afterwards', () => {
	assert.equal(
		member(on('d')),
		picture`
			╭─ Remove ben ───────────────────────────────────────────────────╮
			│ ben reads nothing new from then on. What was shared until now  │
			│ it could read, and may have kept: 20 credentials.              │
			│ Afterwards you get the list of what to rotate. Take the key of │
			│ the storage away from it, too.                                 │
			│                                                                │
			│ ❯  Passphrase                                                  │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
	assert.match(member(asked(on('d'))), /esc back +y remove/);
});

test('another role says what it may do', () => {
	assert.equal(
		member(on('e')),
		picture`
			╭─ Another role for ben ─────────────────────────────────────────╮
			│ ben is a writer. As a reader it reads credentials, and changes │
			│ nothing.                                                       │
			│                                                                │
			│ ❯  Role        < reader >                                      │
			│    Passphrase                                                  │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
	assert.match(member(played(on('e'), 'right')), /As an admin it changes credentials and +│/);
	const typed = member(played(on('e'), 'x', 'tab', 'y'));
	assert.match(typed, /│ {4}Role +reader +│/);
	assert.match(typed, /❯ {2}Passphrase {2}• +│/);
	assert.equal(member(played(on('e'), 'enter', 'y')), typed);
});

test('an admin is one', () => {
	assert.match(
		member(played(openedApp({rows: 16}), synced(), 'M', 'j', 'e')),
		/ana-desktop is an admin\. As a writer it/,
	);
});

test('what the storage says no to is said', () => {
	const told = played(asked(on('d')), failed('change-team', 'network', 's3.example.com does not answer'));
	assert.match(member(told), /✖ s3\.example\.com does not answer/);
});

test('in the smallest window the question is whole', () => {
	assert.match(member(asked(on('d', {columns: 40, rows: 10}))), /esc back +y remove/);
});
