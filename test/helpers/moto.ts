import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';

/** Has moto know the policies that are AWS's own. */
const managed = {MOTO_IAM_LOAD_MANAGED_POLICIES: 'true'};

/** The version of moto that is installed for a test, apart from everything else. */
const version = '5.2.5';

/**
 * A server of moto on loopback that checks signatures and rights after that many actions; undefined where Python has
 * no moto here, which is said in one line. Throws for that where CI is set.
 */
export async function moto(context: TestContext, free: number): Promise<string | undefined> {
	const folder = mkdtempSync(join(tmpdir(), 'moto-'));
	context.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	const python = join(folder, 'bin/python');
	const isThere =
		spawnSync('python3', ['-m', 'venv', folder], {stdio: 'ignore'}).status === 0 &&
		spawnSync(python, ['-m', 'pip', 'install', '--quiet', `moto[server]==${version}`], {stdio: 'ignore'}).status === 0;
	if (!isThere) {
		const why = `moto ${version} can't be installed with python3 -m venv and pip`;
		if (process.env.CI) throw new Error(why);
		context.skip(`SKIPPED: ${why}, so AWS's counterpart is not asked`);
		return undefined;
	}
	const server = spawn(join(folder, 'bin/moto_server'), ['-H', '127.0.0.1', '-p', '0'], {
		env: {...process.env, INITIAL_NO_AUTH_ACTION_COUNT: String(free), ...managed, PYTHONUNBUFFERED: '1'},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	context.after(() => void server.kill('SIGKILL'));
	let said = '';
	for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', text => (said += text));
	for (let waited = 0; waited < 300; waited++) {
		const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
		if (url !== undefined) return url;
		await sleep(100);
	}
	throw new Error(`moto does not start: ${said}`);
}
