import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Event} from '../../../source/app/core/event.js';
import type {Credential} from '../../../source/domain/credential.js';
import {Secret} from '../../../source/domain/secret.js';
import {MergeView} from '../../../source/ui/screens/merge.js';
import {secretKey, storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {openedApp, played, smallest, type World} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const merge = viewer(['merge'], props => <MergeView {...props} />);

const mine = ['prod', 'staging'].map(name => storedCredential(name, {note: 'old', changed: '2026-11-23T12:00:00Z'}));
const theirs = mine.map(
	(each): Credential => ({
		...each,
		data: new Map([...each.data, ['secretAccessKey', new Secret(secretKey.replace('wJalr', 'THEIR'))]] as const),
		labels: new Map([['env', 'prod']]),
		changed: '2026-11-24T11:00:00Z',
	}),
);
const conflicts = mine.map((each, index) => ({mine: each, theirs: theirs[index] ?? each}));

function compared(fresh = 1): Event {
	return {type: 'compared', other: {credentials: theirs, trash: []}, conflicts, fresh};
}

const opened = (world: World = {}) =>
	openedApp({start: {kind: 'merge', file: 'stick.json'}, credentials: mine, ...world});
const begun = (world: World = {}) => played(opened(world), compared());

test('both sides of a conflict stand beside each other, with secrets masked', () => {
	assert.equal(
		merge(begun({rows: 18})),
		picture`
			╭─ prod · conflict 1 of 2 ─────────────────────────────────────────────────────╮
			│ Yours was changed 1 day ago, that of stick.json 1 hour ago.                  │
			│                                                                              │
			│                    yours                        the file's                   │
			│ Secret access key  ••••••••••••                 ••••••••••••                 │
			│ label env          none                         prod                         │
			│                                                                              │
			│ Decision: not decided                                                        │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│ 0 of 2 decided; M, T and B decide all the rest. j and k show the others.     │
			│ Nothing is written before enter. 1 credential is new and comes in.           │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('ctrl+r shows both secrets, until the next conflict', () => {
	const shown = played(begun(), 'ctrl+r');
	assert.match(merge(shown), /│ Secret access key {2}wJalr.* {2}THEIR/);
	assert.doesNotMatch(merge(played(shown, 'm')), /wJalr|THEIR/);
});

test('a decision is shown when one comes back to it', () => {
	assert.match(merge(played(begun(), 'b')), /staging · conflict 2 of 2[\s\S]*1 of 2 decided/);
	assert.match(merge(played(begun(), 'b', 'up')), /Decision: both stay, the file's under another name/);
	assert.match(merge(played(begun(), 'm', 'up')), /Decision: yours stays/);
	assert.match(
		merge(played(begun(), 'T')),
		/Decision: the file's comes in its place, yours stays as a version[\s\S]*All 2 are decided: enter merges/,
	);
});

test('leaving asks when something was decided', () => {
	assert.match(merge(played(begun(), 'm', 'esc')), /Leave without merging\?[\s\S]*y leave/);
});

test('while the vaults are compared it says so', () => {
	assert.match(merge(opened()), /Comparing both vaults/);
});

test('the smallest window shows both sides and the decision', () => {
	assert.match(merge(played(begun(smallest), 'm', 'up')), /Secret a…[\s\S]*Decision: yours stays/);
});
