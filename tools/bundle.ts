import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BuildOptions, Plugin} from 'esbuild';
import {bundleOptions as common} from './bundle-options.js';

/** The program loads its quick answers from a file of their own: one file opens faster than the chunks it shares. */
const quickApart: Plugin = {
	name: 'quick-apart',
	setup(esbuild) {
		esbuild.onResolve({filter: /^\.\/source\/quick\.js$/}, () => ({path: './quick.js', external: true}));
	},
};

/** Bundle options for that file. */
export function quickOptions(root: string): BuildOptions & {readonly metafile: true} {
	return {...bundleOptions(root), plugins: common.plugins, splitting: false, entryPoints: {quick: 'source/quick.ts'}};
}

/**
 * Bundle options for the project in the folder `root`, written to its dist/: the program, the processes that it starts,
 * and chunks that load on demand.
 */
export function bundleOptions(root: string): BuildOptions & {readonly metafile: true} {
	const {version}: {readonly version: string} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return {
		...common,
		absWorkingDir: root,
		plugins: [...common.plugins, quickApart],
		entryPoints: {cli: 'cli.tsx', agent: 'source/agent/main.ts', 'keyring-child': 'source/platform/keyring-child.ts'},
		outdir: 'dist',
		minify: true,
		legalComments: 'none',
		define: {...common.define, PHARMER_VERSION: JSON.stringify(version)},
		metafile: true,
		// Chunk names depend on file paths: this keeps them the same when node_modules is a symbolic link.
		preserveSymlinks: true,
	};
}
