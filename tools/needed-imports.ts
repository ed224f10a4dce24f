/** A module's imports of others beside it, without what it loads when it is needed: named ones, and those that only load. */
function importsOf(text: string): {readonly named: readonly string[]; readonly bare: readonly string[]} {
	const names = (form: RegExp): readonly string[] => [...text.matchAll(form)].map(([, name = '']) => name);
	return {named: names(/\bfrom"\.\/([^"]+)"/g), bare: names(bareImport)};
}

const bareImport = /\bimport"\.\/([^"]+)";/g;

/**
 * The modules of a bundle without the imports that only load what named imports load anyway: esbuild writes one for
 * every chunk behind what is loaded on demand. A module that a process starts with, whose name has no hash, keeps its
 * own, since the first of them protects the process before the others are loaded.
 */
export function withNeededImports(modules: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
	const imports = new Map([...modules].map(([name, text]) => [name, importsOf(text)]));
	const loadedBy = (name: string, loaded = new Set<string>()): ReadonlySet<string> => {
		for (const each of imports.get(name)?.named ?? []) {
			if (loaded.has(each)) continue;
			loaded.add(each);
			loadedBy(each, loaded);
		}
		return loaded;
	};
	return new Map(
		[...modules].map(([name, text]) => {
			if (!/-[A-Z0-9]{8}\.mjs$/.test(name)) return [name, text];
			const loaded = loadedBy(name);
			return [name, text.replace(bareImport, (line, other: string) => (loaded.has(other) ? '' : line))];
		}),
	);
}
