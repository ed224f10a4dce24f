import {execFile, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import type {TestContext} from 'node:test';
import {promisify} from 'node:util';

/** The last version for Node.js 20. */
const version = '3.35.0';

/**
 * The emulator of Azure Storage with one account, from npm and in a folder of its own, since it has 200 MB: the address
 * of its blobs. Skips the test where it can't be had, which is an error where CI is set.
 */
export async function startAzurite(context: TestContext, account: string, key: string): Promise<string | undefined> {
	const folder = mkdtempSync(join(tmpdir(), 'azurite-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const options = ['--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
	try {
		await promisify(execFile)('npm', ['install', `azurite@${version}`, ...options], {cwd: folder, timeout: 300_000});
	} catch (error) {
		if (process.env.CI) throw error;
		context.skip(`SKIPPED: npm can't install azurite@${version} here`);
		return undefined;
	}
	const program = join(folder, 'node_modules/azurite/dist/src/blob/main.js');
	const place = ['--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence', '--disableTelemetry'];
	const child = spawn(process.execPath, [program, ...place], {
		cwd: folder,
		env: {PATH: process.env.PATH, AZURITE_ACCOUNTS: `${account}:${key}`},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	context.after(() => child.kill());
	for await (const line of createInterface({input: child.stdout})) {
		const [, address] = /successfully listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
		if (address !== undefined) return `${address}/${account}`;
	}
	throw new Error('azurite has ended');
}
