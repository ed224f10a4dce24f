import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FirstRunView} from '../../../source/ui/screens/first-run.js';
import {picture} from '../../helpers/frame.js';
import {failed, firstStart, lockedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const welcome = viewer(['first-run'], props => <FirstRunView {...props} />);
const passphrase = 'correct horse battery staple';

test('the first start shows purpose, path and the lack of recovery, and asks for a passphrase', () => {
	assert.equal(
		welcome(firstStart()),
		picture`
			╭─ Welcome to pharmer ───────────────────────────────────────────╮
			│ Keeps your cloud credentials in one encrypted file.            │
			│ /home/me/.config/pharmer/vault.json                            │
			│ There is no recovery: without the passphrase nobody can read   │
			│ the file. Write it down.                                       │
			│                                                                │
			│ ❯  Passphrase                                                  │
			│    Once more                                                   │
			│                                                                │
			│ Four or more random words are good.                            │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a passphrase is masked as it is typed, and its strength is shown with advice', () => {
	const frame = welcome(played(firstStart(), 'abc'));
	assert.match(frame, /│ ❯ {2}Passphrase {2}••• +│/);
	assert.match(frame, /│ weak: easy to guess; use four or more random words +│/);
	assert.doesNotMatch(frame, /abc|Four or more/);
});

test('a strong passphrase is called strong', () => {
	assert.match(welcome(played(firstStart(), passphrase)), /│ strong: very hard to guess +│/);
});

test('ctrl+r shows both passphrases', () => {
	const frame = welcome(played(firstStart(), passphrase, 'enter', 'correct', 'ctrl+r'));
	assert.match(frame, /│ {4}Passphrase {2}correct horse battery staple +│/);
	assert.match(frame, /│ ❯ {2}Once more {3}correct +│/);
	const hidden = welcome(played(firstStart(), passphrase, 'enter', 'correct', 'ctrl+r', 'ctrl+r'));
	assert.doesNotMatch(hidden, /battery|correct/);
});

test('enter without a passphrase asks for one', () => {
	assert.match(welcome(played(firstStart(), 'enter')), /│ ✖ type a passphrase first +│/);
});

test('a weak passphrase is asked about with the time that guessing it takes', () => {
	assert.equal(
		welcome(played(firstStart(), 'x7#Qp2!', 'enter')),
		picture`
			╭─ Use it all the same? ─────────────────────────────╮
			│ It has fewer than 8 characters: with 1,000 cores   │
			│ it is guessed in about 2 hours.                    │
			│                                                    │
			│ esc choose another                   ctrl+y use it │
			╰────────────────────────────────────────────────────╯
		`,
	);
	assert.equal(
		welcome(played(firstStart(smallest), 'Password1', 'enter'), {ascii: true}),
		picture`
			+- Use it all the same? ---------------+
			| It is one of the 1,000 commonest     |
			| passwords: with 1,000 cores it is    |
			| guessed in less than a second.       |
			|                                      |
			| esc choose another     ctrl+y use it |
			+--------------------------------------+
		`,
	);
});

test('a second passphrase that differs is asked for again, and the first one is kept', () => {
	const frame = welcome(played(firstStart(), passphrase, 'enter', 'correct house', 'enter'));
	assert.match(frame, /│ {4}Passphrase {2}•{28} +│/);
	assert.match(frame, /│ ❯ {2}Once more +│/);
	assert.match(frame, /│ ✖ the two are not the same; type it once more +│/);
});

test('both passphrases stay masked while the vault is created, and no field has the cursor', () => {
	const frame = welcome(played(firstStart(), passphrase, 'enter', passphrase, 'enter'));
	assert.match(frame, /│ {4}Passphrase {2}•{28} +│\n│ {4}Once more {3}•{28} +│/);
	assert.match(frame, /│ ⠋ Making the vault +│/);
	assert.doesNotMatch(frame, /❯/);
});

test('a passphrase that the vault refuses is reported with the reason', () => {
	const refused = failed('create-vault', 'invalid', 'a passphrase has 1024 bytes at most');
	const frame = welcome(played(firstStart(), passphrase, 'enter', passphrase, 'enter', refused));
	assert.match(frame, /│ ✖ a passphrase has 1024 bytes at most +│/);
});

test('the smallest window leaves out the introduction and keeps the warning and both fields', () => {
	assert.equal(
		welcome(firstStart(smallest)),
		picture`
			╭─ Welcome to pharmer ─────────────────╮
			│ There is no recovery: write it down. │
			│ ❯  Passphrase                        │
			│    Once more                         │
			│ Four or more random words are good.  │
			│                                      │
			╰──────────────────────────────────────╯
		`,
	);
});

test('a problem replaces the strength in the smallest window and is shown whole', () => {
	assert.equal(
		welcome(played(firstStart(smallest), passphrase, 'enter', 'x', 'enter')),
		picture`
			╭─ Welcome to pharmer ─────────────────╮
			│ There is no recovery: write it down. │
			│    Passphrase  ••••••••••••••••••••• │
			│ ❯  Once more                         │
			│ ✖ the two are not the same; type it  │
			│ once more                            │
			╰──────────────────────────────────────╯
		`,
	);
});

test('the smallest window shows the spinner, and the whole advice for a weak passphrase', () => {
	const busy = welcome(played(firstStart(smallest), passphrase, 'enter', passphrase, 'enter'));
	assert.match(busy, /⠋ Making the vault/);
	assert.match(
		welcome(played(firstStart(smallest), 'abc')),
		/weak: easy to guess; use four or +│\n│ more random words/,
	);
});

test('where a vault was, the welcome says that it is gone, and who looks for its copies', () => {
	const gone = failed(
		'inspect',
		'no-vault',
		'the vault that was here is gone',
		'`pharmer doctor` looks for its copies',
	);
	const {screen, message} = played(lockedApp(), gone);
	assert.equal(screen.kind, 'first-run');
	assert.equal(message?.text, 'the vault that was here is gone; `pharmer doctor` looks for its copies');
	assert.equal(played(lockedApp(), failed('inspect', 'no-vault', 'there is no vault yet')).message, undefined);
});
