import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {openTerminal, type TerminalOptions} from '../helpers/terminal.js';

const machine = {
	'/home/me/.aws/credentials': `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`,
	'/home/me/keys/prod-eu.json': '{}',
	'/home/me/keys/prod-us.json': '{}',
	'/home/me/keys/staging/one.json': '{}',
	'/home/me/other.txt': '',
};

async function open(context: TestContext, options: Partial<TerminalOptions> = {}) {
	const place = memoryVaultPlace({credentials: [storedCredential('prod')], trash: []}, 'open sesame');
	const terminal = await openTerminal({place, machine, ...options});
	context.after(() => terminal.close());
	await terminal.press('open sesame', 'enter');
	return terminal;
}

const toFile = ['n', 'enter', 'mine', 'enter', 'down', 'down', 'enter'] as const;

test('tab completes a path in the wizard as far as it is clear, then goes through the names', async context => {
	const terminal = await open(context);
	await terminal.press(...toFile, '~/k', 'tab');
	assert.match(terminal.screen(), /❯ ~\/keys\/ /);
	await terminal.press('tab');
	assert.match(terminal.screen(), /prod-eu\.json {2}prod-us\.json {2}staging\//);
	await terminal.press('p', 'tab');
	assert.match(terminal.screen(), /❯ ~\/keys\/prod- [\s\S]*prod-eu\.json {2}prod-us\.json/);
	assert.doesNotMatch(terminal.screen(), /staging/);
	await terminal.press('tab');
	assert.match(terminal.screen(), /❯ ~\/keys\/prod-eu\.json /);
	await terminal.press('tab');
	assert.match(terminal.screen(), /❯ ~\/keys\/prod-us\.json /);
	await terminal.press('tab');
	assert.match(terminal.screen(), /❯ ~\/keys\/prod-eu\.json /, 'round again');
	await terminal.press('x', 'tab');
	assert.match(terminal.screen(), /Nothing there begins with that/);
	await terminal.press('shift+tab');
	assert.match(terminal.screen(), /Where do its values come from/);
});

test('the wizard offers the files that an import finds for the provider', async context => {
	const terminal = await open(context);
	await terminal.press(...toFile);
	assert.match(terminal.screen(), /Which file\?[\s\S]*~\/\.aws\/credentials/);
	await terminal.press('tab');
	assert.match(terminal.screen(), /❯ ~\/\.aws\/credentials /);
});

test('tab completes the place to look in and the file to export to', async context => {
	const terminal = await open(context);
	await terminal.press('i', 'o', '/home/me/o', 'tab');
	assert.match(terminal.screen(), /❯ \/home\/me\/other\.txt /);
	await terminal.press('esc', 'esc', 'x', '~/keys/', 'tab');
	assert.match(terminal.screen(), /❯ ~\/keys\/ [\s\S]*prod-eu\.json {2}prod-us\.json/);
});

test('a path that is typed on while names are looked for stays', async context => {
	const terminal = await open(context);
	await terminal.press(...toFile);
	await terminal.burst('~/k', 'tab', 'e');
	await terminal.settle();
	assert.match(terminal.screen(), /❯ ~\/ke /);
});

test('a screen reader hears the names', async context => {
	const terminal = await open(context, {linear: true});
	await terminal.press(...toFile, '~/keys/', 'tab');
	assert.match(terminal.screen(), /tab goes through: prod-eu\.json, prod-us\.json, staging\//);
});
