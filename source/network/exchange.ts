import {request as plainRequest} from 'node:http';
import {type Agent, request as secureRequest} from 'node:https';
import {type Answer, type ByteAnswer, type ByteRequest, type Request, Unreachable} from '../domain/exchange.js';

/** How long is waited for, in milliseconds, and how much is read, in bytes. */
export type Limits = {
	/** From the start to the last byte of the answer. */
	readonly whole: number;
	/** Without a byte in either direction. */
	readonly silence: number;
	readonly body: number;
};

export const usualLimits: Limits = {whole: 30_000, silence: 10_000, body: 1024 * 1024};

/** The connections to take, an authority that is trusted in the place of those of Node.js, and what stops it. */
export type Line = {
	readonly agent: Agent | undefined;
	readonly ca?: string | undefined;
	readonly signal?: AbortSignal | undefined;
};

/** Sends a text and resolves to a text, like `exchangeBytes`. Rejects where the answer is longer than the limit. */
export async function exchange({body, ...request}: Request, line: Line, limits = usualLimits): Promise<Answer> {
	const sent = body === undefined ? request : {...request, body: Buffer.from(body, 'utf8')};
	const answer = await exchangeBytes({...sent, most: limits.body}, line, limits);
	if (answer.isCut) throw new Unreachable(`${new URL(request.url).host} answers with more than it should`);
	return {status: answer.status, headers: answer.headers, body: answer.body.toString('utf8')};
}

/** The slowest line that is waited for, in bytes a millisecond: 1 Mbit/s. */
const slowest = 128;

/**
 * Sends a request and resolves to the answer, whatever its status; a redirect is an answer like any other. Rejects with
 * `Unreachable`. The limit of time is longer where many bytes are sent, or may come back. Plain http is the caller's to
 * allow.
 */
export async function exchangeBytes(request: ByteRequest, line: Line, usual = usualLimits): Promise<ByteAnswer> {
	const excess = Math.max(0, request.most - usual.body) + Math.max(0, (request.body?.length ?? 0) - usual.body);
	const limits = {...usual, whole: usual.whole + Math.ceil(excess / slowest)};
	try {
		return await once(request, line, limits);
	} catch (error) {
		// The other side may close a connection that waited for us at the very moment in which we take it.
		if (!(error instanceof Stale) || request.isOnce) throw error;
		return once(request, line, limits);
	}
}

/** A connection that had served before was gone before anything came back. */
class Stale extends Unreachable {}

function once(request: ByteRequest, {agent, ca, signal}: Line, limits: Limits): Promise<ByteAnswer> {
	const {method, url, headers, body, most} = request;
	const address = new URL(url);
	const isSecure = address.protocol === 'https:';
	return new Promise((resolve, reject) => {
		const sending = (isSecure ? secureRequest : plainRequest)(address, {
			method,
			headers: {
				'user-agent': 'pharmer',
				accept: '*/*',
				...headers,
				...(body === undefined ? {} : {'content-length': body.length}),
			},
			// Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
			...(isSecure ? {agent, ca, rejectUnauthorized: true} : {agent: false}),
			timeout: limits.silence,
		});
		let hasAnswer = false;
		// A request that waits for its connection tells of its end only once it has one: nobody waits for that.
		const fail = (why: Unreachable): void => {
			clearTimeout(tooSlow);
			reject(why);
			sending.destroy(why);
		};
		const stop = (): void => fail(new Unreachable('it was stopped'));
		const tooSlow = setTimeout(() => fail(new Unreachable(late(address, limits.whole))), limits.whole);
		signal?.addEventListener('abort', stop, {once: true});
		sending.once('close', () => {
			clearTimeout(tooSlow);
			signal?.removeEventListener('abort', stop);
			// As it is after 101, which nobody asked for.
			if (!hasAnswer) reject(new Unreachable(`${address.host} broke off without an answer`));
		});
		sending.once('timeout', () => fail(new Unreachable(late(address, limits.silence))));
		sending.once('error', error => {
			const isStale = sending.reusedSocket && !hasAnswer && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
			const why = error instanceof Unreachable ? error : new Unreachable(...explained(error, address));
			reject(isStale ? new Stale(why.message) : why);
		});
		sending.once('response', response => {
			hasAnswer = true;
			const parts: Buffer[] = [];
			let size = 0;
			const answered = (isCut: boolean): void =>
				resolve({
					status: response.statusCode ?? 0,
					headers: new Map(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
					body: Buffer.concat(parts),
					isCut,
				});
			response.on('data', (part: Buffer) => {
				parts.push(part.subarray(0, most - size));
				size += part.length;
				if (size <= most) return;
				answered(true);
				sending.destroy();
			});
			response.once('error', error => reject(new Unreachable(...explained(error, address))));
			response.once('aborted', () => reject(new Unreachable(`${address.host} broke off in its answer`)));
			response.once('end', () => answered(false));
		});
		sending.end(body);
	});
}

function late({host}: URL, milliseconds: number): string {
	return `${host} did not answer within ${milliseconds / 1000} seconds`;
}

/** Codes of what a certificate is refused for (Node.js, tls, "X509 certificate error codes"). */
const distrust = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO_|INVALID_CA|HOSTNAME_MISMATCH)/;

/** Why there is no answer, in our words; what Node.js says may hold parts of the request. */
function explained(error: Error, {host, hostname}: URL): [message: string, kind: Unreachable['kind']] {
	const code = codeOf(error);
	if (code === 'ENOTFOUND') return [`the name ${hostname} is not known`, 'no-host'];
	if (code === 'EAI_AGAIN') return ["names of hosts can't be looked up: there may be no network", 'other'];
	if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
		return [`the certificate of ${host} is not of today (${code}), or this machine's clock is wrong`, 'other'];
	if (distrust.test(code))
		return [
			`the certificate of ${host} is not trusted (${code}): behind a company's proxy NODE_EXTRA_CA_CERTS has to name its authority; elsewhere somebody may read along`,
			'other',
		];
	return [`${host} can't be reached (${code})`, 'other'];
}

/** The system's code of an error. Where several addresses were tried, that of the first. */
function codeOf(error: Error): string {
	const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
	const {code} = (first ?? error) as NodeJS.ErrnoException;
	return typeof code === 'string' ? code : 'no code';
}
