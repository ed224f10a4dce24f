import assert from 'node:assert/strict';
import {test} from 'node:test';
import {workOf} from '../../../source/domain/under-way-work.js';
import {HealthView} from '../../../source/ui/screens/health.js';
import {storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {rotationOf} from '../../helpers/journals.js';
import {openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const health = viewer(['health'], props => <HealthView {...props} />);

test('health lists credentials that need care, most urgent first, with advice on the selected one', () => {
	assert.equal(
		health(played(openedApp({rows: 14}), 'H')),
		picture`
			╭─ Health · 9 of 20 need care · ↓ 7 more ──────────────────────────────────────╮
			│   name           health    why                                               │
			│ ❯ backups        expired   expired 9 days ago                                │
			│   invoices-azure expires   expires in 5 days                                 │
			│   prod           expires   expires in 16 days                                │
			│   dev            duplicate has the same secret as staging                    │
			│   staging        duplicate has the same secret as dev                        │
			│                                                                              │
			│ backups expired 9 days ago: make a new one at the provider, put it in with   │
			│ e, and revoke this one.                                                      │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('each kind of care has its own advice', () => {
	const advice = (row: number): string =>
		health(played(openedApp({columns: 200}), 'H', ...Array.from({length: row}, () => 'down')));
	assert.match(advice(2), /prod expires in 16 days: make a new one at the provider in time, and put it in with e\./);
	assert.match(advice(3), /dev has the same secret as staging: one that leaks opens both: give each its own\./);
	assert.match(advice(6), /this has 12: look at it with e: a character may be missing, or it is of another kind\./);
	assert.match(advice(8), /ci has not been changed for 200 days: make a new one at the provider, put it in with e/);
});

test('what was begun at a provider and waits is listed with the command that goes on', () => {
	const credentials = ['prod', 'web'].map(name => storedCredential(name, {changed: '2026-11-20T00:00:00Z'}));
	const works = [workOf(rotationOf('id-of-web', {step: 'off', until: '2026-11-24T11:00:00Z'}), false)];
	assert.match(
		health(played(openedApp({columns: 200, credentials, works}), 'H')),
		/❯ web +waits +has an old key to delete since 2026-11-24 11:00 UTC +│[\s\S]*go on with ctrl\+g/,
	);
});

test('a vault that needs no care shows the checks that were made', () => {
	const sound = storedCredential('sound', {changed: '2026-11-20T00:00:00Z'});
	assert.equal(
		health(played(openedApp({rows: 8, credentials: [sound]}), 'H')),
		picture`
			╭─ Health ─────────────────────────────────────────────────────────────────────╮
			│ ✓ Nothing needs care: none expires within 30 days, is older than 90 days,    │
			│ shares a secret, looks wrong or has gone unused for 180 days.                │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the smallest window shows the whole advice, and the list in the remaining rows', () => {
	assert.equal(
		health(played(openedApp(smallest), 'H')),
		picture`
			╭─ Health · 9 of 20 · ↓ 10 more ───────╮
			│ ❯ backups        expired 9 days ago  │
			│   invoices-azure expires in 5 days   │
			│ backups expired 9 days ago: make a   │
			│ new one at the provider, put it in   │
			│ with e, and revoke this one.         │
			╰──────────────────────────────────────╯
		`,
	);
	assert.equal(
		health(played(openedApp(smallest), 'H', 'end')),
		picture`
			╭─ Health · 9 of 20 ───────────────────╮
			│ ❯ mirror-linode  has not been used … │
			│ mirror-linode has not been used here │
			│ for 201 days: if nothing needs it    │
			│ any more, revoke it at the provider  │
			│ and delete it with d.                │
			╰──────────────────────────────────────╯
		`,
	);
});

test('advice that is longer than the window keeps the selected row visible', () => {
	const odd = storedCredential('a-name-of-forty-cells-for-a-credential-x', {expires: '2026-11-01'});
	const frame = health(played(openedApp({...smallest, credentials: [odd]}), 'H', 'down'));
	assert.match(frame, /│ ❯ a-name-o…ntial-x has not been cha… │\n│ a-name-of-forty/);
});

test('a wide window shows the whole reason', () => {
	assert.match(
		health(played(openedApp({columns: 120}), 'H')),
		/ {2}legacy-billing +check +Access key ID: AWS access key ids have 20 characters, this has 12 /,
	);
});

const plaintext = {keys: 7, files: [{path: '/home/me/.aws/credentials', keys: 7, isOpen: true}]};

test('what lies in clear on this machine stands above, once it is counted, and i leads there', () => {
	const sound = storedCredential('sound', {changed: '2026-11-20T00:00:00Z'});
	const before = played(openedApp({rows: 9, credentials: [sound]}), 'H');
	assert.doesNotMatch(health(before), /plaintext/);
	assert.equal(played(before, 'i').screen.kind, 'health');
	const counted = played(before, {type: 'plaintext-counted', plaintext});
	assert.equal(
		health(counted),
		picture`
			╭─ Health ─────────────────────────────────────────────────────────────────────╮
			│ 7 keys in plaintext on this machine: i shows what can be done about each     │
			│ ✓ Nothing needs care: none expires within 30 days, is older than 90 days,    │
			│ shares a secret, looks wrong or has gone unused for 180 days.                │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
	assert.equal(played(counted, 'i').screen.kind, 'import');
	const none = played(before, {type: 'plaintext-counted', plaintext: {keys: 0, files: []}});
	assert.equal(health(none), health(before));
});

test('what is counted comes too late for another screen, and fits above a long list in the smallest window', () => {
	const list = played(openedApp(), 'H', 'esc', {type: 'plaintext-counted', plaintext});
	assert.equal(list.screen.kind, 'list');
	const small = played(openedApp(smallest), 'H', {type: 'plaintext-counted', plaintext});
	assert.match(health(small), /7 keys in plaintext/);
});
