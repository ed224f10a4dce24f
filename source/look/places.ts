import os from 'node:os';
import {join} from 'node:path';
import type {Environment} from '../domain/environment.js';
import type {Places} from '../providers/importer.js';

/** Where tools keep their files on this machine, for the user whose environment this is. */
export function machinePlaces(environment: Environment): Places {
	const platform = os.platform();
	const home = os.homedir();
	const config = environment.XDG_CONFIG_HOME || join(home, '.config');
	const userConfig =
		platform === 'win32'
			? environment.APPDATA || join(home, 'AppData', 'Roaming')
			: platform === 'darwin'
				? join(home, 'Library', 'Application Support')
				: config;
	return {environment, platform, home, config, userConfig};
}
