import type {Environment} from '../domain/environment.js';
import {Unreachable} from '../domain/exchange.js';

/** A proxy, and who we are to it. */
export type ProxyServer = {
	readonly isSecure: boolean;
	readonly host: string;
	readonly port: number;
	/** The value of the header Proxy-Authorization; undefined where the address names nobody. */
	readonly authorization: string | undefined;
};

/**
 * The proxy that an https address is reached through, as other tools find it: HTTPS_PROXY or else ALL_PROXY, unless
 * NO_PROXY names the host; the names in lower case win (everything.curl.dev, "Proxy environment variables").
 * Undefined where there is none. Throws `Unreachable` for an address of a proxy that can't be used.
 */
export function proxyFor(url: URL, environment: Environment): ProxyServer | undefined {
	const [, text] = given(environment, 'https_proxy') ?? given(environment, 'all_proxy') ?? [];
	if (text === undefined || isExcepted(url, given(environment, 'no_proxy')?.[1] ?? '')) return undefined;
	return parseProxy(text);
}

/** A variable by its name in lower case, or else in upper case, that is not empty. */
function given(environment: Environment, name: string): readonly [name: string, value: string] | undefined {
	for (const each of [name, name.toUpperCase()]) {
		const value = environment[each];
		if (value) return [each, value];
	}
	return undefined;
}

function parseProxy(text: string): ProxyServer {
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
	// It may hold a password: it is not repeated.
	if (!URL.canParse(address)) throw new Unreachable('HTTPS_PROXY is not an address');
	const {protocol, hostname, port, username, password, pathname, search, hash} = new URL(address);
	if (protocol !== 'http:' && protocol !== 'https:')
		throw new Unreachable('HTTPS_PROXY names a proxy of another kind: only http and https serve');
	// A password with a slash in it ends the host there.
	if (`${pathname}${search}${hash}`.length > 1)
		throw new Unreachable(
			'HTTPS_PROXY goes on behind its host: signs such as / in a password have to be written as %2F',
		);
	const isSecure = protocol === 'https:';
	return {
		isSecure,
		host: unbracketed(hostname),
		port: Number(port) || (isSecure ? 443 : 80),
		authorization: username === '' && password === '' ? undefined : basic(username, password),
	};
}

function basic(username: string, password: string): string {
	const pair = [username, password].map(decoded).join(':');
	return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** Whether NO_PROXY names the host: itself, a domain that it lies in, or `*`; each with a port or without. */
function isExcepted({hostname, port}: URL, list: string): boolean {
	const host = unbracketed(hostname).toLowerCase();
	return list.split(/[\s,]+/).some(entry => {
		if (entry === '*') return true;
		const [, name = '', onlyPort] = /^(\[[^\]]*\]|[^:]*|[^:]*:[^:]*:.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
		const domain = unbracketed(name).replace(/^\*?\.+/, '');
		if (domain === '' || (onlyPort !== undefined && onlyPort !== (port || '443'))) return false;
		return host === domain || host.endsWith(`.${domain}`);
	});
}

/** An IPv6 address as sockets take it. */
function unbracketed(host: string): string {
	return host.replace(/^\[(.*)\]$/, '$1');
}
