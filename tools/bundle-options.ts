import {readFile} from 'node:fs/promises';
import type {BuildOptions, Plugin} from 'esbuild';

/** Replaces modules that are not needed in what ships by an empty one. */
export const leftOut: Plugin = {
	name: 'left-out',
	setup(esbuild) {
		// Ink loads the devtools only when DEV is set: in a program for secrets nothing may open a socket.
		// conf validates a schema with ajv only when it is given one, which this program does not.
		esbuild.onResolve(
			{filter: /^(react-devtools-core|\.\/devtools\.js|ajv\/dist\/2020\.js|ajv-formats)$/},
			({path}) => ({path, namespace: 'left-out'}),
		);
		esbuild.onLoad({filter: /.*/, namespace: 'left-out'}, () => ({
			contents: 'export default {}; export const Ajv2020 = class {};',
		}));
	},
};

/**
 * Lets borders be counted as quickly as letters, each as one cell: Ink measures every line that changes, and most
 * have a border.
 */
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

/** Regular expressions of today, all of which Node.js 20.19 has. */
const expressions = [
	'regexp-dot-all-flag',
	'regexp-lookbehind-assertions',
	'regexp-match-indices',
	'regexp-named-capture-groups',
	'regexp-set-notation',
	'regexp-sticky-and-unicode-flags',
	'regexp-unicode-property-escapes',
];

/** How the program is bundled, and its tests as well: what is tested is what ships. */
export const bundleOptions = {
	bundle: true,
	splitting: true,
	platform: 'node',
	format: 'esm',
	target: 'node20.19',
	// esbuild does not know of Node.js that it has these: each would be made anew whenever it is used.
	supported: Object.fromEntries(expressions.map(name => [name, true])),
	jsx: 'automatic',
	logLevel: 'warning',
	define: {'process.env.NODE_ENV': '"production"'},
	banner: {
		js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
	},
	plugins: [leftOut, quickBorders],
} satisfies BuildOptions;
