import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import type {Credential} from '../../source/domain/credential.js';
import {type Answer, type Request, Unreachable} from '../../source/domain/exchange.js';
import type {Network} from '../../source/network/network.js';
import {type Asked, type Verifying, verifyAll} from '../../source/tasks/verify.js';
import {credentialOf} from '../helpers/asked.js';
import {noStorage} from '../helpers/no-storage.js';

const now = Date.parse('2026-11-29T12:00:00Z');
const date = new Date(now).toUTCString();
const answer = (status: number, body: string, headers: Record<string, string> = {date}): Answer => ({
	status,
	headers: new Map(Object.entries(headers)),
	body: `<Response>${body}</Response>`,
});
const identity = answer(200, '<Arn>arn:aws:iam::123456789012:user/me</Arn><Account>123456789012</Account>');
const refusal = (code: string, headers?: Record<string, string>): Answer =>
	answer(403, `<Code>${code}</Code>`, headers);

const key = (number: number, secret = 'secret'): Credential => {
	const id = `AKIA${String(number).padStart(16, 'A')}`;
	// A session, so that each is one request.
	return credentialOf(
		'aws',
		{accessKeyID: id, secretAccessKey: secret, sessionToken: 'token'},
		`key-${number}-${secret}`,
	);
};
const keyOf = ({headers}: Request): string => /Credential=(\w+)/.exec(headers?.authorization ?? '')?.[1] ?? '';

/** Asks about credentials where `ask` stands for the network. */
async function verify(
	credentials: readonly Credential[],
	ask: (request: Request) => Answer | Promise<Answer>,
	more: Partial<Verifying> = {},
): Promise<{readonly said: readonly Asked[]; readonly waits: readonly number[]}> {
	const said: Asked[] = [];
	const waits: number[] = [];
	const network: Network = {
		askFor: () => async request => ask(request),
		askStorage: noStorage,
		knows: async () => true,
		close() {},
	};
	await verifyAll(credentials, {
		network,
		now: () => now,
		wait: async milliseconds => void waits.push(milliseconds),
		placeOf: () => undefined,
		onAsked: asked => said.push(asked),
		...more,
	});
	return {said, waits};
}

test('eight are asked about at a time, and never fewer while there are more', async () => {
	const waiting: (() => void)[] = [];
	const widths: number[] = [];
	let asked = 0;
	const done = verify(
		Array.from({length: 200}, (_, number) => key(number)),
		() =>
			new Promise(resolve => {
				asked++;
				waiting.push(() => resolve(identity));
			}),
	);
	for (let answered = 0; answered < 200; answered++) {
		for (let turns = 0; turns < 20; turns++) await turn();
		widths.push(waiting.length);
		assert.equal(asked, Math.min(200, answered + 8));
		waiting.shift()?.();
	}
	assert.equal((await done).said.length, 200);
	assert.equal(Math.max(...widths), 8);
});

test('one key is never asked about twice at a time, and what is the same once', async () => {
	const under = new Map<string, number>();
	let requests = 0;
	const one = key(1);
	const same = {...one, id: 'same', name: one.name};
	const {said} = await verify([one, same, key(1, 'other'), key(2)], async request => {
		const id = keyOf(request);
		under.set(id, (under.get(id) ?? 0) + 1);
		requests++;
		assert.equal(under.get(id), 1);
		await turn();
		under.set(id, 0);
		return identity;
	});
	assert.equal(requests, 3);
	assert.deepEqual(new Set(said.map(({id}) => id)), new Set([one.id, 'same', 'key-1-other', 'key-2-secret']));
	assert.ok(said.every(({id, credential}) => id === credential.id));
});

test('a secret that is refused right after another one of the same key is asked about once more', async () => {
	let asked = 0;
	const {said, waits} = await verify([key(1, 'wrong'), key(1, 'right')], () =>
		// Both are refused at first, as AWS may do.
		++asked < 3 ? refusal('SignatureDoesNotMatch') : identity,
	);
	assert.deepEqual([said.map(({is}) => is), waits], [['invalid', 'valid'], [5000]]);
});

test('a clock that is off is not held against a key', async () => {
	const ahead = {date: new Date(now + 20 * 60_000).toUTCString()};
	const times: (string | undefined)[] = [];
	const ask = (request: Request): Answer => {
		times.push(request.headers?.['x-amz-date']);
		return times.length === 1 ? refusal('SignatureDoesNotMatch', ahead) : refusal('InvalidClientTokenId', ahead);
	};
	const {said} = await verify([key(1)], ask);
	assert.deepEqual(times, ['20261129T120000Z', '20261129T122000Z']);
	assert.equal(said[0]?.is, 'invalid');
	assert.match(said[0]?.why ?? '', /; this machine's clock is about 20 minutes behind$/);
	const dateless = await verify([key(1)], () => refusal('SignatureDoesNotMatch', {}));
	assert.equal(dateless.said[0]?.is, 'unknown', 'nobody knows whether it is the clock');
});

test('no answer is unreachable, and a fault of ours is unknown; neither is kept', async () => {
	const lost = await verify([key(1)], () => {
		throw new Unreachable('the name sts.amazonaws.com is not known', 'no-host');
	});
	const [one] = lost.said;
	assert.deepEqual(
		[one?.is, one?.why, one?.isOfProvider],
		['unreachable', 'the name sts.amazonaws.com is not known', false],
	);
	const broken = await verify([key(1)], () => {
		throw new TypeError('secret');
	});
	const [other] = broken.said;
	assert.deepEqual(
		[other?.is, other?.why, other?.isOfProvider],
		['unknown', "it can't be asked about: TypeError", false],
	);
});

test('nobody is asked about a credential of no provider', async () => {
	const generic = credentialOf('generic', {token: 'hush'});
	const strange = credentialOf('constructor', {token: 'hush'});
	const {said} = await verify([generic, strange, credentialOf('packet', {apiKey: 'hush'})], () => assert.fail('asked'));
	assert.deepEqual(
		said.map(({is, host}) => [is, host]),
		[
			['unsupported', ''],
			['unsupported', ''],
			['unsupported', ''],
		],
	);
});

test('nothing is asked or told once it is stopped', async () => {
	const stop = new AbortController();
	let requests = 0;
	const {said} = await verify(
		Array.from({length: 50}, (_, number) => key(number)),
		() => {
			if (++requests === 20) stop.abort();
			return identity;
		},
		{signal: stop.signal},
	);
	assert.ok(said.length < 20 && requests < 29, `${said.length} told, ${requests} asked`);
});

test('a password that was refused in any words is not tried again, however its cloud is spelled', async () => {
	const user = (name: string, more: Record<string, string>): Credential =>
		credentialOf(
			'openstack',
			{authURL: 'https://stack.example:5000/v3', username: 'me', password: 'wrong password', ...more},
			name,
		);
	let tries = 0;
	const {said} = await verify(
		[
			user('one', {userDomainName: 'Default', projectName: 'a'}),
			user('two', {userDomainID: 'default', projectName: 'b'}),
			user('three', {authURL: 'https://STACK.example:5000/', userDomainName: 'Default', projectName: 'c'}),
		],
		() => {
			tries++;
			return {
				status: 401,
				headers: new Map([['date', date]]),
				body: JSON.stringify({error: {code: 401, title: 'Unauthorized', message: 'The account is locked'}}),
			};
		},
	);
	assert.deepEqual([tries, said.map(({is}) => is)], [1, ['unknown', 'unknown', 'unknown']]);
});

test('what is said at another place is not of the provider', async () => {
	const {said} = await verify([key(1)], () => identity, {
		placeOf: () => ({
			origin: 'https://sts.example',
			host: 'sts.example',
			from: 'AWS_ENDPOINT_URL',
			sends: '',
			kind: 'secure',
			endpoint: 'https://sts.example',
		}),
	});
	assert.deepEqual([said[0]?.is, said[0]?.host, said[0]?.isOfProvider], ['valid', 'sts.example', false]);
});
