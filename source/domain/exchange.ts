/** A request to a provider. */
export type Request = {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** The whole address, with its query. */
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as UTF-8. */
	readonly body?: string;
	/**
	 * It is sent once, whatever comes back: it changes something there, which might then be done twice, or signs in with
	 * a password, and a provider may lock an account after some wrong ones.
	 */
	readonly isOnce?: true;
};

/** What came back, whatever its status. */
export type Answer = {
	readonly status: number;
	/** By name, in lower case. */
	readonly headers: ReadonlyMap<string, string>;
	readonly body: string;
};

/** Sends a request, and resolves to the answer. Rejects with `Unreachable`. */
export type Ask = (request: Request) => Promise<Answer>;

/** A request whose body and answer are bytes: an object of a storage. */
export type ByteRequest = Omit<Request, 'body'> & {
	readonly body?: Buffer;
	/** How many bytes of the answer's body are read. The connection is ended where more come. */
	readonly most: number;
};

/** What came back: at most the bytes that were asked for, and whether there are more. */
export type ByteAnswer = Omit<Answer, 'body'> & {readonly body: Buffer; readonly isCut: boolean};

/** Sends a request of bytes, and resolves to the answer. Rejects with `Unreachable`. */
export type AskBytes = (request: ByteRequest) => Promise<ByteAnswer>;

/** There was no answer. Its message is one line, a sentence without its full stop, and holds no secret. */
export class Unreachable extends Error {
	/** `no-host`: the name of the host is not known; others may not be either. */
	readonly kind: 'no-host' | 'offline' | 'other';

	constructor(message: string, kind: Unreachable['kind'] = 'other') {
		super(message);
		this.kind = kind;
	}
}
