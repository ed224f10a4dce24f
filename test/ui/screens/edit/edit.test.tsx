import assert from 'node:assert/strict';
import {test} from 'node:test';
import {browsePanes} from '../../../../source/app/screens/browse/browse-panes.js';
import {EditView} from '../../../../source/ui/screens/edit/edit.js';
import {awsContent, storedCredential} from '../../../helpers/credentials.js';
import {picture} from '../../../helpers/frame.js';
import {failed, type Happening, on, openedApp, played, smallest, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const edit = viewer(['edit'], ({state, screen, layout}) => (
	<EditView state={state} screen={screen} width={browsePanes(state).detailWidth} height={layout.bodyHeight} />
));

const low = {rows: 17};

/** The form of one of the invented credentials in a low window, after those keys. */
const form = (name: string, ...keys: readonly Happening[]): string => edit(played(on(name, low), 'e', ...keys));

test('the form shows all values as fields, the secret masked, and help for the focused field', () => {
	assert.equal(
		form('prod'),
		picture`
			╭─ prod · editing ─────────────────────────────────────────────────────────────╮
			│    provider           Amazon Web Services (fixed)                            │
			│ ❯  Access key ID      AKIAIOSFODNN7EXAMPLE                                   │
			│    Secret access key  ••••••••••••                                           │
			│    Session token      not set                                                │
			│    Region             eu-west-1                                              │
			│    Expiration         not set                                                │
			│    name               prod                                                   │
			│    labels             team=platform, env=prod                                │
			│    expires            2026-12-10                                             │
			│    note               Break glass only. The steps are in the runbook, under… │
			│                                                                              │
			│ starts with AKIA, or with ASIA for temporary keys; 20 characters             │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('changed fields have a sign, the title counts them, and the help names the key that restores one', () => {
	const frame = form('prod', 'down', 'x', 'down', 'down', 'ctrl+u', 'eu-central-1');
	assert.match(frame, /^╭─ prod · editing · 2 changed ─/);
	assert.match(frame, /│ {2}● Secret access key {2}•{12} {2}changed +│/);
	assert.match(frame, /│ ❯● Region {13}eu-central-1 +│/);
	assert.match(frame, /│ such as eu-west-1; empty removes it; ctrl\+o puts it back +│/);
});

test('a secret in a field that was empty is new', () => {
	const frame = form('prod', 'down', 'down', 'token', 'down');
	assert.match(frame, /│ {2}● Session token {6}•{12} {2}new +│/);
});

test('an emptied field is shown as removed, and a required one as missing', () => {
	const emptied = played(on('prod', low), 'e', 'ctrl+u', 'down', 'down', 'down', 'ctrl+u', 'up');
	assert.match(edit(emptied), /│ {2}● Access key ID {6}empty, and required +│/);
	assert.match(edit(emptied), /│ {2}● Region {13}removed +│/);
	assert.match(form('prod', 'ctrl+u'), /│ ❯● Access key ID {6}required +│/);
	assert.match(form('prod', 'down', 'down'), /│ ❯ {2}Session token {6}not set +│/);
});

test('the help for a hidden secret says that typed text replaces it', () => {
	const frame = form('prod', 'down');
	assert.match(frame, /│ ❯ {2}Secret access key {2}•{12} +│/);
	assert.match(frame, /typing or pasting replaces the hidden value; ctrl\+r shows it/);
});

test('a new secret is masked letter by letter as it is typed', () => {
	const frame = form('prod', 'down', 'abcde');
	assert.match(frame, /│ ❯● Secret access key {2}•{5} +│/);
	assert.doesNotMatch(frame, /abcde/);
});

test('ctrl+r shows the focused secret, and leaving the field hides it', () => {
	const shown = played(on('prod', low), 'e', 'down', 'ctrl+r');
	assert.match(edit(shown), /│ ❯ {2}Secret access key {2}wJalrXUtnFEMI\/K7MDENG\/bPxRfiCYEXAMPLEKEY +│/);
	assert.doesNotMatch(edit(played(shown, 'down')), /wJalr/);
});

test('an odd value is reported below the form, with the key that keeps it', () => {
	const frame = form('prod', 'ctrl+u', 'AKIASHORT', 'ctrl+s');
	assert.match(frame, /│ ! AWS access key ids have 20 characters, this has 9; ctrl\+s again to keep it +│/);
	assert.doesNotMatch(frame, /starts with AKIA/);
});

test('a wrong value is reported below the form, and its field has the focus', () => {
	const frame = form('prod', 'down', 'down', 'down', 'down', 'down', 'ctrl+u', 'a name', 'up', 'ctrl+s');
	assert.match(frame, /│ ❯● name {15}a name +│/);
	assert.match(frame, /│ ✖ a name /);
});

test('temporary keys that no longer work do not take the place of others, and dead ones can be relabelled', () => {
	const temporary = (expiration: string): World => ({
		credentials: [
			storedCredential('tmp', {
				data: awsContent('tmp', {accessKeyID: 'ASIAPRODEU23AEXAMPLE', sessionToken: 'invented', expiration}).data,
			}),
		],
	});
	const saved = (world: World, ...keys: readonly string[]): string =>
		edit(played(openedApp(world), 'e', ...keys, 'ctrl+s'));
	const dead = '2026-11-24T11:59:59Z';
	const alive = '2026-11-25T00:00:00Z';
	const toExpiration = Array(4).fill('down');
	const replaced = saved(temporary(alive), ...toExpiration, 'ctrl+u', dead);
	assert.match(replaced, /│ ❯● Expiration +2026-11-24T11:59:59Z +│/);
	assert.match(replaced, /│ ✖ these temporary keys expired on 2026-11-24T11:59:59Z: get new ones +│/);
	const toNote = Array(8).fill('down');
	assert.match(saved(temporary(dead), ...toNote, 'of the old account'), /│ ⠋ Saving +│/);
});

test('a name that somebody else took meanwhile is reported, and its field has the focus', () => {
	const taken = failed('replace', 'exists', 'a credential `prod-2` exists already');
	const frame = form('prod', 'down', 'down', 'down', 'down', 'down', '-2', 'ctrl+s', taken);
	assert.match(frame, /│ ❯● name {15}prod-2 +│/);
	assert.match(frame, /│ ✖ a credential `prod-2` exists already +│/);
});

test('a spinner replaces the help during a save, and no field has the cursor', () => {
	const frame = form('prod', 'down', 'down', 'down', 'ctrl+u', 'eu-central-1', 'ctrl+s');
	assert.match(frame, /│ {2}● Region {13}eu-central-1 +│/);
	assert.match(frame, /│ ⠋ Saving +│/);
	assert.doesNotMatch(frame, /❯|such as/);
});

test('ctrl+n asks for the name of a new field below the others, with the rule for names', () => {
	assert.equal(
		edit(played(on('registry', {rows: 15}), 'e', 'ctrl+n')),
		picture`
			╭─ registry · editing ─────────────────────────────────────────────────────────╮
			│    provider   Generic (fixed)                                                │
			│    username   ••••••••••••                                                   │
			│    token      ••••••••••••                                                   │
			│    name       registry                                                       │
			│    labels     team=build                                                     │
			│    expires    not set                                                        │
			│    note       not set                                                        │
			│ ❯  new field  its name                                                       │
			│                                                                              │
			│ letters, digits, . _ and -, up to 63                                         │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
	const adding = played(on('registry', low), 'e', 'ctrl+n', 'endpoint');
	assert.match(edit(adding), /│ ❯ {2}new field {2}endpoint +│/);
	assert.match(edit(played(adding, 'enter')), /│ ❯ {2}endpoint {2}not set +│/);
});

test('an empty, duplicate or invalid field name is reported below the form', () => {
	const adding = played(on('registry', low), 'e', 'ctrl+n');
	assert.match(edit(played(adding, 'enter')), /│ ✖ type the name of the field, or esc +│/);
	assert.match(edit(played(adding, 'TOKEN', 'enter')), /│ ✖ there is a field TOKEN already +│/);
	assert.match(edit(played(adding, 'a b', 'enter')), /│ ✖ a field name has letters, digits, /);
});

test('the note shows all its lines while it has the focus, and only the first otherwise', () => {
	const frame = form('prod', 'up', 'enter', 'asked ops');
	assert.match(
		frame,
		/│ ❯● note +Break glass only\..* under +│\n│ +"prod is down": +│\n│ +1\. say so .*│\n│ +2\. .*│\n│ +3\. .*│\n│ +asked ops +│/,
	);
	const left = form('backups');
	assert.match(left, /│ {4}note +expired and still in the old cron job … +│/);
});

test('an expiry in days shows its date, and a date in the past is reported as over', () => {
	const days = ['up', 'up', 'ctrl+u'] as const;
	assert.match(form('dns', ...days, '+90'), /│ that is 2027-02-22 +│/);
	assert.match(form('dns', ...days, '2026-01-01'), /│ that day has passed: it is saved as expired +│/);
});

test('the smallest window shows the focused field, counts those below, and keeps the help whole', () => {
	assert.equal(
		edit(played(on('prod', smallest), 'e')),
		picture`
			╭─ prod · editing ─────────────────────╮
			│    provider           Amazon Web Se… │
			│ ❯  Access key ID      …ODNN7EXAMPLE  │
			│    ↓ 8 more                          │
			│ starts with AKIA, or with ASIA for   │
			│ temporary keys; 20 characters        │
			╰──────────────────────────────────────╯
		`,
	);
});

test('only the sign shows that a secret has changed when there is no room beside its mask', () => {
	const frame = edit(played(on('prod', {columns: 40, rows: 14}), 'e', 'down', 'x', 'down'));
	assert.match(frame, /│ {2}● Secret access key {2}•{12} {3}│/);
});

test('unsafe characters in a field are escaped', () => {
	const frame = form('dns', 'up', {type: 'paste', text: ' \u202e\u200b'});
	assert.match(frame, /only \\u202e\\u200b/);
});

test('all odd values are reported at once, each with its field, and one key keeps them', () => {
	const keys = ['ctrl+u', 'AKIASHORT', 'down', 'ctrl+u', 'short', 'ctrl+s'];
	const frame = form('prod', ...keys).replaceAll(/ *│\n│ */g, ' ');
	assert.match(
		frame,
		/! Access key ID: AWS access key ids have 20 characters, this has 9; Secret access key: AWS secret access keys have 40 characters, this has 5; ctrl\+s again to keep them/,
	);
	assert.match(form('prod', ...keys, 'ctrl+s'), /│ ⠋ Saving +│/);
});
