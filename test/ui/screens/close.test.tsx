import assert from 'node:assert/strict';
import {test} from 'node:test';
import {footerBindings} from '../../../source/app/keyboard/footer.js';
import type {FileStep} from '../../../source/closing/step.js';
import type {FoundCredential} from '../../../source/credentials/found.js';
import {providerOf} from '../../../source/providers/catalog.js';
import {CloseView} from '../../../source/ui/screens/close.js';
import {ImportView} from '../../../source/ui/screens/import.js';
import {awsContent, storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {failed, type Happening, openedApp, played, smallest, type World} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['close'], props => <CloseView {...props} />);
const importView = viewer(['import'], props => <ImportView {...props} />);
const path = '/home/me/.aws/credentials';
const {data} = awsContent('x');
const find = (more: Partial<FoundCredential>): FoundCredential => ({
	provider: providerOf('aws'),
	kind: 'aws',
	label: '',
	data,
	...more,
});
const look = {
	found: [find({path, mode: 0o644}), find({variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']})],
	refused: [],
	damaged: [],
};
const plan: FileStep = {
	path,
	closing: 'process',
	lines: [
		['read by', 'AWS CLI and SDKs'],
		['holds', 'prod\u202e'],
		['step', '`default`: `credential_process` takes the place of the keys'],
		['then', 'AWS tools ask pharmer for these keys, and fail while the vault is locked'],
	],
};
const left: FileStep = {
	path,
	closing: undefined,
	lines: [['left', 'lies in a git work tree: others may get it from there']],
};

/** The app that was asked to close the first find's file. */
const asked = (...more: readonly Happening[]) => on({rows: 12}, 'c', ...more);
const on = (window: World, ...more: readonly Happening[]) =>
	played(openedApp({credentials: [storedCredential('prod')], ...window}), 'i', {type: 'looked', look}, ...more);

test('a spinner shows that the file is looked at', () => {
	assert.match(view(asked()), /^╭─ A file in clear ─[\s\S]*⠋ Looking at the file/);
});

test('the question says what reads the file, what is done and what then fails', () => {
	assert.equal(
		view(asked({type: 'close-planned', plan})),
		picture`
			╭─ Close this file? ───────────────────────────────────────────────────────────╮
			│ file     /home/me/.aws/credentials                                           │
			│ read by  AWS CLI and SDKs                                                    │
			│ holds    prod\\u202e                                                          │
			│ step     \`default\`: \`credential_process\` takes the place of the keys         │
			│ then     AWS tools ask pharmer for these keys, and fail while the vault is   │
			│          locked                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('y counts only once the question has been drawn, and enter is no', () => {
	const early = asked({type: 'close-planned', plan}, 'y');
	assert.equal(early.screen.kind, 'close');
	assert.ok(early.screen.kind === 'close' && !early.screen.busy && early.screen.question !== undefined);
	const drawn = asked({type: 'close-planned', plan}, {type: 'drawn'});
	assert.deepEqual(
		footerBindings(drawn).map(({id}) => id),
		['confirm', 'back'],
	);
	const yes = played(drawn, 'y');
	assert.ok(yes.screen.kind === 'close' && yes.screen.busy);
	for (const key of ['esc', 'n', 'enter']) assert.equal(played(drawn, key).screen.kind, 'import', key);
});

test('the rows of a closed file say so, and z tells how it comes back', () => {
	const closed = asked({type: 'close-planned', plan}, {type: 'drawn'}, 'y', {type: 'file-closed', plan});
	assert.match(importView(closed), /aws +AKIAQ4J5K6L7M2N3P4Q5 +closed/);
	assert.match(
		importView({...closed, size: {columns: 200, rows: 12}}),
		/The file is closed\. The key has lain in clear: make a new one and revoke this one at https:/,
	);
	assert.match(closed.message?.text ?? '', /`pharmer import --reopen` puts it back/);
	const back = played(closed, 'esc', 'z');
	assert.match(back.message?.text ?? '', /Closing a file can't be undone with z: `pharmer import --reopen` does that/);
	const mode = {...plan, closing: 'mode'} as const;
	const kept = asked({type: 'close-planned', plan: mode}, {type: 'drawn'}, 'y', {type: 'file-closed', plan: mode});
	assert.match(importView(kept), /kept from others/);
});

test('a file that is left has its reason, and nothing to agree to', () => {
	const state = asked({type: 'close-planned', plan: left});
	assert.match(view(state), /left {5}lies in a git work tree/);
	assert.equal(played(state, 'y').screen.kind, 'close');
	assert.equal(played(state, 'esc').screen.kind, 'import');
});

test('a failure is told where the finds are, and what was typed ahead of it is dropped', () => {
	const drawn = asked({type: 'close-planned', plan}, {type: 'drawn'}, 'y', 'y');
	const state = played(drawn, failed('close-file', 'wrong-passphrase', 'the same keys were not given', 'unlock first'));
	assert.equal(state.screen.kind, 'import');
	assert.match(state.message?.text ?? '', /the same keys were not given; unlock first/);
	assert.deepEqual(state.ahead, []);
});

test('what comes from variables is in no file, and is not closed', () => {
	assert.match(on({}, 'down', 'c').message?.text ?? '', /that is in no file/i);
});

test('texts that do not fit are scrolled, in the smallest window too', () => {
	const long = {...plan, lines: Array.from({length: 30}, (_, at) => ['note', `line ${at}`] as const)};
	const state = on(smallest, 'c', {type: 'close-planned', plan: long}, {type: 'drawn'});
	assert.match(view(state), /line 0[\s\S]*/);
	assert.match(view(state), /↓ \d+ more/);
	const end = played(state, ...Array.from({length: 40}, () => 'down'));
	assert.match(view(end), /line 29/);
	assert.doesNotMatch(view(end), /more/);
});
