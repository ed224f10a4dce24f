import {type Answer, type Request, Unreachable} from '../../source/domain/exchange.js';
import type {Network} from '../../source/network/network.js';
import type {Handler} from './fake-cloud.js';
import {noStorage} from './no-storage.js';

/** What becomes of a request: it or its answer is lost, or it arrives. */
export type Fate = 'request-lost' | 'answer-lost' | undefined;

/**
 * The way to fake providers without a network, whose clock is `now`. `fateOf` is asked before each request, and
 * `onAnswer` told after the provider has done it.
 */
export function directNetwork(
	handlers: Readonly<Record<string, Handler>>,
	now: () => number,
	fateOf: (request: Request) => Fate = () => undefined,
): Network {
	const ask = async (request: Request): Promise<Answer> => {
		const {method, url, headers = {}, body = ''} = request;
		const {host, pathname, search} = new URL(url);
		const fate = fateOf(request);
		if (fate === 'request-lost') throw new Unreachable(`${host} can't be reached`);
		const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
		const received = {host, method, target: `${pathname}${search}`, headers: {host, ...lower}, body};
		const reply = await handlers[host]?.(received);
		if (reply === undefined) throw new Unreachable(`${host} is not known`, 'no-host');
		if (fate === 'answer-lost') throw new Unreachable(`${host} broke off without an answer`);
		const text = typeof reply.body === 'object' ? JSON.stringify(reply.body) : (reply.body ?? '');
		const sent = {date: new Date(now()).toUTCString(), ...reply.headers};
		const lowered = Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value] as const);
		return {status: reply.status, headers: new Map(lowered), body: text};
	};
	return {askFor: () => ask, askStorage: noStorage, knows: async () => true, close() {}};
}
