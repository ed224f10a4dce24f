import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UnlockView} from '../../../source/ui/screens/unlock.js';
import {picture} from '../../helpers/frame.js';
import {failed, lockedApp, on, played, smallest, triedApp} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const unlock = viewer(['unlock'], props => <UnlockView {...props} />);
const path = '/home/me/.config/pharmer/vault.json';
const wrong = failed('unlock', 'wrong-passphrase', 'the passphrase is wrong');
const exposures = [{path: '/home/me', what: 'directory', others: 'write in', remedy: 'chmod go-w'}] as const;

test('a locked vault shows its path and asks for the passphrase', () => {
	assert.equal(
		unlock(lockedApp()),
		picture`
			╭─ The vault is locked ──────────────────────────────────────────╮
			│ /home/me/.config/pharmer/vault.json                            │
			│                                                                │
			│ ❯  Passphrase                                                  │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the passphrase is masked until ctrl+r shows it', () => {
	const typed = played(lockedApp(), 'open sesame');
	assert.match(unlock(typed), /│ ❯ {2}Passphrase {2}•{11} +│/);
	assert.doesNotMatch(unlock(typed), /sesame/);
	assert.match(unlock(played(typed, 'ctrl+r')), /│ ❯ {2}Passphrase {2}open sesame +│/);
	assert.doesNotMatch(unlock(played(typed, 'ctrl+r', 'ctrl+r')), /sesame/);
});

test('the passphrase is masked while the key is derived, and a spinner is shown', () => {
	const frame = unlock(played(lockedApp(), 'open sesame', 'ctrl+r', 'enter'));
	assert.match(frame, /│ {4}Passphrase {2}•{11} +│/);
	assert.match(frame, /│ ⠋ Unlocking +│/);
	assert.doesNotMatch(frame, /sesame|❯/);
});

test('a wrong passphrase is reported, counted from the second on, and its field is cleared', () => {
	const once = played(lockedApp(), 'x', 'enter', wrong);
	assert.match(unlock(once), /│ ❯ {2}Passphrase +│/);
	assert.match(unlock(once), /│ ✖ Wrong passphrase\. +│/);
	assert.match(unlock(played(once, 'y', 'enter', wrong)), /│ ✖ Wrong passphrase, 2 times now\. +│/);
});

test('a wrong passphrase that was not typed is reported with its possible sources', () => {
	assert.equal(
		unlock(played(triedApp(), wrong)),
		picture`
			╭─ The vault is locked ──────────────────────────────────────────╮
			│ /home/me/.config/pharmer/vault.json                            │
			│                                                                │
			│ ❯  Passphrase                                                  │
			│                                                                │
			│ ✖ The passphrase that was given is wrong (--passphrase-fd,     │
			│ PHARMER_PASSPHRASE).                                           │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a vault locked during an edit says that the draft is kept', () => {
	assert.match(unlock(played(on('prod'), 'e', 'x', 'ctrl+x')), /│ Your draft is kept, encrypted\. +│/);
	assert.doesNotMatch(unlock(played(on('prod'), 'ctrl+x')), /draft/);
});

test('access by others is reported with the key that keeps them out', () => {
	assert.equal(
		unlock(played(lockedApp({exposures}), 'x', 'enter', wrong)),
		picture`
			╭─ The vault is locked ──────────────────────────────────────────╮
			│ /home/me/.config/pharmer/vault.json                            │
			│                                                                │
			│ Others can write in its directory.                             │
			│ ctrl+g keeps them out.                                         │
			│ ❯  Passphrase                                                  │
			│                                                                │
			│ ✖ Wrong passphrase.                                            │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('access by others is reported with a hint to move the vault when nothing else helps', () => {
	const elsewhere = [{path: '/home', what: 'directory', others: 'write in'}] as const;
	const frame = unlock(lockedApp({exposures: elsewhere}));
	assert.match(frame, /│ Others can write in .*\. +│/);
	assert.match(frame, /│ Move it to a directory of yours\. +│/);
});

test('the smallest window leaves out the path when others can access the vault', () => {
	assert.equal(
		unlock(played(lockedApp({...smallest, exposures}), 'x', 'enter', wrong)),
		picture`
			╭─ The vault is locked ────────────────╮
			│                                      │
			│ Others can write in its directory.   │
			│ ctrl+g keeps them out.               │
			│ ❯  Passphrase                        │
			│ ✖ Wrong passphrase.                  │
			╰──────────────────────────────────────╯
		`,
	);
});

test('a damaged vault asks for no passphrase, and shows the error and that nothing was written', () => {
	const damaged = failed('unlock', 'damaged', `the vault \`${path}\` is damaged`, 'restore it from a copy');
	assert.equal(
		unlock(played(lockedApp(), 'x', 'enter', damaged)),
		picture`
			╭─ The vault is damaged ─────────────────────────────────────────╮
			│ /home/me/.config/pharmer/vault.json                            │
			│                                                                │
			│ ✖ the vault \`/home/me/.config/pharmer/vault.json\` is damaged   │
			│                                                                │
			│ restore it from a copy                                         │
			│ Nothing was written.                                           │
			│                                                                │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('every reason why a vault cannot be opened has its own title', () => {
	const titles = {
		damaged: 'The vault is damaged',
		'newer-version': 'The vault is of a newer pharmer',
		'rolled-back': 'The vault is older than it was',
		file: "The vault can't be read",
		busy: "The vault can't be opened",
	} as const;
	for (const [code, title] of Object.entries(titles) as [keyof typeof titles, string][])
		assert.ok(
			unlock(played(lockedApp(), 'x', 'enter', failed('unlock', code, 'why'))).startsWith(`╭─ ${title} ─`),
			code,
		);
});

test('an older copy of the vault names the key that accepts it, and the key returns to the passphrase', () => {
	const older = played(lockedApp(), 'x', 'enter', failed('unlock', 'rolled-back', `the vault \`${path}\` is older`));
	assert.match(unlock(older), /If you restored an older copy yourself, ctrl\+o accepts it\. +│\n/);
	assert.match(unlock(played(older, 'ctrl+o')), /^╭─ The vault is locked ─/);
});

test('unsafe characters in an error are escaped', () => {
	const hostile = failed('unlock', 'damaged', 'bad \u001b[31m key', 'ask \u202eme');
	const frame = unlock(played(lockedApp(), 'x', 'enter', hostile));
	assert.match(frame, /✖ bad \\u001b\[31m key/);
	assert.match(frame, /ask \\u202eme/);
});

test('the smallest window shows the reason in place of the path and the gaps', () => {
	const damaged = failed('unlock', 'damaged', 'the vault is damaged: its checksum is wrong', 'restore it from a copy');
	assert.equal(
		unlock(played(lockedApp(smallest), 'x', 'enter', damaged)),
		picture`
			╭─ The vault is damaged ───────────────╮
			│ ✖ the vault is damaged: its checksum │
			│ is wrong                             │
			│ restore it from a copy               │
			│ Nothing was written.                 │
			│                                      │
			╰──────────────────────────────────────╯
		`,
	);
});
