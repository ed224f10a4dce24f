import fs from 'node:fs';
import {createServer, Socket} from 'node:net';
import path from 'node:path';
import {keyBytes} from '../vault/keys/cipher.js';
import type {Agent, Reply} from './agent.js';
import {Incoming} from './incoming.js';
import {connectionMs, parseRequest, type Request, requestLimit} from './protocol.js';

/** How many clients may wait to be taken. */
const backlog = 1024;
/** How long the agent goes without a look at its times and its socket, in seconds. */
const lookSeconds = 30;

/**
 * Serves an agent at a socket until it holds nothing any more, the socket is somebody else's, or `close` is called;
 * then calls `onEnd`. The socket is made under another name and takes its place whole, whatever is there.
 */
export async function serve(
	agent: Agent,
	socketPath: string,
	onEnd: () => void,
): Promise<{readonly close: () => void}> {
	// As long as the real name, so that it fits if that does.
	const draft = path.join(path.dirname(socketPath), `new${String(process.pid).padStart(7, '0').slice(-7)}`);
	const connections = new Set<Socket>();
	let own: string | undefined;
	let timer: NodeJS.Timeout | undefined;

	const isOwn = (): boolean => own !== undefined && own === identityOf(socketPath);

	function close(): void {
		clearTimeout(timer);
		agent.close();
		for (const connection of connections) connection.destroy();
		server.close();
		if (isOwn()) removeQuietly(socketPath);
		onEnd();
	}

	function look(): void {
		if (!agent.look() || !isOwn()) return close();
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
	own = identityOf(draft);
	fs.renameSync(draft, socketPath);
	look();
	return {close};
}

/** Which file is at a path; undefined when there is none. */
function identityOf(file: string): string | undefined {
	try {
		const {dev, ino} = fs.lstatSync(file, {bigint: true});
		return `${dev} ${ino}`;
	} catch {
		return undefined;
	}
}

function removeQuietly(file: string): void {
	try {
		fs.unlinkSync(file);
	} catch {}
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
	const connection = new Socket({handle, onread: {buffer, callback: onBytes}} as ConstructorParameters<typeof Socket>[0]);
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
