import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {openApp, passphrase} from '../helpers/opened.js';
import {samplesOf} from '../helpers/samples.js';
import {serviceAccountText} from '../helpers/service-account.js';

const [oci = {}] = samplesOf('oci');
const {privateKey = ''} = oci;
const config = `[DEFAULT]\nuser=${oci.user}\ntenancy=${oci.tenancy}\nfingerprint=${oci.fingerprint}\nregion=${oci.region}\nkey_file=~/id_rsa\n`;
const machine = {'/home/me/id_rsa': privateKey, '/home/me/sa.json': serviceAccountText()};

async function open(context: TestContext, keys: readonly string[] = [], silent: readonly string[] = []) {
	const {terminal} = await openApp(context, ['prod'], {machine, silent});
	await terminal.play('n', ...keys);
	return {
		...terminal,
		/** Pastes, and waits for what the question needs to be answered. */
		async paste(text: string): Promise<void> {
			await terminal.paste(text);
			await terminal.play();
		},
	};
}

const places = {
	'the provider': [],
	'the name': ['enter'],
	'a field': ['oracle', 'enter', 'mine', 'enter', 'enter'],
} as const;

for (const [where, keys] of Object.entries(places)) {
	test(`a file that a paste into ${where} names is asked about, and y reads it`, async context => {
		const terminal = await open(context, keys);
		await terminal.paste(config);
		assert.match(terminal.screen(), /Read this file\?[\s\S]*takes fields from this file:[\s\S]* ~\/id_rsa /);
		await terminal.play('y');
		assert.match(terminal.screen(), /● review[\s\S]*Private key +•/);
		assert.doesNotMatch(terminal.written(), /PRIVATE KEY/);
		await terminal.play('esc');
		assert.match(terminal.screen(), /The paste is taken back/);
	});
}

for (const no of ['n', 'esc', 'enter'])
	test(`${no} fills in the rest, and says what is missing`, async context => {
		const terminal = await open(context);
		await terminal.paste(config);
		await terminal.play(no);
		assert.match(terminal.screen(), /Private key[\s\S]*it is not in what was pasted: type it in/);
		assert.match(terminal.screen(), /The file `~\/id_rsa` was not read\./);
		assert.match(terminal.screen(), /User OCID +ocid1\.user/);
	});

test('a y that was typed before the question reads nothing', async context => {
	const terminal = await open(context);
	await terminal.burst(`\u001b[200~${config.replaceAll('\n', '\r')}\u001b[201~`, 'y');
	await terminal.play();
	assert.match(terminal.screen(), /Read this file\?/);
	await terminal.play('esc');
	assert.match(terminal.screen(), /it is not in what was pasted/);
});

test('a variable that names a file is asked about over the review too', async context => {
	const terminal = await open(context);
	await terminal.paste(config);
	await terminal.play('y');
	await terminal.play('up', 'up');
	await terminal.paste('GOOGLE_APPLICATION_CREDENTIALS=/home/me/sa.json\n');
	assert.match(terminal.screen(), /Read this file\?[\s\S]* ~\/sa\.json /);
	await terminal.play('y');
	assert.match(terminal.screen(), /Filled as Google Cloud/);
});

test('a lock drops the question, and the draft is there again', async context => {
	const terminal = await open(context, ['enter', 'typed-name']);
	await terminal.paste(config);
	await terminal.play('ctrl+x');
	assert.match(terminal.screen(), /The vault is locked/);
	await terminal.play(passphrase, 'enter');
	assert.match(terminal.screen(), /What is it called\?[\s\S]*typed-name/);
});

test('a file that was agreed to and never answers can be given up, and the vault locks', async context => {
	const terminal = await open(context, [], ['/home/me/id_rsa']);
	await terminal.paste(config);
	await terminal.press('y');
	assert.match(terminal.screen(), /esc stop reading/);
	await terminal.play('esc');
	assert.match(terminal.screen(), /Whose credential is it\?[\s\S]*Stopped: nothing was read/);
	await terminal.paste(config);
	await terminal.press('y', 'ctrl+x');
	assert.match(terminal.screen(), /The vault is locked/);
});

test('many files are counted, and all of them can be gone through', async context => {
	const terminal = await open(context);
	const many = Array.from({length: 60}, (_, index) =>
		config.replace('DEFAULT', `p${index}`).replace('id_rsa', `key-${index}.pem`),
	);
	await terminal.paste(many.join(''));
	assert.match(terminal.screen(), /Read these 60 files\? · ↓ \d+ more/);
	assert.doesNotMatch(terminal.screen(), /key-59/);
	await terminal.play(...Array.from({length: 60}, () => 'down'));
	assert.match(terminal.screen(), /~\/key-59\.pem[\s\S]*Yes puts what is in them/);
});

test('a log that is pasted where a provider was chosen is said to be no credential', async context => {
	const terminal = await open(context, ['enter', 'typed']);
	await terminal.paste('2026-11-29: started\nlevel: info\n');
	assert.match(terminal.screen(), /❯ typed[\s\S]*Paste ignored: it is no credential that is known here\./);
});
