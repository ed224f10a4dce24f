import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BuildOptions} from 'esbuild';
import {bundleOptions as common} from './bundle-options.js';

/**
 * How the project in the folder `root` is bundled into its dist/: one entry and a few chunks that are loaded when they are
 * needed.
 */
export function bundleOptions(root: string): BuildOptions & {readonly metafile: true} {
	const {version}: {readonly version: string} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return {
		...common,
		absWorkingDir: root,
		entryPoints: ['cli.tsx'],
		outdir: 'dist',
		minify: true,
		legalComments: 'none',
		define: {...common.define, PHARMER_VERSION: JSON.stringify(version)},
		metafile: true,
		// Paths of files go into the names of chunks: those of packages are the same where node_modules is a link.
		preserveSymlinks: true,
	};
}
