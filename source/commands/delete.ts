import {type Credential, trashDays} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {deleteCredentials, findByName} from '../vault/operations.js';
import {type CommandSpec, command} from './command.js';
import type {Context} from './context.js';
import {takesInput} from './data-source.js';
import {switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {findAll} from './named.js';
import {openVault} from './open-vault.js';
import {picking} from './picking.js';
import {tell, usage} from './talk.js';

type DeleteOptions = GlobalOptions & {
	readonly names: readonly string[];
	/** Delete without asking. */
	readonly yes: boolean;
};

const yes = switchFlag('-y, --yes', 'delete without asking');

const spec: CommandSpec<DeleteOptions> = {
	verb: 'delete',
	summary: 'move credentials to the trash',
	usage: 'delete credential NAME... [flags]',
	description: `Moves credentials to the trash, where they stay for ${trashDays} days. Asks for each name to be typed.`,
	examples: [
		['pharmer delete credential old-aws', 'asks first'],
		['pharmer delete credential old-aws old-gce --yes', 'in a script: all of them or none'],
	],
	more: ['For good: `d` in the trash of the app (`T`), or after those days.'],
	hasNoun: true,
	operand: {
		name: 'NAME',
		least: 1,
		most: Number.POSITIVE_INFINITY,
		help: 'the credentials to delete; when left out, you pick one',
	},
	picks: true,
	flags: [yes],
	otherWords: ['remove', 'del', 'destroy', 'drop', 'purge'],
	read: given => ({...given.globals, names: given.operands, yes: given.has(yes)}),
	run: picking('delete', runDelete),
};

export const remove = command(spec);
export const rm = command({...spec, verb: 'rm', isHidden: true});

async function confirm(credentials: readonly Credential[], options: DeleteOptions, context: Context): Promise<void> {
	const prompt = context.prompt(takesInput(options));
	if (prompt === undefined) throw usageWithoutTerminal();
	for (const {name} of credentials) {
		const answer = await prompt.line(`Type ${name} to delete it: `);
		if (answer === name) continue;
		throw new PharmerError('cancelled', `that is not \`${name}\`: nothing was deleted`);
	}
}

function usageWithoutTerminal(): PharmerError {
	return usage('there is no terminal to ask whether to delete', 'add --yes to delete without being asked');
}

/**
 * Moves the named credentials to the trash in a single write, all or none. Throws `not-found`, naming every missing
 * one.
 */
async function runDelete(options: DeleteOptions, context: Context): Promise<void> {
	if (!options.yes && context.prompt(takesInput(options)) === undefined) throw usageWithoutTerminal();
	const vault = await openVault(options, context, takesInput(options));
	const content = await vault.read();
	const credentials = findAll(options.names, name => findByName(content, name), {
		what: 'there is no credential',
		hint: 'nothing was deleted; `pharmer get credentials` lists what there is',
		known: content.credentials,
	});
	if (!options.yes) await confirm(credentials, options, context);
	await vault.change(current => deleteCredentials(current, credentials, context.now()));
	for (const {name} of credentials) {
		tell(
			context,
			`deleted \`${name}\`; it stays in the trash for ${trashDays} days: \`pharmer restore credential ${name}\` brings it back`,
		);
	}
}
