import assert from 'node:assert/strict';
import {createServer as createPlainServer} from 'node:http';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {type TestContext, test} from 'node:test';
import type {Ask, Request} from '../../source/domain/exchange.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {type Network, openNetwork, type Reach} from '../../source/network/network.js';
import {type FakeCloud, fakeCloud, type Handler, type Reply} from '../helpers/fake-cloud.js';

const host = 'api.linode.com';
const request: Request = {method: 'GET', url: `https://${host}/v4/profile`, headers: {authorization: 'Bearer hush'}};
const limits = {whole: 400, silence: 300, body: 64 * 1024};

/** Fake providers, and a way to them. */
async function reach(context: TestContext, handler: Handler, more: Partial<Reach> = {}, login?: string) {
	const cloud = await fakeCloud(context, {[host]: handler}, login === undefined ? {} : {login});
	const waits: number[] = [];
	const network = openNetwork({
		environment: cloud.environment,
		offline: false,
		now: () => Date.parse('2026-11-29T12:00:00Z'),
		wait: async milliseconds => void waits.push(milliseconds),
		ca: cloud.ca,
		limits,
		...more,
	});
	context.after(() => network.close());
	return {cloud, network, waits, ask: askWith(network)};
}

const askWith = (network: Network): Ask => network.askFor({provider: 'linode', origins: new Set()});

/** Asserts why there is no answer, and that nothing secret is said. */
async function assertUnreachable(asked: Promise<unknown>, why: RegExp): Promise<void> {
	await assert.rejects(asked, (error: unknown) => {
		assert.ok(error instanceof Unreachable, String(error));
		assert.match(error.message, why);
		assert.ok(!error.message.includes('hush') && !error.message.includes('\n'), error.message);
		return true;
	});
}

/** A server on loopback that does this with each connection. */
async function listen(
	context: TestContext,
	onConnection: (socket: Socket) => void,
	address = '127.0.0.1',
): Promise<number> {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => {});
		onConnection(socket);
	});
	await new Promise<void>(resolve => server.listen(0, address, resolve));
	context.after(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

const ok: Handler = () => ({status: 200, body: {username: 'me'}});

test('a request arrives as it is, through a proxy, and its answer comes back', async context => {
	const {ask, cloud} = await reach(context, ok);
	const answer = await ask({...request, method: 'POST', body: 'é=1'});
	assert.deepEqual(
		[answer.status, answer.body, answer.headers.get('content-type')],
		[200, '{"username":"me"}', 'application/json'],
	);
	const [got] = cloud.received;
	assert.deepEqual([got?.method, got?.target, got?.body, got?.headers.host], ['POST', '/v4/profile', 'é=1', host]);
	assert.deepEqual(
		[got?.headers.authorization, got?.headers['content-length'], got?.headers['user-agent']],
		['Bearer hush', '4', 'pharmer'],
	);
	assert.equal(got?.headers['proxy-authorization'], undefined);
	assert.deepEqual(cloud.connected, [`${host}:443`]);
});

test('one connection serves several requests', async context => {
	const {ask, cloud} = await reach(context, ok);
	for (let count = 0; count < 5; count++) await ask(request);
	assert.deepEqual([cloud.received.length, cloud.connected.length], [5, 1]);
});

test('a proxy gets the name and password that its address holds, and no provider gets them', async context => {
	const {ask, cloud} = await reach(context, ok, {}, 'me:secret word'.replace(' ', '-'));
	assert.equal((await ask(request)).status, 200);
	assert.equal(cloud.received[0]?.headers['proxy-authorization'], undefined);
	const wrong = {HTTPS_PROXY: String(cloud.environment.HTTPS_PROXY).replace('me:', 'you:')};
	const other = await reach(context, ok, {environment: wrong});
	await assertUnreachable(other.ask(request), /^the proxy 127\.0\.0\.1:\d+ wants another name or password \(407\)$/);
});

test('a proxy that is not there, is silent, or answers with a page is named', async context => {
	const by = async (onConnection: (socket: Socket) => void, why: RegExp): Promise<void> => {
		const port = await listen(context, onConnection);
		const {ask} = await reach(context, ok, {environment: {HTTPS_PROXY: `http://127.0.0.1:${port}`}});
		await assertUnreachable(ask(request), why);
	};
	await by(socket => socket.destroy(), /^the proxy 127\.0\.0\.1:\d+ can't be reached \(ECONNRESET\)$/);
	await by(() => {}, /did not answer within|does not answer/);
	const page = 'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<html>sign in';
	await by(socket => void socket.end(page), /^the proxy |^api\.linode\.com /);
	const moved = 'HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n';
	await by(socket => void socket.end(moved), /^the proxy 127\.0\.0\.1:\d+ answers 302$/);
	const {ask} = await reach(context, ok, {environment: {HTTPS_PROXY: 'http://127.0.0.1:1'}});
	await assertUnreachable(ask(request), /^the proxy 127\.0\.0\.1:1 can't be reached \(ECONNREFUSED\)$/);
});

test('a certificate of somebody else is not trusted, and NODE_EXTRA_CA_CERTS is named', async context => {
	const {cloud} = await reach(context, ok);
	const other = await fakeCloud(context, {'other.example': ok});
	const strangers: readonly Partial<Reach>[] = [
		{environment: cloud.environment, ca: other.ca},
		{environment: other.environment, ca: other.ca},
	];
	for (const more of strangers) {
		const {ask} = await reach(context, ok, more);
		await assertUnreachable(
			ask(request),
			/^the certificate of api\.linode\.com is not trusted \(\w+\): .*NODE_EXTRA_CA_CERTS/,
		);
	}
	assert.deepEqual([cloud.received, other.received], [[], []], 'nothing is sent to whom is not trusted');
});

test('without a network the reason is said', async context => {
	const {ask} = await reach(context, ok, {environment: {}});
	await assertUnreachable(
		ask(request),
		/^the name api\.linode\.com is not known$|^names of hosts can't be looked up: is there a network\?$/,
	);
	const {cloud, ask: offline} = await reach(context, ok, {offline: true});
	await assertUnreachable(offline(request), /^nothing is asked offline$/);
	assert.deepEqual(cloud.connected, []);
});

test('an address of IPv6 is asked like any other', async context => {
	const server = createPlainServer((_, response) => response.end('six'));
	const isThere = await new Promise<boolean>(resolve => {
		server.once('error', () => resolve(false));
		server.listen(0, '::1', () => resolve(true));
	});
	if (!isThere) return context.skip('this machine has no IPv6');
	context.after(() => server.close());
	const origin = `http://[::1]:${(server.address() as AddressInfo).port}`;
	const {network} = await reach(context, ok);
	const answer = await network.askFor({provider: 'linode', origins: new Set([origin])})({method: 'GET', url: origin});
	assert.equal(answer.body, 'six');
});

test('what is slow, endless or broken off ends in its time', async context => {
	const by = async (reply: Handler, why: RegExp): Promise<void> => {
		const {ask} = await reach(context, reply);
		await assertUnreachable(ask(request), why);
	};
	await by(() => new Promise<Reply>(() => {}), /^api\.linode\.com did not answer within 0\.[34] seconds$/);
	await by(
		() => ({status: 200, body: 'x'.repeat(limits.body + 1)}),
		/^api\.linode\.com answers with more than it should$/,
	);
	await by(() => ({status: 200, headers: {'content-length': '99'}, body: 'x'}), /api\.linode\.com/);
});

test('a connection that ends without an answer is told, whatever came before it', async context => {
	const port = await listen(context, socket =>
		socket.end('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
	);
	const origin = `http://127.0.0.1:${port}`;
	const {network} = await reach(context, ok);
	const ask = network.askFor({provider: 'linode', origins: new Set([origin])});
	await assertUnreachable(ask({method: 'GET', url: origin}), /^127\.0\.0\.1:\d+ broke off without an answer$/);
});

test('a password is sent once, whatever is answered and however the connection ends', async context => {
	const signIn: Request = {...request, isOnce: true};
	for (const status of [429, 503]) {
		const busy = await reach(context, () => ({status, headers: {'retry-after': '1'}}));
		assert.equal((await busy.ask(signIn)).status, status);
		assert.deepEqual([busy.cloud.received.length, busy.waits], [1, []]);
	}
	let count = 0;
	const port = await listen(context, socket =>
		socket.on('data', () => {
			if (++count === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
			else socket.destroy();
		}),
	);
	const origin = `http://127.0.0.1:${port}`;
	const {network} = await reach(context, ok);
	const ask = network.askFor({provider: 'linode', origins: new Set([origin])});
	await ask({...signIn, url: origin});
	await assertUnreachable(ask({...signIn, url: origin}), /127\.0\.0\.1/);
	assert.equal(count, 2);
});

test('a line that drips is not waited for', async context => {
	const {cloud} = await reach(context, ok);
	const port = await listen(context, socket => {
		socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
		const drip = setInterval(() => socket.write('x'), 50);
		socket.once('close', () => clearInterval(drip));
	});
	const origin = `http://127.0.0.1:${port}`;
	const {network} = await reach(context, ok, {environment: cloud.environment});
	const ask = network.askFor({provider: 'linode', origins: new Set([origin])});
	await assertUnreachable(ask({method: 'GET', url: origin}), /^127\.0\.0\.1:\d+ did not answer within 0\.4 seconds$/);
});

test('a provider that wants fewer requests is asked again after the time that it names', async context => {
	const replies: Reply[] = [
		{status: 429, headers: {'retry-after': '7'}},
		{status: 503, headers: {'retry-after': 'Sun, 29 Nov 2026 12:00:05 GMT'}},
		{status: 200, body: 'done'},
	];
	const {ask, waits} = await reach(context, () => replies.shift() ?? {status: 500});
	assert.equal((await ask(request)).body, 'done');
	assert.deepEqual(waits, [7000, 5000]);
});

test('it is asked three times at most, and not at all after a long time', async context => {
	const busy = await reach(context, () => ({status: 429}));
	assert.equal((await busy.ask(request)).status, 429);
	assert.deepEqual([busy.cloud.received.length, busy.waits], [3, [1000, 2000]]);
	const later = await reach(context, () => ({status: 429, headers: {'retry-after': '3600'}}));
	assert.equal((await later.ask(request)).status, 429);
	assert.deepEqual([later.cloud.received.length, later.waits], [1, []]);
});

test('a redirect is an answer, and leads nowhere', async context => {
	const {ask, cloud} = await reach(context, () => ({status: 302, headers: {location: 'https://evil.example/'}}));
	assert.equal((await ask(request)).status, 302);
	assert.deepEqual(cloud.connected, [`${host}:443`]);
});

test('nothing is sent to a host that is neither the provider nor agreed to', async context => {
	const {network, cloud} = await reach(context, ok);
	const asks: readonly (readonly [address: string, origins: readonly string[]])[] = [
		['https://evil.example/', []],
		['https://evil.example/', ['https://other.example']],
		['https://evil.example:8443/', ['https://evil.example']],
		['http://evil.example/', ['http://evil.example']],
		['http://api.linode.com/', []],
		['ftp://evil.example/', ['ftp://evil.example']],
	];
	for (const [url, origins] of asks) {
		const ask = network.askFor({provider: 'linode', origins: new Set(origins)});
		await assert.rejects(async () => ask({method: 'GET', url}), {code: 'bug'});
	}
	assert.deepEqual(cloud.connected, []);
});

test('what is stopped ends at once, and nothing is asked afterwards', async context => {
	const stop = new AbortController();
	const {ask, cloud}: {ask: Ask; cloud: FakeCloud} = await reach(
		context,
		() => {
			stop.abort();
			return new Promise<Reply>(() => {});
		},
		{signal: stop.signal},
	);
	await assertUnreachable(ask(request), /^it was stopped$/);
	await assertUnreachable(ask(request), /^it was stopped$/);
	assert.equal(cloud.received.length, 1);
});
