import {readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import type {OnResolveArgs, Plugin} from 'esbuild';

/**
 * A CommonJS file, and the modules that it begins with. `hot` is what they load when they need it and what lies in the
 * file all the same; everything else that is loaded when it is needed has files of its own. One that is `whole` runs at
 * once: all of it is needed, and the engine reads it once.
 */
export type Layer = {
	readonly file: string;
	readonly entries: readonly string[];
	readonly hot: readonly string[];
	readonly isWhole?: true;
};

/** A module of the project in a CommonJS file, where it runs when it is first asked for, or with the file. */
export type Place = {
	readonly file: string;
	readonly at: number;
	readonly exports: readonly string[];
	readonly isWhole: boolean;
};

/** These modules, by their paths. */
export type Places = Map<string, Place>;

/** The names that are taken from each module, by its path. */
export type Taken = Map<string, Set<string>>;

/** How a part of the bundle takes modules from the layers before it. */
export type Taking = {
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

/** Names in the same order however modules were found, which esbuild looks for side by side. */
const inOrder = (names: ReadonlySet<string> = new Set()): readonly string[] => [...names].toSorted();

/** Takes modules from the file that has them, where the module that imports them may. */
export const fromLayers = (root: string, {places, taken, isKnown, mayTake = () => true, isSplit}: Taking): Plugin => ({
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
			const names: readonly string[] = pluginData ?? (isKnown ? inOrder(taken.get(path)) : exports);
			const spelled = names.map(name => (name === 'default' ? 'default: it' : name));
			return {
				contents: `const {${spelled.join(', ')}} = require('./${file}')[${at}]();
					export {${spelled.map(name => name.replace('default: it', 'it as default')).join(', ')}};`,
			};
		});
	},
});

/** Modules with nothing but the names that others take: `offered:source/words.ts`. */
export const offering = (root: string, taken: Taken): Plugin => ({
	name: 'offering',
	setup(esbuild) {
		const namespace = 'offered';
		esbuild.onResolve({filter: /^offered:/}, ({path}) => ({path: path.slice('offered:'.length), namespace}));
		esbuild.onLoad({filter: /./, namespace}, ({path}) => ({
			contents: `export {${inOrder(taken.get(path)).join(', ')}} from './${path}';`,
			resolveDir: root,
		}));
	},
});

/** How a module asks for what a layer begins with, by its path without its ending. */
export const askingFor = (layers: readonly Layer[]): ReadonlyMap<string, string> =>
	new Map(
		layers.flatMap(({file, entries}) =>
			entries.map((entry, at) => [entry.replace(/\.tsx?$/, ''), `require('./${file}')[${at}]()`] as const),
		),
	);

/**
 * Leaves what a module loads when it is needed to a file of its own, and notes which: its name to its module. What
 * layers begin with is there.
 */
export const apart = (found: Map<string, string>, hot: Layer['hot'], layers: readonly Layer[]): Plugin => ({
	name: 'apart',
	setup(esbuild) {
		const namespace = 'layer';
		const asking = askingFor(layers);
		esbuild.onResolve({filter: /./}, ({path, kind, resolveDir}) => {
			if (kind !== 'dynamic-import' || path.startsWith('node:')) return undefined;
			const isPackage = !path.startsWith('.');
			const from = isPackage ? path : join(resolveDir, path).replaceAll('\\', '/');
			const [, place = path] = /\/source\/(.*)\.js$/.exec(from) ?? [];
			if (hot.includes(place)) return undefined;
			if (asking.has(`source/${place}`)) return {path: `source/${place}`, namespace};
			const name = place
				.replace(/\.js$/, '')
				.replaceAll(/[^\w]+/g, '-')
				.replace(/^-/, '');
			found.set(name, isPackage ? path : `./source/${place}`);
			return {path: `./${name}.mjs`, external: true};
		});
		esbuild.onResolve({filter: /./, namespace}, ({path}) => ({path, external: true}));
		esbuild.onLoad({filter: /./, namespace}, ({path}) => ({contents: `module.exports = ${asking.get(path)}`}));
	},
});
