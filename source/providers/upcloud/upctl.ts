import {member} from '../../text/node.js';
import type {FileText} from '../file-text.js';
import {foundValues, judged, readingOf} from '../found-values.js';
import type {Importer, Places, Reading} from '../importer.js';
import {place} from '../place.js';
import {readViperFile, viperFileNames, viperMember} from '../viper.js';
import {hasYamlText, viperMap} from '../yaml-map.js';
import {upcloud as provider} from './schema.js';

/** Every setting in its schema (upcloud-cli, docs/upctl.schema.json). */
const settings = ['token', 'username', 'password', 'client-timeout', 'output'];

/**
 * The user's settings directory, on Windows the local one, which XDG_CONFIG_HOME moves on every system (adrg/xdg); then
 * `.config` (upcloud-cli, internal/config/config.go). In each directory the first file is read, whatever its ending, as
 * YAML.
 */
function files(places: Places): readonly (readonly [string])[] {
	const {environment, platform, home, config, userConfig} = places;
	const local = environment.LOCALAPPDATA || place(places, home, 'AppData', 'Local');
	const system = platform === 'win32' ? local : userConfig;
	const directories = [environment.XDG_CONFIG_HOME ? config : system];
	return [...new Set([...directories, place(places, home, '.config')])].flatMap(directory =>
		viperFileNames('upctl').map(name => [place(places, directory, name)] as const),
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

function read([text]: readonly [string, ...unknown[]]): Reading {
	const {root, remarked} = readViperFile(text);
	// viper 1.21 reads with go-yaml v3 (upcloud-cli, go.mod).
	const textOf = (key: string): string => viperMember(root, key, 'v3');
	const username = member(root, 'username');
	const label = username?.kind === 'text' ? username.text : '';
	// The command would use the token and ignore the password; both are credentials.
	return readingOf([
		judged('', () => {
			const token = textOf('token');
			return token === '' ? undefined : remarked(foundValues(provider, '', {token}));
		}),
		judged(label, () => {
			const [name, password] = [textOf('username'), textOf('password')];
			if (name === '') return undefined;
			if (password !== '') return remarked(foundValues(provider, label, {username: name, password}));
			const reason = 'keeps its password in the system keyring, which is not read here';
			return member(root, 'token') === undefined ? {label, reason} : undefined;
		}),
	]);
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
