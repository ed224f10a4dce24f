import {request as plainRequest} from 'node:http';
import {Agent, type RequestOptions, request as secureRequest} from 'node:https';
import {type Duplex, PassThrough} from 'node:stream';
import {connect} from 'node:tls';
import {Unreachable} from '../domain/exchange.js';
import type {ProxyServer} from './proxy.js';

type Connected = (error: Error | null, socket: Duplex) => void;

/** Milliseconds for a proxy to open its way to a host. */
const openLimit = 10_000;

/**
 * Connections to hosts through a proxy: CONNECT to it, and TLS with the host inside of that (RFC 9110, 9.3.6). Node.js
 * 20 has no such agent.
 */
export class Tunnel extends Agent {
	readonly #proxy: ProxyServer;

	constructor(proxy: ProxyServer, options: ConstructorParameters<typeof Agent>[0]) {
		super(options);
		this.#proxy = proxy;
	}

	/** Node.js calls this for each connection that it has no free one for. */
	override createConnection(options: RequestOptions, connected: Connected = () => {}): undefined {
		const {isSecure, host, port, authorization} = this.#proxy;
		const target = options.host ?? '';
		const targetPort = options.port ?? 443;
		const fail = (why: string): void => connected(new Unreachable(why), new PassThrough());
		const authority = `${target.includes(':') ? `[${target}]` : target}:${targetPort}`;
		const open = (isSecure ? secureRequest : plainRequest)({
			host,
			port,
			method: 'CONNECT',
			path: authority,
			headers: {host: authority, ...(authorization === undefined ? {} : {'proxy-authorization': authorization})},
			timeout: openLimit,
			agent: false,
			...(isSecure ? {ca: options.ca, rejectUnauthorized: true} : {}),
		});
		const where = `the proxy ${host}:${port}`;
		open.once('connect', ({statusCode = 0}, socket, early) => {
			if (statusCode !== 200 || early.length > 0) {
				socket.destroy();
				const reason = statusCode === 407 ? 'wants another name or password (407)' : `answers ${statusCode}`;
				fail(`${where} ${reason}`);
				return;
			}
			connected(null, connect({...options, socket, servername: options.servername ?? target} as never));
		});
		// Without this, any other answer to CONNECT would be taken for one of the host.
		open.once('response', ({statusCode}) => open.destroy(new Unreachable(`${where} answers ${statusCode}`)));
		open.once('timeout', () => open.destroy(new Unreachable(`${where} does not answer`)));
		open.once('error', (error: NodeJS.ErrnoException) =>
			fail(error instanceof Unreachable ? error.message : `${where} can't be reached (${error.code})`),
		);
		open.end();
		return undefined;
	}
}
