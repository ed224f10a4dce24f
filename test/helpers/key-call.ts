import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import fc from 'fast-check';
import {type Answer, type Request, Unreachable} from '../../source/domain/exchange.js';
import type {Data} from '../../source/domain/journal.js';
import {openNetwork} from '../../source/network/network.js';
import {providerOf} from '../../source/providers/catalog.js';
import type {KeyCall, KeyService} from '../../source/providers/key-service.js';
import {Refused} from '../../source/providers/refused.js';
import {askedAt, askOne, credentialOf} from './asked.js';
import type {KeyCloud, MakeCloud} from './clouds/key-cloud.js';
import {damaged} from './distrust.js';
import {fakeCloud, type Received, type Reply} from './fake-cloud.js';
import {seed, size} from './rounds.js';

type Fields = Readonly<Record<string, string>>;

/** The mark in what is made by these tests. */
export const mark = '0a1b2c3d';

const now = new Date(askedAt);

/** A fake provider of keys, asked over the network. */
export type AskedCloud = {
	readonly received: readonly Received[];
	/** Asks with these fields: of a key, by that one or another, of another credential when `isAdmin`. */
	readonly call: (of?: Fields, by?: Fields, isAdmin?: boolean, ownId?: string) => KeyCall;
	/** From now on a request gets this answer, until it is taken back. */
	readonly answer: (reply: ((request: Received) => Reply | undefined) | undefined) => void;
	/** What the probe of the provider says of a credential with these fields. */
	readonly verdict: (data: Fields) => Promise<string>;
};

export async function askCloud(context: TestContext, cloud: KeyCloud): Promise<AskedCloud> {
	let instead: ((request: Received) => Reply | undefined) | undefined;
	const handlers = Object.fromEntries(
		Object.entries(cloud.handlers).map(([host, handler]) => [
			host,
			(request: Received) => instead?.(request) ?? handler(request),
		]),
	);
	const {environment, ca, received} = await fakeCloud(context, handlers, {now: askedAt});
	const network = openNetwork({environment, offline: false, now: () => askedAt, wait: async () => {}, ca});
	context.after(() => network.close());
	const ask = network.askFor({provider: cloud.provider, origins: new Set()});
	return {
		received,
		call: (of = cloud.data, by = of, isAdmin = false, ownId = undefined) => ({
			ask,
			now,
			of: key => of[key] ?? '',
			by: key => by[key] ?? '',
			isAdmin,
			...(ownId === undefined ? {} : {ownId}),
		}),
		answer(reply) {
			instead = reply;
		},
		verdict: async data => (await askOne(context, credentialOf(cloud.provider, data), handlers)).said.is,
	};
}

/** The fields of a credential once its key is replaced. */
export function replaced(data: Fields, fields: Data): Fields {
	return {...data, ...Object.fromEntries([...fields].map(([key, secret]) => [key, secret.reveal()]))};
}

/** What a refusal is, for `assert.rejects`. */
export function refuses(kind: Refused['kind'], why = /./): (error: unknown) => boolean {
	return error => error instanceof Refused && error.kind === kind && why.test(error.message);
}

/** For `assert.rejects`: nobody knows what was done. */
export function isUnreachable(error: unknown): boolean {
	return error instanceof Unreachable;
}

/** Answers that no provider gives: those of what lies between. */
export const strangeReplies: readonly Reply[] = [
	{status: 200, body: '<html>Sign in to the network</html>'},
	{status: 200, body: ''},
	{status: 404, body: '<html>Not found</html>'},
	{status: 404, body: ''},
	{status: 301, headers: {location: 'https://example.com/'}},
	{status: 403, body: 'Forbidden by the proxy'},
	{status: 502, body: '<html>Bad gateway</html>'},
	{status: 503, body: '{}'},
];

/** Asserts that whatever is answered strangely to a request of this method is no refusal and is not taken for done. */
export async function assertLost(asked: AskedCloud, method: string, work: () => Promise<unknown>): Promise<void> {
	for (const reply of strangeReplies) {
		asked.answer(request => (request.method === method ? reply : undefined));
		await assert.rejects(work(), isUnreachable, `${method} answered by ${JSON.stringify(reply)}`);
	}
	asked.answer(undefined);
}

const runs = size(60, 3000);

/**
 * Asserts that a damaged answer, whichever it is, makes no key gone, gives none without an id and a secret, and puts no
 * secret into an error. In this process, without the network.
 */
export async function assertKeysDistrust(service: KeyService, make: MakeCloud, ownId?: string): Promise<void> {
	const works: readonly (readonly [name: string, work: (call: KeyCall, id: string) => Promise<unknown>])[] = [
		['keys', call => service.keys(call)],
		['make', call => service.make(call, mark, undefined)],
		['remove', (call, id) => service.remove(call, id)],
		...(service.disable === undefined ? [] : [['disable', service.disable] as const]),
		...(service.enable === undefined ? [] : [['enable', service.enable] as const]),
	];
	await fc.assert(
		fc.asyncProperty(damaged, fc.nat({max: 3}), fc.constantFrom(...works), async (damage, nth, [name, work]) => {
			const cloud = make(() => askedAt);
			// Some providers have room for one key beside the first.
			const other = name === 'make' ? '' : cloud.addKey();
			const secrets = providerOf(cloud.provider).fields.flatMap(({key, secret}) => (secret && cloud.data[key]) || []);
			let count = 0;
			let hasDamaged = false;
			const call: KeyCall = {
				ask: async request => {
					const whole = await answerOf(cloud, request);
					if (count++ !== nth) return whole;
					hasDamaged = true;
					return {...whole, body: damage(whole.body)};
				},
				now,
				of: key => cloud.data[key] ?? '',
				by: key => cloud.data[key] ?? '',
				isAdmin: false,
				...(ownId === undefined ? {} : {ownId}),
			};
			const before = cloud.keys().length;
			try {
				const result = await work(call, other);
				if (name === 'make') {
					const {id, fields} = result as {readonly id: string; readonly fields: Data};
					assert.ok(id !== '' && fields.size > 0, 'a key without an id or fields');
					for (const secret of fields.values()) assert.match(secret.reveal(), /^[!-~]{8,}$/);
				}
				if (name === 'remove') assert.equal(cloud.keys().length, before - 1, 'it is called deleted and is not');
			} catch (error) {
				assert.ok(error instanceof Unreachable || error instanceof Refused, `${name}: ${String(error)}`);
				assert.ok(!(error instanceof Refused && error.kind === 'gone'), `${name}: gone`);
				assert.ok(hasDamaged, `${name} fails undamaged: ${String(error)}`);
				for (const secret of secrets) assert.ok(!String(error).includes(secret), `${name}: a secret in an error`);
			}
		}),
		{numRuns: runs, seed},
	);
}

async function answerOf(cloud: KeyCloud, {method, url, headers = {}, body = ''}: Request): Promise<Answer> {
	const {host, pathname, search} = new URL(url);
	const reply = (await cloud.handlers[host]?.({
		host,
		method,
		target: `${pathname}${search}`,
		headers: {host, ...headers},
		body,
	})) ?? {status: 599};
	const text = reply.body === undefined ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
	return {status: reply.status, headers: new Map(Object.entries(reply.headers ?? {})), body: text};
}
