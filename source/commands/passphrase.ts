import type {Command} from 'commander';
import type {Context} from './context.js';
import {addGlobalOptions, type GlobalOptions, parseDescriptor, readGlobalOptions} from './global-options.js';
import {describeCommand} from './grammar.js';
import {openVault} from './open-vault.js';
import {askNewPassphrase, givenPassphrase, newPassphrase, passphraseNeeded} from './passphrase-source.js';
import {tell, usage} from './talk.js';

export type PassphraseOptions = GlobalOptions & {
	/** `--new-passphrase-fd`: the open file descriptor that gives the new passphrase. */
	readonly newPassphraseFd: number | undefined;
};

/** Adds `passphrase` to the program. `accept` gets what was asked for. */
export function definePassphrase(program: Command, accept: (options: PassphraseOptions) => void): void {
	const command = describeCommand(program.command('passphrase'), {
		usage: 'passphrase [flags]',
		description: 'Changes the passphrase of the vault. What is in the vault stays as it is.',
		examples: [
			['pharmer passphrase', 'asks for the old one and twice for the new one'],
			['pharmer passphrase --passphrase-fd 3 --new-passphrase-fd 4 3< old 4< new', 'in a script'],
		],
		more: ['Without the flag the new one is read from PHARMER_NEW_PASSPHRASE_FILE or PHARMER_NEW_PASSPHRASE, if set.'],
	});
	command
		.summary('change the passphrase of the vault')
		.option(
			'--new-passphrase-fd <number>',
			'read the new passphrase from this open file descriptor',
			parseDescriptor('--new-passphrase-fd'),
		);
	addGlobalOptions(command).action(() => {
		const globals = readGlobalOptions(command);
		const {newPassphraseFd} = command.opts<{newPassphraseFd?: number}>();
		if (newPassphraseFd !== undefined && newPassphraseFd === globals.passphraseFd) {
			throw usage("`--passphrase-fd` and `--new-passphrase-fd` can't be the same");
		}
		accept({...globals, newPassphraseFd});
	});
}

/** Changes the passphrase the vault was opened with. */
export async function runPassphrase(options: PassphraseOptions, context: Context): Promise<void> {
	const inputTaken = options.passphraseFd === 0 || options.newPassphraseFd === 0;
	const vault = await openVault(options, context, inputTaken);
	const given = await givenPassphrase(newPassphrase, options.newPassphraseFd, context);
	const prompt = given === undefined ? context.prompt(inputTaken) : undefined;
	const passphrase = given ?? (prompt && (await askNewPassphrase(prompt, context)));
	if (passphrase === undefined) throw passphraseNeeded(newPassphrase, 'a new passphrase');
	await vault.changePassphrase(passphrase);
	tell(context, `the passphrase of \`${vault.path}\` is changed`);
}
