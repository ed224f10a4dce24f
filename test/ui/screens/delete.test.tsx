import assert from 'node:assert/strict';
import {test} from 'node:test';
import {DeleteView} from '../../../source/ui/screens/delete.js';
import {storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {on, openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const ask = viewer(['delete'], props => <DeleteView {...props} />);

test('the delete dialog says what goes, where to and for how long, and asks for the name', () => {
	assert.equal(
		ask(played(on('prod'), 'd')),
		picture`
			╭─ Delete prod? ─────────────────────────────────────────────────╮
			│ Amazon Web Services · AKIA…MPLE · made 2 months ago            │
			│ It goes to the trash for 30 days; until you leave, z brings it │
			│ back.                                                          │
			│                                                                │
			│ Type prod to delete it:                                        │
			│ ❯                                                              │
			│                                                                │
			│ esc keep it                             enter delete (not yet) │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a name that is typed in part does not let enter delete', () => {
	const frame = ask(played(on('prod'), 'd', 'pro'));
	assert.match(frame, /│ ❯ pro +│/);
	assert.match(frame, /enter delete \(not yet\) │/);
});

test('the whole name lets enter delete', () => {
	const frame = ask(played(on('prod'), 'd', 'prod'));
	assert.match(frame, /│ ❯ prod +│/);
	assert.match(frame, / enter delete │/);
	assert.doesNotMatch(frame, /not yet/);
});

test('a delete under way is a spinner in the place of the name', () => {
	assert.match(ask(played(on('prod'), 'd', 'prod', 'enter')), /│ ❯ ⠋ Deleting +│/);
});

test('of several the names are told, and their number is asked for', () => {
	assert.equal(
		ask(played(openedApp(), ' ', ' ', 'd')),
		picture`
			╭─ Delete 2 credentials? ────────────────────────────────────────╮
			│ backups, ci                                                    │
			│ They go to the trash for 30 days; until you leave, z brings    │
			│ them back.                                                     │
			│                                                                │
			│ Type delete 2 to delete them:                                  │
			│ ❯                                                              │
			│                                                                │
			│ esc keep it                             enter delete (not yet) │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('more names than have room are cut', () => {
	assert.match(
		ask(played(openedApp(), 'a', 'd')),
		/│ backups, ci, ci-temporary, dev, dns, legacy-billing, mail-rel… │/,
	);
});

test('a purge says that nothing brings it back', () => {
	const frame = ask(played(openedApp(), 'T', 'd'));
	assert.match(frame, /^╭─ Purge old-prod\? ─/);
	assert.match(frame, /│ It goes for good: nothing brings it back\. +│/);
	assert.match(frame, /│ Type old-prod to purge it: +│/);
	assert.match(frame, / enter purge \(not yet\) │/);
});

test('emptying the trash asks for the number of what goes', () => {
	const frame = ask(played(openedApp(), 'T', 'D'));
	assert.match(frame, /│ old-prod, sandbox +│/);
	assert.match(frame, /│ They go for good: nothing brings them back\. +│/);
	assert.match(frame, /│ Type purge 2 to purge them: +│/);
});

test('a credential without a public id is told by its provider and its age', () => {
	assert.match(ask(played(on('registry'), 'd')), /│ Generic · made 1 day ago +│/);
});

test('in the smallest window what goes, what is asked and what is typed have a row each; the footer has the keys', () => {
	assert.equal(
		ask(played(on('prod', smallest), 'd', 'pro')),
		picture`
			╭─ Delete prod? ───────────────────────╮
			│ Amazon Web Services · AKIA…MPLE · m… │
			│ It goes to the trash for 30 days;    │
			│ until you leave, z brings it back.   │
			│ Type prod to delete it:              │
			│ ❯ pro                                │
			╰──────────────────────────────────────╯
		`,
	);
});

test('a name of another who wrote the vault is shown as text that no terminal obeys', () => {
	const hostile = {
		...storedCredential('prod'),
		name: 'a\u001b[2Jb\u202e' as ReturnType<typeof storedCredential>['name'],
	};
	const frame = ask(played(openedApp({credentials: [hostile]}), 'd'));
	assert.match(frame, /Delete a\\u001b\[2Jb\\u202e\?/);
	assert.match(frame, /Type a\\u001b\[2Jb\\u202e to delete it:/);
});
