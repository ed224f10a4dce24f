import type {Binding} from '../../source/app/core/binding.js';
import {openKeys} from '../../source/app/keyboard/everywhere.js';
import {textKeys} from '../../source/app/keyboard/text-keys.js';
import {keysIn, modes} from './keymap.js';

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
			'paste-files',
			'guide',
			'rotation',
		],
	],
	['Edit', ['edit', 'edit-lines', 'edit-adding', 'manifest', 'conflict', 'gone', 'discard']],
	['Import', ['import', 'import-asking', 'close', 'close-asked']],
	['Merge', ['merge', 'merge-leave']],
	['Trash, versions and health', ['trash', 'history', 'health']],
	['Rotate', ['rotate', 'rotate-begin', 'rotate-now', 'rotate-back', 'rotate-signer', 'key-question']],
	['Made for you', ['issue', 'issue-begin', 'issue-signer', 'issue-name']],
	['Verify', ['verify']],
	[
		'Team',
		[
			...['team', 'exposed', 'conflicts'],
			...['invite-card', 'invite-name', 'invite-role', 'invite-again', 'invite-yes', 'invite-done'],
			...['member-remove', 'member-role', 'member-passphrase', 'member-remove-yes', 'member-role-yes'],
		],
	],
	['Delete', ['delete-question', 'delete']],
	['Dialogs', ['settings', 'copy', 'use', 'ask', 'export', 'columns', 'vaults', 'palette', 'jump']],
	[
		'Passphrase',
		[
			...['first-run', 'first-run-weak', 'unlock', 'blocked'],
			...['passphrase-current', 'passphrase-new', 'passphrase-weak', 'passphrase-drop'],
		],
	],
];

const code = (key: string): string => `\`${key === ' ' ? 'space' : key}\``;

function table(bindings: readonly Binding<never>[]): string {
	const commands = new Map<string, {readonly binding: Binding<never>; readonly keys: Set<string>}>();
	for (const binding of bindings) {
		const name = `${binding.title} ${binding.id}`;
		const {keys} = commands.get(name) ?? {keys: []};
		commands.set(name, {binding, keys: new Set([...keys, ...binding.keys])});
	}
	const rows = [...commands.values()].map(
		({binding: {title, id}, keys}) => `| ${[...keys].map(code).join(' ')} | ${title} | \`${id}\` |`,
	);
	return ['| keys | | command |', '|---|---|---|', ...rows].join('\n');
}

/** What the keys of a place do, without those that work everywhere. */
function keysOf(names: readonly string[]): readonly Binding<never>[] {
	return names.flatMap(keysIn).filter(binding => !isEverywhere(binding));
}

const isEverywhere = ({id, keys}: Binding<never>): boolean =>
	[...textKeys, ...openKeys].some(each => each.id === id && each.keys.join() === keys.join());

/** The page of all keys, a table for each place; keys that work everywhere last. */
export function keysPage(): string {
	const known = places.flatMap(([, names]) => names);
	const missing = modes.filter(mode => mode !== 'busy' && !known.includes(mode));
	if (missing.length > 0) throw new Error(`docs/keys.md has no place for ${missing.join(', ')}`);
	const sections = places.map(
		([title, names]) => `## ${title}\n\nPlaces: ${names.map(code).join(' ')}\n\n${table(keysOf(names))}`,
	);
	const lead =
		'`?` in the app (`ctrl+p` where text is typed) lists the keys of a view, and finds and runs one by its name.\n\n' +
		'[The settings](settings.md#keys) can give a command other keys: by the place where they hold and by the name in the last column.';
	const typed = `## Where text is typed\n\nPlace: \`everywhere\`\n\n${table(textKeys)}`;
	const everywhere = `## Everywhere\n\nPlace: \`everywhere\`\n\n${table(openKeys)}`;
	return `# Keys\n\n<!-- made from source/app by tools/readme.ts -->\n\n${lead}\n\n${[...sections, typed, everywhere].join('\n\n')}\n`;
}
