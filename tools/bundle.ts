import {readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {type BuildOptions, build, type OnResolveArgs, type Plugin} from 'esbuild';
import {helpPages} from '../source/commands/program.js';
import {bundleOptions as common} from './bundle-options.js';
import {constant} from './constant.js';
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
	{file: 'exec.js', entry: 'source/quick-exec.ts', hot: []},
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

/** What the start loads by `require`, which takes less time than `import`: what completes a line, its help, and the rest. */
const required: Plugin = {
	name: 'required',
	setup(esbuild) {
		const namespace = 'required';
		const places = new Map([
			['./source/complete.js', "require('./complete.js')"],
			['./source/help.js', "require('./help.js')"],
			...layers.map(({file, entry}) => [`./${entry.replace(/ts$/, 'js')}`, `require('./${file}')[0]()`] as const),
		]);
		esbuild.onResolve({filter: /^\.\/source\/(?:complete|help|quick-exec|this-process)\.js$/}, ({path}) => ({
			path,
			namespace,
		}));
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

/** The names that are taken from each module, by its path. */
type Taken = Map<string, Set<string>>;

/** How a part of the bundle takes modules from the layers before it. */
type Taking = {
	readonly places: Places;
	/** Gets what is taken, and is what files of a part offer once it is known. */
	readonly taken: Taken;
	readonly isKnown: boolean;
	readonly mayTake?: (importer: string, place: Place) => boolean;
	/** Where a part is split, a module is asked for by each that imports it: a file that hands it out would be longer. */
	readonly isSplit?: true;
};

/** The names that a module of the project imports from that path before it runs. */
function namesOf(importer: string, path: string): readonly string[] {
	const imports = [...readFileSync(importer, 'utf8').matchAll(/^import \{([^}]*)\} from '(.*)';$/gm)];
	return imports
		.flatMap(([, list = '', from]) => (from === path ? list.split(',') : []))
		.flatMap(each => /^\s*(?!type )(\w+)/.exec(each)?.[1] ?? []);
}

/** Takes modules from the file that has them, where the module that imports them may. */
const fromLayers = (root: string, {places, taken, isKnown, mayTake = () => true, isSplit}: Taking): Plugin => ({
	name: 'from-layers',
	setup(esbuild) {
		const namespace = 'layers';
		const named = (path: string): string => relative(root, path).replaceAll('\\', '/');
		/** Where esbuild finds what is no file of the project. */
		const resolved = async (path: string, args: OnResolveArgs): Promise<string> => {
			if (path.startsWith('.')) return join(args.resolveDir, path);
			const {importer, kind, resolveDir} = args;
			return (await esbuild.resolve(path, {importer, kind, resolveDir, pluginData: namespace})).path;
		};
		esbuild.onResolve({filter: /./}, async args => {
			const {path, kind, importer} = args;
			if (kind === 'entry-point' || /^\w+:/.test(path) || args.namespace === namespace || args.pluginData === namespace)
				return undefined;
			const module = named(await resolved(path, args));
			const found = [module, ...['.ts', '.tsx'].map(end => module.replace(/\.js$/, end))].find(each =>
				places.has(each),
			);
			const place = places.get(found ?? '');
			if (found === undefined || place === undefined || !mayTake(named(importer), place)) return undefined;
			const isAtOnce = kind === 'import-statement' && found.startsWith('source/');
			const names = isAtOnce ? namesOf(importer, path) : place.exports;
			taken.set(found, new Set([...(taken.get(found) ?? []), ...names]));
			const isOwn = isSplit === true && isAtOnce;
			return {path: found, namespace, ...(isOwn && {suffix: `?${named(importer)}`, pluginData: names})};
		});
		esbuild.onResolve({filter: /./, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /./, namespace}, ({path, pluginData}) => {
			const {file, at, exports = []} = places.get(path) ?? {};
			const names: readonly string[] = pluginData ?? (isKnown ? [...(taken.get(path) ?? [])] : exports);
			const spelled = names.map(name => (name === 'default' ? 'default: it' : name));
			return {
				contents: `const {${spelled.join(', ')}} = require('./${file}')[${at}]();
					export {${spelled.map(name => name.replace('default: it', 'it as default')).join(', ')}};`,
			};
		});
	},
});

/** Modules with nothing but the names that others take: `offered:source/words.ts`. */
const offering = (root: string, taken: Taken): Plugin => ({
	name: 'offering',
	setup(esbuild) {
		const namespace = 'offered';
		esbuild.onResolve({filter: /^offered:/}, ({path}) => ({path: path.slice('offered:'.length), namespace}));
		esbuild.onLoad({filter: /./, namespace}, ({path}) => ({
			contents: `export {${[...(taken.get(path) ?? [])].join(', ')}} from './${path}';`,
			resolveDir: root,
		}));
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
	const taken: Taken = new Map();
	const parts: (() => Options)[] = [];
	for (const layer of layers) {
		const before = new Map(places);
		const taking = (isKnown: boolean): Plugin => fromLayers(root, {places: before, taken, isKnown});
		const own = [apart(found, layer.hot), late, ...common.plugins];
		const plugins = [taking(false), ...own];
		const {metafile} = await build({...layerOptions(root, layer, `import './${layer.entry}'`, plugins), write: false});
		const modules = Object.keys(metafile.inputs)
			.filter(path => /^(?:source|node_modules)\//.test(path) && path !== layer.entry)
			.sort();
		const all = [layer.entry, ...modules];
		const exports = await exportsOf(root, all, plugins);
		const {file, isWhole = false} = layer;
		for (const [at, path] of all.entries()) places.set(path, {file, at, exports: exports.get(path) ?? [], isWhole});
		taken.set(layer.entry, new Set(exports.get(layer.entry)));
		const contents = isWhole ? wholeContents : lateContents;
		parts.push(() => layerOptions(root, layer, contents(all, taken), [offering(root, taken), taking(true), ...own]));
	}
	const rest = (isKnown: boolean) => restOptions(root, Object.fromEntries([...found].sort()), {places, taken, isKnown});
	await build({...rest(false), write: false});
	return [startOptions(root), ...parts.map(part => part()), rest(true)];
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
	const made = {PHARMER_WORDS: commandWords(), PHARMER_HELP: Object.fromEntries(helpPages())};
	return {
		...commonJs(root),
		entryPoints: {cli: 'cli.tsx', complete: 'source/complete.ts', help: 'source/help.ts'},
		inject: Object.keys(made),
		plugins: [required, values(made)],
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
			'keyring-child': 'source/platform/keyring-child.ts',
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
