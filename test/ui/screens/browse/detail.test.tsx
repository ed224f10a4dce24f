import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type State, selectedCredential} from '../../../../source/app/core/state.js';
import {update} from '../../../../source/app/loop/update.js';
import {nextWake} from '../../../../source/app/loop/wake.js';
import {announcements} from '../../../../source/app/spoken/announcements.js';
import {workOf} from '../../../../source/domain/under-way-work.js';
import {DetailView} from '../../../../source/ui/screens/browse/detail.js';
import {storedCredential} from '../../../helpers/credentials.js';
import {picture} from '../../../helpers/frame.js';
import {rotationOf} from '../../../helpers/journals.js';
import {later, on, openedApp, played, smallest} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const detail = viewer(['list', 'detail'], ({state, screen, layout}) => (
	<DetailView
		state={state}
		layout={layout}
		active={screen.kind === 'detail'}
		top={screen.kind === 'detail' ? screen.top : 0}
	/>
));

test('the detail shows everything about a credential, with its secret masked', () => {
	assert.equal(
		detail(played(on('prod', {rows: 20}), 'enter')),
		picture`
			╭─ prod ───────────────────────────────────────────────────────────────────────╮
			│ provider           Amazon Web Services (aws)                                 │
			│ Access key ID      AKIAIOSFODNN7EXAMPLE                                      │
			│ Secret access key  ••••••••••••                                              │
			│ Region             eu-west-1                                                 │
			│                                                                              │
			│ expires            2026-12-10 · in 16 days                                   │
			│ labels             team=platform, env=prod                                   │
			│ note               Break glass only. The steps are in the runbook, under     │
			│                    "prod is down":                                           │
			│                    1. say so in #incidents and name somebody who watches     │
			│                    2. take this key, write down why and since when           │
			│                    3. rotate it when it is over                              │
			│ created            2026-09-21 · 2 months ago                                 │
			│ changed            2026-11-21 · 3 days ago                                   │
			│ used               2026-11-24 · 2 hours ago · exec                           │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('r shows the secret, and the title counts down the seconds until it is hidden', () => {
	const revealed = played(on('prod'), 'enter', 'r');
	assert.match(detail(revealed), /^╭─ prod · hides in 15 s ─/);
	assert.match(detail(revealed), /│ Secret access key {2}wJalrXUtnFEMI\/K7MDENG\/bPxRfiCYEXAMPLEKEY +│/);
	assert.match(detail(later(revealed, 4_500)), /^╭─ prod · hides in 11 s ─/);
	const hidden = detail(later(revealed, 15_000));
	assert.match(hidden, /^╭─ prod ─/);
	assert.doesNotMatch(hidden, /wJalr/);
	assert.doesNotMatch(detail(played(revealed, 'r')), /wJalr|hides/);
});

test('a secret of several lines is shown line by line', () => {
	const frame = detail(played(on('tokyo'), 'enter', 'r'));
	assert.match(frame, /│ serviceAccount {2}\{ +│\n│ +"type": "service_account", +│/);
	assert.match(frame, /│ note +東京チームのレポート用。質問は #analytics へ 🗼 +│/);
});

test('care has its own rows, except for an expiry, whose row shows it already', () => {
	const odd = detail(played(on('legacy-billing'), 'enter'));
	assert.match(odd, /│ check +Access key ID: AWS access key ids have 20 characters, +│\n│ +this has 12 +│/);
	assert.match(odd, /│ old +has not been changed for 1825 days +│/);
	const expired = detail(played(on('backups'), 'enter'));
	assert.match(expired, /│ expires +2026-11-15 · expired 9 days ago +│/);
	assert.doesNotMatch(expired, /care +expired/);
});

test('a rotation has a row of its own, as something to do only where it waits', () => {
	const shown = (until: string): string => {
		const works = [workOf(rotationOf('id-of-prod', {step: 'off', until}), false)];
		return detail(played(openedApp({columns: 120, credentials: [storedCredential('prod')], works}), 'enter', 'f'));
	};
	assert.match(
		shown('2026-11-25T10:00:00Z'),
		/│ rotation +has an old key, which can be deleted from 2026-11-25 10:00 UTC on +│/,
	);
	assert.match(shown('2026-11-24T10:00:00Z'), /│ waits +has an old key to delete since 2026-11-24 10:00 UTC +│/);
});

test('a credential with only fields has no rows for labels, expiry and note', () => {
	const plain = storedCredential('plain', {created: '2026-11-20T00:00:00Z', changed: '2026-11-20T00:00:00Z'});
	assert.equal(
		detail(played(openedApp({rows: 11, credentials: [plain]}), 'enter')),
		picture`
			╭─ plain ──────────────────────────────────────────────────────────────────────╮
			│ provider           Amazon Web Services (aws)                                 │
			│ Access key ID      AKIAQ4J5K6L7M2N3P4Q5                                      │
			│ Secret access key  ••••••••••••                                              │
			│                                                                              │
			│ created            2026-11-20 · 4 days ago                                   │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the detail beside a list without a match is an empty frame', () => {
	const credentials = [storedCredential('only')];
	assert.equal(
		detail(played(openedApp({columns: 100, rows: 8, credentials}), '/', 'zzz')),
		picture`
			╭──────────────────────────────────────────────────╮
			│                                                  │
			│                                                  │
			│                                                  │
			╰──────────────────────────────────────────────────╯
		`,
	);
});

test('the smallest window wraps values that are too wide, and counts the rows below', () => {
	assert.equal(
		detail(played(on('prod', smallest), 'enter')),
		picture`
			╭─ prod · ↓ 26 more ───────────────────╮
			│ provider           Amazon Web        │
			│                    Services (aws)    │
			│ Access key ID      AKIAIOSFODNN7EXAM │
			│                    PLE               │
			│ Secret access key  ••••••••••••      │
			╰──────────────────────────────────────╯
		`,
	);
});

test('down and end scroll the detail', () => {
	const opened = played(on('prod', smallest), 'enter');
	assert.match(detail(played(opened, 'down')), /^╭─ prod · ↓ 25 more ─+╮\n│ +Services \(aws\) +│/);
	assert.match(
		detail(played(opened, 'end')),
		/^╭─ prod ─+╮\n(.*\n){3}│ used +2026-11-24 · 2 +│\n│ +hours ago · exec +│\n╰/,
	);
});

test('a mask keeps its width in the smallest window', () => {
	assert.match(detail(played(on('registry', smallest), 'enter')), /│ username {2}•{12} +│/);
});

test('unsafe characters in a note or a label are escaped', () => {
	const hostile = storedCredential('hostile', {note: 'a\u001b[2Jb\nc\u202ed', labels: new Map([['k\u0007', 'v']])});
	const frame = detail(played(openedApp({credentials: [hostile]}), 'enter'));
	assert.match(frame, /│ note +a\\u001b\[2Jb +│\n│ +c\\u202ed +│/);
	assert.match(frame, /│ labels +k\\u0007=v +│/);
});

test('] turns the pane: command lines, YAML, versions, and the fields again', () => {
	const wide = on('prod', {columns: 140, rows: 30});
	const commands = detail(played(wide, ']'));
	assert.match(commands, /╭─ prod · use it 2\/4 ─/);
	assert.match(commands, /│ run a command with it +│\n│ pharmer exec prod -- aws sts get-caller-identity +│/);
	const reading = played(wide, ']', ']');
	assert.match(detail(reading), /╭─ prod · YAML 3\/4 ─+╮\n│ … +│/);
	const credential = selectedCredential(reading);
	assert.ok(credential);
	const read = {type: 'previewed', id: credential.id, revision: credential.revision} as const;
	const yaml = played(reading, {...read, content: {face: 'yaml', text: 'kind: Credential\nmetadata:\n  name: prod\n'}});
	assert.match(detail(yaml), /│ kind: Credential +│\n│ metadata: +│\n│ {3}name: prod +│/);
	const versions = played(yaml, ']', {...read, content: {face: 'versions', versions: []}});
	assert.match(detail(versions), /╭─ prod · versions 4\/4 ─+╮\n│ It has no earlier versions\. +│/);
	assert.match(detail(played(versions, ']')), /╭─ prod ─+╮\n│ provider /);
	assert.match(detail(played(wide, '[')), /versions 4\/4/);
});

test('a face is read once the selection has rested, and not for what a held key passes by', () => {
	const turned = played(on('prod', {columns: 120, rows: 30}), ']', ']');
	const asked = (state: State, now: number) =>
		update(state, {type: 'tick'}, now).effects.filter(({type}) => type === 'preview');
	assert.equal(asked(turned, turned.now + 100).length, 0);
	assert.equal(nextWake(turned), turned.now + 150);
	assert.equal(asked(turned, turned.now + 150).length, 1);
	const moved = played(turned, 'j', 'j', 'j');
	assert.equal(asked(moved, moved.now).length, 0);
	const [effect] = asked(moved, moved.now + 150);
	assert.ok(effect?.type === 'preview' && effect.credential.id === moved.selected);
	const again = update(moved, {type: 'tick'}, moved.now + 150).state;
	assert.equal(asked(again, again.now + 500).length, 0);
});

test('what was read of an older revision or another credential is not shown', () => {
	const turned = played(on('prod', {columns: 120, rows: 30}), ']', ']');
	const credential = selectedCredential(turned);
	assert.ok(credential);
	const content = {face: 'yaml', text: 'stale: true\n'} as const;
	const old = {type: 'previewed', id: credential.id, revision: credential.revision - 1, content} as const;
	assert.doesNotMatch(detail(played(turned, old)), /stale/);
	const other = {type: 'previewed', id: 'another', revision: 1, content} as const;
	assert.doesNotMatch(detail(played(turned, other)), /stale/);
});

test('a lock forgets what was read for the pane, and keeps its face', () => {
	const turned = played(on('prod', {columns: 120, rows: 30}), ']', ']');
	const credential = selectedCredential(turned);
	assert.ok(credential);
	const content = {face: 'yaml', text: 'name: prod\n'} as const;
	const read = played(turned, {type: 'previewed', id: credential.id, revision: credential.revision, content});
	assert.deepEqual(played(read, 'ctrl+x').preview, {face: 'yaml'});
});

test('r turns the pane to the fields, where the secrets are', () => {
	assert.match(detail(played(on('prod', {columns: 120, rows: 30}), ']', 'r')), /prod · hides in 15 s/);
});

test('a narrow list has no pane to turn', () => {
	const narrow = played(on('prod'), ']');
	assert.equal(narrow.preview.face, 'fields');
	assert.match(narrow.message?.text ?? '', /no room for the pane/);
	assert.equal(played(on('prod'), 'enter', ']').preview.face, 'use');
});

test('a screen reader is told what the pane turns to, and once it is read', () => {
	const wide = on('prod', {columns: 120, rows: 30});
	const commands = played(wide, ']');
	assert.deepEqual(announcements(wide, commands).slice(0, 3), [
		'prod: use it',
		'run a command with it',
		'pharmer exec prod -- aws sts get-caller-identity',
	]);
	const reading = played(commands, ']');
	const credential = selectedCredential(reading);
	assert.ok(credential);
	const {id, revision} = credential;
	const read = played(reading, {type: 'previewed', id, revision, content: {face: 'yaml', text: 'name: prod\n'}});
	assert.deepEqual(announcements(reading, read), ['prod: YAML', 'name: prod']);
});
