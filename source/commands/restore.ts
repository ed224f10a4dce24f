import type {Credential, TrashedCredential} from '../domain/credential.js';
import {type Name, nameKey, parseName} from '../domain/name.js';
import {listed} from '../domain/words.js';
import {findByName, restoreCredential} from '../vault/operations.js';
import type {Changed, Content} from '../vault/vault.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {textFlag, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {findAll} from './named.js';
import {openVault} from './open-vault.js';
import {tell, usage} from './talk.js';

type RestoreOptions = GlobalOptions & {
	readonly names: readonly string[];
	/** From `--name`: the new name of the restored credential. */
	readonly newName: Name | undefined;
	/** From `--version`: the version of a living credential to bring back. */
	readonly version: number | undefined;
};

const newName = textFlag('--name <new>', 'call it something else');
const version = valueFlag('--version <number>', 'bring back that version of a credential', parseVersion);

export const restore = command<RestoreOptions>({
	verb: 'restore',
	summary: 'bring deleted credentials back, or earlier versions',
	usage: 'restore credential NAME... [flags]',
	description:
		'Brings credentials back from the trash; among several with the same name, the one deleted last. With --version, brings back what a credential was at that version, under the name it has now; what it is now stays as a version.',
	examples: [
		['pharmer restore credential aws', 'undo `pharmer delete credential aws`'],
		['pharmer restore credential aws --name aws-old', 'when the name is taken by now'],
		['pharmer restore credential aws --version 3', 'one of those that `pharmer history aws` lists'],
	],
	hasNoun: true,
	operand: {name: 'NAME', least: 1, most: Number.POSITIVE_INFINITY, help: 'the credentials to bring back'},
	flags: [newName, version],
	otherWords: ['undelete', 'recover', 'undo'],
	read(given) {
		const name = given.value(newName);
		if (name !== undefined && given.operands.length > 1) throw usage('`--name` needs just one NAME');
		const number = given.value(version);
		if (number !== undefined && name !== undefined)
			throw usage("`--version` and `--name` can't be used together", 'rename it with `pharmer edit credential`');
		if (number !== undefined && given.operands.length > 1) throw usage('`--version` needs just one NAME');
		const newNameGiven = name === undefined ? undefined : parseName(name);
		return {...given.globals, names: given.operands, newName: newNameGiven, version: number};
	},
	run: runRestore,
});

/**
 * The last deleted credential of that name; of two deleted in the same second, the one that went to the trash later.
 */
export function lastDeleted(content: Content, name: string): TrashedCredential | undefined {
	return content.trash
		.filter(credential => nameKey(credential.name) === nameKey(name))
		.reduce<TrashedCredential | undefined>(
			(last, each) => (last === undefined || each.deleted >= last.deleted ? each : last),
			undefined,
		);
}

const shownLimit = 10;

/** What to do where the trash does not hold a name: one that is in the list may have earlier versions. */
function notInTrashHint(content: Content, names: readonly string[]): string {
	const living = names.find(name => lastDeleted(content, name) === undefined && findByName(content, name));
	return living === undefined
		? trashHint(content)
		: `it is in the list; \`pharmer history ${living}\` shows earlier versions, which \`--version N\` brings back`;
}

function trashHint(content: Content): string {
	const names = [...new Set(content.trash.map(credential => credential.name))];
	if (names.length === 0) return 'the trash is empty';
	const more = names.length > shownLimit ? ` and ${names.length - shownLimit} more` : '';
	return `the trash holds ${more === '' ? listed(names) : `${names.slice(0, shownLimit).join(', ')}${more}`}`;
}

function parseVersion(text: string): number {
	if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
	throw usage(`\`--version\` takes the number of a version, not \`${text}\``, '`pharmer history NAME` lists them');
}

/** Brings the named credentials back in a single write, all or none. Throws `not-found` and `exists`. */
async function runRestore(options: RestoreOptions, context: Context): Promise<void> {
	const vault = await openVault(options, context);
	const [name] = options.names;
	if (options.version !== undefined && name !== undefined)
		return (await import('./restore-version.js')).restoreVersion(vault, name, options.version, context);
	const restored = await vault.change<readonly Credential[]>(content => {
		const trashed = findAll(options.names, name => lastDeleted(content, name), {
			what: 'the trash does not hold',
			hint: notInTrashHint(content, options.names),
			known: content.trash,
		});
		return trashed.reduce<Changed<readonly Credential[]>>(
			(before, {id}) => {
				const {content: after, result} = restoreCredential(before.content, id, context.now(), options.newName);
				return {content: after, result: [...before.result, result]};
			},
			{content, result: []},
		);
	});
	for (const {name} of restored) tell(context, `restored \`${name}\``);
}
