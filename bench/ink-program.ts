import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles a small program with the app's options into `folder` and returns the bundle's path. */
export async function bundle(folder: string, name: string, source: string): Promise<string> {
	const entry = join(folder, `${name}.tsx`);
	const outfile = join(folder, `${name}.mjs`);
	writeFileSync(entry, source);
	await build({
		entryPoints: [entry],
		outfile,
		bundle: true,
		minify: true,
		platform: 'node',
		format: 'esm',
		jsx: 'automatic',
		nodePaths: [join(root, 'node_modules')],
		define: {'process.env.NODE_ENV': '"production"'},
		external: ['react-devtools-core'],
		banner: {js: "import{createRequire as __c}from'node:module';const require=__c(import.meta.url);"},
		plugins: [
			{
				name: 'no-devtools',
				setup(esbuild) {
					esbuild.onResolve({filter: /devtools/}, ({path}) => ({path, namespace: 'empty'}));
					esbuild.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
				},
			},
		],
		logLevel: 'error',
	});
	return outfile;
}

/** The environment of a bare shell with that home directory. */
export function environmentOf(home: string): Record<string, string> {
	return {PATH: process.env.PATH ?? '', HOME: home, USERPROFILE: home, TERM: 'xterm-256color', LANG: 'C.UTF-8'};
}

/** The quantile of `numbers` at `share`: `quantile(numbers, 0.5)` is the median. */
export function quantile(numbers: readonly number[], share: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
