import {command} from './command.js';
import {parseDescriptor, switchFlag, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

export type RestoreVaultOptions = GlobalOptions & {
	/** The vault's file to take from. */
	readonly file: string;
	/** Put it in place of the vault, instead of merging it. */
	readonly replace: boolean;
	readonly yes: boolean;
	/** `--file-passphrase-fd`: the open file descriptor to read the passphrase of FILE from. */
	readonly filePassphraseFd: number | undefined;
};

const replaceFlag = switchFlag('--replace', 'put FILE in place of the vault, which is kept beside it');
const yes = switchFlag('-y, --yes', 'replace without asking');
const fileDescriptor = valueFlag(
	'--file-passphrase-fd <number>',
	'read the passphrase of FILE from this open file descriptor',
	parseDescriptor('--file-passphrase-fd'),
);

export const restoreVault = command<RestoreVaultOptions>({
	verb: 'restore-vault',
	summary: 'merge a copy of a vault, or put it in place',
	usage: 'restore-vault FILE [flags]',
	description:
		'Merges another vault, such as a backup, into the vault: adds what is not there, and leaves out what is the same. What is in both with other content is decided in the app. Without a vault, FILE becomes the vault.',
	examples: [
		['pharmer restore-vault /media/stick/vault.json', 'bring back what was lost since that backup'],
		['pharmer restore-vault ~/.config/pharmer/vault.json.2026-11-28', 'from the copy of a day'],
		['pharmer restore-vault backup.json --replace', 'the vault is damaged, or all of it is to be as it was'],
		['pharmer restore-vault other.json --file-passphrase-fd 3 3< other-passphrase', 'in a script'],
	],
	more: [
		'Without a terminal, what is in both with other content is listed, the rest is added, and the exit code is 12.',
		'The passphrase of FILE is asked for, unless the key of the vault opens it. Without the flag it is read from PHARMER_FILE_PASSPHRASE_FILE or PHARMER_FILE_PASSPHRASE, if set.',
	],
	operand: {name: 'FILE', least: 1, most: 1, help: "a vault's file: a backup, a copy of a day, or one from elsewhere"},
	flags: [replaceFlag, yes, fileDescriptor],
	otherWords: ['merge', 'restore-backup'],
	read(given) {
		const {operand: file, globals} = given;
		const [replace, filePassphraseFd] = [given.has(replaceFlag), given.value(fileDescriptor)];
		if (file === '-') throw usage('FILE is a file, not standard input', 'write it to a file first');
		if (file === '') throw usage('the path of FILE is empty');
		if (given.has(yes) && !replace) throw usage('`--yes` needs `--replace`: a merge asks nothing');
		if (filePassphraseFd !== undefined && filePassphraseFd === globals.passphraseFd)
			throw usage("`--passphrase-fd` and `--file-passphrase-fd` can't be the same");
		if (filePassphraseFd !== undefined && replace)
			throw usage('`--replace` needs no passphrase', 'leave `--file-passphrase-fd` out');
		return {...globals, file, replace, yes: given.has(yes), filePassphraseFd};
	},
	run: async (options, context) => (await import('./restoring-vault.js')).runRestoreVault(options, context),
});
