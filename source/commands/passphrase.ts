import {command} from './command.js';
import type {Context} from './context.js';
import {parseDescriptor, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {openVault} from './open-vault.js';
import {askNewPassphrase, givenPassphrase, newPassphrase, passphraseNeeded} from './passphrase-source.js';
import {tell, usage} from './talk.js';

type PassphraseOptions = GlobalOptions & {
	/** `--new-passphrase-fd`: the open file descriptor to read the new passphrase from. */
	readonly newPassphraseFd: number | undefined;
};

const newDescriptor = valueFlag(
	'--new-passphrase-fd <number>',
	'read the new passphrase from this open file descriptor',
	parseDescriptor('--new-passphrase-fd'),
);

export const passphrase = command<PassphraseOptions>({
	verb: 'passphrase',
	summary: 'change the passphrase of the vault',
	usage: 'passphrase [flags]',
	description: 'Changes the passphrase of the vault. What is in the vault stays as it is.',
	examples: [
		['pharmer passphrase', 'asks for the old one and twice for the new one'],
		['pharmer passphrase --passphrase-fd 3 --new-passphrase-fd 4 3< old 4< new', 'in a script'],
	],
	more: ['Without the flag the new one is read from PHARMER_NEW_PASSPHRASE_FILE or PHARMER_NEW_PASSPHRASE, if set.'],
	flags: [newDescriptor],
	otherWords: ['passwd', 'password', 'rekey'],
	read(given) {
		const newPassphraseFd = given.value(newDescriptor);
		if (newPassphraseFd !== undefined && newPassphraseFd === given.globals.passphraseFd)
			throw usage("`--passphrase-fd` and `--new-passphrase-fd` can't be the same");
		return {...given.globals, newPassphraseFd};
	},
	run: runPassphrase,
});

/** Changes the passphrase that the vault was opened with. */
async function runPassphrase(options: PassphraseOptions, context: Context): Promise<void> {
	const inputTaken = options.passphraseFd === 0 || options.newPassphraseFd === 0;
	const vault = await openVault(options, context, inputTaken);
	const given = await givenPassphrase(newPassphrase, options.newPassphraseFd, context);
	const prompt = given === undefined ? context.prompt(inputTaken) : undefined;
	const passphrase = given ?? (prompt && (await askNewPassphrase(prompt, context)));
	if (passphrase === undefined) throw passphraseNeeded(newPassphrase, 'a new passphrase');
	await vault.changePassphrase(passphrase);
	tell(context, `the passphrase of \`${vault.path}\` is changed`);
}
