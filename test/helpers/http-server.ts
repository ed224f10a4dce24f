import {createServer, type IncomingHttpHeaders, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {TestContext} from 'node:test';

/** A request with the bytes of its body. */
export type Got = {
	readonly method: string;
	/** The path with what is after the `?`. */
	readonly target: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
};

/** What a fake answers; or it does with the response itself what no server should. */
export type Said =
	| {readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer}
	| ((response: ServerResponse) => void);

/** A server on loopback that gives these answers: its origin. */
export async function serveHttp(context: TestContext, answer: (got: Got) => Said | Promise<Said>): Promise<string> {
	const server = createServer(async (request, response) => {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part);
		const {method = '', url: target = '', headers} = request;
		const said = await answer({method, target, headers, body: Buffer.concat(parts)});
		if (typeof said === 'function') said(response);
		else response.writeHead(said.status, said.headers).end(said.body);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	context.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
