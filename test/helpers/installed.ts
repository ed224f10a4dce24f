import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';

/** A program in Go that a test is run against: its module at a version, and its package in that. */
export type GoProgram = {readonly name: string; readonly from: string; readonly version: string};

/** What is built for tests is kept outside of the repository, by its version. */
const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');

/**
 * The path of that program, which is built where it is not there yet; undefined where Go is not on this machine, which is
 * said in one line. Throws where CI is set, Go is there, and it can't be built.
 */
export function goProgram(context: TestContext, {name, from, version}: GoProgram): string | undefined {
	const folder = join(cache, 'pharmer-tests', `${name}-${version}`);
	const program = join(folder, name);
	if (existsSync(program)) return program;
	try {
		execFileSync('go', ['version'], {stdio: 'ignore'});
	} catch {
		context.skip(`SKIPPED: go IS NOT ON THIS MACHINE, so ${name} can't be built: the real counterpart is not asked`);
		return undefined;
	}
	mkdirSync(folder, {recursive: true});
	try {
		execFileSync('go', ['install', `${from}@${version}`], {env: {...process.env, GOBIN: folder}, stdio: 'pipe'});
		return program;
	} catch (error) {
		if (process.env.CI) throw error;
		context.skip(`SKIPPED: go CAN'T BUILD ${name} ${version} HERE: the real counterpart is not asked`);
		return undefined;
	}
}
