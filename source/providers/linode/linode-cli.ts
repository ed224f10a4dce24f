import type {IniSection} from '../../text/ini.js';
import type {Budget} from '../budget.js';
import {foundValues} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {configparser, interpolated, readIniFile} from '../ini-file.js';
import {pathsOf} from '../paths.js';
import {place} from '../place.js';
import {linode} from './schema.js';

/** A user without a token has that of `[DEFAULT]`, which is a find of its own: a token is all that there is to keep. */
function readUser(user: IniSection, budget: Budget): Found | Refused | undefined {
	// Not a user, but names for commands.
	if (user.name === 'custom_aliases') return undefined;
	const token = user.entries.has('token') ? interpolated(user, 'token', budget, configparser) : '';
	if (token !== '') return foundValues(linode, user.name, {token});
	const inherits = !user.entries.has('token') && user.defaults.has('token');
	return inherits || user.name === 'DEFAULT' ? undefined : {label: user.name, reason: 'has no token'};
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
		if (named) return [[place(places, named)]];
		return [[join(places.home, '.linode-cli')], [join(places.config, 'linode-cli')]];
	},
	recognizes: file => {
		const users = file.sections();
		if (!users.some(({entries}) => entries.has('token'))) return false;
		const defaults = users.find(({name}) => name === 'DEFAULT')?.entries;
		return defaults?.has('default-user') === true || /^\.?linode-cli$/.test(file.name);
	},
	read: ([text]) => readIniFile(text, readUser),
};
