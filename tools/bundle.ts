import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BuildOptions} from 'esbuild';
import {bundleOptions as common} from './bundle-options.js';

/**
 * Bundle options for the project in the folder `root`, written to its dist/: one entry and a few chunks that load on
 * demand.
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
		// Chunk names depend on file paths: this keeps them the same when node_modules is a symbolic link.
		preserveSymlinks: true,
	};
}
