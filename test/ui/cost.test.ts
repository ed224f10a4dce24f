import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {searchedOf} from '../helpers/counted.js';
import {awsContent, secretKey, storedCredential} from '../helpers/credentials.js';
import {openTerminal} from '../helpers/terminal.js';

const count = 10_000;
const credentials = Array.from({length: count}, (_, index) =>
	storedCredential(`service-${index}`, {data: awsContent('any', {secretAccessKey: `${secretKey}${index}`}).data}),
);

async function open(context: TestContext) {
	const place = memoryVaultPlace({credentials, trash: []}, 'open sesame');
	const terminal = await openTerminal({place, columns: 120, rows: 40});
	context.after(() => terminal.close());
	await terminal.press('open sesame', 'enter');
	return terminal;
}

test('a step in a long list writes only the rows that differ', async context => {
	const terminal = await open(context);
	await terminal.press('j');
	const before = terminal.written().length;
	const steps = 20;
	for (let step = 0; step < steps; step++) await terminal.press('j');
	assert.match(terminal.screen(), /❯ +service-21 /);
	const bytes = (terminal.written().length - before) / steps;
	assert.ok(bytes > 0 && bytes < 1024, `${bytes} characters a key`);
});

test('marking and unmarking a long list does not search it for each credential', async context => {
	const terminal = await open(context);
	const searched = await searchedOf(async () => {
		await terminal.press('a');
		assert.match(terminal.screen(), /10,000 marked/);
		await terminal.press('a');
		assert.doesNotMatch(terminal.screen(), /marked/);
	});
	assert.ok(searched < 100 * count, `lists of ${searched} in all were searched`);
});

test('clearing the filter restores the list without sorting it again', async context => {
	const terminal = await open(context);
	const {credentials: before} = terminal.store.getState();
	await terminal.press('/', '9', 'esc');
	assert.equal(terminal.store.getState().credentials, before, 'nothing is put in order anew');
	assert.equal(terminal.store.getState().found, before);
});

test('a step at the end of a long list searches it a few times, however many keys ask for what is selected', async context => {
	const terminal = await open(context);
	await terminal.press('G');
	const searched = await searchedOf(() => terminal.press('k'));
	assert.match(terminal.screen(), /❯ +service-9998 /);
	assert.ok(searched < 3 * count, `lists of ${searched} in all were searched`);
});
