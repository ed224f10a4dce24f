import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {temporaryHome} from '../helpers/program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['cli.tsx', 'source', 'tools', 'package.json', 'tsconfig.json', 'docs'];

/** Builds a copy of the project in `folder`: name to bytes of every file of its dist/. */
async function built(folder: string, environment: NodeJS.ProcessEnv): Promise<ReadonlyMap<string, Buffer>> {
	mkdirSync(folder, {recursive: true});
	for (const name of sources) cpSync(join(root, name), join(folder, name), {recursive: true});
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
	const args = ['--import', 'tsx', 'tools/build.ts', '--quiet'];
	await promisify(execFile)(process.execPath, args, {cwd: folder, env: {...process.env, ...environment}});
	const dist = join(folder, 'dist');
	return new Map(readdirSync(dist).map(name => [name, readFileSync(join(dist, name))]));
}

test('the build is the same to the byte in any folder, time zone and language', async context => {
	const home = temporaryHome(context);
	const [one, other] = await Promise.all([
		built(join(home, 'one'), {TZ: 'Pacific/Auckland', LC_ALL: 'C'}),
		built(join(home, 'another folder', 'deeper'), {TZ: 'America/Anchorage', LC_ALL: 'tr_TR.UTF-8'}),
	]);
	assert.ok(one.has('cli.js') && one.has('THIRD-PARTY-NOTICES'));
	assert.deepEqual([...one.keys()], [...other.keys()]);
	for (const [name, bytes] of one) assert.ok(other.get(name)?.equals(bytes), name);
});
