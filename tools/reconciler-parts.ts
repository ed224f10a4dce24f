import {readdir, readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {type Plugin, transform} from 'esbuild';

/** The text of all modules of Ink. */
async function textOfInk(): Promise<string> {
	const folder = dirname(createRequire(import.meta.url).resolve('ink'));
	const files = (await readdir(folder, {recursive: true})).filter(file => file.endsWith('.js'));
	return (await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')))).join('');
}

/** What a renderer says it can do. */
const abilities = [
	'isPrimaryRenderer',
	'supportsHydration',
	'supportsMicrotasks',
	'supportsMutation',
	'supportsPersistence',
	'supportsResources',
	'supportsSingletons',
	'supportsTestSelectors',
];

const start = 'module.exports = function ($$$config) {';
const end = '\n  return exports;\n};';

/**
 * React's reconciler without what it has for renderers that can do what Ink's can't, such as hydration, and without
 * what nobody calls: it is one function, in which esbuild would keep all of it. Throws when it is of another form.
 */
export const reconcilerParts: Plugin = {
	name: 'reconciler-parts',
	setup(esbuild) {
		let ink = '';
		esbuild.onLoad({filter: /[\\/]react-reconciler\.production\.js$/}, async ({path}) => {
			ink ||= await textOfInk();
			const text = await readFile(path, 'utf8');
			const [from, to] = [text.indexOf(start) + start.length, text.lastIndexOf(end)];
			const isMissing = abilities.find(name => !text.includes(`${name} = $$$config.${name}`));
			if (from < start.length || to < 0 || isMissing !== undefined)
				throw new Error(`${path} has changed: see tools/reconciler-parts.ts`);
			const can = (name: string): string => String(new RegExp(`\\b${name}: true,`).test(ink));
			// Its statements by themselves: of these, those that nothing needs are left out.
			const body = text
				.slice(from, to)
				.replace(/^ {2}exports\.(\w+) = /gm, (line, name) =>
					new RegExp(`reconciler\\.${name}\\b`, 'i').test(ink) ? line : `var not_${name} = `,
				)
				.replace(new RegExp(`\\b(${abilities.join('|')}) = `, 'g'), 'not_$1 = ')
				.replaceAll(/\$\$\$config\.(\w+)/g, '$$$$$$config("$1")');
			const {code} = await transform(body, {
				define: Object.fromEntries(abilities.map(name => [name, can(name)])),
				minifySyntax: true,
				pure: ['$$$config', 'Symbol.for'],
				treeShaking: true,
			});
			const kept = code.replaceAll(/(?:\/\* @__PURE__ \*\/ )?\$\$\$config\("(\w+)"\)/g, '$$$$$$config.$1');
			return {contents: text.slice(0, from) + kept + text.slice(to)};
		});
	},
};
