import {readFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {helpPages} from '../source/commands/program.js';
import {bundleOptions as common} from './bundle-options.js';
import {handingTable} from './handing-table.js';
import {commandWords} from './words.js';

type Options = BuildOptions & {readonly metafile: true};

/** A module of the project in a CommonJS file, where it runs when it is first asked for, or with the file. */
type Place = {
	readonly file: string;
	readonly at: number;
	readonly exports: readonly string[];
	readonly isWhole: boolean;
};

/** These modules, by their paths. */
type Places = Map<string, Place>;

/**
 * A CommonJS file, and what it begins with. `hot` is what that loads when it needs it and what lies in the file all the
 * same; everything else that is loaded when it is needed has files of its own. One that is `whole` runs at once: all of
 * it is needed, and the engine reads it once.
 */
type Layer = {
	readonly file: string;
	readonly entry: string;
	readonly hot: readonly string[];
	readonly isWhole?: true;
};

/** Each takes from those before it what they have. */
const layers: readonly Layer[] = [
	{
		file: 'core.js',
		entry: 'source/this-process.ts',
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
	{file: 'rooms.js', entry: 'source/app/keyboard/keys-problem.ts', hot: [], isWhole: true},
	{file: 'screen.js', entry: 'source/ui/run.tsx', hot: [], isWhole: true},
];

/** What the start loads by `require`, which takes less time than `import`: what one kind of line needs, and the rest. */
const required: Plugin = {
	name: 'required',
	setup(esbuild) {
		const namespace = 'required';
		const places = new Map([
			['complete.js', "require('./complete.js')"],
			['help.js', "require('./help.js')"],
			['quick-exec.js', "require('./exec.js')"],
			...layers.map(({file, entry}) => [basename(entry).replace(/ts$/, 'js'), `require('./${file}')[0]()`] as const),
		]);
		esbuild.onResolve({filter: /\/(?:complete|help|quick-exec|this-process)\.js$/}, ({path, kind}) =>
			kind === 'dynamic-import' ? {path: basename(path), namespace} : undefined,
		);
		esbuild.onResolve({filter: /^\.\/\w+\.js$/, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /.*/, namespace}, ({path}) => ({contents: `module.exports = ${places.get(path)}`}));
		esbuild.onResolve({filter: /^\.\/source\/project\/entered\.js$/}, () => ({path: './entered.mjs', external: true}));
	},
};

/** Leaves what a module loads when it is needed to a file of its own, and notes which: its name to its module. */
const apart = (found: Map<string, string>, hot: Layer['hot']): Plugin => ({
	name: 'apart',
	setup(esbuild) {
		const namespace = 'layer';
		esbuild.onResolve({filter: /./}, ({path, kind, resolveDir}) => {
			if (kind !== 'dynamic-import' || path.startsWith('node:')) return undefined;
			const isPackage = !path.startsWith('.');
			const from = isPackage ? path : join(resolveDir, path).replaceAll('\\', '/');
			const [, place = path] = /\/source\/(.*)\.js$/.exec(from) ?? [];
			if (hot.includes(place)) return undefined;
			const layer = layers.find(({entry}) => entry.replace(/\.tsx?$/, '') === `source/${place}`);
			if (layer !== undefined) return {path: `./${layer.file}`, namespace};
			const name = place
				.replace(/\.js$/, '')
				.replaceAll(/[^\w]+/g, '-')
				.replace(/^-/, '');
			found.set(name, isPackage ? path : `./source/${place}`);
			return {path: `./${name}.mjs`, external: true};
		});
		esbuild.onResolve({filter: /./, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /./, namespace}, ({path}) => ({contents: `module.exports = require('${path}')[0]()`}));
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

/** Takes modules of the project from the file that has them, where the module that imports them may. */
const fromLayers = (
	root: string,
	places: Places,
	mayTake: (importer: string, place: Place) => boolean = () => true,
): Plugin => ({
	name: 'from-layers',
	setup(esbuild) {
		const namespace = 'layers';
		const named = (path: string): string => relative(root, path).replaceAll('\\', '/');
		esbuild.onResolve({filter: /^\.{1,2}\//}, ({path, resolveDir, kind, importer}) => {
			if (kind === 'entry-point') return undefined;
			const module = named(join(resolveDir, path));
			const found = ['.ts', '.tsx'].map(end => module.replace(/\.js$/, end)).find(each => places.has(each));
			if (found === undefined) return undefined;
			const place = places.get(found);
			return place !== undefined && mayTake(named(importer), place) ? {path: found, namespace} : undefined;
		});
		esbuild.onResolve({filter: /./, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /./, namespace}, ({path}) => {
			const {file, at, exports = []} = places.get(path) ?? {};
			return {contents: `export const {${exports.join(', ')}} = require('./${file}')[${at}]();`};
		});
	},
});

/**
 * Bundle options for the project in the folder `root`, written to its dist/, part by part. The start with what it
 * answers quickly, and the layers, are CommonJS: Node.js 20 loads that in 2 ms, and modules in 10. All that shares an
 * error, a secret or a state with the command line takes it from there, so that there is one of each.
 */
export async function bundleOptions(root: string): Promise<readonly Options[]> {
	const found = new Map<string, string>();
	const places: Places = new Map();
	const parts: Options[] = [startOptions(root), execOptions(root, found), keyringOptions(root)];
	for (const layer of layers) {
		const plugins = [fromLayers(root, new Map(places)), apart(found, layer.hot), late, ...common.plugins];
		const {metafile} = await build({...layerOptions(root, layer, `import './${layer.entry}'`, plugins), write: false});
		const modules = Object.keys(metafile.inputs)
			.filter(path => path.startsWith('source/') && path !== layer.entry)
			.sort();
		const own = [layer.entry, ...modules];
		const exports = await exportsOf(root, own, plugins);
		const {file, isWhole = false} = layer;
		for (const [at, path] of own.entries()) places.set(path, {file, at, exports: exports.get(path) ?? [], isWhole});
		parts.push(layerOptions(root, layer, isWhole ? wholeContents(own) : lateContents(own), plugins));
	}
	return [...parts, restOptions(root, Object.fromEntries([...found].sort()), places)];
}

/** A file that runs each module when it is first asked for. */
const lateContents = (modules: readonly string[]): string =>
	`module.exports = [${modules.map(path => `() => require('./${path}')`).join(',')}]`;

/** A file that runs all modules at once. */
const wholeContents = (modules: readonly string[]): string =>
	[
		...modules.map((path, at) => `import * as m${at} from './${path}';`),
		`module.exports = [${modules.map((_, at) => `() => m${at}`).join(',')}]`,
	].join('\n');

/** The names that modules export, by their paths. */
async function exportsOf(root: string, modules: readonly string[], plugins: Plugin[]) {
	const {metafile} = await build({...shared(root), entryPoints: [...modules], plugins, write: false});
	return new Map(Object.values(metafile.outputs).map(({entryPoint = '', exports}) => [entryPoint, exports]));
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

/** What starts the command of `exec`: it has copies of what it needs, and nothing else has to be read. */
function execOptions(root: string, found: Map<string, string>): Options {
	const options = commonJs(root);
	return {
		...options,
		entryPoints: {exec: 'source/quick-exec.ts'},
		plugins: [apart(found, [])],
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

function restOptions(root: string, found: Readonly<Record<string, string>>, places: Places): Options {
	return {
		...shared(root),
		entryPoints: {
			...found,
			agent: 'source/agent/main.ts',
			entered: 'source/project/entered.ts',
		},
		outExtension: {'.js': '.mjs'},
		// What is of the app and of others, too, is small: they have it without the app.
		plugins: [fromLayers(root, places, (importer, {isWhole}) => !isWhole || isOfApp(importer)), ...common.plugins],
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
