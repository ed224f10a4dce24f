import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AskView} from '../../../source/ui/screens/ask.js';
import {storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {failed, on, openedApp, played} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const ask = viewer(['ask'], props => <AskView {...props} />);

test('the label dialog says how to set and remove a label, with a placeholder', () => {
	assert.equal(
		ask(played(on('prod'), 't')),
		picture`
			╭─ Label prod ───────────────────────────────────────────────────╮
			│ KEY=VALUE sets a label, KEY- removes it.                       │
			│                                                                │
			│ ❯ env=prod                                                     │
			│                                                                │
			│                                                                │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('typed text replaces the placeholder', () => {
	const frame = ask(played(on('prod'), 't', 'team=core'));
	assert.match(frame, /│ ❯ team=core +│/);
	assert.doesNotMatch(frame, /env=prod/);
});

test('an invalid label is reported with the valid form', () => {
	assert.equal(
		ask(played(on('prod'), 't', 'core', 'enter')),
		picture`
			╭─ Label prod ───────────────────────────────────────────────────╮
			│ KEY=VALUE sets a label, KEY- removes it.                       │
			│                                                                │
			│ ❯ core                                                         │
			│                                                                │
			│ ✖ write KEY=VALUE to set a label, or KEY- to remove it         │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('an empty label is reported with an example', () => {
	assert.match(ask(played(on('prod'), 't', 'enter')), /✖ type a label, such as env=prod/);
});

test('a spinner replaces the label while it is saved', () => {
	const frame = ask(played(on('prod'), 't', 'team=core', 'enter'));
	assert.match(frame, /│ ❯ ⠋ Saving +│/);
	assert.doesNotMatch(frame, /team=core/);
});

test('a label that could not be saved stays in the field', () => {
	const full = failed('replace', 'file', 'no space is left on the disk', 'free some');
	const frame = ask(played(on('prod'), 't', 'team=core', 'enter', full));
	assert.match(frame, /❯ team=core/);
	assert.match(frame, /✖ no space is left on the disk; free some/);
});

test('the label dialog counts the marked credentials', () => {
	assert.match(ask(played(openedApp(), ' ', ' ', ' ', 't')), /^╭─ Label 3 credentials ─/);
});

test('the restore dialog offers another name when the name is taken', () => {
	const world = {
		credentials: [storedCredential('prod')],
		trash: [{...storedCredential('prod', {id: 'trashed'}), deleted: '2026-11-20T00:00:00Z'}],
	};
	const asked = played(openedApp(world), 'T', 'enter');
	assert.match(ask(asked), /^╭─ Restore prod ─/);
	assert.match(ask(asked), /There is another prod now\. What should this one be called\?/);
	assert.match(ask(asked), /❯ prod-2/);
	assert.match(ask(played(asked, 'ctrl+u', 'PROD', 'enter')), /✖ prod exists already; choose another name/);
	assert.match(ask(played(asked, 'ctrl+u', 'enter')), /✖ type a name/);
	assert.match(ask(played(asked, 'enter')), /❯ ⠋ Saving/);
});

test('the dialog is drawn in ASCII on an ASCII terminal', () => {
	const frame = ask(played(on('prod'), 't', 'core', 'enter'), {ascii: true});
	assert.match(frame, /^\+- Label prod -+\+$/m);
	assert.match(frame, /^\| > core +\|$/m);
	assert.match(frame, /^\| x write KEY=VALUE/m);
	assert.doesNotMatch(frame, /[^ -~\n]/);
});

test('the dialog for a new key hides the passphrase, says that what was done stays, and unlocks', () => {
	const typed = played(on('prod'), failed('reload', 'rekeyed', 'a new key'), 'ctrl+t', 'sesame');
	assert.match(ask(typed), /^╭─ The vault has a new key ─/);
	assert.match(ask(typed), /Enter its passphrase now/);
	assert.match(ask(typed), /❯ ••••••/);
	assert.match(ask(played(typed, 'ctrl+u', 'enter')), /✖ type the passphrase/);
	const tried = played(typed, 'enter');
	assert.match(ask(tried), /❯ ⠋ Unlocking/);
	const wrong = played(tried, failed('renew', 'wrong-passphrase', 'that is not it'));
	assert.match(ask(wrong), /❯ Passphrase[\s\S]*✖ that is not it/);
});
