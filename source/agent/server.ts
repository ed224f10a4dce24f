import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {createServer, type Socket} from 'node:net';
import path from 'node:path';
import {withLock} from '../files/lock.js';
import {removeQuietly} from '../files/safe-file.js';
import {identityOf} from '../platform/agent-socket.js';
import {isDebugged} from '../platform/guard.js';
import type {Agent} from './agent.js';
import {untilLook} from './looking.js';
import {serve} from './served.js';

/** How many clients may wait to be taken. */
const backlog = 1024;
/** How long a new agent may take to get its place, in milliseconds: whoever starts it waits for less. */
const startMs = 60_000;
const lock = {what: "the agent's socket", waitMs: 2000};

/** An agent that listens, at a socket that nobody knows yet. */
export type Server = {
	/**
	 * Puts the socket at that path, if what is there still `isAs` it was found. Resolves to whether it did. From then on
	 * it serves until the agent holds nothing any more, or something else is at the path.
	 */
	place(socketPath: string, isAs: string | undefined): Promise<boolean>;
	/** Lets go of everything at once, removes the socket, empties the clipboards, and calls `onEnd`. */
	close(): Promise<void>;
};

/**
 * Listens in that directory. `onEnd` is called when it has ended. It looks at its times and its socket with each
 * request, and at least every `lookSeconds`, 30 if left out.
 */
export async function listen(
	agent: Agent,
	directory: string,
	onEnd: () => void,
	lookSeconds?: number,
): Promise<Server> {
	removeDrafts(directory);
	// As long as the name it gets, so that it fits if that does.
	const draft = path.join(directory, `new${randomBytes(4).toString('hex').slice(1)}`);
	const connections = new Set<Socket>();
	let placed: {readonly path: string; readonly identity: string | undefined} | undefined;
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;

	const isOwn = (): boolean => placed !== undefined && placed.identity === identityOf(placed.path);

	async function close(): Promise<void> {
		if (isClosed) return;
		isClosed = true;
		clearTimeout(timer);
		agent.close();
		for (const connection of connections) connection.destroy();
		server.close();
		try {
			// Under the lock, so that it is not another agent's by then.
			if (placed !== undefined) await withLock(placed.path, () => isOwn() && removeQuietly(placed?.path ?? ''), lock);
		} catch {}
		await agent.cleared();
		onEnd();
	}

	function look(): void {
		if (isClosed || placed === undefined) return;
		if (isDebugged() || !agent.look() || !isOwn()) {
			close();
			return;
		}
		agent.readAhead();
		clearTimeout(timer);
		timer = setTimeout(look, untilLook(agent, lookSeconds));
	}

	const server = createServer({pauseOnConnect: true}, accepted => {
		const connection = serve(accepted, agent, look);
		connections.add(connection);
		connection.once('close', () => connections.delete(connection));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({path: draft, backlog}, resolve);
	});
	fs.chmodSync(draft, 0o600);
	server.on('error', () => {});
	return {
		async place(socketPath, isAs) {
			const identity = identityOf(draft);
			const put = (): boolean => {
				if (identityOf(socketPath) !== isAs) return false;
				fs.renameSync(draft, socketPath);
				return true;
			};
			if (!(await withLock(socketPath, put, lock))) return false;
			placed = {path: socketPath, identity};
			look();
			return true;
		},
		close,
	};
}

/** Removes the sockets of agents that were killed while they started. */
function removeDrafts(directory: string): void {
	for (const name of fs.readdirSync(directory).filter(each => /^new[0-9a-f]{7}$/.test(each))) {
		const draft = path.join(directory, name);
		const {mtimeMs} = fs.lstatSync(draft, {throwIfNoEntry: false}) ?? {mtimeMs: Date.now()};
		if (Date.now() - mtimeMs > startMs) removeQuietly(draft);
	}
}
