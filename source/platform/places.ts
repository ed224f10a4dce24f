import {homedir} from 'node:os';
import {join} from 'node:path';
import type {Places} from '../importers/importer.js';
import type {Environment} from '../providers/environment.js';

/** Where tools keep their files on this machine, for the person whose environment it is. */
export function machinePlaces(environment: Environment): Places {
	const {platform} = process;
	const home = homedir();
	const config = environment.XDG_CONFIG_HOME || join(home, '.config');
	const userConfig =
		platform === 'win32'
			? environment.APPDATA || join(home, 'AppData', 'Roaming')
			: platform === 'darwin'
				? join(home, 'Library', 'Application Support')
				: config;
	return {environment, platform, home, config, userConfig};
}
