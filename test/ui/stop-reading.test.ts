import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {keyId, secretKey} from '../helpers/credentials.js';
import {openApp, passphrase} from '../helpers/opened.js';

const dead = '/net-of-old/credentials';
const good = '/home/me/keys.json';
const machine = {[good]: JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey})};
const environment = {GOOGLE_APPLICATION_CREDENTIALS: dead};

const open = (context: TestContext) => openApp(context, ['prod'], {machine, environment, silent: [dead]});

/** What leads to a read that never ends. */
const reads = {
	'a file that was typed': ['n', 'enter', 'mine', 'enter', 'down', 'down', 'enter', dead, 'enter'],
	'a file that a variable names': ['n', 'google', 'enter', 'mine', 'enter', 'down', 'enter'],
	'a look elsewhere': ['i', 'o', dead, 'enter'],
} as const;

for (const [what, keys] of Object.entries(reads)) {
	// A look around reads what variables name too.
	const asked = async (context: TestContext) => {
		const opened = await openApp(context, ['prod'], {
			machine,
			environment: what === 'a look elsewhere' ? {} : environment,
			silent: [dead],
		});
		await opened.terminal.play(...keys);
		assert.match(opened.terminal.screen(), /⠋|⠙|⠹|⠸|⠼/);
		return opened.terminal;
	};

	test(`ctrl+x locks while ${what} does not answer, and the vault opens again`, async context => {
		const terminal = await asked(context);
		await terminal.press('ctrl+x');
		assert.match(terminal.screen(), /The vault is locked/);
		await terminal.play(passphrase, 'enter');
		assert.doesNotMatch(terminal.screen(), /The vault is locked/);
		assert.equal(terminal.store.getState().underWay.length, 0);
	});

	test(`the vault locks by itself while ${what} does not answer`, async context => {
		const terminal = await asked(context);
		await terminal.pass(5 * 60_000 + 1);
		assert.match(terminal.screen(), /The vault is locked/);
	});

	test(`the vault locks before ctrl+z while ${what} does not answer`, async context => {
		const terminal = await asked(context);
		let seen = '';
		terminal.onSuspend(() => {
			seen = terminal.store.getState().screen.kind;
		});
		await terminal.press('ctrl+z');
		assert.equal(seen, 'unlock');
	});

	test(`esc gives up ${what} that does not answer`, async context => {
		const terminal = await asked(context);
		assert.match(terminal.screen(), /esc stop/);
		await terminal.play('esc');
		assert.doesNotMatch(terminal.screen(), /⠋|⠙|⠹|⠸|⠼/);
		assert.equal(terminal.store.getState().underWay.length, 0);
	});
}

test('after esc the next file is read', async context => {
	const {terminal} = await open(context);
	await terminal.play(...reads['a file that was typed'], 'esc');
	assert.match(terminal.screen(), new RegExp(`Which file\\?[\\s\\S]*${dead}[\\s\\S]*Stopped: nothing was read`));
	await terminal.play('ctrl+u', good, 'enter');
	assert.match(terminal.screen(), new RegExp(`● review[\\s\\S]*${keyId}`));
});

test('a read that was given up before it began is not begun', async context => {
	const {terminal} = await open(context);
	await terminal.play('n', 'enter', 'mine', 'enter', 'down', 'down', 'enter', good);
	await terminal.burst('enter', 'esc');
	await terminal.settle();
	assert.match(terminal.screen(), /Which file\?/);
	assert.equal(terminal.store.getState().underWay.length, 0);
});

test('what is typed in the wizard is there again after a lock that gave up a read', async context => {
	const {terminal} = await open(context);
	await terminal.play(...reads['a file that was typed'], 'ctrl+x');
	assert.match(terminal.screen(), /The vault is locked/);
	await terminal.play(passphrase, 'enter');
	assert.match(terminal.screen(), new RegExp(`mine[\\s\\S]*Which file\\?[\\s\\S]*${dead}`));
});
