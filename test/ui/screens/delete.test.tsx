import assert from 'node:assert/strict';
import {test} from 'node:test';
import {listScreen} from '../../../source/app/screens/browse/browse-screen.js';
import {deleteScreen} from '../../../source/app/screens/delete.js';
import {defaultSettings} from '../../../source/domain/settings.js';
import {DeleteView} from '../../../source/ui/screens/delete.js';
import {storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {on, openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const ask = viewer(['delete'], props => <DeleteView {...props} />);

/** The settings in which a delete asks for the name. */
const named = {settings: {...defaultSettings, deleteAsks: 'name'}} as const;

test('the delete dialog describes the credential, mentions the trash, and asks for a y', () => {
	assert.equal(
		ask(played(on('prod'), 'd')),
		picture`
			╭─ Delete prod? ─────────────────────────────────────────────────╮
			│ Amazon Web Services · AKIA…MPLE · used 2 hours ago             │
			│ It goes to the trash for 30 days; until you leave, z brings it │
			│ back.                                                          │
			│                                                                │
			│ esc keep it                                           y delete │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
	assert.match(ask(played(openedApp(), ' ', ' ', 'd')), /^╭─ Delete 2 credentials\? ─+╮\n│ backups, ci +│/);
});

test('a y counts once the question was drawn, enter never, and a spinner replaces the keys then', () => {
	const asked = played(on('prod'), 'd');
	assert.match(ask(played(asked, 'y')), /y delete/, 'typed ahead');
	assert.equal(played(asked, {type: 'drawn'}, 'enter').screen.kind, 'list');
	assert.equal(played(asked, {type: 'drawn'}, 'esc').screen.kind, 'list');
	assert.match(ask(played(asked, {type: 'drawn'}, 'y')), /│ ⠋ Deleting +│/);
});

test('the smallest window has the whole question', () => {
	assert.equal(
		ask(played(on('prod', smallest), 'd')),
		picture`
			╭─ Delete prod? ───────────────────────╮
			│ Amazon Web Services · AKIA…MPLE · u… │
			│ It goes to the trash for 30 days;    │
			│ until you leave, z brings it back.   │
			│                                      │
			│ esc keep it                 y delete │
			╰──────────────────────────────────────╯
		`,
	);
});

test('the delete dialog describes the credential, mentions the trash, and asks for the name', () => {
	assert.equal(
		ask(played(on('prod', named), 'd')),
		picture`
			╭─ Delete prod? ─────────────────────────────────────────────────╮
			│ Amazon Web Services · AKIA…MPLE · used 2 hours ago             │
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

test('a partly typed name does not enable delete', () => {
	const frame = ask(played(on('prod', named), 'd', 'pro'));
	assert.match(frame, /│ ❯ pro +│/);
	assert.match(frame, /enter delete \(not yet\) │/);
});

test('the whole name enables delete', () => {
	const frame = ask(played(on('prod', named), 'd', 'prod'));
	assert.match(frame, /│ ❯ prod +│/);
	assert.match(frame, / enter delete │/);
	assert.doesNotMatch(frame, /not yet/);
});

test('a spinner replaces the name during a delete', () => {
	assert.match(ask(played(on('prod', named), 'd', 'prod', 'enter')), /│ ❯ ⠋ Deleting +│/);
});

test('a delete of several lists their names and asks for their number', () => {
	assert.equal(
		ask(played(openedApp(named), ' ', ' ', 'd')),
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

test('names that do not fit are cut', () => {
	assert.match(
		ask(played(openedApp(named), 'a', 'd')),
		/│ backups, ci, ci-temporary, dev, dns, do-kubernetes, {12}│\n│ edge-zones, gcp-warehouse, hetzner-runners, invoices-azure, l… │/,
	);
});

test('the purge dialog says that a purge is permanent', () => {
	const frame = ask(played(openedApp(), 'T', 'd'));
	assert.match(frame, /^╭─ Purge old-prod\? ─/);
	assert.match(frame, /│ It is deleted for good, with its versions\. +│/);
	assert.match(frame, /│ Type old-prod to purge it: +│/);
	assert.match(frame, / enter purge \(not yet\) │/);
});

test('a purge names the closed files that it keeps from being put back, also in the smallest window', () => {
	const trash = [{...storedCredential('old'), deleted: '2026-01-02T03:04:05Z'}];
	const world = {credentials: [storedCredential('prod')], trash, closed: [['id-of-old', 'id-of-prod'], ['id-of-prod']]};
	assert.match(ask(played(openedApp(world), 'T', 'd')), /│ 1 closed file can't be put back\. +│/);
	const credential = storedCredential('prod');
	const narrow = {
		...openedApp({...world, ...smallest}),
		screen: deleteScreen([credential], listScreen, 'purge-versions'),
	};
	assert.equal(
		ask(narrow),
		picture`
			╭─ Purge the versions of prod? ────────╮
			│ Earlier versions are deleted for     │
			│ good; the current one stays.         │
			│ 2 closed files can't be put back.    │
			│ Type prod to purge them:             │
			│ ❯                                    │
			╰──────────────────────────────────────╯
		`,
	);
	const high = ask({...narrow, size: {columns: 40, rows: 24}});
	assert.match(high, /Type prod to purge them:/);
	assert.match(high, /esc keep it/);
});

test('emptying the trash asks for the number of credentials', () => {
	const frame = ask(played(openedApp(), 'T', 'D'));
	assert.match(frame, /│ old-prod, sandbox +│/);
	assert.match(frame, /│ They are deleted for good, with their versions\. +│/);
	assert.match(frame, /│ Type purge 2 to purge them: +│/);
});

test('a credential without a public id is described by its provider and last use, or else its age', () => {
	assert.match(ask(played(on('registry'), 'd')), /│ Generic · used 3 hours ago +│/);
	assert.match(ask(played(on('mail-relay'), 'd')), /│ Generic · made 2 days ago +│/);
});

test('the smallest window leaves out the row of keys and the empty rows', () => {
	assert.equal(
		ask(played(on('prod', {...smallest, ...named}), 'd', 'pro')),
		picture`
			╭─ Delete prod? ───────────────────────╮
			│ Amazon Web Services · AKIA…MPLE · u… │
			│ It goes to the trash for 30 days;    │
			│ until you leave, z brings it back.   │
			│ Type prod to delete it:              │
			│ ❯ pro                                │
			╰──────────────────────────────────────╯
		`,
	);
});

test('unsafe characters in a name are escaped', () => {
	const hostile = {
		...storedCredential('prod'),
		name: 'a\u001b[2Jb\u202e' as ReturnType<typeof storedCredential>['name'],
	};
	const frame = ask(played(openedApp({credentials: [hostile], ...named}), 'd'));
	assert.match(frame, /Delete a\\u001b\[2Jb\\u202e\?/);
	assert.match(frame, /Type a\\u001b\[2Jb\\u202e to delete it:/);
});
