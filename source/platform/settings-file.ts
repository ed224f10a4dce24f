import {existsSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {accessBeside} from '../files/access.js';
import {makeDirectory} from '../files/directory.js';
import {makeFile} from '../files/safe-file.js';

/** The user's choices about the app, in a file beside the default vault. */
export type SettingsFile = {
	readonly path: string;
	/** The file's text; undefined when there is none. Throws `file` with the reason alone. */
	read(): string | undefined;
	/** Puts these members in the place of those of the same names, and keeps all others. Throws `file`. */
	write(members: Readonly<Record<string, unknown>>): Promise<void>;
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'an unknown error';

/** The file `settings.json` in that directory, written through conf. Nothing is made before something is saved. */
export function settingsFile(directory: string): SettingsFile {
	const file = path.join(directory, 'settings.json');
	const unreadable = (why: string): PharmerError => new PharmerError('file', `it can't be read: ${why}`);
	return {
		path: file,
		read() {
			try {
				// A pipe would be waited for.
				if (!statSync(file).isFile()) throw unreadable('it is not an ordinary file');
				// Conf would take time to load before the first frame, and makes the directory.
				return readFileSync(file, 'utf8');
			} catch (error) {
				if (error instanceof PharmerError) throw error;
				if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
				throw unreadable(codeOf(error));
			}
		},
		async write(members) {
			const {default: Conf} = await import('conf');
			try {
				makeDirectory(directory);
				// Conf keeps a file's owner: settings that belong to root would be a problem for the user.
				if (!existsSync(file)) makeFile(file, '{}\n', accessBeside(file));
				const conf = new Conf({
					cwd: directory,
					configName: 'settings',
					configFileMode: 0o600,
					accessPropertiesByDotNotation: false,
				});
				conf.set({...members});
			} catch (error) {
				throw new PharmerError(
					'file',
					`the settings can't be saved in \`${file}\`: ${codeOf(error)}`,
					'they apply until you quit',
				);
			}
		},
	};
}
