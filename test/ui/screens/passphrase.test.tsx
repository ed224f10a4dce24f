import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Event} from '../../../source/app/core/event.js';
import {PassphraseView} from '../../../source/ui/screens/passphrase.js';
import {picture} from '../../helpers/frame.js';
import {failed, type Happening, openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['passphrase'], props => <PassphraseView {...props} />);
const next = 'four new random words';
const recovery = {id: 'r', kind: 'recovery', name: '`7af1e0d2` (a recovery key)'};
const other = {id: 'o', kind: 'passphrase', name: '`1b4e28ba` (a passphrase)'};
const checked = (...others: readonly (typeof other)[]): Event => ({type: 'passphrase-checked', slot: 'own', others});

const changing = (...happenings: readonly Happening[]) => played(openedApp(), ',', 'p', ...happenings);
const small = (...happenings: readonly Happening[]) => played(openedApp(smallest), ',', 'p', ...happenings);

test('the current passphrase is asked for first', () => {
	assert.equal(
		view(changing('old')),
		picture`
			╭─ Change the passphrase ────────────────────────────────────────╮
			│ The current passphrase, or a recovery key.                     │
			│                                                                │
			│ ❯  Current     •••                                             │
			│                                                                │
			│                                                                │
			│                                                                │
			│                                                                │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a spinner says that it is checked, and a wrong one is asked for again', () => {
	assert.match(view(changing('old', 'enter')), /│ ⠋ Checking the passphrase +│/);
	const wrong = failed('check-passphrase', 'wrong-passphrase', 'no');
	assert.match(view(changing('old', 'enter', wrong)), /│ ❯ {2}Current +│\n│ +│\n│ ✖ wrong passphrase +│/);
	assert.match(view(small('old', 'enter', wrong)), /│ ✖ wrong passphrase +│/);
});

test('the new passphrase is typed twice, with its strength and a warning', () => {
	assert.equal(
		view(changing('old', 'enter', checked(), next)),
		picture`
			╭─ Change the passphrase ────────────────────────────────────────╮
			│ There is no recovery: without the passphrase nobody can read   │
			│ the file. Write it down.                                       │
			│                                                                │
			│ ❯  New         •••••••••••••••••••••                           │
			│    Once more                                                   │
			│                                                                │
			│ good: hard to guess                                            │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('other ways in are told of before the new passphrase is typed', () => {
	assert.match(
		view(changing('old', 'enter', checked(other))),
		/There is another way in\. You are asked whether to drop it\./,
	);
	assert.match(
		view(changing('old', 'enter', checked(other, recovery))),
		/There are 2 other ways in\. You are asked about each/,
	);
});

test('the question about another way in names it and says what can be done', () => {
	const typed = ['old', 'enter', checked(other, recovery), next, 'enter', next, 'enter'] as const;
	assert.equal(
		view(changing(...typed)),
		picture`
			╭─ Drop another way in? ─────────────────────────────╮
			│ After this \`1b4e28ba\` (a passphrase) opens         │
			│ nothing. \`pharmer passphrase\` in a shell can keep  │
			│ it.                                                │
			│                                                    │
			│ esc keep it                              y drop it │
			╰────────────────────────────────────────────────────╯
		`,
	);
	const second = view(changing(...typed, {type: 'drawn'}, 'y'));
	assert.match(second, /`7af1e0d2` \(a recovery key\)/);
	assert.match(second.replace(/[│\s]+/g, ' '), /`pharmer slots add recovery` makes another\./);
});

test('the smallest window shows the fields, and the whole question in ASCII', () => {
	assert.equal(
		view(small('old', 'enter', checked(other), next, 'enter', 'x', 'enter'), {ascii: true}),
		picture`
			+- Change the passphrase --------------+
			|    New         ********************* |
			| >  Once more                         |
			| x the two are not the same; type it  |
			| once more                            |
			|                                      |
			+--------------------------------------+
		`,
	);
	const asked = view(small('old', 'enter', checked(other), next, 'enter', next, 'enter'), {ascii: true});
	assert.match(asked, /After this `1b4e28ba` \(a passphrase\) \|\n\| opens nothing\./);
	assert.match(asked, /esc keep it +y drop it/);
});

test('a weak passphrase is asked about', () => {
	assert.match(view(changing('old', 'enter', checked(), 'horse', 'enter')), /Use it all the same\?/);
});

test('a spinner says that the passphrase is changed, and a failure is told whole', () => {
	const typed = ['old', 'enter', checked(), next, 'enter', next, 'enter'] as const;
	assert.match(view(changing(...typed)), /│ ⠋ Changing the passphrase +│/);
	const message = 'the vault has a new key: unlock it again';
	const rekeyed = failed('change-passphrase', 'rekeyed', message, 'nothing was written');
	const said = 'The vault has a new key: ctrl\\+t asks for its passphrase, what you type stays.';
	for (const state of [changing(...typed, rekeyed), small(...typed, rekeyed)])
		assert.match(view(state).replace(/[│\s]+/g, ' '), new RegExp(`✖ ${said}`));
});
