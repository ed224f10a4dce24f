import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import fc from 'fast-check';
import {type Answer, type Ask, Unreachable} from '../../source/domain/exchange.js';
import type {Data} from '../../source/domain/journal.js';
import {openNetwork} from '../../source/network/network.js';
import type {KeyCall, KeyService} from '../../source/providers/key-service.js';
import {Refused} from '../../source/providers/refused.js';
import type {KeyCloud} from './clouds/key-cloud.js';
import {damaged} from './distrust.js';
import {fakeCloud, type Handler, type Received} from './fake-cloud.js';
import {seed, size} from './rounds.js';

type Fields = Readonly<Record<string, string>>;

/** Fields in clear. */
export function inClear(data: Data): Fields {
	return Object.fromEntries([...data].map(([key, secret]) => [key, secret.reveal()]));
}

/** Makes a call about a credential, signed by itself or by another. */
export function callWith(ask: Ask, now: number): (of: Fields, by?: Fields) => KeyCall {
	return (of, by) => ({
		ask,
		now: new Date(now),
		of: key => of[key] ?? '',
		by: key => (by ?? of)[key] ?? '',
		isAdmin: by !== undefined,
	});
}

/** Asks a fake provider over the network, by real sockets. */
export async function askingOf(
	context: TestContext,
	{provider, handlers}: Pick<KeyCloud, 'provider' | 'handlers'>,
	now: number,
): Promise<{readonly call: ReturnType<typeof callWith>; readonly received: readonly Received[]}> {
	const cloud = await fakeCloud(context, handlers, {now});
	const wait = async (): Promise<void> => {};
	const network = openNetwork({environment: cloud.environment, offline: false, now: () => now, wait, ca: cloud.ca});
	context.after(() => network.close());
	return {call: callWith(network.askFor({provider, origins: new Set()}), now), received: cloud.received};
}

/** Asks a fake provider without a network. */
export function askingHere(handlers: Readonly<Record<string, Handler>>): Ask {
	return async ({method, url, headers = {}, body = ''}) => {
		const {host, pathname, search} = new URL(url);
		const handler = handlers[host] ?? assert.fail(`${host} is asked`);
		const got = {host, method, target: `${pathname}${search}`, headers: {...headers, host}, body};
		const {status, headers: more = {}, body: text = ''} = await handler(got);
		return {
			status,
			headers: new Map(Object.entries(more)),
			body: typeof text === 'string' ? text : JSON.stringify(text),
		};
	};
}

/** How a service refuses something: the kind, or `unreachable` when nobody knows whether it was done. */
export async function refusedBy(done: Promise<unknown>): Promise<string> {
	try {
		await done;
		return 'done';
	} catch (error) {
		if (error instanceof Refused) return error.kind;
		if (error instanceof Unreachable) return 'unreachable';
		throw error;
	}
}

/** What a service does, by its name, for a key of a new cloud. */
const steps: Readonly<
	Record<string, (service: KeyService, call: KeyCall, id: string) => Promise<unknown> | undefined>
> = {
	keys: (service, call) => service.keys(call),
	make: (service, call) => service.make(call, 'mark1234', undefined),
	disable: (service, call, id) => service.disable?.(call, id),
	enable: (service, call, id) => service.enable?.(call, id),
	remove: (service, call, id) => service.remove(call, id),
};

/**
 * Asserts that a service takes no damaged answer for a key, for a key that is gone or for a list without one of them,
 * and repeats no secret. Each answer of each step is damaged in turn.
 */
export async function assertDistrustsKeys({
	service,
	cloudAt,
	idOf,
	gone,
	emptied = () => false,
}: {
	readonly service: KeyService;
	readonly cloudAt: () => Pick<KeyCloud, 'handlers' | 'data' | 'addKey' | 'keys'>;
	/** The id of the key that is used, which is the cloud's first. */
	readonly idOf: (data: Fields) => string;
	/** What only an answer holds by which the provider says that something is gone. */
	readonly gone: RegExp;
	/** Whether a body is a list that the provider could have given. */
	readonly emptied?: (body: string) => boolean;
}): Promise<void> {
	const run = async (name: string, nth: number, damage: (answer: Answer) => Answer) => {
		const cloud = cloudAt();
		const own = askingHere(cloud.handlers);
		const other = name === 'make' ? '' : cloud.addKey();
		const ids = cloud.keys().map(({id}) => id);
		let count = 0;
		let body: string | undefined;
		const ask: Ask = async request => {
			const answer = await own(request);
			if (count++ !== nth) return answer;
			const given = damage(answer);
			body = given.body;
			return given;
		};
		const call = callWith(ask, Date.parse('2026-11-29T12:00:00Z'))(cloud.data);
		const done = steps[name]?.(service, call, other);
		if (done === undefined) return {count: 0, body: ''};
		try {
			const result = await done;
			if (name === 'make') {
				const {id, fields} = result as Awaited<ReturnType<KeyService['make']>>;
				assert.ok(id !== '' && fields.size > 0, `${name}: no key for ${body}`);
				for (const text of Object.values(inClear(fields))) assert.notEqual(text, '');
			}
			if (name === 'keys' && !emptied(body ?? '')) {
				const listed = result as Awaited<ReturnType<KeyService['keys']>>;
				assert.equal(listed.length, ids.length, `a key is left out for ${body}`);
			}
		} catch (error) {
			if (error instanceof assert.AssertionError) throw error;
			assert.ok(error instanceof Refused || error instanceof Unreachable, String(error));
			for (const text of Object.values(cloud.data)) {
				const isSecret = text.length > 12 && text !== idOf(cloud.data);
				if (isSecret) assert.ok(!error.message.includes(text), `a secret is in: ${error.message}`);
			}
			if (error instanceof Refused && error.kind === 'gone') assert.match(body ?? '', gone);
		}
		return {count, body};
	};
	for (const name of Object.keys(steps)) {
		const {count} = await run(name, -1, answer => answer);
		for (let nth = 0; nth < count; nth++) {
			for (const status of [100, 204, 301, 302, 400, 401, 403, 404, 407, 409, 429, 500, 502, 503]) {
				for (const body of ['', '{}', '<html>sign in</html>'])
					await run(name, nth, whole => ({...whole, status, body}));
			}
			await fc.assert(
				fc.asyncProperty(damaged, fc.constantFrom(0, 400, 403, 404, 409), async (damage, status) => {
					await run(name, nth, whole => ({...whole, status: status || whole.status, body: damage(whole.body)}));
				}),
				{numRuns: size(40, 1500), seed},
			);
		}
	}
}
