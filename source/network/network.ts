import {lookup} from 'node:dns/promises';
import {setMaxListeners} from 'node:events';
import {Agent} from 'node:https';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {type Ask, type AskBytes, type Request, Unreachable} from '../domain/exchange.js';
import {exchange, exchangeBytes, type Limits, type Line, usualLimits} from './exchange.js';
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
	/**
	 * Sends to the storage of a shared vault: to this origin only, which is that of the address that its owner gave.
	 * Anything else is a bug, and is not sent; so is plain http that would leave this machine.
	 */
	askStorage(origin: string): AskBytes;
	/** Whether names of hosts are looked up here, and this one is known. */
	knows(host: string): Promise<boolean>;
	/** Ends the connections that wait for another request. */
	close(): void;
};

/** Connections to one host at a time. A new device reads as many entries of a shared vault at once as it may. */
const width = 8;
const storageWidth = 16;

/** The network, by the proxy that the environment names. Opens no connection by itself. */
export function openNetwork({environment, offline, now, wait, signal, ca, limits = usualLimits}: Reach): Network {
	// Each request that is under way listens; Node.js takes more than ten for a mistake.
	if (signal !== undefined) setMaxListeners(0, signal);
	const agents = new Map<string, Agent>();
	const agentFor = (url: URL, maxSockets: number): Agent => {
		const proxy = proxyFor(url, environment);
		const key = JSON.stringify([proxy, maxSockets]);
		const pool = {keepAlive: true, maxSockets};
		const agent = agents.get(key) ?? (proxy === undefined ? new Agent(pool) : new Tunnel(proxy, pool));
		agents.set(key, agent);
		return agent;
	};
	const lineOf = (request: Pick<Request, 'url'>, maxSockets: number): Line => {
		if (offline) throw new Unreachable('nothing is asked offline', 'offline');
		if (signal?.aborted) throw new Unreachable('it was stopped');
		const url = new URL(request.url);
		return {agent: url.protocol === 'https:' ? agentFor(url, maxSockets) : undefined, ca, signal};
	};
	const send: Ask = async request => exchange(request, lineOf(request, width), limits);
	const sendBytes: AskBytes = async request => exchangeBytes(request, lineOf(request, storageWidth), limits);
	const ask = patient(send, wait, now);
	const askBytes = patient(sendBytes, wait, now);
	return {
		askFor: allowed => request => {
			assertAllowed(new URL(request.url), allowed);
			return ask(request);
		},
		askStorage: origin => request => {
			const url = new URL(request.url);
			if (!isSafe(url) || url.origin !== origin) throw unasked(url, 'a storage');
			return askBytes(request);
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
	if (!isSafe(url) || !origins.has(url.origin)) throw unasked(url, provider);
}

/** Whether nobody can read along: plain http only stays on this machine. */
function isSafe(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

function unasked({host}: URL, whom: string): PharmerError {
	return new PharmerError('bug', `\`${host}\` was to be asked for ${whom}, which nobody agreed to`);
}
