import type {Binding} from '../../source/app/core/binding.js';
import {openKeys} from '../../source/app/keyboard/everywhere.js';
import {textKeys} from '../../source/app/keyboard/text-keys.js';
import {keysIn} from './keymap.js';

/** What a reader calls the modes; those with the same name are one section. */
const places: readonly (readonly [title: string, modes: readonly string[]])[] = [
	['List and detail', ['list', 'detail', 'filter']],
	[
		'New credential',
		[
			'wizard-provider',
			'wizard-text',
			'wizard-file',
			'wizard-choice',
			'wizard-field',
			'review',
			'review-lines',
			'wizard-done',
			'guide',
		],
	],
	['Edit', ['edit', 'edit-adding', 'conflict', 'discard']],
	['Import', ['import', 'import-asking']],
	['Merge', ['merge']],
	['Delete', ['delete']],
	['Passphrase', ['first-run', 'first-run-weak', 'passphrase-new', 'passphrase-drop', 'unlock', 'blocked']],
];

const code = (key: string): string => `\`${key === ' ' ? 'space' : key}\``;

function table(title: string, bindings: readonly Binding<never>[]): string {
	const titles = new Map<string, Set<string>>();
	for (const {title, keys} of bindings) titles.set(title, new Set([...(titles.get(title) ?? []), ...keys]));
	const rows = [...titles].map(([title, keys]) => `| ${[...keys].map(code).join(' ')} | ${title} |`);
	return [`| ${title} | |`, '|---|---|', ...rows].join('\n');
}

/** What the keys of a place do, without those that work everywhere. */
function keysOf(modes: readonly string[]): readonly Binding<never>[] {
	return modes.flatMap(keysIn).filter(({id}) => ![...textKeys, ...openKeys].some(each => each.id === id));
}

/** The page of all keys, a table for each place; keys that work everywhere last. */
export function keysPage(): string {
	const tables = [
		...places.map(([title, modes]) => table(title, keysOf(modes))),
		table('Where text is typed', textKeys),
		table('Everywhere', openKeys),
	];
	const lead =
		'`?` in the app (`ctrl+p` where text is typed) lists the keys of a view, and finds and runs one by its name.';
	return `# Keys\n\n<!-- made from source/app by tools/readme.ts -->\n\n${lead}\n\n${tables.join('\n\n')}\n`;
}
