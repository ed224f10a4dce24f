import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {accessBeside} from '../files/access.js';
import {makeDirectory} from '../files/directory.js';
import {makeFile} from '../files/safe-file.js';

/** What a person has chosen about the app, in a file beside the usual vault. */
export type SettingsFile = {
	/** What was kept, or undefined where nothing was or it can't be read: settings are never a reason not to start. */
	read(): unknown;
	/** Keeps the values. Throws `file`. */
	write(values: Readonly<Record<string, unknown>>): Promise<void>;
};

/** The file `settings.json` in that directory, written through conf; nothing is made before something is kept. */
export function settingsFile(directory: string): SettingsFile {
	const file = path.join(directory, 'settings.json');
	return {
		read() {
			try {
				// Conf would take its time to load before the first frame, and makes the directory.
				return JSON.parse(readFileSync(file, 'utf8'));
			} catch {
				return undefined;
			}
		},
		async write(values) {
			const {default: Conf} = await import('conf');
			try {
				makeDirectory(directory);
				// Conf keeps the owner of a file: root's settings would be a user's trouble.
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
					`the settings can't be kept in \`${file}\`: ${code}`,
					'they hold until you quit',
				);
			}
		},
	};
}
