import {readFile} from 'node:fs/promises';
import type {BuildOptions, Plugin} from 'esbuild';

/** Replaces modules the shipped program does not need with an empty one. */
export const leftOut: Plugin = {
	name: 'left-out',
	setup(esbuild) {
		// Ink loads the devtools only when DEV is set, but a program for secrets must never open a socket.
		// conf loads ajv to validate against a schema and semver for its migrations: this program gives it neither.
		esbuild.onResolve(
			{filter: /^(react-devtools-core|\.\/devtools\.js|ajv\/dist\/2020\.js|ajv-formats|semver)$/},
			({path}) => ({path, namespace: 'left-out'}),
		);
		esbuild.onLoad({filter: /.*/, namespace: 'left-out'}, () => ({
			contents: 'export default {}; export const Ajv2020 = class {};',
		}));
	},
};

/** A text of a dependency's file, and what stands there in the bundle. */
type Change = readonly [from: string, to: string];

/** What a line of letters and borders holds: each of these characters is one cell and one grapheme by itself. */
const cells = '\\u0020-\\u007E·•…\\u2500-\\u257F';

/**
 * Changes that spare work without changing a result. Ink takes every line of every frame apart: most lines are as they
 * were in the frame before, and hold nothing but letters and borders.
 */
const changes: Readonly<Record<string, readonly Change[]>> = {
	// Reads the whole file when it is made, for the sake of defaults: a vault, which is a text to it, has none.
	'conf/dist/source/index.js': [
		[
			'const fileStore = this.#readStore(false);',
			'if (options.deserialize && !options.defaults && !options.schema) return;\nconst fileStore = this.#readStore(false);',
		],
	],
	// Measures letters and borders without looking for graphemes.
	'string-width/index.js': [
		['/^[\\u0020-\\u007E]*$/', `/^[${cells}]*$/`],
		// The engine takes 20 ms for all emoji, and longer while it parses the file.
		[
			'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
			"let emoji; const rgiEmojiRegex = {test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};",
		],
	],
	// Takes them apart without looking for graphemes.
	'@alcalzone/ansi-tokenize/build/tokenize.js': [
		[
			'of segmenter.segment(str))',
			`of /^[\\u001B\\n${cells}❯]*$/.test(str)
				? Array.from(str, (segment, index) => ({segment, index}))
				: segmenter.segment(str))`,
		],
	],
	// Characters of one style share it: the list is never changed, and the same list is compared at once.
	'@alcalzone/ansi-tokenize/build/styledChars.js': [['styles: [...codes]', 'styles: codes']],
	// Takes over the lines of the frame before, and no older ones: they may hold secrets that are hidden by now.
	'ink/build/output.js': [
		['export default class Output', 'let latest = new OutputCaches();\nexport default class Output'],
		['cached = this.styledChars.get(line);', 'cached = this.styledChars.get(line) ?? this.keep(line);'],
		[
			'getStringWidth(text) {',
			`keep(line) {
				const cached = this.before?.styledChars.get(line);
				if (cached !== undefined) this.styledChars.set(line, cached);
				return cached;
			}
			getStringWidth(text) {`,
		],
		['get() {', 'get() {\n this.caches.before = latest;\n latest = this.caches;'],
		[
			'return {\n            output: generatedOutput',
			'this.caches.before = undefined;\nreturn {\n            output: generatedOutput',
		],
	],
};

/** Makes those changes; throws when a dependency's text is no longer what they were written for. */
const lessWork: Plugin = {
	name: 'less-work',
	setup(esbuild) {
		for (const [file, each] of Object.entries(changes)) {
			const path = file.split('/').join('[\\\\/]').replaceAll('.', '\\.');
			esbuild.onLoad({filter: new RegExp(`[\\\\/]${path}$`)}, async ({path}) => {
				let contents = await readFile(path, 'utf8');
				for (const [from, to] of each) {
					if (contents.split(from).length !== 2) throw new Error(`${path} has changed: see tools/bundle-options.ts`);
					contents = contents.replace(from, () => to);
				}
				return {contents};
			});
		}
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
	loader: {'.bash': 'text', '.zsh': 'text', '.fish': 'text', '.ps1': 'text'},
	logLevel: 'warning',
	define: {'process.env.NODE_ENV': '"production"'},
	banner: {
		js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
	},
	// A library of machine code: it is there when it could be installed.
	external: ['@napi-rs/keyring'],
	plugins: [leftOut, lessWork],
} satisfies BuildOptions;
