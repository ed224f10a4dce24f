import assert from 'node:assert/strict';
import {test} from 'node:test';
import {browsePanes} from '../../../../source/app/screens/browse/browse-panes.js';
import type {Credential} from '../../../../source/domain/credential.js';
import {Secret} from '../../../../source/domain/secret.js';
import {ManifestView} from '../../../../source/ui/screens/edit/manifest.js';
import {secretKey, storedCredential} from '../../../helpers/credentials.js';
import {picture} from '../../../helpers/frame.js';
import {failed, openedApp, played, smallest, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const manifest = viewer(
	['edit'],
	({state, screen, layout}) =>
		screen.manifest && (
			<ManifestView
				state={state}
				screen={screen}
				manifest={screen.manifest}
				width={browsePanes(state).detailWidth}
				height={layout.bodyHeight}
			/>
		),
);

const prod: Credential = storedCredential('prod');

/** The manifest of `prod`, with that in the place of its secret. */
const written = (secret: string) =>
	({
		type: 'manifest-written',
		text: new Secret(`kind: Credential
metadata:
  name: prod
spec:
  data:
    accessKeyID: AKIAQ4J5K6L7M2N3P4Q5
    secretAccessKey: ${secret}
  provider: aws
`),
	}) as const;

/** The credential as YAML, its secret hidden. */
const opened = (world: World = {}) =>
	played(openedApp({credentials: [prod], ...world}), 'e', 'ctrl+y', written('(hidden)'));

/** The same with its secret in clear. */
const clear = () => played(opened(), 'ctrl+r', {type: 'manifest-read', content: prod}, written(secretKey));

test('the manifest shows the position of the caret and explains the mark of a hidden secret', () => {
	assert.equal(
		manifest(opened({rows: 16})),
		picture`
			╭─ prod · YAML · line 1, column 1 ─────────────────────────────────────────────╮
			│ kind: Credential                                                             │
			│ metadata:                                                                    │
			│   name: prod                                                                 │
			│ spec:                                                                        │
			│   data:                                                                      │
			│     accessKeyID: AKIAQ4J5K6L7M2N3P4Q5                                        │
			│     secretAccessKey: (hidden)                                                │
			│   provider: aws                                                              │
			│                                                                              │
			│                                                                              │
			│ (hidden) leaves a secret as it is; ctrl+r shows them all                     │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the title follows the caret and shows that the text has changed', () => {
	const frame = manifest(played(opened(), 'down', 'down', 'end', '-2'));
	assert.match(frame, /^╭─ prod · YAML · line 3, column 15 · changed ─/);
	assert.match(frame, /│ {3}name: prod-2 +│/);
});

test('a change in the form marks the text as changed', () => {
	const frame = manifest(played(openedApp({credentials: [prod]}), 'e', 'up', 'x', 'ctrl+y', written('(hidden)')));
	assert.match(frame, /^╭─ prod · YAML · line 1, column 1 · changed ─/);
});

test('ctrl+r shows every secret, and the line below names the key that covers them', () => {
	const frame = manifest(clear());
	assert.match(frame, new RegExp(`│ {5}secretAccessKey: ${secretKey} +│`));
	assert.match(frame, /│ secrets are shown; ctrl\+r covers them +│/);
	assert.doesNotMatch(frame, /changed/);
});

test('a covered text is one mask with one hint', () => {
	const frame = manifest(played(clear(), 'ctrl+r'));
	assert.match(frame, /^[^\n]+\n│ •{12} +│\n│ Covered: ctrl\+r shows it\. +│\n/);
	assert.doesNotMatch(frame, /accessKeyID|wJalr|in clear/);
});

test('a spinner replaces the line below while the text is read', () => {
	const frame = manifest(played(opened(), 'ctrl+s'));
	assert.match(frame, /│ ⠋ Reading +│/);
	assert.doesNotMatch(frame, /stands for a secret/);
});

test('an error is shown with its position, and the caret moves there', () => {
	const wrong = failed('read-manifest', 'invalid', 'line 4, column 3: `data` is missing', 'add it');
	const frame = manifest(played(opened(), 'ctrl+s', wrong));
	assert.match(frame, /^╭─ prod · YAML · line 4, column 3 ─/);
	assert.match(frame, /│ ✖ line 4, column 3: `data` is missing; add it +│/);
	assert.doesNotMatch(frame, /stands for a secret/);
});

test('the text scrolls with the caret, and a line that is too long is broken', () => {
	const frame = manifest(played(opened(smallest), 'down', 'down', 'down', 'down', 'down', 'end'));
	assert.match(frame, /^╭─ prod · YAML · line 6, column 38 ─+╮\n/);
	assert.match(frame, /\n│ +accessKeyID: AKIAQ4J5K6L7M2N3P4 +│\n│ {5}Q5 +│\n/);
	assert.doesNotMatch(frame, /kind/);
});

test('the smallest window keeps the line below whole', () => {
	assert.equal(
		manifest(opened(smallest)),
		picture`
			╭─ prod · YAML · line 1, column 1 ─────╮
			│ kind: Credential                     │
			│ metadata:                            │
			│                                      │
			│ (hidden) leaves a secret as it is;   │
			│ ctrl+r shows them all                │
			╰──────────────────────────────────────╯
		`,
	);
});
