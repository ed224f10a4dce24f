import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';

/** A program of somebody else that tests are run against. */
export type Installable = {
	readonly name: string;
	readonly version: string;
	/** Whether what builds or installs it is on this machine, as a command that says so. */
	readonly needs: readonly [string, ...string[]];
	/** What installs it into a folder, one command after the other; the folder is moved to another place then. */
	readonly install: (folder: string) => readonly (readonly [string, ...string[]])[];
	/** Where it is in that folder. */
	readonly path: string;
};

/** What is installed is kept by its version, outside of the repository. */
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'pharmer-tests');

/**
 * The path of a program, which is installed where it is not there yet. Skips the test where it can't be, and says why in
 * one line; throws for that where CI is set and the machine has what it needs.
 */
export function installed(
	context: TestContext,
	{name, version, needs, install, path}: Installable,
): string | undefined {
	const folder = join(cache, `${name}-${version}`);
	const program = join(folder, path);
	if (existsSync(program)) return program;
	mkdirSync(cache, {recursive: true});
	const fresh = mkdtempSync(`${folder}.`);
	context.after(() => rmSync(fresh, {recursive: true, force: true}));
	const runs = ([command, ...args]: readonly [string, ...string[]]): boolean =>
		spawnSync(command, args, {stdio: 'ignore', env: {...process.env, GOBIN: fresh}}).status === 0;
	const skip = (why: string): undefined => void context.skip(`SKIPPED: ${why}: the real counterpart is not asked`);
	if (!runs(needs)) return skip(`${needs[0]} IS NOT ON THIS MACHINE, and ${name} needs it`);
	if (install(fresh).every(runs) && existsSync(join(fresh, path))) {
		// Whole at once, as another test may install it at the same time, and be the first.
		if (!existsSync(folder)) renameSync(fresh, folder);
		return program;
	}
	const why = `${name} ${version} CAN'T BE INSTALLED with ${needs[0]}`;
	if (process.env.CI) throw new Error(why);
	return skip(why);
}

/** A program in Go: its package. */
export function goProgram(name: string, from: string, version: string): Installable {
	return {
		name,
		version,
		needs: ['go', 'version'],
		install: () => [['go', 'install', `${from}@${version}`]],
		path: name,
	};
}
