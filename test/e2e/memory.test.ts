import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assertNoKey, canaries, counted, noScan, putCanaries} from '../helpers/canary-vault.js';
import {openProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, usualVault} from '../helpers/quick-vault.js';

const skip = noScan;
const secrets = canaries();

test('a locked app has no key in its memory', {skip}, async context => {
	const home = temporaryHome(context);
	const {keys, all} = await putCanaries(usualVault(home));
	const app = openProgram(context, {home, columns: 120});
	await app.see(/vault is locked/);
	app.press(passphrase, 'enter');
	await app.see(/Credentials 3/);
	app.press('r');
	await app.see(new RegExp(secrets[0] ?? ''));
	app.press('down', 'r');
	await app.see(new RegExp(secrets[1] ?? ''));
	app.press('e', 'down', 'down', 'down', 'eu-west-9');
	await app.see(/eu-west-9/);
	const open = counted(context, 'unlocked', app.pid, all);
	assert.ok((open['vault key'] ?? 0) > 0, 'a key that is there is found');
	app.press('ctrl+x');
	await app.see(/Your draft is kept/);
	assertNoKey(counted(context, 'locked', app.pid, all), keys);
	app.press(passphrase, 'enter');
	await app.see(/eu-west-9/);
	app.press('ctrl+s');
	await app.gone(/editing/);
	app.press('ctrl+x');
	await app.see(/vault is locked/);
	assertNoKey(counted(context, 'locked again', app.pid, all), keys);
});

test('no key is in the memory of pharmer while a command runs with credentials', {skip}, async context => {
	const home = temporaryHome(context);
	const {keys, all} = await putCanaries(usualVault(home));
	const terminal = openProgram(context, {args: ['exec', 'aws-0', '--', 'sh', '-c', 'echo running; cat'], home});
	await terminal.see(/Passphrase:/);
	terminal.press(passphrase, 'enter');
	await terminal.see(/running/);
	assertNoKey(counted(context, 'while a command runs', terminal.pid, all), keys);
});
