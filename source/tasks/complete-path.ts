import type {Provider} from '../providers/provider.js';
import type {Machine} from './machine.js';

/** A path that was completed as far as it is clear, and the names that it can go on with below `base`. */
type Completed = {
	readonly text: string;
	readonly base: string;
	readonly names: readonly string[];
	/** How many more names there are. */
	readonly more: number;
};

/** The longest beginning that sorted texts share, in whole characters: that of the first and the last. */
function sharedStart(sorted: readonly string[]): string {
	const [characters, others] = [[...(sorted[0] ?? '')], [...(sorted.at(-1) ?? '')]];
	const differs = characters.findIndex((character, at) => others[at] !== character);
	return characters.slice(0, differs === -1 ? undefined : differs).join('');
}

/**
 * Completes a path as a shell does, with names of files and directories; no file is read. In the demo there are none.
 */
export async function completePath(typed: string, {isDemo, world, expand, names}: Machine): Promise<Completed> {
	const path = typed === '~' ? '~/' : typed;
	const end = Math.max(path.lastIndexOf('/'), world.places.platform === 'win32' ? path.lastIndexOf('\\') : -1);
	const [base, start] = [path.slice(0, end + 1), path.slice(end + 1)];
	if (isDemo) return {text: path, base, names: [], more: 0};
	const found = await names(expand(base === '' ? '.' : base), start);
	// Names beyond those that are listed may share less.
	const shared = found.more > 0 || found.names.length === 0 ? start : sharedStart(found.names);
	return {text: `${base}${shared}`, base, ...found};
}

/** The files that an import finds for a provider on this machine, for a person to choose from; none in the demo. */
export async function offeredPaths(provider: Provider, {isDemo, world}: Machine): Promise<readonly string[]> {
	if (isDemo) return [];
	const {importers} = await import('../look/importers.js');
	const {lookAround} = await import('../look/look.js');
	const kinds = importers.filter(({providers}) => providers.includes(provider.id)).map(({kind}) => kind);
	const {found} = await lookAround(world, kinds);
	const paths = found.flatMap(({provider: {id}, path}) => (path === undefined || id !== provider.id ? [] : [path]));
	const {home} = world.places;
	return [...new Set(paths)].map(path => (path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path));
}
