import type {TestContext} from 'node:test';
import {goProgram, installed} from './installed.js';
import {freePort, serve} from './served.js';

/** A server in memory that speaks S3 and keeps conditional writes; it checks no signature. */
const program = goProgram('gofakes3', 'github.com/johannesboyne/gofakes3/cmd/gofakes3', 'v1.2.0');

/** The origin of a gofakes3 on loopback with that bucket; undefined where it can't be had, which is said. */
export async function gofakes3(context: TestContext, bucket: string): Promise<string | undefined> {
	const path = installed(context, program);
	if (path === undefined) return undefined;
	const port = await freePort();
	await serve(context, [path, '-host', `127.0.0.1:${port}`, '-backend', 'memory', '-initialbucket', bucket], port);
	return `http://127.0.0.1:${port}`;
}
