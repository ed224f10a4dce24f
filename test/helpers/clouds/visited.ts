import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import fc from 'fast-check';
import {type Answer, Unreachable} from '../../../source/domain/exchange.js';
import {Secret} from '../../../source/domain/secret.js';
import {openNetwork} from '../../../source/network/network.js';
import {isSecretField} from '../../../source/providers/catalog.js';
import {valuesOf} from '../../../source/providers/data.js';
import type {KeyCall, KeyService, NewKey} from '../../../source/providers/key-service.js';
import {Refused} from '../../../source/providers/refused.js';
import {askedAt} from '../asked.js';
import {damaged} from '../distrust.js';
import {fakeCloud, type Handler, type Received, type Reply} from '../fake-cloud.js';
import {seed, size} from '../rounds.js';
import type {KeyCloud, MakeCloud} from './key-cloud.js';

type Fields = Readonly<Record<string, string>>;

/** What somebody answers in the place of a provider, which may have done what was asked. */
type Meddling = (request: Received, go: () => Reply | Promise<Reply>) => Reply | Promise<Reply>;

export type Visit = {
	readonly cloud: KeyCloud;
	readonly received: readonly Received[];
	/** The call about a credential that is signed with its own key, with `by` or by the cloud's admin. */
	readonly call: (of?: Fields, how?: {readonly by?: Fields; readonly isAdmin?: boolean}) => KeyCall;
	/** Has somebody else answer from now on. */
	readonly meddle: (meddling: Meddling | undefined) => void;
};

const valuesIn = (fields: Fields) =>
	valuesOf(new Map(Object.entries(fields).map(([key, text]) => [key, new Secret(text)])));

/** A provider that keeps its rules, and the way to it over the network. */
export async function visit(context: TestContext, make: MakeCloud, now = () => askedAt): Promise<Visit> {
	const cloud = make(now);
	let meddling: Meddling | undefined;
	const handlers = Object.fromEntries(
		Object.entries(cloud.handlers).map(([host, handler]): [string, Handler] => [
			host,
			request => meddling?.(request, () => handler(request)) ?? handler(request),
		]),
	);
	const {environment, ca, received} = await fakeCloud(context, handlers, {now: now()});
	const network = openNetwork({environment, offline: false, now, wait: async () => {}, ca});
	context.after(() => network.close());
	const signer = cloud.admin?.provider ?? cloud.provider;
	return {
		cloud,
		received,
		call: (of = cloud.data, {by, isAdmin = by === undefined && cloud.admin !== undefined} = {}) => ({
			ask: network.askFor({provider: signer, origins: new Set()}),
			now: new Date(now()),
			of: valuesIn(of),
			by: valuesIn(by ?? cloud.admin?.data ?? of),
			isAdmin,
		}),
		meddle: given => {
			meddling = given;
		},
	};
}

/** The fields of a credential with its new key. */
export function renewed(data: Fields, {fields}: Pick<NewKey, 'fields'>): Fields {
	return {...data, ...Object.fromEntries([...fields].map(([key, secret]) => [key, secret.reveal()]))};
}

/** Asserts that something is refused for that reason. */
export async function assertRefused(done: Promise<unknown>, kind: Refused['kind'], message = /^/): Promise<void> {
	await assert.rejects(done, error => {
		assert.ok(error instanceof Refused, String(error));
		assert.equal(error.kind, kind, error.message);
		assert.match(error.message, message);
		return true;
	});
}

/** Makes a key as the journal has it made: what is chosen here first. */
export async function makeKey(service: KeyService, call: KeyCall, mark = '0a1b2c3d'): Promise<NewKey> {
	const chosen = await service.choose?.(call.of, mark, call.now);
	return service.make(call, mark, chosen && valuesOf(chosen));
}

/** Answers that are nobody's, or that nobody can read: whether something was done is then not known. */
const strays: readonly Reply[] = [
	{status: 502, body: '<html>Bad Gateway</html>'},
	{status: 302, headers: {location: 'https://login.example/'}, body: ''},
	{status: 404, body: '<html>Not found</html>'},
	{status: 403, body: '<html>Blocked by the company</html>'},
	{status: 404, body: {detail: 'route not found'}},
	{status: 200, body: '<html>Sign in</html>'},
	{status: 200, body: {}},
];

/**
 * Asserts that whoever answers `isAsked` in the provider's place is never taken for it. `done` is asked anew each time.
 * `empty` where the provider itself answers with an empty object.
 */
export async function assertStrays(
	{meddle}: Visit,
	isAsked: (request: Received) => boolean,
	done: () => Promise<unknown>,
	empty?: 'empty',
): Promise<void> {
	for (const stray of empty === undefined ? strays : strays.slice(0, -1)) {
		let count = 0;
		meddle((request, go) => {
			if (!isAsked(request)) return go();
			count++;
			return stray;
		});
		await assert.rejects(done(), error => {
			assert.ok(error instanceof Unreachable, `${JSON.stringify(stray)}: ${error}`);
			return true;
		});
		assert.equal(count, 1, 'what changes something is sent once');
	}
	meddle(undefined);
}

/** How often answers are damaged. */
const runs = size(150, 3000);

/**
 * Asserts that no damaged answer makes a service say that a key is gone, that one was made without its secret, or that
 * one was deleted which is not, and that it rejects as it has to, without a secret.
 */
export async function assertDistrustsKeys(service: KeyService, make: MakeCloud): Promise<void> {
	const {disable, enable} = service;
	const tasks = ['keys', 'make', 'remove', ...(disable === undefined ? [] : (['disable', 'enable'] as const))] as const;
	const chosen = await service.choose?.(valuesIn(make(() => askedAt).data), '0a1b2c3d', new Date(askedAt));
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...tasks), fc.nat({max: 5}), damaged, async (task, nth, damage) => {
			const cloud = make(() => askedAt);
			const by = cloud.admin?.data ?? cloud.data;
			let count = 0;
			const ask: KeyCall['ask'] = async ({method, url, headers = {}, body = ''}) => {
				const {host, pathname, search} = new URL(url);
				const request = {host, method, target: pathname + search, headers: {host, ...headers}, body};
				const reply = await cloud.handlers[host]?.(request);
				assert.ok(reply !== undefined, host);
				const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? '');
				return answerOf(reply, count++ === nth ? damage(text) : text);
			};
			const call = {
				ask,
				now: new Date(askedAt),
				of: valuesIn(cloud.data),
				by: valuesIn(by),
				isAdmin: by !== cloud.data,
			};
			const [id = ''] = cloud.keys().map(key => key.id);
			try {
				if (task === 'keys') {
					for (const key of await service.keys(call)) assert.ok(key.id !== '');
				} else if (task === 'make') {
					const made = await service.make(call, '0a1b2c3d', chosen && valuesOf(chosen));
					assert.ok(made.id !== '' && [...made.fields.values()].every(value => !value.isEmpty));
				} else if (task === 'remove') {
					await service.remove(call, id);
					assert.ok(!cloud.keys().some(key => key.id === id), 'a key is said to be deleted, and is not');
				} else {
					await (task === 'disable' ? disable : enable)?.(call, id);
					assert.equal(cloud.keys().find(key => key.id === id)?.isOff, task === 'disable');
				}
			} catch (error) {
				assert.ok(error instanceof Refused || error instanceof Unreachable, error instanceof Error ? error.stack : '');
				assert.ok(!(error instanceof Refused && error.kind === 'gone'), 'a key is said to be gone');
				for (const [provider, fields] of [
					[cloud.provider, cloud.data],
					[cloud.admin?.provider ?? cloud.provider, by],
				] as const)
					for (const [key, text] of Object.entries(fields))
						assert.ok(!isSecretField(provider, key) || !error.message.includes(text));
			}
		}),
		{numRuns: runs, seed},
	);
}

function answerOf({status, headers = {}}: Reply, body: string): Answer {
	return {status, headers: new Map(Object.entries(headers)), body};
}
