import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {type Git, type GitAnswer, type GitRun, systemGit} from '../../source/platform/git.js';
import {type GitOptions, gitStore} from '../../source/stores/git.js';
import type {Store} from '../../source/stores/store.js';
import {type BareRepository, bareRepository} from './bare-repository.js';

/** What stands between a store and git: it runs it, or not. */
export type Between = (run: GitRun, go: () => Promise<GitAnswer>) => Promise<GitAnswer>;

/** A bare repository, and what opens stores in it. */
export type GitStores = BareRepository & {
	/** A store with a cache of that name. */
	readonly open: (cache: string, between?: Between, options?: GitOptions) => Store;
	/** Runs git itself. */
	readonly run: Git;
	/** The first word of what each run of git was, by all stores, and forgets it. */
	readonly took: () => readonly string[];
};

/** Undefined where there is no git: the test is skipped then. */
export function gitStores(context: TestContext): GitStores | undefined {
	const repository = bareRepository(context);
	if (repository === undefined) return undefined;
	const {remote, folder} = repository;
	const real = systemGit(process.env);
	const runs: string[] = [];
	return {
		...repository,
		open(cache, between = (_, go) => go(), options = {}) {
			const git: Git = run => {
				runs.push(run.args[0] ?? '');
				return between(run, () => real(run));
			};
			const store = gitStore({remote, branch: 'pharmer'}, git, join(folder, cache), {
				wait: async () => {},
				random: () => 0.5,
				...options,
			});
			context.after(() => store.close());
			return store;
		},
		run: real,
		took: () => runs.splice(0),
	};
}
