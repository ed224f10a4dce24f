import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {keyId, storedCredential} from '../helpers/credentials.js';
import {openApp} from '../helpers/opened.js';

const fresh = '2026-11-20T00:00:00Z';
const other = (text: string): Map<string, Secret> =>
	new Map([
		['accessKeyID', new Secret(keyId)],
		['secretAccessKey', new Secret(text.repeat(40))],
	]);

test('health lists the credentials that need care, most urgent first, and enter opens one', async context => {
	const {terminal} = await openApp(
		context,
		[
			storedCredential('sound', {changed: fresh, data: other('a')}),
			storedCredential('gone', {changed: fresh, data: other('b'), expires: '2026-11-01'}),
			storedCredential('soon', {changed: fresh, data: other('c'), expires: '2026-12-01'}),
			storedCredential('twin-1', {changed: fresh, data: other('d')}),
			storedCredential('twin-2', {changed: fresh, data: other('d')}),
			storedCredential('odd', {changed: fresh, data: other('e').set('accessKeyID', new Secret('short'))}),
			storedCredential('old', {data: other('f')}),
		],
		{columns: 120, rows: 30},
	);
	assert.match(terminal.screen(), /gone +aws +\S+ +10mo +expired/);
	assert.match(terminal.screen(), /soon +aws .*in 7 days/);
	assert.match(terminal.screen(), /twin-1 +aws .*duplicate/);
	assert.match(terminal.screen(), /odd +aws .*check/);
	assert.match(terminal.screen(), /old +aws .* old /);
	assert.match(terminal.screen(), /sound +aws +\S+ +10mo +│/);
	await terminal.press('H');
	assert.match(terminal.screen(), /Health · 6 of 7 need care/);
	const names = [...terminal.screen().matchAll(/│ [❯ ] ([a-z][\w-]*) /g)]
		.map(match => match[1])
		.filter(name => name !== 'name');
	assert.deepEqual(names, ['gone', 'soon', 'twin-1', 'twin-2', 'odd', 'old']);
	await terminal.press('j', 'j');
	assert.match(terminal.screen(), /twin-1 has the same secret as twin-2: one that leaks opens both/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /› twin-1/);
	assert.match(terminal.screen(), /duplicate +has the same secret as twin-2/);
});

test('health says when nothing needs care', async context => {
	const {terminal} = await openApp(context, [storedCredential('sound', {changed: fresh})]);
	await terminal.press('H');
	assert.match(terminal.screen(), /Nothing needs care/);
});

test('the order and the columns of the list are saved, and f divides the window or not', async context => {
	const {terminal} = await openApp(context, [storedCredential('one'), storedCredential('two')], {
		columns: 120,
		rows: 30,
	});
	await terminal.press('s', 's');
	assert.deepEqual(
		terminal.saved().map(({sort}) => sort),
		['provider', 'age'],
	);
	await terminal.press('c', 'j', ' ', 'esc');
	assert.deepEqual(terminal.saved().at(-1)?.columns, ['provider', 'care', 'age', 'used', 'labels']);
	assert.match(terminal.screen(), /Access key ID/);
	await terminal.press('f');
	assert.doesNotMatch(terminal.screen(), /Access key ID/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /^╭─ one ─+╮$/m);
	await terminal.press('f');
	assert.match(terminal.screen(), /Credentials 2.*╮╭─ one/);
	await terminal.resize(99, 30);
	await terminal.press('f');
	assert.match(terminal.screen(), /A window of 100 columns has room for list and detail\./);
});

test('settings take effect at once and are saved', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press(',');
	assert.match(terminal.screen(), /theme +< terminal >/);
	await terminal.press('j', 'left', 'left', 'left');
	assert.match(terminal.screen(), /clipboard +< 10 seconds >/);
	await terminal.press('esc', 'y');
	assert.match(terminal.screen(), /cleared in 10 s/);
	assert.deepEqual(
		terminal.saved().map(({clipboardSeconds}) => clipboardSeconds),
		[30, 20, 10],
	);
	await terminal.press(',', 'right', 'esc');
	assert.equal(terminal.saved().at(-1)?.theme, 'light');
});

test('a click selects, a second click opens, the wheel scrolls, and a click on a footer key presses it', async context => {
	const {terminal} = await openApp(context, ['a', 'b', 'c', 'd', 'e']);
	const click = async (column: number, row: number): Promise<void> => {
		terminal.store.dispatch({type: 'mouse', action: {kind: 'click', column, row}});
		await terminal.settle();
	};
	const rowOf = (text: string): number => terminal.lines().findIndex(line => line.includes(text));
	await click(5, rowOf('  c '));
	assert.match(terminal.screen(), /❯ c /);
	terminal.store.dispatch({type: 'mouse', action: {kind: 'wheel-up', column: 5, row: 5}});
	await terminal.settle();
	assert.match(terminal.screen(), /❯ a /);
	await click(5, rowOf('  b '));
	await click(5, rowOf('❯ b '));
	assert.match(terminal.screen(), /› b/);
	const footer = terminal.lines().at(-1) ?? '';
	await click(footer.indexOf('e edit'), terminal.lines().length - 1);
	assert.match(terminal.screen(), /b · editing/);
});

test('health names a few of many credentials that share a secret, and counts the others', async context => {
	const shared = Array.from({length: 10_000}, (_, index) => storedCredential(`twin-${String(index).padStart(5, '0')}`));
	const {terminal} = await openApp(context, shared, {columns: 100});
	await terminal.press('H');
	assert.match(terminal.screen(), /has the same secret as twin-00001, twin-00002, twin-00003 and 9996 more/);
});

test('a message stays until another view opens', async context => {
	const {terminal} = await openApp(context, ['prod', 'other']);
	await terminal.press('d', 'y');
	assert.match(terminal.screen(), /Deleted other/);
	await terminal.press('j');
	assert.match(terminal.screen(), /Deleted other/, 'moving on in the list it may still be read');
	await terminal.press('H');
	assert.doesNotMatch(terminal.screen(), /Deleted other/);
});

test('an edit started in health returns to health', async context => {
	const {terminal} = await openApp(context, [storedCredential('gone', {expires: '2026-11-01'})]);
	await terminal.press('H', 'e', 'esc');
	assert.match(terminal.screen(), /› health/);
	await terminal.press('e', 'up', 'shift+tab', 'ctrl+u', '+90', 'ctrl+s');
	assert.match(terminal.screen(), /› health/);
	assert.match(terminal.screen(), /Saved gone/);
	assert.doesNotMatch(terminal.screen(), /expired/);
});
