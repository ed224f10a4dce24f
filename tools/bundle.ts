import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BuildOptions, Plugin} from 'esbuild';
import {bundleOptions as common} from './bundle-options.js';
import {commandWords} from './words.js';

/** The start loads the rest of the program, and what answers a shell's hook, from other files. */
const restApart: Plugin = {
	name: 'rest-apart',
	setup(esbuild) {
		esbuild.onResolve({filter: /^\.\/source\/this-process\.js$/}, () => ({path: './this-process.mjs', external: true}));
		esbuild.onResolve({filter: /^\.\/source\/project\/entered\.js$/}, () => ({path: './entered.mjs', external: true}));
	},
};

/** What completes a command line is loaded for that only, by `require`, which takes less time than `import`. */
const completionApart: Plugin = {
	name: 'completion-apart',
	setup(esbuild) {
		const namespace = 'apart';
		esbuild.onResolve({filter: /^\.\/source\/complete\.js$/}, ({path}) => ({path, namespace}));
		esbuild.onResolve({filter: /^\.\/complete\.js$/, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /.*/, namespace}, () => ({contents: "module.exports = require('./complete.js')"}));
	},
};

type Options = BuildOptions & {readonly metafile: true};

/**
 * Bundle options for the project in the folder `root`, written to its dist/. The start of the program, with what it
 * answers quickly, is CommonJS: Node.js 20 loads that in 2 ms, and modules in 10.
 */
export function startOptions(root: string): Options {
	return {
		...shared(root),
		entryPoints: {cli: 'cli.tsx', complete: 'source/complete.ts'},
		plugins: [restApart, completionApart],
		splitting: false,
		format: 'cjs',
		banner: {},
		define: {...shared(root).define, PHARMER_WORDS: JSON.stringify(commandWords())},
		// `programVersion` looks for the source's own package.json, which no bundle does.
		logOverride: {'empty-import-meta': 'silent'},
	};
}

/** Bundle options for the rest: the program, the processes that it starts, and chunks that load on demand. */
export function bundleOptions(root: string): Options {
	return {
		...shared(root),
		entryPoints: {
			'this-process': 'source/this-process.ts',
			agent: 'source/agent/main.ts',
			entered: 'source/project/entered.ts',
			'keyring-child': 'source/platform/keyring-child.ts',
		},
		outExtension: {'.js': '.mjs'},
	};
}

/** The text of a bundled file, without the banner that makes `require` where the file has no use for it. */
export function withoutBanner(text: string): string {
	const {js} = common.banner;
	const rest = text.replace(`${js}\n`, '');
	return /\brequire\b/.test(rest) ? text : rest;
}

function shared(root: string): Options {
	const {version}: {readonly version: string} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return {
		...common,
		absWorkingDir: root,
		outdir: 'dist',
		minify: true,
		legalComments: 'none',
		define: {...common.define, PHARMER_VERSION: JSON.stringify(version)},
		metafile: true,
		// Chunk names depend on file paths: this keeps them the same when node_modules is a symbolic link.
		preserveSymlinks: true,
	};
}
