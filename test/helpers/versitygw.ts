import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import type {AwsKey} from '../../source/signing/sigv4.js';
import {goProgram, installed} from './installed.js';
import {freePort, serve} from './served.js';

/** A product that speaks S3 over a directory. It takes minutes to build. */
const program = goProgram('versitygw', 'github.com/versity/versitygw/cmd/versitygw', 'v1.8.0');

/** The origin of a versitygw on loopback with that bucket and key; undefined where it can't be had, which is said. */
export async function versitygw(
	context: TestContext,
	bucket: string,
	{id, secret}: AwsKey,
): Promise<string | undefined> {
	const path = installed(context, program);
	if (path === undefined) return undefined;
	const folder = mkdtempSync(join(tmpdir(), 'versitygw-'));
	context.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	mkdirSync(join(folder, bucket));
	const port = await freePort();
	const account = {ROOT_ACCESS_KEY: id, ROOT_SECRET_KEY: secret};
	await serve(context, [path, '--port', `127.0.0.1:${port}`, '--quiet', 'posix', folder], port, account);
	return `http://127.0.0.1:${port}`;
}
