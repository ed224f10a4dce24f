import {execFileSync, spawn} from 'node:child_process';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {basename, dirname} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import type {BareRepository} from './bare-repository.js';
import {certificateFor} from './fake-cloud.js';

/** A repository at https://, for those who sign in. */
export type GitHttps = {
	readonly remote: string;
	/** The authority that git has to trust. */
	readonly caPath: string;
	/** The method and target of each request so far. */
	readonly requests: readonly string[];
};

/**
 * Serves a repository by git's own program for it, to whom signs in as `me` with that password, and maybe to read only.
 * What is asked for below `/moved` is elsewhere.
 */
export async function gitHttps(
	context: TestContext,
	{directory}: BareRepository,
	password: string,
	isReadOnly = false,
): Promise<GitHttps> {
	const {key, cert, caPath} = certificateFor(context, ['localhost']);
	const backend = `${execFileSync('git', ['--exec-path'], {encoding: 'utf8'}).trim()}/git-http-backend`;
	const requests: string[] = [];
	const expected = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
	const server = createServer({key, cert}, (request, response) => {
		requests.push(`${request.method} ${request.url}`);
		if (request.url?.startsWith('/moved/'))
			return response.writeHead(301, {location: request.url.slice('/moved'.length)}).end();
		const isSignedIn = request.headers.authorization === expected;
		const writes = request.url?.includes('receive-pack') ?? false;
		if (isSignedIn && !(isReadOnly && writes)) return answer(backend, dirname(directory), request, response);
		response.writeHead(isSignedIn ? 403 : 401, {'www-authenticate': 'Basic realm="git"'}).end();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	context.after(() => {
		server.close();
		server.closeAllConnections();
	});
	const {port} = server.address() as AddressInfo;
	return {remote: `https://localhost:${port}/${basename(directory)}`, caPath, requests};
}

/** One request to git's program, which speaks CGI. */
function answer(backend: string, root: string, request: IncomingMessage, response: ServerResponse): void {
	const {pathname, searchParams} = new URL(request.url ?? '/', 'https://localhost');
	const {'content-type': type = '', 'content-encoding': coding = '', 'git-protocol': protocol = ''} = request.headers;
	const child = spawn(backend, {
		env: {
			...{PATH: process.env.PATH, HOME: process.env.HOME, GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1'},
			...{REQUEST_METHOD: request.method, PATH_INFO: pathname, QUERY_STRING: `${searchParams}`, REMOTE_USER: 'me'},
			...{CONTENT_TYPE: type, HTTP_CONTENT_ENCODING: coding, HTTP_GIT_PROTOCOL: `${protocol}`},
		},
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	request.pipe(child.stdin).on('error', () => {});
	let head = Buffer.alloc(0);
	child.stdout.on('data', (chunk: Buffer) => {
		if (response.headersSent) return void response.write(chunk);
		head = Buffer.concat([head, chunk]);
		const end = head.indexOf('\r\n\r\n');
		if (end < 0) return;
		const headers = new Map(
			head
				.toString('latin1', 0, end)
				.split('\r\n')
				.map(line => line.split(/: /, 2) as [string, string]),
		);
		response.writeHead(Number.parseInt(headers.get('Status') ?? '200', 10), {
			'content-type': headers.get('Content-Type') ?? '',
		});
		response.write(head.subarray(end + 4));
	});
	child.on('close', () => response.end());
}
