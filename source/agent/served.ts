import {Socket} from 'node:net';
import {keyBytes} from '../vault/keys/cipher.js';
import type {Agent, Reply} from './agent.js';
import {Incoming} from './incoming.js';
import {connectionMs, parseRequest, type Request, requestLimit} from './protocol.js';

/**
 * Serves one connection, and calls `onAnswered` when all is answered that has arrived. Its bytes are read into memory
 * of our own, since what Node.js reads into stays as it is; the handle of an accepted connection is the only way to
 * say so.
 */
export function serve(accepted: Socket, agent: Agent, onAnswered: () => void): Socket {
	const incoming = new Incoming(requestLimit + keyBytes);
	const buffer = Buffer.allocUnsafeSlow(requestLimit);
	/** The request `add` whose key has not arrived yet. */
	let waiting: Request | undefined;
	let isBusy = false;
	let isOver = false;

	/** Reads nothing more. */
	const stop = (): void => {
		isOver = true;
		incoming.wipe();
	};
	const cut = (): void => {
		stop();
		connection.destroy();
	};

	/** Answers the next request if it has arrived whole; resolves to whether it had. */
	async function answerNext(): Promise<boolean> {
		const request = waiting ?? incoming.line(line => parseRequest(line.toString('utf8')) ?? 'none');
		if (request === undefined) return false;
		if (request === 'none') {
			cut();
			return false;
		}
		waiting = request.ask === 'add' ? request : undefined;
		const key = waiting && incoming.take(keyBytes);
		if (waiting !== undefined && key === undefined) return false;
		waiting = undefined;
		if (request.ask === 'use') {
			await agent.note(request);
			return !isOver;
		}
		const answer = await agent.answer(request, key);
		if (answer.isLast === true) stop();
		await send(connection, answer);
		if (answer.isLast === true) connection.end();
		return !isOver;
	}

	async function answerAll(): Promise<void> {
		if (isBusy) return;
		isBusy = true;
		try {
			while (await answerNext());
		} catch {
			cut();
		} finally {
			isBusy = false;
			onAnswered();
		}
	}

	const onBytes = (length: number): boolean => {
		const piece = buffer.subarray(0, length);
		if (isOver) piece.fill(0);
		else if (incoming.push(piece)) answerAll();
		else cut();
		return true;
	};
	const {_handle: handle} = accepted as Socket & {readonly _handle: unknown};
	const connection = new Socket({handle, onread: {buffer, callback: onBytes}} as ConstructorParameters<
		typeof Socket
	>[0]);
	const timer = setTimeout(cut, connectionMs);
	connection.on('error', cut);
	connection.once('close', () => {
		clearTimeout(timer);
		stop();
	});
	connection.resume();
	return connection;
}

/** Sends a reply and fills it with zero once it is on its way, or never will be. */
async function send(connection: Socket, {line, key}: Reply): Promise<void> {
	try {
		for (const bytes of [line, key]) {
			if (bytes === undefined) continue;
			await new Promise<void>((resolve, reject) => {
				connection.write(bytes, error => (error ? reject(error) : resolve()));
			});
		}
	} finally {
		line.fill(0);
		key?.fill(0);
	}
}
