import {connect, type Socket} from 'node:net';
import {Incoming} from './incoming.js';
import {type Answer, answerLimit, parseAnswer, type Question, type UseNote} from './protocol.js';

/** How long a client waits for the agent, in milliseconds: one that was stopped accepts and does not answer. */
const patienceMs = 2000;
/** How often a refused connection is tried again: an agent may be taking the place of another. */
const refusals = 5;

/** A talk with the agent. Every method throws `Lost` once the connection is. */
export type Talk = {
	ask(request: Question, key?: Buffer): Promise<Answer>;
	/** Sends what has no answer. Resolves when the system has it, which for a short one is so before this returns. */
	tell(note: UseNote): Promise<void>;
	/** Raw bytes that follow an answer. Whoever takes them fills them with zero. */
	bytes(length: number): Promise<Buffer>;
};

/** Why there is no answer: nobody listens, whoever listened ended the connection, or the patience is over. */
export type Failure = 'absent' | 'lost' | 'silent';

class Lost extends Error {}

/**
 * What `talk` makes of a talk with the agent at that socket, which may take so many milliseconds. When there is none,
 * or it ends too early, calls `onFailure` and resolves to undefined.
 */
export async function talkTo<Result>(
	socketPath: string,
	talk: (agent: Talk) => Promise<Result>,
	onFailure: (why: Failure) => void = () => {},
	milliseconds = patienceMs,
): Promise<Result | undefined> {
	const patience = new Patience(milliseconds);
	try {
		const line = await dial(socketPath, patience);
		if (line !== undefined) return await talk(line);
		onFailure(patience.isOver ? 'silent' : 'absent');
	} catch (error) {
		if (!(error instanceof Lost)) throw error;
		onFailure(patience.isOver ? 'silent' : 'lost');
	} finally {
		patience.end();
	}
	return undefined;
}

/** Ends a connection when it takes too long. */
class Patience {
	isOver = false;
	#line: Line | undefined;
	#hasEnded = false;
	readonly #timer: NodeJS.Timeout;

	constructor(milliseconds: number) {
		// On a busy machine, what has arrived by then is read first.
		this.#timer = setTimeout(() => setImmediate(() => this.#expire()), milliseconds);
	}

	#expire(): void {
		if (this.#hasEnded) return;
		this.isOver = true;
		this.end();
	}

	watch(line: Line): void {
		this.#line = line;
	}

	end(): void {
		this.#hasEnded = true;
		clearTimeout(this.#timer);
		this.#line?.end();
	}
}

async function dial(socketPath: string, patience: Patience): Promise<Line | undefined> {
	for (let tries = 0; !patience.isOver; tries++) {
		const line = new Line(socketPath);
		patience.watch(line);
		const failure = await line.connected();
		if (failure === undefined) return line;
		// EAGAIN: more clients wait than the system lets wait.
		if (failure !== 'EAGAIN' && !(failure === 'ECONNREFUSED' && tries < refusals)) return undefined;
		await new Promise(resolve => setTimeout(resolve, 5 + Math.random() * 15));
	}
	return undefined;
}

/** A connection, read into memory of its own: what Node.js reads into stays full of secrets. */
class Line implements Talk {
	readonly #socket: Socket;
	readonly #incoming = new Incoming(answerLimit + 1024);
	readonly #connected: Promise<string | undefined>;
	#isOver = false;
	#wake: () => void = () => {};

	constructor(socketPath: string) {
		const buffer = Buffer.allocUnsafeSlow(64 * 1024);
		const onBytes = (length: number): boolean => {
			if (!this.#incoming.push(buffer.subarray(0, length))) this.end();
			this.#wake();
			return true;
		};
		const socket = connect({path: socketPath, onread: {buffer, callback: onBytes}});
		this.#socket = socket;
		this.#connected = new Promise(resolve => {
			socket.once('connect', () => resolve(undefined));
			socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'an unknown error'));
			socket.once('close', () => {
				this.end();
				resolve('ECANCELED');
			});
		});
	}

	/** Resolves to the system's code when there is no connection. */
	connected(): Promise<string | undefined> {
		return this.#connected;
	}

	async tell(note: UseNote): Promise<void> {
		if (this.#isOver) return;
		await new Promise<void>(resolve => {
			this.#socket.write(`${JSON.stringify(note)}\n`, () => resolve());
		});
	}

	async ask(request: Question, key?: Buffer): Promise<Answer> {
		if (this.#isOver) throw new Lost();
		this.#socket.write(`${JSON.stringify(request)}\n`);
		if (key !== undefined) this.#socket.write(key);
		const text = await this.#next(() => this.#incoming.line(line => line.toString('utf8')));
		const answer = parseAnswer(text);
		if (answer === undefined) throw new Lost();
		return answer;
	}

	bytes(length: number): Promise<Buffer> {
		return this.#next(() => this.#incoming.take(length));
	}

	end(): void {
		this.#isOver = true;
		this.#incoming.wipe();
		this.#socket.destroy();
		this.#wake();
	}

	async #next<Result>(take: () => Result | undefined): Promise<Result> {
		for (;;) {
			const taken = take();
			if (taken !== undefined) return taken;
			if (this.#isOver) throw new Lost();
			await new Promise<void>(resolve => {
				this.#wake = resolve;
			});
		}
	}
}
