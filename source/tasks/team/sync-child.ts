// Runs as a process of its own, which the agent starts: it opens the connection and reads the vault, so that the agent
// does neither. A line with the vault's path and id comes over standard input, and then the key's raw bytes. The answer
// is a line of JSON.
import '../../platform/first.js';
import {readFileSync, writeSync} from 'node:fs';
import process from 'node:process';
import {PharmerError} from '../../domain/errors.js';
import {Unreachable} from '../../domain/exchange.js';
import {isObject} from '../../domain/json.js';
import {thisNetwork} from '../../network/this-network.js';
import {stopIfDebugged} from '../../platform/guard.js';
import {sync} from '../../team/sync.js';
import {fileVaultPlace} from '../../vault/file-vault.js';
import {keyBytes} from '../../vault/keys/cipher.js';
import type {Opener} from '../../vault/keys/opener.js';
import {teamWorld} from './team-world.js';
import {teaming} from './teaming.js';

stopIfDebugged();

/** Which vault, and its key. Throws for anything but what the agent writes. */
function given(): {readonly path: string; readonly key: Buffer} {
	const bytes = readFileSync(0);
	const end = bytes.indexOf('\n');
	const value: unknown = JSON.parse(bytes.toString('utf8', 0, Math.max(0, end)));
	const key = Buffer.from(bytes.subarray(end + 1));
	bytes.fill(0);
	if (!isObject(value) || typeof value.path !== 'string' || key.length !== keyBytes) throw new Error('not an agent');
	return {path: value.path, key};
}

/** How often it looks whether the agent is still there, in milliseconds. */
const lookMs = 1000;

async function main(): Promise<void> {
	const agent = process.ppid;
	setInterval(() => {
		// One that was killed can't end it.
		if (process.ppid !== agent) process.kill(process.pid, 'SIGTERM');
	}, lookMs).unref();
	const {path, key} = given();
	const lent: Opener = {open: async () => ({key, slotId: undefined})};
	const vault = await fileVaultPlace(path).open(lent, {staysOpen: true});
	const stop = new AbortController();
	const {reach, close} = teaming({...thisNetwork(process.env, stop.signal), signal: stop.signal}, process.env);
	process.once('SIGTERM', () => {
		key.fill(0);
		stop.abort();
		close();
		process.exit(143);
	});
	try {
		await sync(await teamWorld(vault, reach), 'poll');
	} finally {
		close();
		await vault.close();
	}
}

/** Why it failed, as a sentence without its full stop. */
function reasonOf(error: unknown): string {
	return error instanceof PharmerError || error instanceof Unreachable
		? error.message
		: 'it failed for no known reason';
}

const answer = await main().then(
	() => ({isDone: true}),
	(error: unknown) => ({failure: reasonOf(error)}),
);
writeSync(1, `${JSON.stringify(answer)}\n`);
