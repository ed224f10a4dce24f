import {readFile} from 'node:fs/promises';
import type {BuildOptions, Plugin} from 'esbuild';

/** Replaces modules the shipped program does not need with an empty one. */
export const leftOut: Plugin = {
	name: 'left-out',
	setup(esbuild) {
		// Ink loads the devtools only when DEV is set, but a program for secrets must never open a socket.
		// conf loads ajv to validate against a schema, and this program gives it none.
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
 * Measures box-drawing characters as fast as letters, one cell each: Ink measures every changed line, and most have a
 * border.
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

/** Modern regular expression features, all supported by Node.js 20.19. */
const expressions = [
	'regexp-dot-all-flag',
	'regexp-lookbehind-assertions',
	'regexp-match-indices',
	'regexp-named-capture-groups',
	'regexp-set-notation',
	'regexp-sticky-and-unicode-flags',
	'regexp-unicode-property-escapes',
];

/** Bundle options shared by the program and its tests, so that the tests run what ships. */
export const bundleOptions = {
	bundle: true,
	splitting: true,
	platform: 'node',
	format: 'esm',
	target: 'node20.19',
	// esbuild does not know that Node.js supports them, and would construct each expression anew at every use.
	supported: Object.fromEntries(expressions.map(name => [name, true])),
	jsx: 'automatic',
	logLevel: 'warning',
	define: {'process.env.NODE_ENV': '"production"'},
	banner: {
		js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
	},
	plugins: [leftOut, quickBorders],
} satisfies BuildOptions;
