import {lookup} from 'node:dns/promises';
import {Agent} from 'node:https';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {type Answer, type Ask, Unreachable} from '../domain/exchange.js';
import {exchange, type Limits, usualLimits} from './exchange.js';
import {isLoopback, isOwnHost} from './hosts.js';
import {patient, type Wait} from './patience.js';
import {proxyFor} from './proxy.js';
import {Tunnel} from './tunnel.js';

/** How this process reaches the network. */
export type Reach = {
	readonly environment: Environment;
	/** Nothing is asked. */
	readonly offline: boolean;
	readonly now: () => number;
	readonly wait: Wait;
	/** Ends what is under way; nothing is asked afterwards. */
	readonly signal?: AbortSignal;
	/** PEM of the authorities that are trusted, in the place of those of Node.js and NODE_EXTRA_CA_CERTS. */
	readonly ca?: string;
	readonly limits?: Limits;
};

/** Whom an `Ask` may send to: the hosts of a provider, and origins that somebody consented to. */
type Allowed = {readonly provider: string; readonly origins: ReadonlySet<string>};

/** The way to the network. Whoever opens one closes it. */
export type Network = {
	/** Sends to these hosts only. Anything else is a bug, and is not sent. */
	askFor(allowed: Allowed): Ask;
	/** Whether names of hosts are looked up here, and this one is known. */
	knows(host: string): Promise<boolean>;
	/** Ends the connections that wait for another request. */
	close(): void;
};

/** Connections to one host at a time. */
const width = 8;

/** The network, by the proxy that the environment names. Opens no connection by itself. */
export function openNetwork({environment, offline, now, wait, signal, ca, limits = usualLimits}: Reach): Network {
	const pool = {keepAlive: true, maxSockets: width};
	const agents = new Map<string, Agent>();
	const agentFor = (url: URL): Agent => {
		const proxy = proxyFor(url, environment);
		const key = JSON.stringify(proxy ?? null);
		const agent = agents.get(key) ?? (proxy === undefined ? new Agent(pool) : new Tunnel(proxy, pool));
		agents.set(key, agent);
		return agent;
	};
	const send: Ask = async (request): Promise<Answer> => {
		if (offline) throw new Unreachable('nothing is asked offline', 'offline');
		if (signal?.aborted) throw new Unreachable('it was stopped');
		const url = new URL(request.url);
		return exchange(request, {agent: url.protocol === 'https:' ? agentFor(url) : undefined, ca, signal}, limits);
	};
	const ask = patient(send, wait, now);
	return {
		askFor: allowed => request => {
			assertAllowed(new URL(request.url), allowed);
			return ask(request);
		},
		async knows(host) {
			if (offline || proxyFor(new URL(`https://${host}`), environment) !== undefined) return false;
			return lookup(host).then(
				() => true,
				() => false,
			);
		},
		close() {
			for (const agent of agents.values()) agent.destroy();
		},
	};
}

function assertAllowed(url: URL, {provider, origins}: Allowed): void {
	if (isOwnHost(provider, url)) return;
	const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
	if (!isSafe || !origins.has(url.origin))
		throw new PharmerError('bug', `\`${url.host}\` was to be asked for ${provider}, which nobody agreed to`);
}
