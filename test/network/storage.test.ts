import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {Unreachable} from '../../source/domain/exchange.js';
import {openNetwork, type Reach} from '../../source/network/network.js';

/** A storage on loopback, and the way to it. */
async function storage(context: TestContext, listener: RequestListener, more: Partial<Reach> = {}) {
	const server = createServer(listener);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	context.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const limits = {whole: 30_000, silence: 10_000, body: 1000};
	const network = openNetwork({environment: {}, offline: false, now: Date.now, wait: async () => {}, limits, ...more});
	context.after(() => network.close());
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {origin, network, ask: network.askStorage(origin)};
}

test('bytes go to a storage and come back as they are, and no more than are asked for', async context => {
	const object = randomBytes(100_000);
	let got = Buffer.alloc(0);
	const {ask, origin} = await storage(context, async (request, response) => {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part);
		got = Buffer.concat(parts);
		response.end(object);
	});
	const url = `${origin}/object`;
	const {body, isCut, status} = await ask({method: 'PUT', url, body: object, most: object.length});
	assert.deepEqual([status, isCut, body.equals(object), got.equals(object)], [200, false, true, true]);
	const cut = await ask({method: 'GET', url, most: object.length - 1});
	assert.deepEqual([cut.isCut, cut.body.equals(object.subarray(0, -1))], [true, true]);
	assert.deepEqual(await ask({method: 'GET', url, most: 0}).then(answer => [answer.isCut, answer.body.length]), [
		true,
		0,
	]);
});

test('an answer without an end is read as far as one asks, and not waited for', async context => {
	let end = (): void => {};
	const ended = new Promise<void>(resolve => {
		end = resolve;
	});
	const {ask, origin} = await storage(context, (_, response) => {
		const fill = (): void => {
			while (response.write(Buffer.alloc(64 * 1024)));
		};
		response.on('drain', fill).once('close', end);
		fill();
	});
	const {isCut, body} = await ask({method: 'GET', url: origin, most: 5_000_000});
	assert.deepEqual([isCut, body.length], [true, 5_000_000]);
	await ended;
});

test('bytes that are broken off are no object', async context => {
	const {ask, origin} = await storage(context, (_, response) => {
		response.writeHead(200, {'content-length': '100'});
		response.write('x'.repeat(50), () => response.destroy());
	});
	await assert.rejects(ask({method: 'GET', url: origin, most: 1000}), (error: unknown) => {
		assert.ok(error instanceof Unreachable);
		assert.match(error.message, /^127\.0\.0\.1:\d+ (?:broke off in its answer|can't be reached \(ECONNRESET\))$/);
		return true;
	});
});

test('a storage is asked at the origin of its address, and nowhere else', async context => {
	let count = 0;
	const {network, origin} = await storage(context, (_, response) => {
		count++;
		response.writeHead(307, {location: 'https://evil.example/'}).end();
	});
	assert.equal((await network.askStorage(origin)({method: 'GET', url: `${origin}/a`, most: 10})).status, 307);
	const {port} = new URL(origin);
	for (const [allowed, url] of [
		[origin, `http://localhost:${port}/`],
		[origin, `https://127.0.0.1:${port}/`],
		[origin, 'http://127.0.0.1/'],
		['http://storage.example', 'http://storage.example/'],
		['https://storage.example', 'https://storage.example.evil.example/'],
	] as const)
		await assert.rejects(async () => network.askStorage(allowed)({method: 'GET', url, most: 10}), {code: 'bug'});
	assert.equal(count, 1);
});

test('many requests at once stop together, and Node.js has nothing to say of them', async context => {
	const warnings: string[] = [];
	const onWarning = ({name}: Error) => warnings.push(name);
	process.on('warning', onWarning);
	context.after(() => process.off('warning', onWarning));
	const stop = new AbortController();
	let waiting = 0;
	const {ask, origin} = await storage(context, () => void (++waiting === 40 && stop.abort()), {signal: stop.signal});
	const asked = Array.from({length: 40}, () => ask({method: 'GET', url: origin, most: 10}));
	const results = await Promise.allSettled(asked);
	assert.ok(results.every(({status}) => status === 'rejected'));
	assert.deepEqual(warnings, []);
});

test('offline no storage is asked', async context => {
	const {ask, origin} = await storage(context, () => assert.fail('asked'), {offline: true});
	await assert.rejects(ask({method: 'GET', url: origin, most: 10}), {kind: 'offline'});
});

test('a busy storage is asked again to read, and not to create', async context => {
	let count = 0;
	const {ask, origin} = await storage(context, (_, response) => {
		count++;
		response.writeHead(503).end('SlowDown');
	});
	assert.equal((await ask({method: 'GET', url: origin, most: 10})).status, 503);
	assert.equal(count, 3);
	assert.equal((await ask({method: 'PUT', url: origin, most: 10, body: Buffer.from('x'), isOnce: true})).status, 503);
	assert.equal(count, 4);
});
