import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {deflateRawSync} from 'node:zlib';
import type {BuildOptions, Plugin} from 'esbuild';
import {reconcilerParts} from './reconciler-parts.js';

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

/** A module of the project, as a string literal for an import of a dependency. */
const ours = (name: string): string =>
	JSON.stringify(fileURLToPath(new URL(`../source/ui/drawing/${name}.ts`, import.meta.url)));

/** Modules that stand for those of dependencies, by the end of their path. */
const replaced: Readonly<Record<string, string>> = {
	// `createFrameWriter` does its work.
	'ink/build/line-update.js': 'export default undefined;',
	// Draws a row again only where something else is on it.
	'ink/build/output.js': `
		import {styledCharsFromTokens, styledCharsToString, tokenize} from '@alcalzone/ansi-tokenize';
		import stringWidth from 'string-width';
		import {outputWith} from ${ours('output')};
		export default outputWith({
			// Invisible characters by themselves take no cell.
			charactersOf: text =>
				styledCharsFromTokens(tokenize(text)).filter(({value}) => !/^\\p{Default_Ignorable_Code_Point}+$/u.test(value)),
			textOf: styledCharsToString,
			widthOf: stringWidth,
		});`,
};

/** Takes the newest of packages that others bring an older one of, too: what they use of them is the same. */
const oneOfEach: Plugin = {
	name: 'one-of-each',
	setup(esbuild) {
		const {resolve} = createRequire(import.meta.url);
		esbuild.onResolve({filter: /^(?:ansi-styles|chalk)$/}, ({path}) => ({path: resolve(path)}));
	},
};

/** A text of a dependency's file, and what stands there in the bundle. */
type Change = readonly [from: string, to: string];

/** What a line of letters and borders holds: each of these characters is one cell and one grapheme by itself. */
const cells = '\\u0020-\\u007E·•…›❯×●○✓↑↓←→“”\\u2500-\\u257F';

/** Makes a segmenter when it is first used: the first one of a process loads what it knows of languages, in 9 ms. */
const late = (name: string, text: string): Change => [
	`const ${name} = ${text};`,
	`let made; const ${name} = {segment: text => (made ??= ${text}).segment(text)};`,
];

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
		late('segmenter', 'new Intl.Segmenter()'),
		['/^[\\u0020-\\u007E]*$/', `/^[${cells}]*$/`],
		// The engine takes 20 ms for all emoji, and longer while it parses the file.
		[
			'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
			"let emoji; const rgiEmojiRegex = {test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};",
		],
	],
	// Takes them apart without looking for graphemes.
	'@alcalzone/ansi-tokenize/build/tokenize.js': [
		late('segmenter', 'new Intl.Segmenter(undefined, { granularity: "grapheme" })'),
		[
			'of segmenter.segment(str))',
			`of /^[\\u001B\\n${cells}]*$/.test(str)
				? Array.from(str, (segment, index) => ({segment, index}))
				: segmenter.segment(str))`,
		],
	],
	// Characters of one style share it: the list is never changed, and the same list is compared at once. Nobody else
	// has the tokens.
	'@alcalzone/ansi-tokenize/build/styledChars.js': [
		[
			'ret.push({\n                ...token,\n                styles: [...codes],\n            });',
			'token.styles = codes;\n ret.push(token);',
		],
	],
	// Looks for what to take out only where there may be something: not in letters, borders and styles.
	'ink/build/sanitize-ansi.js': [
		[
			'const sanitizeAnsi = (text) => {',
			`const sanitizeAnsi = (text) => {
				if (!/[^\\n\\u001B${cells}]/.test(text) && !/\\u001B(?!\\[[\\d;]*m)/.test(text)) return text;`,
		],
	],
	// Puts the parts of a text together once, until one of them changes.
	'ink/build/squash-text-nodes.js': [
		["let text = '';\n", "if (node.squashed !== undefined) return node.squashed;\n let text = '';\n"],
		['return text;\n};', "if (node.nodeName === 'ink-text') node.squashed = text;\n return text;\n};"],
	],
	'ink/build/dom.js': [
		[
			'const markNodeAsDirty = (node) => {',
			'const markNodeAsDirty = (node) => {\n for (let each = node; each; each = each.parentNode) each.squashed = undefined;',
		],
	],
	// It was measured for the layout.
	'ink/build/render-node-to-output.js': [
		["import widestLine from 'widest-line';", "import measureText from './measure-text.js';"],
		['widestLine(text)', 'measureText(text).width'],
		// A text has no border and no padding.
		['getMaxWidth(yogaNode)', 'yogaNode.getComputedWidth()'],
	],
	'wrap-ansi/index.js': [late('segmenter', 'new Intl.Segmenter()')],
	'slice-ansi/tokenize-ansi.js': [
		late('GRAPHEME_SEGMENTER', "new Intl.Segmenter(undefined, {granularity: 'grapheme'})"),
	],
	// Makes its machine at once, in 2 ms: `fetch` of a data URL loads a client for HTTP first. It lies in the file deflated,
	// which takes 2 ms and 57 kB less.
	'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js': [
		[
			'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c',
			'var d=require("node:zlib").inflateRawSync(Buffer.from(a.slice(37),"base64"))',
		],
		['var d={a:Jb};F++;', 'return F++,a(new WebAssembly.Instance(new WebAssembly.Module(wa()),{a:Jb}));'],
		['return loadYoga.ready', 'return loadYoga'],
	],
	'yoga-layout/dist/src/index.js': [['await loadYoga()', 'loadYoga()']],
	// The rest of it is loaded for developers, and waited for.
	'ink/build/reconciler.js': [
		["await import('./devtools.js');", ''],
		['const loaded = await loadPackageJson();', 'const loaded = {};'],
	],
	// A frame is written by `createFrameWriter`, only the cells that differ from the frame before.
	'ink/build/log-update.js': [
		[
			"import ansiEscapes from 'ansi-escapes';",
			`import ansiEscapes from 'ansi-escapes';\nimport {createFrameWriter} from ${ours('frame-writer')};`,
		],
		['? createIncremental(stream, { showCursor })', '? createFrameWriter(stream, showCursor ? undefined : cliCursor)'],
	],
	// One write a frame: each is a system call.
	'ink/build/ink.js': [
		[
			'if (shouldSync && shouldWrite) {\n                    this.options.stdout.write(bsu);',
			'if (shouldSync && shouldWrite) {\n this.options.stdout.cork?.(); this.options.stdout.write(bsu);',
		],
		[
			'this.log(output);\n                if (shouldSync && shouldWrite) {\n                    this.options.stdout.write(esu);',
			'this.log(output);\n if (shouldSync && shouldWrite) {\n this.options.stdout.write(esu); this.options.stdout.uncork?.();',
		],
	],
};

/** The machine of Yoga, in base64, as the only thing in what is bundled that is that long. */
const machine = /(?<=;base64,)[\w+/=]{10000,}/;

/** The same bytes deflated. */
function deflated(base64: string): string {
	return deflateRawSync(Buffer.from(base64, 'base64'), {level: 9}).toString('base64');
}

/** Makes those changes; throws when a dependency's text is no longer what they were written for. */
const lessWork: Plugin = {
	name: 'less-work',
	setup(esbuild) {
		const ending = (file: string): RegExp =>
			new RegExp(`[\\\\/]${file.replaceAll('.', '\\.').split('/').join('[\\\\/]')}$`);
		for (const [file, contents] of Object.entries(replaced)) {
			esbuild.onLoad({filter: ending(file)}, ({path}) => ({contents, resolveDir: dirname(path)}));
		}
		for (const [file, each] of Object.entries(changes)) {
			esbuild.onLoad({filter: ending(file)}, async ({path}) => {
				let contents = await readFile(path, 'utf8');
				for (const [from, to] of each) {
					if (contents.split(from).length !== 2) throw new Error(`${path} has changed: see tools/bundle-options.ts`);
					contents = contents.replace(from, () => to);
				}
				return {contents: contents.replace(machine, deflated)};
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
	plugins: [leftOut, oneOfEach, reconcilerParts, lessWork],
} satisfies BuildOptions;
