import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {createServer, Socket} from 'node:net';
import path from 'node:path';
import {withLock} from '../files/lock.js';
import {removeQuietly} from '../files/safe-file.js';
import {keyBytes} from '../vault/keys/cipher.js';
import type {Agent, Reply} from './agent.js';
import {Incoming} from './incoming.js';
import {connectionMs, parseRequest, type Request, requestLimit} from './protocol.js';

/** How many clients may wait to be taken. */
const backlog = 1024;
/** How long the agent goes without a look at its times and its socket, in seconds. */
const lookSeconds = 30;
const lock = {what: "the agent's socket", waitMs: 2000};

/** An agent that listens, at a socket that nobody knows yet. */
export type Server = {
	/**
	 * Puts the socket at that path, if what is there still `isAs` it was found. Resolves to whether it did. From then on
	 * it serves until the agent holds nothing any more, or something else is at the path.
	 */
	place(socketPath: string, isAs: string | undefined): Promise<boolean>;
	/** Lets go of everything at once, removes the socket, and calls `onEnd`. */
	close(): Promise<void>;
};

/** Listens in that directory. `onEnd` is called when it has ended. */
export async function listen(agent: Agent, directory: string, onEnd: () => void): Promise<Server> {
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
		onEnd();
	}

	function look(): void {
		if (isClosed || placed === undefined) return;
		if (!agent.look() || !isOwn()) {
			close();
			return;
		}
		clearTimeout(timer);
		timer = setTimeout(look, Math.max(0.01, Math.min(lookSeconds, agent.next())) * 1000);
	}

	const server = createServer({pauseOnConnect: true}, accepted => {
		const connection = ownedBy(accepted, agent, look);
		connections.add(connection);
		connection.once('close', () => connections.delete(connection));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({path: draft, backlog}, resolve);
	});
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

/** Which file is at a path; undefined when there is none. */
export function identityOf(file: string): string | undefined {
	try {
		const {dev, ino} = fs.lstatSync(file, {bigint: true});
		return `${dev} ${ino}`;
	} catch {
		return undefined;
	}
}

/**
 * Serves one connection. Its bytes are read into memory of our own, since what Node.js reads into stays as it is; the
 * handle of an accepted connection is the only way to say so.
 */
function ownedBy(accepted: Socket, agent: Agent, onAnswered: () => void): Socket {
	const incoming = new Incoming(requestLimit + keyBytes);
	const buffer = Buffer.allocUnsafeSlow(requestLimit);
	let isBusy = false;

	const end = (): void => {
		incoming.wipe();
		connection.destroy();
	};

	async function next(): Promise<void> {
		if (isBusy) return;
		isBusy = true;
		try {
			for (let asked = take(incoming); asked !== undefined; asked = take(incoming)) {
				const answer = asked.request === undefined ? undefined : await agent.answer(asked.request, asked.key);
				if (answer === undefined) return end();
				await send(connection, answer);
				if (answer.isLast === true) {
					connection.end();
					break;
				}
			}
		} catch {
			end();
		} finally {
			isBusy = false;
			onAnswered();
		}
	}

	const onBytes = (length: number): boolean => {
		if (incoming.push(buffer.subarray(0, length))) next();
		else end();
		return true;
	};
	const {_handle: handle} = accepted as Socket & {readonly _handle: unknown};
	const connection = new Socket({handle, onread: {buffer, callback: onBytes}} as ConstructorParameters<
		typeof Socket
	>[0]);
	const timer = setTimeout(end, connectionMs);
	connection.on('error', end);
	connection.once('close', () => {
		clearTimeout(timer);
		incoming.wipe();
	});
	connection.resume();
	return connection;
}

type Asked = {readonly request: Request | undefined; readonly key?: Buffer};

/** The key of a request `add` comes after its line: until then the line is kept. */
const waiting = new WeakMap<Incoming, Request>();

/** The next request that has arrived whole; undefined when there is none yet. */
function take(incoming: Incoming): Asked | undefined {
	const held = waiting.get(incoming);
	const request = held ?? incoming.line(line => parseRequest(line.toString('utf8')) ?? 'none');
	if (request === undefined) return undefined;
	if (request === 'none') return {request: undefined};
	if (request.ask !== 'add') return {request};
	const key = incoming.take(keyBytes);
	if (key === undefined) {
		waiting.set(incoming, request);
		return undefined;
	}
	waiting.delete(incoming);
	return {request, key};
}

/** Sends a reply and fills it with zero once it is on its way. */
async function send(connection: Socket, {line, key}: Reply): Promise<void> {
	for (const bytes of [line, key]) {
		if (bytes === undefined) continue;
		await new Promise<void>((resolve, reject) => {
			connection.write(bytes, error => (error ? reject(error) : resolve()));
		}).finally(() => bytes.fill(0));
	}
}
