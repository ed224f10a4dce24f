import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';

/** A request as a fake provider got it. */
export type Received = {
	readonly host: string;
	readonly method: string;
	/** The path with what is after the `?`. */
	readonly target: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
};

export type Reply = {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** An object is sent as JSON. */
	readonly body?: string | object;
};

export type Handler = (request: Received) => Reply | Promise<Reply>;

/** What a process needs to reach the fake providers as if they were the real ones, and what these got. */
export type FakeCloud = {
	/** Names the proxy. With `NODE_EXTRA_CA_CERTS` for a process that is started with it. */
	readonly environment: Readonly<Record<string, string>>;
	/** PEM of the authority that has signed for the hosts. */
	readonly ca: string;
	readonly received: readonly Received[];
	/** The authorities that CONNECT was asked for. */
	readonly connected: readonly string[];
};

/**
 * Providers on loopback, by their real names: a proxy that leads every CONNECT to a server of its own, whose certificate
 * is for these hosts. So the request is the one that the provider would get, to the byte.
 */
export async function fakeCloud(
	context: TestContext,
	handlers: Readonly<Record<string, Handler>>,
	{
		login,
		now,
	}: {readonly login?: string /** The providers' clock; the machine's when left out. */; readonly now?: number} = {},
): Promise<FakeCloud> {
	const {ca, caPath, key, cert} = certificateFor(context, Object.keys(handlers));
	const received: Received[] = [];
	const connected: string[] = [];
	const cloud = createSecureServer({key, cert}, async (request, response) => {
		let body = '';
		for await (const part of request) body += part;
		const {method = '', url: target = '', headers} = request;
		const host = headers.host ?? '';
		const got = {host, method, target, headers, body};
		received.push(got);
		const {status, headers: more = {}, body: text = ''} = (await handlers[host]?.(got)) ?? {status: 599};
		const isText = typeof text === 'string';
		if (now !== undefined) response.setHeader('date', new Date(now).toUTCString());
		response.writeHead(status, {'content-type': isText ? 'text/html' : 'application/json', ...more});
		response.end(isText ? text : JSON.stringify(text));
	});
	const sockets = new Set<Socket>();
	const proxy = createServer((_, response) => response.writeHead(405).end());
	proxy.on('connect', (request, socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
		if (request.headers['proxy-authorization'] !== expected) {
			socket.end(
				'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n',
			);
			return;
		}
		connected.push(request.url ?? '');
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		cloud.emit('connection', socket);
	});
	await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
	context.after(() => {
		for (const socket of sockets) socket.destroy();
		proxy.close();
	});
	const {port} = proxy.address() as AddressInfo;
	const address = `http://${login === undefined ? '' : `${login}@`}127.0.0.1:${port}`;
	return {environment: {HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: caPath}, ca, received, connected};
}

/** A key, and its certificate for these hosts by an authority of the test's own. */
export function certificateFor(context: TestContext, hosts: readonly string[]) {
	const folder = mkdtempSync(join(tmpdir(), 'cloud-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const at = (name: string): string => join(folder, name);
	const openssl = (...args: readonly string[]): void =>
		void execFileSync('openssl', args, {cwd: folder, stdio: ['ignore', 'ignore', 'pipe']});
	const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-batch'];
	openssl(
		'req',
		'-x509',
		...newKey,
		'-keyout',
		'ca.key',
		'-out',
		'ca.pem',
		'-subj',
		'/CN=test authority',
		'-days',
		'2',
	);
	openssl('req', ...newKey, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', '/CN=cloud');
	writeFileSync(at('names'), `subjectAltName=${hosts.map(host => `DNS:${host}`).join(',')}`);
	const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
	openssl('x509', '-req', '-in', 'request.pem', ...signed, '-out', 'cert.pem');
	const read = (name: string): string => readFileSync(at(name), 'utf8');
	return {ca: read('ca.pem'), caPath: at('ca.pem'), key: read('key.pem'), cert: read('cert.pem')};
}
