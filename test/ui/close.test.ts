import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {closedFiles, oldBytesOf} from '../../source/vault/closed/section.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {fakeClosing} from '../helpers/fake-closing.js';
import {contentOf, openApp} from '../helpers/opened.js';

const path = '/home/me/.aws/credentials';
const text = `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;
const token = 'h'.repeat(64);
const machine = {
	[path]: [text, 0o600],
	'/home/me/.config/hcloud/cli.toml': [`[[contexts]]\nname = "x"\ntoken = "${token}"\n`, 0o644],
} as const;
const given = async () => ({accessKeyId: keyId, secretAccessKey: new Secret(secretKey)});

test('c closes the file of the row: the old text is in the vault, the new one where it was', async context => {
	const closing = fakeClosing(machine, given);
	const {place, terminal} = await openApp(context, ['prod'], {machine, closing: closing.machine});
	await terminal.press('i', 'c');
	assert.match(terminal.screen(), /Close this file\?[\s\S]*file {5}\/home\/me\/\.aws\/credentials[\s\S]*holds {4}prod/);
	assert.deepEqual([...closing.written], []);
	await terminal.press('y');
	assert.match(terminal.screen(), /prod +aws +AKIAQ4J5K6L7M2N3P4Q5 +closed/);
	assert.deepEqual(
		[...closing.written.values()],
		[['[default]\ncredential_process = /opt/pharmer aws credential-process prod\n', 0o600]],
	);
	const [file] = closedFiles(await contentOf(place)) ?? [];
	assert.ok(file);
	assert.deepEqual([oldBytesOf(file)?.toString(), file.isDone], [text, true]);
	assert.doesNotMatch(terminal.screen(), new RegExp(secretKey));
});

test('without the same keys from the agent the file is left, and the message says what to do', async context => {
	const closing = fakeClosing(machine);
	const {place, terminal} = await openApp(context, ['prod'], {machine, closing: closing.machine, columns: 200});
	await terminal.press('i', 'c', 'y');
	assert.match(terminal.screen(), /would not get the same keys for `default`; run `pharmer unlock` first/);
	assert.deepEqual([[...closing.written], closedFiles(await contentOf(place))], [[], []]);
});

test('a file with keys that the vault lacks is left', async context => {
	const closing = fakeClosing(machine, given);
	const {terminal} = await openApp(context, ['prod'], {machine, closing: closing.machine});
	await terminal.press('i', 'down', 'c');
	assert.match(terminal.screen(), /left {5}holds keys that the vault lacks: `x`/);
	await terminal.press('y', 'esc');
	assert.match(terminal.screen(), /On this machine/);
	assert.deepEqual([...closing.written], []);
});

test('health counts what lies in clear once it is opened, and i leads there', async context => {
	const {terminal} = await openApp(context, ['prod'], {machine});
	await terminal.press('H');
	// It is counted beside everything else.
	for (let turns = 0; turns < 500 && !/plaintext/.test(terminal.screen()); turns++) await terminal.settle();
	assert.match(terminal.screen(), /2 keys in plaintext on this machine: i shows what can be done about each/);
	await terminal.press('i');
	assert.match(terminal.screen(), /On this machine 2/);
});

test('where nothing is to be touched, as in the demo, that is said', async context => {
	const {terminal} = await openApp(context, ['prod'], {machine});
	await terminal.press('i', 'c');
	assert.match(terminal.screen(), /this is the demo: it does not touch your files/);
});
