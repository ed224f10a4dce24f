import {execFileSync, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {pathToFileURL} from 'node:url';
import {temporaryFolder} from './vault-samples.js';

/** A bare repository on this machine. */
export type BareRepository = {
	/** A folder of the test's own, in which it is `remote.git`. */
	readonly folder: string;
	readonly directory: string;
	/** Its address as git takes it. */
	readonly remote: string;
	/** Runs git in it, and returns what that prints. */
	readonly git: (...args: readonly string[]) => string;
};

/** An empty repository; undefined where there is no git, which is said in one line. Throws for that where CI is set. */
export function bareRepository(context: TestContext): BareRepository | undefined {
	if (spawnSync('git', ['--version'], {stdio: 'ignore'}).status !== 0) {
		const why = 'THERE IS NO git';
		if (process.env.CI) throw new Error(why);
		context.skip(`SKIPPED: ${why}: a repository is not tried as a storage`);
		return undefined;
	}
	const folder = temporaryFolder(context);
	const directory = join(folder, 'remote.git');
	const git = (...args: readonly string[]): string =>
		execFileSync('git', ['--git-dir', directory, ...args], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
	git('init', '--quiet', '--bare', '--template=');
	return {folder, directory, remote: pathToFileURL(directory).href, git};
}
