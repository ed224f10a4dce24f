import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build, type Metafile, type Plugin, transform} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Keeps `import.meta.url` the URL of the source file, so that each file finds its neighbours. */
const ownUrls: Plugin = {
	name: 'own-urls',
	setup(esbuild) {
		esbuild.onLoad({filter: /\.tsx?$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			if (path.includes('node_modules') || !text.includes('import.meta.url')) return undefined;
			const {code} = await transform(text, {
				loader: path.endsWith('x') ? 'tsx' : 'ts',
				jsx: 'automatic',
				define: {'import.meta.url': JSON.stringify(pathToFileURL(path).href)},
				sourcefile: path,
				sourcemap: 'inline',
			});
			return {contents: code, loader: 'js'};
		});
	},
};

/**
 * Packages that can't be bundled, because they start another program or load a native module. They are imported by
 * absolute path.
 */
const unbundled: Plugin = {
	name: 'unbundled',
	setup(esbuild) {
		esbuild.onResolve({filter: /^(esbuild|typescript|@lydell\/node-pty)(\/|$)/}, ({path}) => ({
			path: import.meta.resolve(path),
			external: true,
		}));
	},
};

/** Whether a file of the project imports another, directly or indirectly. */
function doesImport(inputs: Metafile['inputs'], file: string, other: string, visited = new Set<string>()): boolean {
	if (file === other) return true;
	if (visited.has(file)) return false;
	visited.add(file);
	return (inputs[file]?.imports ?? []).some(({path}) => doesImport(inputs, path, other, visited));
}

export type BundledTest = {
	/** Path relative to the project. */
	readonly file: string;
	/** Path of the bundle that Node.js runs. */
	readonly bundle: string;
	/** Whether it imports a file of the project, directly or indirectly. */
	imports(file: string): boolean;
};

/**
 * Bundles test files, given by their paths relative to the project, into `folder`, with packages patched as in the
 * shipped program.
 */
export async function bundleTests(files: readonly string[], folder: string): Promise<readonly BundledTest[]> {
	const {metafile} = await build({
		...bundleOptions,
		absWorkingDir: root,
		entryPoints: [...files],
		outbase: root,
		outdir: folder,
		outExtension: {'.js': '.mjs'},
		sourcemap: true,
		sourcesContent: false,
		metafile: true,
		plugins: [ownUrls, unbundled, ...bundleOptions.plugins],
	});
	return files.map(file => ({
		file,
		bundle: join(folder, file.replace(/\.tsx?$/, '.mjs')),
		imports: other => doesImport(metafile.inputs, file, other),
	}));
}
