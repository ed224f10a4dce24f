import {Secret} from '../domain/secret.js';
import {type IniSection, parseIni} from '../formats/ini.js';
import {invalidLine} from '../formats/position.js';
import {arrangeData} from '../providers/check.js';
import {linode} from '../providers/linode.js';
import {attempt} from './attempt.js';
import type {Found, Importer} from './importer.js';
import {pathsOf} from './paths.js';

/** The users of a text; nothing for what is no INI file. */
function usersIn(text: string): readonly IniSection[] {
	return attempt(() => parseIni(text, 'plain')) ?? [];
}

function readUser({name, entries}: IniSection): readonly Found[] {
	const token = entries.get('token');
	if (token?.continuedAt !== undefined) {
		throw invalidLine(
			token.continuedAt,
			'this line is indented, so it goes on with the token above it',
			'take away the white space at its start',
		);
	}
	const data = arrangeData(linode, new Map([['token', new Secret(token?.value ?? '')]]));
	return data.size === 0 ? [] : [{label: name, provider: linode, data}];
}

/**
 * The users of `linode-cli`, each with a personal access token, in the file of Python's configparser that its older place, the home
 * directory, wins (linode-cli, configuration/helpers.py and config.py). The oldest files have one token, in `DEFAULT`.
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
	recognizes: (text, fileName) => {
		const users = usersIn(text);
		if (!users.some(({entries}) => entries.has('token'))) return false;
		const defaults = users.find(({name}) => name === 'DEFAULT')?.entries;
		return defaults?.has('default-user') === true || /^\.?linode-cli$/.test(fileName);
	},
	read: ([text]) => ({found: parseIni(text, 'plain').flatMap(readUser), refused: []}),
};
