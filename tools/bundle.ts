import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {BuildOptions, Plugin} from 'esbuild';

/** A module that is not needed in what ships, replaced by an empty one. */
const empty: Plugin = {
	name: 'empty',
	setup(esbuild) {
		// Ink loads the devtools only when DEV is set: in a program for secrets nothing may open a socket.
		// conf validates a schema with ajv only when it is given one, which this program does not.
		esbuild.onResolve(
			{filter: /^(react-devtools-core|\.\/devtools\.js|ajv\/dist\/2020\.js|ajv-formats)$/},
			({path}) => ({path, namespace: 'empty'}),
		);
		esbuild.onLoad({filter: /.*/, namespace: 'empty'}, () => ({
			contents: 'export default {}; export const Ajv2020 = class {};',
		}));
	},
};

/** Ink measures every line that changes, mostly with borders in it: those are as quick to count as letters are, each of one cell. */
const quickBorders: Plugin = {
	name: 'quick-borders',
	setup(esbuild) {
		esbuild.onLoad({filter: /[\\/]string-width[\\/]index\.js$/}, async ({path}) => {
			const source = await readFile(path, 'utf8');
			const ascii = '/^[\\u0020-\\u007E]*$/';
			if (!source.includes(ascii)) throw new Error(`${path} does not look for ASCII any more: see quickBorders`);
			return {contents: source.replaceAll(ascii, () => '/^[\\u0020-\\u007E·•…\\u2500-\\u257F]*$/')};
		});
	},
};

/** How the project in the folder `root` is bundled into its dist/: one entry and a few chunks that are loaded when they are needed. */
export function bundleOptions(root: string): BuildOptions & {readonly metafile: true} {
	const {version}: {readonly version: string} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return {
		absWorkingDir: root,
		entryPoints: ['cli.tsx'],
		outdir: 'dist',
		bundle: true,
		splitting: true,
		minify: true,
		platform: 'node',
		format: 'esm',
		target: 'node20.19',
		jsx: 'automatic',
		legalComments: 'none',
		logLevel: 'warning',
		define: {
			'process.env.NODE_ENV': '"production"',
			PHARMER_VERSION: JSON.stringify(version),
		},
		banner: {
			js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
		},
		plugins: [empty, quickBorders],
		metafile: true,
		// Paths of files go into the names of chunks: those of packages are the same where node_modules is a link.
		preserveSymlinks: true,
	};
}
