import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {accessBeside} from '../files/access.js';
import {makeDirectory} from '../files/directory.js';
import {makeFile} from '../files/safe-file.js';

/** The user's choices about the app, in a file beside the default vault. */
export type SettingsFile = {
	/**
	 * The saved settings; undefined when there are none or they can't be read: settings are never a reason not to
	 * start.
	 */
	read(): unknown;
	/** Saves the values. Throws `file`. */
	write(values: Readonly<Record<string, unknown>>): Promise<void>;
};

/** The file `settings.json` in that directory, written through conf. Nothing is made before something is saved. */
export function settingsFile(directory: string): SettingsFile {
	const file = path.join(directory, 'settings.json');
	return {
		read() {
			try {
				// Conf would take time to load before the first frame, and makes the directory.
				return JSON.parse(readFileSync(file, 'utf8'));
			} catch {
				return undefined;
			}
		},
		async write(values) {
			const {default: Conf} = await import('conf');
			try {
				makeDirectory(directory);
				// Conf keeps a file's owner: settings that belong to root would be a problem for the user.
				if (!existsSync(file)) makeFile(file, '{}\n', accessBeside(file));
				const conf = new Conf({
					cwd: directory,
					configName: 'settings',
					configFileMode: 0o600,
					clearInvalidConfig: true,
					accessPropertiesByDotNotation: false,
				});
				conf.set({...values});
			} catch (error) {
				const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
				throw new PharmerError(
					'file',
					`the settings can't be saved in \`${file}\`: ${code}`,
					'they apply until you quit',
				);
			}
		},
	};
}
