import {Secret} from '../../domain/secret.js';
import {member} from '../../text/node.js';
import type {FileText} from '../file-text.js';
import type {Found, Importer, Places, Reading} from '../importer.js';
import {place} from '../place.js';
import {hasYamlText, readYamlMap, viperMap, yamlText} from '../yaml-map.js';
import {upcloud as provider} from './schema.js';

/** Every setting in its schema (upcloud-cli, docs/upctl.schema.json). */
const settings = ['token', 'username', 'password', 'client-timeout', 'output'];

/** In each directory the first of these is read, whatever its name, as YAML (spf13/viper, SupportedExts). */
const fileNames = ['upctl.json', 'upctl.yaml', 'upctl.yml', 'upctl'];

/**
 * The user's settings directory, on Windows the local one, which XDG_CONFIG_HOME moves on every system (adrg/xdg); then
 * `.config` (upcloud-cli, internal/config/config.go).
 */
function files(places: Places): readonly (readonly [string])[] {
	const {environment, platform, home, config, userConfig} = places;
	const local = environment.LOCALAPPDATA || place(places, home, 'AppData', 'Local');
	const system = platform === 'win32' ? local : userConfig;
	const directories = [environment.XDG_CONFIG_HOME ? config : system];
	return [...new Set([...directories, place(places, home, '.config')])].flatMap(directory =>
		fileNames.map(name => [place(places, directory, name)] as const),
	);
}

/** The key names are common, so the file's name or a token's prefix must match too. */
function recognizes({name: fileName, yamlMap}: FileText): boolean {
	const named = /^upctl(?:\.json|\.ya?ml)?$/i.test(fileName);
	if (yamlMap === undefined) return false;
	const root = viperMap(yamlMap);
	const token = member(root, 'token');
	const own = token?.kind === 'text' && token.text.startsWith('ucat_');
	const known = [...root.members.keys()].every(key => settings.includes(key));
	return named ? own || hasYamlText(root, 'username') : own && known;
}

function foundFrom(label: string, values: Readonly<Record<string, string>>): Found {
	return {label, provider, data: new Map(Object.entries(values).map(([key, value]) => [key, new Secret(value)]))};
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const root = viperMap(readYamlMap(text));
	const token = yamlText(root, 'token');
	const username = yamlText(root, 'username');
	const password = yamlText(root, 'password');
	const reason = 'keeps its password in the system keyring, which is not read here';
	return {
		// The command would use the token and ignore the password; both are credentials.
		found: [
			...(token === '' ? [] : [foundFrom('', {token})]),
			...(username === '' || password === '' ? [] : [foundFrom(username, {username, password})]),
		],
		refused: token === '' && username !== '' && password === '' ? [{label: username, reason}] : [],
	};
}

/** The account in `upctl.yaml`, and its token. */
export const upctl: Importer = {
	kind: 'upctl',
	title: 'UpCloud CLI',
	providers: [provider.id],
	files,
	firstOnly: true,
	recognizes,
	read,
};
