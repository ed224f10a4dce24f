import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {helpPages} from '../source/commands/program.js';
import {bundleOptions as common} from './bundle-options.js';
import {constant} from './constant.js';
import {handingTable} from './handing-table.js';
import {
	apart,
	askingFor,
	fromLayers,
	type Layer,
	offering,
	type Place,
	type Places,
	type Taken,
	type Taking,
} from './layers.js';
import {commandWords} from './words.js';

type Options = BuildOptions & {readonly metafile: true};

/** Each takes from those before it what they have. */
const layers: readonly Layer[] = [
	{
		file: 'core.js',
		entries: ['source/this-process.ts'],
		// What reads a vault and hands out what is in it, and what comes before the app.
		hot: [
			'agent/client',
			'commands/aws-process',
			'commands/browse',
			'commands/credential-table',
			'commands/env',
			'commands/exec',
			'commands/get',
			'commands/getting',
			'commands/keyring-slot',
			'commands/read-vault',
			'commands/selection',
			'credentials/query',
			'documents/manifest-json',
			'platform/agent-socket',
			'platform/child',
			'platform/settings-file',
			'providers/aws/credential-process-output',
			'settings/settings-store',
			'vault/default-path',
			'vault/file-vault',
		],
	},
	// What the app and commands need, and not what reads a vault.
	{file: 'strength.js', entries: ['source/domain/strength.ts'], hot: []},
	{
		file: 'common.js',
		entries: [
			'source/platform/copying.ts',
			'source/app/input/keys.ts',
			'source/app/input/line-editor.ts',
			'source/app/layout/text.ts',
			'source/app/layout/runs.ts',
			'source/credentials/differences.ts',
			'source/credentials/found.ts',
			'source/credentials/no-match.ts',
			'source/platform/find-program.ts',
		],
		hot: [],
	},
	{file: 'rooms.js', entries: ['source/app/keyboard/keys-problem.ts'], hot: [], isWhole: true},
	{file: 'screen.js', entries: ['source/ui/run.tsx'], hot: [], isWhole: true},
];

/** What the start loads by `require`, which takes less time than `import`: what one kind of line needs, and the rest. */
const required: Plugin = {
	name: 'required',
	setup(esbuild) {
		const namespace = 'required';
		const places = new Map([
			['complete', "require('./complete.js')"],
			['help', "require('./help.js')"],
			['quick-exec', "require('./exec.js')"],
			...[...askingFor(layers)].map(([path, asking]) => [basename(path), asking] as const),
		]);
		esbuild.onResolve({filter: /\/(?:complete|help|quick-exec|this-process)\.js$/}, ({path, kind}) =>
			kind === 'dynamic-import' ? {path: basename(path, '.js'), namespace} : undefined,
		);
		esbuild.onResolve({filter: /^\.\/\w+\.js$/, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /.*/, namespace}, ({path}) => ({contents: `module.exports = ${places.get(path)}`}));
		esbuild.onResolve({filter: /^\.\/source\/project\/entered\.js$/}, () => ({path: './entered.mjs', external: true}));
	},
};

/** Constants by their names, for modules that declare them. */
const values = (made: Readonly<Record<string, unknown>>): Plugin => ({
	name: 'values',
	setup(esbuild) {
		const namespace = 'value';
		const filter = new RegExp(`^(?:${Object.keys(made).join('|')})$`);
		esbuild.onResolve({filter}, ({path}) => ({path, namespace, sideEffects: false}));
		esbuild.onLoad({filter, namespace}, ({path}) => ({contents: constant(path, made[path])}));
	},
});

/** Loads what takes Node.js a millisecond or more only when something of it is used. */
const late: Plugin = {
	name: 'late',
	setup(esbuild) {
		const namespace = 'late';
		const slow = /^node:(?:child_process|crypto|fs\/promises|net|tty|worker_threads)$/;
		esbuild.onResolve({filter: slow}, ({path, namespace: from}) =>
			from === namespace ? {path, external: true} : {path, namespace},
		);
		// esbuild gives importers an object with the prototype of this one.
		esbuild.onLoad({filter: slow, namespace}, ({path}) => ({
			contents: `module.exports = Object.create(new Proxy({}, {get: (_, name) => require('${path}')[name]}))`,
		}));
	},
};

/** The app, which has the layers that run at once. The picker of the command line is small, and there before them. */
const isOfApp = (module: string): boolean => /^source\/(?:ui\/(?!pick\b)|app\/keyboard\/)/.test(module);

/**
 * Bundle options for the project in the folder `root`, written to its dist/, part by part. The start with what it
 * answers quickly, and the layers, are CommonJS: Node.js 20 loads that in 2 ms, and modules in 10. All that shares an
 * error, a secret or a state with the command line takes it from there, so that there is one of each.
 */
export async function bundleOptions(root: string): Promise<readonly Options[]> {
	/** What layers load when it is needed and what no layer has by then: a name to a module. */
	const apartFrom = new Map<string, string>();
	const places: Places = new Map();
	const taken: Taken = new Map();
	const foundByExec = new Map<string, string>();
	const exec = execOptions(root, foundByExec);
	await build({...exec, write: false});
	const parts: (() => Options)[] = [
		() => startOptions(root),
		() => answerOptions(root),
		() => exec,
		() => keyringOptions(root),
	];
	for (const layer of layers) {
		const before = new Map(places);
		const found = new Map<string, string>();
		const taking = (isKnown: boolean): Plugin => fromLayers(root, {places: before, taken, isKnown});
		const others = [late, ...common.plugins];
		const plugins = [taking(false), apart(found, layer.hot, layers), ...others];
		const {metafile} = await build({
			...layerOptions(root, layer, layer.entries.map(entry => `import './${entry}';`).join('\n'), plugins),
			write: false,
		});
		const modules = Object.keys(metafile.inputs)
			.filter(path => /^(?:source|node_modules)\//.test(path) && !layer.entries.includes(path))
			.sort();
		const all = [...layer.entries, ...modules];
		const exports = await exportsOf(root, all, plugins);
		const {file, isWhole = false} = layer;
		for (const [at, path] of all.entries()) places.set(path, {file, at, exports: exports.get(path) ?? [], isWhole});
		// A later layer may have it, too, and is not loaded for it.
		for (const [name, module] of found) if (!places.has(`${module.slice(2)}.ts`)) apartFrom.set(name, module);
		for (const entry of layer.entries) taken.set(entry, new Set(exports.get(entry)));
		const contents = isWhole ? wholeContents : lateContents;
		const hot = [...layer.hot, ...all.map(path => path.replace(/^source\/|\.tsx?$/g, ''))];
		const known = [offering(root, taken), taking(true), apart(found, hot, layers), ...others];
		parts.push(() => layerOptions(root, layer, contents(all, taken), known));
	}
	const entries = [...apartFrom, ...foundByExec].sort();
	const rest = (isKnown: boolean) => restOptions(root, Object.fromEntries(entries), {places, taken, isKnown});
	await build({...rest(false), write: false});
	return [...parts.map(part => part()), rest(true)];
}

/** A file that runs each module when it is first asked for. */
const lateContents = (modules: readonly string[], taken: Taken): string =>
	`module.exports = [${modules.map(path => (taken.has(path) ? `() => require('offered:${path}')` : '')).join(',')}]`;

/** A file that runs all modules at once. */
const wholeContents = (modules: readonly string[], taken: Taken): string =>
	[
		...modules.map((path, at) => `import * as m${at} from '${taken.has(path) ? 'offered:' : './'}${path}';`),
		`module.exports = [${modules.map((path, at) => (taken.has(path) ? `() => m${at}` : '')).join(',')}]`,
	].join('\n');

/** The names that modules export, by their paths. */
async function exportsOf(root: string, modules: readonly string[], plugins: Plugin[]) {
	const {metafile} = await build({...shared(root), entryPoints: [...modules], plugins, write: false});
	return new Map(Object.values(metafile.outputs).map(({entryPoint = '', exports}) => [entryPoint, exports]));
}

function startOptions(root: string): Options {
	const options = commonJs(root);
	return {
		...options,
		entryPoints: {cli: 'cli.tsx'},
		plugins: [required],
		// Once for the file, instead of once for each module.
		banner: {js: '"use strict";'},
		tsconfigRaw: {compilerOptions: {alwaysStrict: false}},
	};
}

/** What the start loads for one kind of line each. Only there are the constants: each module asks for them. */
function answerOptions(root: string): Options {
	const made = {PHARMER_WORDS: commandWords(), PHARMER_HELP: Object.fromEntries(helpPages())};
	return {
		...commonJs(root),
		entryPoints: {complete: 'source/complete.ts', help: 'source/help.ts'},
		inject: Object.keys(made),
		plugins: [values(made)],
	};
}

/** What starts the command of `exec`: it has copies of what it needs, and nothing else has to be read. */
function execOptions(root: string, found: Map<string, string>): Options {
	const options = commonJs(root);
	return {
		...options,
		entryPoints: {exec: 'source/quick-exec.ts'},
		plugins: [apart(found, [], layers)],
		define: {...options.define, PHARMER_HANDINGS: JSON.stringify(JSON.stringify(handingTable()))},
	};
}

/** The process that asks the keyring: it needs no layer. */
function keyringOptions(root: string): Options {
	return {
		...shared(root),
		splitting: false,
		entryPoints: {'keyring-child': 'source/platform/keyring-child.ts'},
		outExtension: {'.js': '.mjs'},
	};
}

function layerOptions(root: string, {file}: Layer, contents: string, plugins: Plugin[]): Options {
	return {
		...commonJs(root),
		stdin: {contents, resolveDir: root, sourcefile: file},
		entryNames: file.replace(/\.js$/, ''),
		plugins,
	};
}

function restOptions(root: string, found: Readonly<Record<string, string>>, taking: Taking): Options {
	// What is of the app and of others, too, is small: they have it without the app.
	const mayTake = (importer: string, {isWhole}: Place): boolean => !isWhole || isOfApp(importer);
	return {
		...shared(root),
		entryPoints: {
			...found,
			agent: 'source/agent/main.ts',
			entered: 'source/project/entered.ts',
			'sync-child': 'source/tasks/team/sync-child.ts',
		},
		outExtension: {'.js': '.mjs'},
		plugins: [fromLayers(root, {...taking, mayTake, isSplit: true}), ...common.plugins],
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
