import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BuildOptions} from 'esbuild';
import {leftOut, quickBorders} from './bundle-plugins.js';

/**
 * How the project in the folder `root` is bundled into its dist/: one entry and a few chunks that are loaded when they are
 * needed.
 */
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
		plugins: [leftOut, quickBorders],
		metafile: true,
		// Paths of files go into the names of chunks: those of packages are the same where node_modules is a link.
		preserveSymlinks: true,
	};
}
