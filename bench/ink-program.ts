import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {root} from './machine.js';

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
