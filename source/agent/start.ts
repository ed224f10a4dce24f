import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {realpathSync} from 'node:fs';
import path from 'node:path';
import type {Readable, Writable} from 'node:stream';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {makeDirectory} from '../files/directory.js';
import {reason, systemCode} from '../files/errors.js';
import {isTaken} from '../files/safe-file.js';
import {
	exposedAncestor,
	isOurs,
	type SocketPlaces,
	safeDirectory,
	socketIn,
	socketPathLimit,
} from '../platform/agent-socket.js';
import type {TimedClearing} from './clearings.js';
import {readyLine, startLine} from './handshake.js';
import type {Lease} from './protocol.js';

/** How to start an agent: by this Node.js, its script, and for whom. */
export type Launch = {
	readonly node: string;
	readonly script: string;
	readonly environment: Environment;
	readonly places: SocketPlaces;
	/** How long it may take, in milliseconds: an agent that was there may not answer, or be about to end. */
	readonly patienceMs?: number;
};

/** What sharing a vault takes besides: the way to the network, and what git finds its user's keys by. */
const forSharing = [
	...['HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap(name => [name, name.toLowerCase()]),
	...['NODE_EXTRA_CA_CERTS', 'SSH_AUTH_SOCK', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'PHARMER_OFFLINE'],
];

/** What the agent's environment keeps: it needs nothing else, and it may hold secrets. */
const kept = ['HOME', 'PATH', 'LANG', 'TMPDIR', 'XDG_RUNTIME_DIR', ...forSharing];

/**
 * Starts an agent that holds a vault's key, or gives the key to one that is there by then. Resolves when it serves.
 * Throws `file` where there is no place for its socket, or it does not start, and `usage` on Windows.
 */
export async function startAgent(launch: Launch, lease: Lease, key: Buffer): Promise<void> {
	if (process.platform === 'win32')
		throw new PharmerError('usage', 'there is no agent on Windows yet', 'give the passphrase to each command');
	await start(launch, startLine(makeSocket(launch.places), lease), key);
}

/**
 * Starts an agent that holds no vault and empties a clipboard later, where it can be reached unless it `isAlone` or
 * there is no place for a socket. Throws `file` when it does not start.
 */
export async function startClearing(launch: Launch, timed: TimedClearing, isAlone: boolean): Promise<void> {
	await start(launch, startLine(isAlone ? undefined : socketOrNone(launch), timed), Buffer.alloc(0));
}

function socketOrNone({places}: Launch): string | undefined {
	try {
		return process.platform === 'win32' ? undefined : makeSocket(places);
	} catch (error) {
		if (error instanceof PharmerError) return undefined;
		throw error;
	}
}

/** Starts the process with that line and what follows it. */
async function start(
	{node, script, environment, patienceMs = 10_000}: Launch,
	line: string,
	key: Buffer,
): Promise<void> {
	// Node.js before 22.14 does not take it, and would not start.
	const flags = process.allowedNodeEnvironmentFlags.has('--disable-sigusr1') ? ['--disable-sigusr1'] : [];
	const own = [node, ...flags, script] as const;
	const [program, ...args] =
		process.platform === 'win32' ? own : (['/bin/sh', '-c', 'ulimit -c 0; exec "$@"', 'sh', ...own] as const);
	const child = spawn(program, args, {
		detached: true,
		windowsHide: true,
		cwd: path.parse(script).root,
		env: Object.fromEntries(kept.flatMap(name => (environment[name] ? [[name, environment[name]]] : []))),
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	child.unref();
	const started = readiness(child, patienceMs);
	child.stdin.on('error', () => {});
	child.stdin.write(line);
	child.stdin.end(key);
	const failure = await started;
	if (failure === undefined) return;
	throw new PharmerError('file', `the agent did not start: ${failure}`, 'the vault itself is as it was');
}

/** Resolves to why a new agent does not serve, undefined when it does. Ends one that says nothing for so long. */
async function readiness(child: ChildProcessByStdio<Writable, Readable, null>, waitMs: number) {
	let text = '';
	child.stdout.setEncoding('utf8').on('data', (part: string) => {
		text += part;
	});
	return new Promise<string | undefined>(resolve => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			resolve('it does not answer');
		}, waitMs);
		const end = (failure?: string): void => {
			clearTimeout(timer);
			resolve(failure);
		};
		child.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'an unknown error'));
		// It puts the output elsewhere once it serves.
		child.stdout.once('close', () => {
			if (text === readyLine) end();
		});
		// One that gave its key to another agent ends at once.
		child.once('close', (code, signal) => end(text === readyLine ? undefined : `it ended with ${signal ?? code}`));
	});
}

/** The socket in the first directory that nobody else can reach, which is made where it is missing. Throws `file`. */
function makeSocket({directories, runtime}: SocketPlaces): string {
	for (const directory of directories) {
		try {
			// The runtime directory is the system's to make, and may be somebody else's after `su`.
			const isWanted = path.dirname(directory) !== runtime || isOurs(runtime);
			if (isWanted && !isTaken(directory)) makeDirectory(directory);
		} catch (error) {
			throw noPlace(`\`${directory}\` can't be made: ${reason(systemCode(error) ?? 'nothing')}`);
		}
		const found = safeDirectory(directory);
		if (found === undefined) continue;
		const socket = socketIn(found);
		if (socket !== undefined) return socket;
		throw noPlace(`the path of \`${directory}\` is too long: a socket's has at most ${socketPathLimit} bytes`);
	}
	const last = directories.at(-1) ?? '';
	const exposed = isOurs(last) ? exposedAncestor(realpathSync(last)) : undefined;
	throw exposed === undefined
		? noPlace(`\`${last}\` is not a directory that only you can reach`, `remove it, or \`chmod 700 ${last}\``)
		: noPlace(`others can write in \`${exposed}\``, `\`chmod go-w ${exposed}\` keeps them out`);
}

function noPlace(why: string, hint?: string): PharmerError {
	return new PharmerError('file', `there is no place for the agent's socket: ${why}`, hint);
}
