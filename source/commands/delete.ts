import type {Command} from 'commander';
import {type Credential, trashDays} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {deleteCredentials, findByName} from '../vault/operations.js';
import type {Context} from './context.js';
import {takesInput} from './data-source.js';
import {addGlobalOptions, type GlobalOptions, readGlobalOptions} from './global-options.js';
import {addVerb} from './grammar.js';
import {findAll} from './named.js';
import {openVault} from './open-vault.js';
import {tell, usage} from './talk.js';

export type DeleteOptions = GlobalOptions & {
	readonly names: readonly string[];
	/** Nobody is asked. */
	readonly yes: boolean;
};

/** Adds `delete` to the program. `accept` gets what was asked for. */
export function defineDelete(program: Command, accept: (options: DeleteOptions) => void): void {
	const command = addVerb(program, 'delete', 'move credentials to the trash', {
		usage: 'delete credential NAME... [flags]',
		description: `Moves credentials to the trash, where they stay for ${trashDays} days. Asks for each name to be typed.`,
		examples: [
			['pharmer delete credential old-aws', 'asks first'],
			['pharmer delete credential old-aws old-gce --yes', 'in a script: all of them or none'],
		],
	});
	command.argument('<NAME...>', 'the credentials to delete').option('-y, --yes', 'delete without asking');
	addGlobalOptions(command).action((names: readonly string[]) => {
		accept({...readGlobalOptions(command), names, yes: command.opts<{yes?: true}>().yes === true});
	});
}

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

/** Moves the named credentials to the trash, all in one write or none. Throws `not-found` that names every one that is missing. */
export async function runDelete(options: DeleteOptions, context: Context): Promise<void> {
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
