import {spawn} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {undoAtEnd} from './ending.js';
import type {KeyringAnswer} from './keyring-child.js';
import {toolEnvironment} from './tool.js';

/** Where the system keeps secrets of its user, by the names of entries. Each method throws `keyring`. */
export type Keyring = {
	/** The entry's bytes, for the caller to fill with zero; undefined when there is no such entry. */
	get(entry: string): Promise<Buffer | undefined>;
	set(entry: string, key: Buffer): Promise<void>;
	/** Resolves to whether there was such an entry. */
	remove(entry: string): Promise<boolean>;
};

/** How long the keyring may take for one task, in milliseconds. */
const patience = 5000;

const reasons: Readonly<Record<Exclude<KeyringAnswer, 'done' | 'gone'>, string>> = {
	missing: 'the package `@napi-rs/keyring` is not installed',
	unreachable: 'no keyring answers here; on Linux it takes a D-Bus session with a Secret Service',
	locked: 'it is locked, or its question was dismissed',
	silent: 'it does not answer',
	failed: 'it failed',
};

/** The keyring of the system: the Secret Service on Linux, the keychain on macOS, the credential manager on Windows. */
export function systemKeyring(environment: Environment): Keyring {
	const env = toolEnvironment(environment, process.platform);
	const {DBUS_SESSION_BUS_ADDRESS: bus} = environment;
	if (bus !== undefined) env.DBUS_SESSION_BUS_ADDRESS = bus;

	/** The bytes that came with the answer; undefined for an entry that is not there. */
	async function ask(task: 'get' | 'set' | 'remove', entry: string, key?: Buffer): Promise<Buffer | undefined> {
		const {answer, rest} = await run([task, entry], env, key);
		if (answer === 'done') return rest;
		if (answer === 'gone') return undefined;
		throw new PharmerError('keyring', `the system's keyring can't be used: ${reasons[answer]}`, 'nothing was changed');
	}

	return {
		get: entry => ask('get', entry),
		async set(entry, key) {
			await ask('set', entry, key);
		},
		remove: async entry => (await ask('remove', entry)) !== undefined,
	};
}

type Ended = {readonly answer: KeyringAnswer; readonly rest: Buffer};

/** What the other process answered within its time; it is killed when that is over, or this process ends. */
function run(args: readonly string[], env: Record<string, string>, input: Buffer | undefined): Promise<Ended> {
	return new Promise(resolve => {
		const script = join(import.meta.dirname, 'keyring-child.mjs');
		const child = spawn(process.execPath, [script, ...args], {
			stdio: ['pipe', 'pipe', 'ignore'],
			env,
			windowsHide: true,
		});
		const kill = () => child.kill('SIGKILL');
		const callOff = undoAtEnd(kill);
		const chunks: Buffer[] = [];
		const settle = (ended: Ended): void => {
			clearTimeout(timer);
			callOff();
			for (const chunk of chunks) chunk.fill(0);
			child.stdout.destroy();
			resolve(ended);
		};
		const timer = setTimeout(() => {
			kill();
			settle({answer: 'silent', rest: Buffer.alloc(0)});
		}, patience);
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.on('error', () => settle({answer: 'failed', rest: Buffer.alloc(0)}));
		child.on('close', () => settle(endedOf(Buffer.concat(chunks))));
		child.stdin.on('error', () => {});
		child.stdin.end(input);
	});
}

function endedOf(output: Buffer): Ended {
	const end = output.indexOf('\n');
	const word = output.toString('latin1', 0, Math.max(end, 0));
	if (word !== 'done' && word !== 'gone' && !(word in reasons)) return {answer: 'failed', rest: Buffer.alloc(0)};
	return {answer: word as KeyringAnswer, rest: output.subarray(end + 1)};
}
