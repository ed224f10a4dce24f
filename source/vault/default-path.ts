import {homedir} from 'node:os';
import {join, resolve} from 'node:path';

/**
 * The default path of the vault: `vault.json` where conf puts the files of a project called `pharmer` without a
 * suffix. Conf itself can't be asked, since asking makes the directory; a test compares the two.
 */
export function defaultVaultPath(): string {
	return resolve(directory(homedir()), 'vault.json');
}

/** Where the app's settings are: beside the default vault, whichever vault is open. */
export function settingsDirectory(): string {
	return resolve(directory(homedir()));
}

/** Where a vault of that name is unless somebody says otherwise: in a directory beside the default one. */
export function vaultPathFor(name: string): string {
	return join(settingsDirectory(), 'vaults', `${name}.json`);
}

function directory(home: string): string {
	if (process.platform === 'darwin') return join(home, 'Library', 'Preferences', 'pharmer');
	if (process.platform === 'win32') {
		return join(process.env.APPDATA || join(home, 'AppData', 'Roaming'), 'pharmer', 'Config');
	}
	return join(process.env.XDG_CONFIG_HOME || join(home, '.config'), 'pharmer');
}
