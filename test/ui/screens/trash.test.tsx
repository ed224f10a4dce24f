import assert from 'node:assert/strict';
import {test} from 'node:test';
import {TrashView} from '../../../source/ui/screens/trash.js';
import {storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const trash = viewer(['trash'], props => <TrashView {...props} />);
const many = Array.from({length: 40}, (_, index) => ({
	...storedCredential(`gone-${index}`),
	deleted: '2026-11-20T00:00:00Z',
}));

test('the trash lists deleted credentials, newest first, with their age and remaining days', () => {
	assert.equal(
		trash(played(openedApp({rows: 9}), 'T')),
		picture`
			╭─ Trash 2 ────────────────────────────────────────────────────────────────────╮
			│   name     provider id                   deleted        stays                │
			│ ❯ old-prod aws      AKIAOLDPROD5GEXAMPLE 6 days ago     24 days              │
			│   sandbox  generic                       3 weeks ago    3 days               │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('down moves the cursor to the next credential', () => {
	assert.match(trash(played(openedApp(), 'T', 'down')), /│ ❯ sandbox /);
});

test('an empty trash says so, and how long deleted credentials stay', () => {
	assert.equal(
		trash(played(openedApp({rows: 8, trash: []}), 'T')),
		picture`
			╭─ Trash 0 ────────────────────────────────────────────────────────────────────╮
			│ Nothing is in the trash. What is deleted stays here for 30 days.             │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the title counts the rows below the window until the end is visible', () => {
	const top = trash(played(openedApp({trash: many}), 'T'));
	assert.match(top, /^╭─ Trash 40 · ↓ 22 more ─/);
	assert.match(top, /│ ❯ gone-39 /);
	const end = trash(played(openedApp({trash: many}), 'T', 'end'));
	assert.match(end, /^╭─ Trash 40 ─/);
	assert.match(end, /│ ❯ gone-0 [^\n]+\n╰/);
});

test('a narrow window shows short ages and leaves out ids', () => {
	assert.equal(
		trash(played(openedApp(smallest), 'T')),
		picture`
			╭─ Trash 2 ────────────────────────────╮
			│   name     provider deleted  stays   │
			│ ❯ old-prod aws      6d ago   24 days │
			│   sandbox  generic  3w ago   3 days  │
			│                                      │
			│                                      │
			╰──────────────────────────────────────╯
		`,
	);
});

test('a wider window shows more columns', () => {
	const heads = (columns: number): readonly string[] =>
		trash(played(openedApp({columns}), 'T'))
			.split('\n')[1]
			?.match(/[a-z]+/g) ?? [];
	assert.deepEqual(heads(smallest.columns), ['name', 'provider', 'deleted', 'stays']);
	assert.deepEqual(heads(50), ['name', 'provider', 'id', 'deleted', 'stays']);
});

test('a name is whole while anything else can give way, and is cut in its middle after that', () => {
	const long = {...storedCredential('a-name-that-is-long-enough-for-any-table'), deleted: '2026-11-20T00:00:00Z'};
	const shown = (columns: number) => trash(played(openedApp({columns, trash: [long]}), 'T'));
	assert.match(shown(64), /│ ❯ a-name-that-is-long-enough-for-any-table 4d ago +26 days +│/);
	assert.match(shown(smallest.columns), /│ ❯ a-name-that-is-lo…gh-for-any-table │/);
});
