import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import type {AwsKey} from '../../source/signing/sigv4.js';
import {type Installable, installed} from './installed.js';
import {freePort, serve} from './served.js';

/** A server that answers 412, but tells several of those that create the same object that they did. It takes minutes to build. */
const program: Installable = {
	name: 's3s-fs',
	version: '0.14.1',
	needs: ['cargo', '--version'],
	install: folder => [['cargo', 'install', 's3s-fs@0.14.1', '--features', 'binary', '--root', folder]],
	path: 'bin/s3s-fs',
};

/** The origin of a s3s-fs on loopback with that bucket and key; undefined where it can't be had, which is said. */
export async function s3sFs(context: TestContext, bucket: string, {id, secret}: AwsKey): Promise<string | undefined> {
	const path = installed(context, program);
	if (path === undefined) return undefined;
	const folder = mkdtempSync(join(tmpdir(), 's3s-fs-'));
	context.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	mkdirSync(join(folder, bucket));
	const port = await freePort();
	const key = ['--access-key', id, '--secret-key', secret];
	await serve(context, [path, '--host', '127.0.0.1', '--port', String(port), ...key, folder], port);
	return `http://127.0.0.1:${port}`;
}
