import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../../../source/domain/secret.js';
import {ConflictView} from '../../../../source/ui/screens/edit/conflict.js';
import {secretKey, storedCredential} from '../../../helpers/credentials.js';
import {picture} from '../../../helpers/frame.js';
import {failed, openedApp, played, smallest, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const conflict = viewer(['edit'], ({screen, layout}) => <ConflictView screen={screen} layout={layout} />);

const basis = storedCredential('prod', {note: 'old'});
const theirs = {
	...basis,
	revision: 2,
	data: new Map([...basis.data, ['secretAccessKey', new Secret(secretKey.replace('wJalr', 'THEIR'))]] as const),
	labels: new Map([['env', 'prod']]),
	note: undefined,
};

/** A secret and a region are changed here while others did that to the vault. */
function saved(now: World, window: World = {}) {
	const draft = played(openedApp({...window, credentials: [basis]}), 'e', 'down', 'mine');
	const changed = played(draft, 'down', 'down', 'eu-west-1', 'ctrl+s', 'ctrl+s');
	return played(changed, failed('replace', 'conflict', 'somebody else changed it', undefined, now));
}

const {note: _, ...changed} = theirs;
const others: World = {credentials: [changed]};

test('both sides of a conflict stand beside each other, with secrets masked', () => {
	assert.equal(
		conflict(saved(others, {rows: 15})),
		picture`
			╭─ prod was changed meanwhile ─────────────────────────────────────────────────╮
			│ Somebody else saved it while you edited it. Nothing was overwritten and your │
			│ draft is still here.                                                         │
			│                                                                              │
			│                    yours                        theirs                       │
			│ Secret access key  •••••••••••• changed         •••••••••••• changed         │
			│ Region             eu-west-1                    not changed                  │
			│ labels             not changed                  env=prod                     │
			│ note               not changed                  removed                      │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('ctrl+r shows both secrets, cut to the width of their side', () => {
	const frame = conflict(played(saved(others), 'ctrl+r'));
	assert.match(frame, /│ Secret access key {2}mine +THEIRXUtnFEMI\/K7MDENG\/bPxRfiCYCANARYKEYx +│/);
	const narrow = conflict(played(saved(others, {columns: 60}), 'ctrl+r'));
	assert.match(narrow, /│ Secret access…? *mine +THEIRXUtnFEMI\S+… │/);
	assert.doesNotMatch(conflict(saved(others)), /mine|THEIR/);
});

test('a draft of a deleted credential shows the keys that save it or discard it', () => {
	assert.equal(
		conflict(saved({credentials: []}, {rows: 12})),
		picture`
			╭─ prod was deleted meanwhile ─────────────────────────────────────────────────╮
			│ Somebody else deleted it while you edited it. Your draft is still here.      │
			│                                                                              │
			│ m saves your draft as a new credential of the same name; t discards it; esc  │
			│ goes back.                                                                   │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('rows that do not fit are counted', () => {
	const frame = conflict(saved(others, {rows: 13}));
	assert.match(frame, /│ Region [^\n]+\n│ ↓ 2 more: a taller window shows them +│/);
});

test('the smallest window shows both sides without the explanation', () => {
	assert.equal(
		conflict(saved(others, smallest)),
		picture`
			╭─ prod was changed meanwhile ─────────╮
			│            yours        theirs       │
			│ Secret a…  ••• changed  ••• changed  │
			│ Region     eu-west-1    not changed  │
			│ labels     not changed  env=prod     │
			│ ↓ 1 more: a taller window shows them │
			╰──────────────────────────────────────╯
		`,
	);
	assert.match(conflict(saved({credentials: []}, smallest)), /│ discards it; esc goes back\. {10}│/);
});
