import {readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {helpPages} from '../source/commands/program.js';
import {bundleOptions as common} from './bundle-options.js';
import {commandWords} from './words.js';

type Options = BuildOptions & {readonly metafile: true};

/** A CommonJS file of many modules, each of which runs when it is first asked for, and where each of them is in it. */
type Core = {readonly file: string; readonly places: ReadonlyMap<string, number>};

const core = 'core.js';

/**
 * What the command line loads when it needs it and what lies in one file with it all the same: what reads a vault and
 * hands out what is in it. Everything else that is loaded when it is needed has files of its own.
 */
const hot = [
	'agent/client',
	'commands/aws-process',
	'commands/credential-table',
	'commands/env',
	'commands/exec',
	'commands/get',
	'commands/getting',
	'commands/read-vault',
	'commands/selection',
	'credentials/query',
	'documents/manifest-json',
	'platform/agent-socket',
	'platform/child',
	'platform/settings-file',
	'providers/aws/credential-process-output',
	'vault/default-path',
	'vault/file-vault',
];

/** What the start loads by `require`, which takes less time than `import`: what completes a line, its help, and the rest. */
const required: Plugin = {
	name: 'required',
	setup(esbuild) {
		const namespace = 'required';
		const places = new Map([
			['./source/complete.js', "require('./complete.js')"],
			['./source/help.js', "require('./help.js')"],
			['./source/this-process.js', `require('./${core}')[0]()`],
		]);
		esbuild.onResolve({filter: /^\.\/source\/(?:complete|help|this-process)\.js$/}, ({path}) => ({path, namespace}));
		esbuild.onResolve({filter: /^\.\/\w+\.js$/, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /.*/, namespace}, ({path}) => ({contents: `module.exports = ${places.get(path)}`}));
		esbuild.onResolve({filter: /^\.\/source\/project\/entered\.js$/}, () => ({path: './entered.mjs', external: true}));
	},
};

/** Leaves what a module loads when it is needed to a file of its own, and notes which: its name to its module. */
const apart = (found: Map<string, string>): Plugin => ({
	name: 'apart',
	setup(esbuild) {
		esbuild.onResolve({filter: /./}, ({path, kind, resolveDir}) => {
			if (kind !== 'dynamic-import') return undefined;
			const isPackage = !path.startsWith('.');
			const from = isPackage ? path : join(resolveDir, path).replaceAll('\\', '/');
			const [, place = path] = /\/source\/(.*)\.js$/.exec(from) ?? [];
			if (hot.includes(place)) return undefined;
			const name = place
				.replace(/\.js$/, '')
				.replaceAll(/[^\w]+/g, '-')
				.replace(/^-/, '');
			found.set(name, isPackage ? path : `./source/${place}`);
			return {path: `./${name}.mjs`, external: true};
		});
	},
});

/** Takes modules of the project from the file that has them. */
const fromCore = (root: string, {file, places}: Core): Plugin => ({
	name: 'from-core',
	setup(esbuild) {
		const namespace = 'core';
		esbuild.onResolve({filter: /^\.{1,2}\//}, ({path, resolveDir, kind}) => {
			if (kind === 'entry-point') return undefined;
			const module = relative(root, join(resolveDir, path)).replaceAll('\\', '/').replace(/\.js$/, '.ts');
			return places.has(module) ? {path: module, namespace} : undefined;
		});
		esbuild.onResolve({filter: /./, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /./, namespace}, ({path}) => ({
			contents: `module.exports = require('./${file}')[${places.get(path)}]()`,
		}));
	},
});

/**
 * Bundle options for the project in the folder `root`, written to its dist/, part by part. The start with what it
 * answers quickly, and the core, are CommonJS: Node.js 20 loads that in 2 ms, and modules in 10. All that shares an
 * error, a secret or a state with the command line takes it from the core, so that there is one of each.
 */
export async function bundleOptions(root: string): Promise<readonly Options[]> {
	const found = new Map<string, string>();
	const entry = 'source/this-process.ts';
	const {metafile} = await build({...coreOptions(root, `import './${entry}'`, found), write: false});
	const modules = Object.keys(metafile.inputs).filter(path => path.startsWith('source/') && path !== entry);
	const places = new Map([entry, ...modules].map((path, at) => [path, at]));
	const contents = [...places.keys()].map(path => `() => require('./${path}')`);
	return [
		startOptions(root),
		coreOptions(root, `module.exports = [${contents.join(',')}]`, found),
		restOptions(root, Object.fromEntries(found), {file: core, places}),
	];
}

function startOptions(root: string): Options {
	const made = {
		PHARMER_WORDS: JSON.stringify(commandWords()),
		PHARMER_HELP: JSON.stringify(Object.fromEntries(helpPages())),
	};
	return {
		...commonJs(root),
		entryPoints: {cli: 'cli.tsx', complete: 'source/complete.ts', help: 'source/help.ts'},
		plugins: [required],
		define: {...shared(root).define, ...made},
	};
}

function coreOptions(root: string, contents: string, found: Map<string, string>): Options {
	return {
		...commonJs(root),
		stdin: {contents, resolveDir: root, sourcefile: core},
		entryNames: core.replace(/\.js$/, ''),
		plugins: [apart(found), ...common.plugins],
	};
}

function restOptions(root: string, found: Readonly<Record<string, string>>, from: Core): Options {
	return {
		...shared(root),
		entryPoints: {
			...found,
			agent: 'source/agent/main.ts',
			entered: 'source/project/entered.ts',
			'keyring-child': 'source/platform/keyring-child.ts',
		},
		outExtension: {'.js': '.mjs'},
		plugins: [fromCore(root, from), ...common.plugins],
	};
}

/** The text of a bundled file, without the banner that makes `require` where the file has no use for it. */
export function withoutBanner(text: string): string {
	const {js} = common.banner;
	const rest = text.replace(`${js}\n`, '');
	return /\brequire\b/.test(rest) ? text : rest;
}

function commonJs(root: string): Options {
	return {
		...shared(root),
		splitting: false,
		format: 'cjs',
		banner: {},
		define: {...shared(root).define, 'import.meta.dirname': '__dirname'},
		// Only the source of `programVersion` looks for its own package.json.
		logOverride: {'empty-import-meta': 'silent'},
	};
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
