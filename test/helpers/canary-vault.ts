import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {hkdfSync, scryptSync} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {openedBytes, parseEnvelope} from '../../source/vault/format/envelope.js';
import {type PassphraseSlot, passphraseOpener} from '../../source/vault/keys/passphrase.js';
import {keyId} from './credentials.js';
import {countInMemory} from './memory-scan.js';
import {passphrase, putVault} from './quick-vault.js';

/** Byte strings to look for, by what they are. */
export type Needles = Readonly<Record<string, Buffer>>;

/** Assembled so that no scanner takes them for real keys. */
export const canaries = (prefix = 'CANARY'): readonly string[] =>
	['ONE', 'TWO', 'THREE'].map(name => `${prefix}${name}`.padEnd(40, 'k3m9'));

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

/** Why a scan of memory is skipped, if it is. */
export const noScan = canScan()
	? false
	: "SKIPPED: a process's memory can't be read here, so nothing is known of what stays in it";

/** Puts a vault of three credentials at a path. Returns what must not stay in memory. */
export async function putCanaries(file: string, secrets = canaries()) {
	await putVault(
		file,
		...secrets.map((secret, index) => [`aws-${index}`, 'aws', {accessKeyID: keyId, secretAccessKey: secret}] as const),
	);
	const envelope = parseEnvelope(fs.readFileSync(file), file);
	const {id, slots} = envelope;
	const key = (await passphraseOpener(new Secret(passphrase)).open(id, slots))?.key ?? assert.fail();
	const [slot] = slots;
	const {n, r, p, salt} = (slot as PassphraseSlot).kdf;
	const limit = {N: n, r, p, maxmem: 2 ** 31};
	const keys = {
		'vault key': key,
		'derived wrapping key': scryptSync(passphrase, Buffer.from(salt, 'base64'), 32, limit),
		'draft key': Buffer.from(hkdfSync('sha256', key, '', 'pharmer draft in memory', 32)),
		'key of the use log': Buffer.from(hkdfSync('sha256', key, '', 'pharmer use log', 32)),
	};
	const texts = {passphrase, ...Object.fromEntries(secrets.map((secret, index) => [`secret ${index + 1}`, secret]))};
	const spellings = Object.entries(texts).flatMap(([name, text]) => [
		[name, Buffer.from(text)] as const,
		[`${name} in UTF-16`, Buffer.from(text, 'utf16le')] as const,
	]);
	const content = openedBytes(envelope, key) ?? assert.fail();
	return {id, key, keys, content, all: {...keys, ...Object.fromEntries(spellings)} as Needles};
}

/** Counts everything in the process's memory and prints the counts. */
export function counted<Name extends string>(
	context: TestContext,
	when: string,
	pid: number,
	needles: Readonly<Record<Name, Buffer>>,
): Record<Name, number> {
	const counts = countInMemory(pid, needles);
	const found = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
	context.diagnostic(`${when}: ${found.join(', ')}`);
	return counts;
}

/** Throws when one of the keys was found. */
export function assertNoKey(counts: Readonly<Record<string, number>>, keys: Needles): void {
	for (const name of Object.keys(keys)) assert.equal(counts[name], 0, `${name} in memory`);
}
