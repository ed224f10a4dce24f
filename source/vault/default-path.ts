import os from 'node:os';
import path from 'node:path';

/**
 * The default path of the vault: `vault.json` where conf puts the files of a project called `pharmer` without a
 * suffix. Conf itself can't be asked, since asking makes the directory; a test compares the two.
 */
export function defaultVaultPath(): string {
	return path.resolve(directory(os.homedir()), 'vault.json');
}

/** Where the app's settings are: beside the default vault, whichever vault is open. */
export function settingsDirectory(): string {
	return path.resolve(directory(os.homedir()));
}

function directory(home: string): string {
	if (process.platform === 'darwin') return path.join(home, 'Library', 'Preferences', 'pharmer');
	if (process.platform === 'win32') {
		return path.join(process.env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'pharmer', 'Config');
	}
	return path.join(process.env.XDG_CONFIG_HOME || path.join(home, '.config'), 'pharmer');
}
