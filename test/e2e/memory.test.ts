import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {hkdfSync, scryptSync} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {parseEnvelope} from '../../source/vault/format/envelope.js';
import {type PassphraseSlot, passphraseOpener} from '../../source/vault/keys/passphrase.js';
import {keyId} from '../helpers/credentials.js';
import {countInMemory} from '../helpers/memory-scan.js';
import {openProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, usualVault} from '../helpers/quick-vault.js';

/** Assembled so that no scanner takes them for real keys. */
const secrets = ['ONE', 'TWO', 'THREE'].map(name => `CANARY${name}`.padEnd(40, 'k3m9'));

/** Whether the memory of a process that was started here can be read. Where CI is set on Linux it has to be. */
function canScan(): boolean {
	if (process.platform !== 'linux') return false;
	const child = spawn('sleep', ['60']);
	try {
		fs.closeSync(fs.openSync(`/proc/${child.pid}/mem`, 'r'));
		return true;
	} catch (error) {
		if (process.env.CI) throw error;
		return false;
	} finally {
		child.kill();
	}
}

const skip = canScan()
	? false
	: "SKIPPED: a process's memory can't be read here, so nothing is known of what stays in it";

/** A vault of three credentials, and what must not stay in memory. */
async function vaultAt(home: string) {
	const file = usualVault(home);
	await putVault(
		file,
		...secrets.map((secret, index) => [`aws-${index}`, 'aws', {accessKeyID: keyId, secretAccessKey: secret}] as const),
	);
	const {id, slots} = parseEnvelope(fs.readFileSync(file), file);
	const key = (await passphraseOpener(new Secret(passphrase)).open(id, slots))?.key ?? assert.fail();
	const [slot] = slots;
	const {n, r, p, salt} = (slot as PassphraseSlot).kdf;
	const limit = {N: n, r, p, maxmem: 2 ** 31};
	const keys = {
		'vault key': key,
		'derived wrapping key': scryptSync(passphrase, Buffer.from(salt, 'base64'), 32, limit),
		'draft key': Buffer.from(hkdfSync('sha256', key, '', 'pharmer draft in memory', 32)),
	};
	const texts = {passphrase, ...Object.fromEntries(secrets.map((secret, index) => [`secret ${index + 1}`, secret]))};
	const spellings = Object.entries(texts).flatMap(([name, text]) => [
		[name, Buffer.from(text)] as const,
		[`${name} in UTF-16`, Buffer.from(text, 'utf16le')] as const,
	]);
	return {keys, all: {...keys, ...Object.fromEntries(spellings)} as Readonly<Record<string, Buffer>>};
}

/** Counts everything in the process's memory and prints the counts. */
function counted(context: TestContext, when: string, pid: number, needles: Readonly<Record<string, Buffer>>) {
	const counts = countInMemory(pid, needles);
	const found = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
	context.diagnostic(`${when}: ${found.join(', ')}`);
	return counts;
}

function assertNoKey(counts: Readonly<Record<string, number>>, keys: Readonly<Record<string, Buffer>>): void {
	for (const name of Object.keys(keys)) assert.equal(counts[name], 0, `${name} in memory`);
}

test('a locked app has no key in its memory', {skip}, async context => {
	const home = temporaryHome(context);
	const {keys, all} = await vaultAt(home);
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
	const {keys, all} = await vaultAt(home);
	const terminal = openProgram(context, {args: ['exec', 'aws-0', '--', 'sh', '-c', 'echo running; cat'], home});
	await terminal.see(/Passphrase:/);
	terminal.press(passphrase, 'enter');
	await terminal.see(/running/);
	assertNoKey(counted(context, 'while a command runs', terminal.pid, all), keys);
});
