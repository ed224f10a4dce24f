import {type SpawnOptions, spawn} from 'node:child_process';
import type {AddressInfo} from 'node:net';
import {connect, createServer} from 'node:net';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	await new Promise(resolve => server.close(resolve));
	return port;
}

/** Starts a server, and resolves once it takes connections at that port of loopback. It ends with the test. */
export async function serve(
	context: TestContext,
	[program, ...args]: readonly [string, ...string[]],
	port: number,
	environment: NonNullable<SpawnOptions['env']> = {},
): Promise<void> {
	const server = spawn(program, args, {
		env: {PATH: process.env.PATH, HOME: process.env.HOME, ...environment},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let said = '';
	let hasEnded = false;
	for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', text => (said += text));
	server.once('close', () => (hasEnded = true)).once('error', error => (said += error.message));
	context.after(() => void server.kill('SIGKILL'));
	for (let waited = 0; waited < 600 && !hasEnded; waited++) {
		if (await answers(port)) return;
		await sleep(50);
	}
	throw new Error(`${program} does not start: ${said.slice(-2000)}`);
}

function answers(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
