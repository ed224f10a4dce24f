import {Secret} from '../../domain/secret.js';
import {member} from '../../text/node.js';
import type {FileText} from '../file-text.js';
import type {Found, Importer, Places, Reading} from '../importer.js';
import {place} from '../place.js';
import {hasYamlText, readYamlMap, yamlText} from '../yaml-map.js';
import {upcloud as provider} from './schema.js';

/** All that its schema has (upcloud-cli, docs/upctl.schema.json). */
const settings = ['token', 'username', 'password', 'client-timeout', 'output'];

/** The user's directory of settings, which on Windows is the local one (adrg/xdg), then `.config`. */
function files(places: Places): readonly (readonly [string])[] {
	const {environment, platform, home, config, userConfig} = places;
	const local = environment.LOCALAPPDATA || place(places, home, 'AppData', 'Local');
	const directories = platform === 'win32' ? [local] : [environment.XDG_CONFIG_HOME ? config : userConfig];
	return [...new Set([...directories, place(places, home, '.config')])].map(
		directory => [place(places, directory, 'upctl.yaml')] as const,
	);
}

/** Its keys are anybody's, so that its name or the beginning of a token has to be there too. */
function recognizes({name: fileName, yamlMap: root}: FileText): boolean {
	const named = /^upctl\.ya?ml$/i.test(fileName);
	if (root === undefined) return false;
	const token = member(root, 'token');
	const own = token?.kind === 'text' && token.text.startsWith('ucat_');
	const known = [...root.members.keys()].every(key => settings.includes(key.toLowerCase()));
	return named ? own || hasYamlText(root, 'username') : own && known;
}

function foundFrom(label: string, values: Readonly<Record<string, string>>): Found {
	return {label, provider, data: new Map(Object.entries(values).map(([key, value]) => [key, new Secret(value)]))};
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const root = readYamlMap(text);
	const token = yamlText(root, 'token');
	const username = yamlText(root, 'username');
	const password = yamlText(root, 'password');
	const reason = 'has its password in the keyring of the system, which is not looked into here';
	return {
		// The command would use the token and pass the password over; both are credentials.
		found: [
			...(token === '' ? [] : [foundFrom('', {token})]),
			...(username === '' || password === '' ? [] : [foundFrom(username, {username, password})]),
		],
		refused: token === '' && username !== '' && password === '' ? [{label: username, reason}] : [],
	};
}

/** The one account in `upctl.yaml`, and its token. */
export const upctl: Importer = {
	kind: 'upctl',
	title: 'UpCloud CLI',
	providers: [provider.id],
	files,
	firstOnly: true,
	recognizes,
	read,
};
