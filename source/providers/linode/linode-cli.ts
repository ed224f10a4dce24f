import {Secret} from '../../domain/secret.js';
import {type IniSection, parseIni} from '../../text/ini.js';
import {arrangeData} from '../data.js';
import type {Found, Importer} from '../importer.js';
import {setting} from '../ini-file.js';
import {pathsOf} from '../paths.js';
import {linode} from './schema.js';

function readUser(user: IniSection): readonly Found[] {
	const data = arrangeData(linode, new Map([['token', new Secret(setting(user, 'token'))]]));
	return data.size === 0 ? [] : [{label: user.name, provider: linode, data}];
}

/**
 * The users of `linode-cli`, each with a personal access token, in a file for Python's configparser. The older
 * location, the home directory, takes precedence (linode-cli, configuration/helpers.py and config.py). The oldest files
 * have a single token, in `DEFAULT`.
 */
export const linodeCli: Importer = {
	kind: 'linode-cli',
	title: 'Linode CLI',
	providers: [linode.id],
	firstOnly: true,
	files: places => {
		const {join} = pathsOf(places);
		const named = places.environment.LINODE_CLI_CONFIG;
		if (named) return [[named]];
		return [[join(places.home, '.linode-cli')], [join(places.config, 'linode-cli')]];
	},
	recognizes: file => {
		const users = file.sections();
		if (!users.some(({entries}) => entries.has('token'))) return false;
		const defaults = users.find(({name}) => name === 'DEFAULT')?.entries;
		return defaults?.has('default-user') === true || /^\.?linode-cli$/.test(file.name);
	},
	read: ([text]) => ({found: parseIni(text, 'plain').flatMap(readUser), refused: []}),
};
