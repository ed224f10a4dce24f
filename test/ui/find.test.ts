import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import {awsContent, storedCredential} from '../helpers/credentials.js';
import {isColour, styleCodes} from '../helpers/style-codes.js';
import {openTerminal} from '../helpers/terminal.js';

const credentials = [
	storedCredential('aws-prod', {
		labels: new Map([['team', 'infra']]),
		expires: '2026-12-01',
		created: '2026-01-01T00:00:00Z',
	}),
	storedCredential('aws-staging', {created: '2026-11-01T00:00:00Z'}),
	storedCredential('registry-prod', {
		provider: 'generic',
		data: new Map([['password', new Secret('aws-hidden')]]),
		expires: '2026-11-30',
	}),
	...Array.from({length: 40}, (_, index) => storedCredential(`zone-${index}`)),
];

async function open(context: TestContext, columns = 80) {
	const place = memoryVaultPlace({credentials, trash: []}, 'open sesame');
	const terminal = await openTerminal({place, columns});
	context.after(() => terminal.close());
	await terminal.press('open sesame', 'enter');
	return {place, terminal};
}

const rows = (screen: string): readonly string[] =>
	[...screen.matchAll(/│ [❯ ] ([a-z][\w-]*) /g)].map(match => match[1] ?? '').filter(word => word !== 'name');

test('three letters in the filter select one of many credentials, and esc clears the filter', async context => {
	const {terminal} = await open(context);
	await terminal.press('/', 'r', 'e', 'g');
	assert.deepEqual(rows(terminal.screen()), ['registry-prod']);
	assert.match(terminal.screen(), /\/ reg +1 of 43/);
	await terminal.press('enter', 'enter');
	assert.match(terminal.screen(), /› registry-prod/);
	await terminal.press('esc');
	assert.deepEqual(rows(terminal.screen()), ['registry-prod'], 'the filter is kept on the way back');
	await terminal.press('esc');
	assert.match(terminal.screen(), /❯ registry-prod/, 'the selection is kept when all are shown again');
	assert.doesNotMatch(terminal.screen(), /of 43/);
});

test('command keys are text in the filter, and a paste goes into it', async context => {
	const {terminal} = await open(context);
	await terminal.burst('/', 'd', 'q', 'n');
	assert.match(terminal.screen(), /\/ dqn +0 of 43/);
	assert.match(terminal.screen(), /Nothing matches “dqn”/);
	await terminal.press('ctrl+u');
	await terminal.paste('aws-st');
	assert.deepEqual(rows(terminal.screen()), ['aws-staging']);
	assert.equal(terminal.outcome(), undefined);
});

test('a filter without a match names the closest credential', async context => {
	const {terminal} = await open(context);
	await terminal.press('/', 'registryy');
	assert.match(terminal.screen(), /The closest is registry-prod/);
	await terminal.press('enter', 'e');
	assert.match(terminal.screen(), /Nothing matches/, 'nothing is edited where nothing is selected');
});

test('the filter does not search secrets, and tag: and expires: narrow it', async context => {
	const {terminal} = await open(context);
	await terminal.press('/', 'hidden');
	assert.match(terminal.screen(), /0 of 43/);
	await terminal.press('ctrl+u', 'tag:infra');
	assert.deepEqual(rows(terminal.screen()), ['aws-prod']);
	await terminal.press('ctrl+u', 'expires:<30d');
	assert.deepEqual(rows(terminal.screen()).slice().sort(), ['aws-prod', 'registry-prod']);
});

test('matches are underlined without colour', async context => {
	const place = memoryVaultPlace({credentials, trash: []}, 'open sesame');
	const terminal = await openTerminal({place, color: false});
	context.after(() => terminal.close());
	await terminal.press('open sesame', 'enter', '/', 'prod', 'enter');
	const codes = [...styleCodes(terminal.written())];
	assert.ok(codes.includes(4));
	assert.deepEqual(codes.filter(isColour), []);
});

test('s sorts by provider, then newest first, then by expiry', async context => {
	const {terminal} = await open(context);
	assert.equal(rows(terminal.screen())[0], 'aws-prod');
	await terminal.press('s');
	assert.match(terminal.screen(), /by provider/);
	await terminal.press('s');
	assert.match(terminal.screen(), /newest first/);
	await terminal.press('g');
	assert.equal(rows(terminal.screen())[0], 'aws-staging');
	await terminal.press('s', 'g');
	assert.deepEqual(rows(terminal.screen()).slice(0, 2), ['registry-prod', 'aws-prod']);
	assert.match(terminal.screen(), /❯ registry-prod/);
});

test('selection and filter survive outside changes and resizes, and a new credential is selected', async context => {
	const {place, terminal} = await open(context);
	await terminal.press('/', 'zone', 'enter', 'j', 'j');
	const selected = /❯ (\S+)/.exec(terminal.screen())?.[1];
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(now => addCredential(now, awsContent('zone-new'), new Date()));
	await terminal.settle();
	assert.match(terminal.screen(), new RegExp(`❯ ${selected}`));
	assert.match(terminal.screen(), /41 of 44/);
	for (const [columns, rows] of [
		[140, 40],
		[40, 12],
		[80, 24],
	] as const)
		await terminal.resize(columns, rows);
	assert.match(terminal.screen(), new RegExp(`❯ ${selected}`));
	await terminal.press(
		'n',
		'enter',
		'another',
		'enter',
		'enter',
		'AKIAQ4J5K6L7M2N3P4Q5',
		'enter',
		'x'.repeat(40),
		'enter',
		'enter',
		'enter',
		'enter',
	);
	assert.match(terminal.screen(), /❯ another/);
});
