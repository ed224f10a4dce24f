import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {makeDirectory} from '../files/directory.js';
import {reason, systemCode} from '../files/errors.js';
import {isOurs, type SocketPlaces, socketIn, socketPathLimit} from '../platform/agent-socket.js';
import {startLine} from './handshake.js';
import type {Lease} from './protocol.js';

/** How to start an agent: by this Node.js, its script, and for whom. */
export type Launch = {
	readonly node: string;
	readonly script: string;
	readonly environment: Environment;
	readonly places: SocketPlaces;
};

/** What the agent's environment keeps: it needs nothing else, and it may hold secrets. */
const kept = ['HOME', 'PATH', 'LANG', 'TMPDIR', 'XDG_RUNTIME_DIR'];

/**
 * Starts an agent that holds a vault's key, or gives the key to one that is there by then. Resolves when it serves.
 * Throws `file` where there is no place for its socket, or it does not start.
 */
export async function startAgent(
	{node, script, environment, places}: Launch,
	lease: Lease,
	key: Buffer,
): Promise<void> {
	const socket = makeSocket(places);
	// Node.js before 22.14 does not take it, and would not start.
	const flags = process.allowedNodeEnvironmentFlags.has('--disable-sigusr1') ? ['--disable-sigusr1'] : [];
	const child = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', node, ...flags, script], {
		detached: true,
		cwd: '/',
		env: Object.fromEntries(kept.flatMap(name => (environment[name] ? [[name, environment[name]]] : []))),
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	child.unref();
	const ready = new Promise<string>((resolve, reject) => {
		let text = '';
		child.once('error', reject);
		child.stdout.setEncoding('utf8').on('data', (part: string) => {
			text += part;
		});
		child.stdout.once('close', () => resolve(text));
	});
	child.stdin.on('error', () => {});
	child.stdin.write(startLine(socket, lease));
	child.stdin.end(key);
	const text = await ready.catch((error: NodeJS.ErrnoException) => error.code ?? 'an unknown error');
	if (text !== 'ready\n') throw new PharmerError('file', 'the agent did not start', 'the vault itself is as it was');
}

/** The socket in the first directory that nobody else can reach, which is made where it is missing. Throws `file`. */
function makeSocket({directories, runtime}: SocketPlaces): string {
	for (const directory of directories) {
		// The runtime directory is the system's to make, and may be somebody else's after `sudo -u`.
		if (runtime === path.dirname(directory) && !isOurs(runtime)) continue;
		try {
			if (fs.lstatSync(directory, {throwIfNoEntry: false}) === undefined) makeDirectory(directory);
		} catch (error) {
			throw noPlace(`\`${directory}\` can't be made: ${reason(systemCode(error) ?? 'nothing')}`);
		}
		if (!isOurs(directory)) continue;
		const socket = socketIn(directory);
		if (socket !== undefined) return socket;
		throw noPlace(`the path of \`${directory}\` is too long: a socket's has at most ${socketPathLimit} bytes`);
	}
	throw noPlace(`\`${directories.at(-1)}\` is not a directory that only you can reach`);
}

function noPlace(why: string): PharmerError {
	return new PharmerError('file', `there is no place for the agent's socket: ${why}`);
}
