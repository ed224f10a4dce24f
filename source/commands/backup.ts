import path from 'node:path';
import {realFile} from '../files/safe-file.js';
import {command} from './command.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {noVault, vaultPlace} from './open-vault.js';
import {tell, usage} from './talk.js';

type BackupOptions = GlobalOptions & {
	/** The file to make. */
	readonly file: string;
};

export const backup = command<BackupOptions>({
	verb: 'backup',
	summary: 'write a copy of the vault, sealed as it is',
	usage: 'backup FILE [flags]',
	description:
		'Writes a copy of the vault into a new file, sealed as it is: the passphrase of now opens it, and none is needed to make it. Nothing is overwritten.',
	examples: [
		['pharmer backup /media/stick/vault-2026-11.json', 'before a journey'],
		['pharmer restore-vault /media/stick/vault-2026-11.json', 'bring back what was lost since'],
	],
	more: ['Copies of the last seven days in which something changed are beside the vault by themselves.'],
	operand: {name: 'FILE', least: 1, most: 1, help: 'the file to make'},
	flags: [],
	otherWords: ['dump', 'save'],
	read(given) {
		const {operand: file} = given;
		if (file === '-')
			throw usage('a backup is a file', 'name one; what a pipe needs is in the file of the vault itself');
		if (file === '') throw usage('the path of FILE is empty');
		return {...given.globals, file};
	},
	run: runBackup,
});

/**
 * Writes the backup. Throws `no-vault`, what the checks of the vault throw, `usage` for a name that this program uses
 * itself, and `file`.
 */
async function runBackup({file, ...options}: BackupOptions, context: Context): Promise<void> {
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place, options);
	assertNotOurs(file, place.path);
	const bytes = await place.sealed({acceptRollback: options.acceptRollback});
	const {writeBackup} = await import('../vault/sealed-vault.js');
	writeBackup(file, bytes);
	tell(context, `wrote the vault to \`${file}\`, sealed as it is: its passphrase opens it`);
}

/** Throws `usage` for a name beside the vault that begins with its own: the next change may replace or remove it. */
function assertNotOurs(file: string, vault: string): void {
	const [own, wanted] = [realFile(vault), realFile(path.resolve(file))];
	const isBeside = path.dirname(own) === path.dirname(wanted);
	if (
		isBeside &&
		path
			.basename(wanted)
			.toLowerCase()
			.startsWith(`${path.basename(own)}.`.toLowerCase())
	)
		throw usage(`\`${file}\` is a name that pharmer uses itself beside the vault`, 'choose another name');
}
