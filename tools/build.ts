// Bundles the program into dist/: one entry and a few chunks that are loaded when they are needed.
import {chmod, readFile, rm} from 'node:fs/promises';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {type BuildOptions, build, context, type Plugin} from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const {version}: {readonly version: string} = JSON.parse(
	await readFile(new URL('../package.json', import.meta.url), 'utf8'),
);

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

const options: BuildOptions & {readonly metafile: true} = {
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
};

if (process.argv.includes('--watch')) {
	const watching = await context({...options, logLevel: 'info'});
	await watching.watch();
} else {
	await rm(new URL('../dist', import.meta.url), {recursive: true, force: true});
	const {metafile} = await build(options);
	if (process.platform !== 'win32') await chmod(new URL('../dist/cli.js', import.meta.url), 0o755);
	const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
	if (!process.argv.includes('--quiet'))
		process.stderr.write(`dist: ${Object.keys(metafile.outputs).length} files, ${Math.round(bytes / 1024)} kB\n`);
}
