import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build, type Metafile, type Plugin, transform} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Lets each file of the project find its neighbours: `import.meta.url` stays the URL of the file it is written in. */
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

/** Packages that cannot be bundled: they start a program of their own or load a native module. Their files are named in full. */
const unbundled: Plugin = {
	name: 'unbundled',
	setup(esbuild) {
		esbuild.onResolve({filter: /^(esbuild|typescript|@lydell\/node-pty)(\/|$)/}, ({path}) => ({
			path: import.meta.resolve(path),
			external: true,
		}));
	},
};

/** Whether a file of the project imports another one, by itself or through others. */
function doesImport(inputs: Metafile['inputs'], file: string, other: string, visited = new Set<string>()): boolean {
	if (file === other) return true;
	if (visited.has(file)) return false;
	visited.add(file);
	return (inputs[file]?.imports ?? []).some(({path}) => doesImport(inputs, path, other, visited));
}

export type BundledTest = {
	/** Its path below the project. */
	readonly file: string;
	/** The path of what Node.js runs. */
	readonly bundle: string;
	/** Whether it imports that file of the project, by itself or through others. */
	imports(file: string): boolean;
};

/**
 * Bundles those test files of the project, given by their paths below it, into `folder`, with the packages changed as
 * in what ships.
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
