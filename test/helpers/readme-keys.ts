import type {Binding} from '../../source/app/core/binding.js';
import {openKeys} from '../../source/app/keyboard/everywhere.js';
import {keysIn} from './keymap.js';

const begin = '<!-- keys: made from source/app by tools/readme.ts -->';
const end = '<!-- end of keys -->';

/** What a reader calls the modes; those with the same name are one section. */
const places: readonly (readonly [title: string, modes: readonly string[]])[] = [
	['List and detail', ['list', 'detail', 'filter']],
	[
		'New credential',
		['wizard-provider', 'wizard-text', 'wizard-choice', 'wizard-field', 'wizard-review', 'wizard-done', 'guide'],
	],
	['Edit', ['edit', 'edit-adding', 'conflict', 'discard']],
	['Import', ['import', 'import-asking']],
	['Merge', ['merge']],
	['Delete', ['delete']],
	['Passphrase', ['first-run', 'first-run-weak', 'passphrase-new', 'passphrase-drop', 'unlock', 'blocked']],
];

const code = (key: string): string => `\`${key === ' ' ? 'space' : key}\``;

/** The keys of the keymap as Markdown tables, one for each place; keys that work everywhere last. */
function keyTables(): string {
	const rows = (bindings: readonly Binding<never>[]): string => {
		const titles = new Map<string, Set<string>>();
		for (const {title, keys} of bindings) titles.set(title, new Set([...(titles.get(title) ?? []), ...keys]));
		return [...titles].map(([title, keys]) => `| ${[...keys].map(code).join(' ')} | ${title} |`).join('\n');
	};
	const sections = places.map(([title, modes]) => {
		const bindings = modes.flatMap(keysIn).filter(({id}) => !openKeys.some(each => each.id === id));
		return `| ${title} | |\n|---|---|\n${rows(bindings)}`;
	});
	return [...sections, `| Everywhere | |\n|---|---|\n${rows(openKeys)}`].join('\n\n');
}

/** The README with its tables of keys as they should be. */
export function withKeys(readme: string): string {
	const from = readme.indexOf(begin);
	const to = readme.indexOf(end);
	if (from === -1 || to === -1) throw new Error('the README has no place for the keys');
	return `${readme.slice(0, from + begin.length)}\n\n${keyTables()}\n\n${readme.slice(to)}`;
}
