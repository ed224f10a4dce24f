import {command} from './command.js';
import type {Context} from './context.js';
import {parseDescriptor, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {noVault, unlockVault, vaultPlace} from './open-vault.js';
import {askNewPassphrase, givenNewPassphrase, newPassphrase, passphraseNeeded} from './passphrase-source.js';
import {dropFlag} from './rekey.js';
import {usage} from './talk.js';

type PassphraseOptions = GlobalOptions & {
	/** `--new-passphrase-fd`: the open file descriptor to read the new passphrase from. */
	readonly newPassphraseFd: number | undefined;
	/** Drop all other ways in. */
	readonly drop: boolean;
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
	description: 'Changes the passphrase of the vault and makes it a new key. What is in the vault stays as it is.',
	examples: [
		['pharmer passphrase', 'asks for the old one and twice for the new one'],
		['pharmer passphrase --passphrase-fd 3 --new-passphrase-fd 4 3< old 4< new', 'in a script'],
	],
	more: [
		'Without the flag the new one is read from PHARMER_NEW_PASSPHRASE_FILE or PHARMER_NEW_PASSPHRASE, if set.',
		'Other ways in are asked for, or dropped after a question; the keyring gets a new entry. An older copy of the file opens nothing written later.',
	],
	flags: [newDescriptor, dropFlag],
	otherWords: ['passwd', 'password'],
	read(given) {
		const newPassphraseFd = given.value(newDescriptor);
		if (newPassphraseFd !== undefined && newPassphraseFd === given.globals.passphraseFd)
			throw usage("`--passphrase-fd` and `--new-passphrase-fd` can't be the same");
		return {...given.globals, newPassphraseFd, drop: given.has(dropFlag)};
	},
	run: runPassphrase,
});

/** Changes the passphrase that the vault was opened with; one that a recovery key opened gets a new one. */
async function runPassphrase(options: PassphraseOptions, context: Context): Promise<void> {
	const {assertCanRekey, rekeyVault} = await import('./rekeying.js');
	const inputTaken = options.passphraseFd === 0 || options.newPassphraseFd === 0;
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place, options);
	const prompt = context.prompt(inputTaken);
	const slots = await place.slots({acceptRollback: options.acceptRollback});
	await assertCanRekey(slots, prompt, options.drop, context);
	const {vault} = await unlockVault(options, context, inputTaken);
	const given = await givenNewPassphrase(newPassphrase, options.newPassphraseFd, context);
	const passphrase = given ?? (prompt && (await askNewPassphrase(prompt, context, slots.length === 1)));
	if (passphrase === undefined) throw passphraseNeeded(newPassphrase, 'a new passphrase');
	const success = `the passphrase of \`${vault.path}\` is changed`;
	await rekeyVault({vault, passphrase, success}, {prompt, drop: options.drop}, context);
}
