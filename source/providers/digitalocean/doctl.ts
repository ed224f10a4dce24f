import {Secret} from '../../domain/secret.js';
import {type MapNode, mapOf, member, textOf} from '../../text/node.js';
import {arrangeData} from '../data.js';
import type {FileGroup, Importer, Places, Reading} from '../importer.js';
import {pathsOf} from '../paths.js';
import {hasYamlText, readYamlMap, viperMap, yamlText} from '../yaml-map.js';
import {digitalocean} from './schema.js';

/** Go's directory for settings and, on Linux, the one that the snap package has to use. */
function files(places: Places): readonly FileGroup[] {
	const {join} = pathsOf(places);
	const {environment, home, platform, userConfig} = places;
	if (environment.DIGITALOCEAN_CONFIG) return [[environment.DIGITALOCEAN_CONFIG]];
	const own: FileGroup = [join(userConfig, 'doctl', 'config.yaml')];
	const snap: FileGroup = [join(home, 'snap', 'doctl', 'current', '.config', 'doctl', 'config.yaml')];
	return platform === 'linux' ? [own, snap] : [own];
}

function contextsOf(root: MapNode): readonly (readonly [string, string])[] {
	const contexts = member(root, 'auth-contexts');
	const named = contexts === undefined ? [] : [...mapOf(contexts, '`auth-contexts`').members];
	return [
		['default', yamlText(root, 'access-token')],
		...named.map(([name, {value}]) => [name, textOf(value, 'the token of a context')] as const),
	];
}

/** Contexts, named in lower case, whose token `doctl auth login` got from a browser and renews by itself. */
function signedIn(root: MapNode): ReadonlySet<string> {
	const sessions = member(root, 'oauth-tokens');
	return new Set(sessions?.kind === 'map' ? sessions.members.keys() : []);
}

function readContext(label: string, token: string, isSession: boolean): Reading {
	if (token === '') return {found: [], refused: []};
	if (isSession) {
		const reason = 'is a sign-in with a browser, whose token expires by itself: make a personal access token instead';
		return {found: [], refused: [{label, reason}]};
	}
	const data = arrangeData(digitalocean, new Map([['token', new Secret(token)]]));
	return {found: [{label, provider: digitalocean, data}], refused: []};
}

/**
 * The contexts of `doctl`: `default`, whose token is `access-token` at the top of the file, and those under
 * `auth-contexts` (doctl, commands/command_config.go, doit.go and auth_login.go). It does not matter which one is
 * current.
 */
export const doctl: Importer = {
	kind: 'doctl',
	title: 'doctl',
	providers: [digitalocean.id],
	files,
	recognizes: ({isJsonObject, yamlMap}) => {
		// doctl never writes JSON.
		if (yamlMap === undefined || isJsonObject) return false;
		const root = viperMap(yamlMap);
		if (root.members.get('auth-contexts')?.value.kind === 'map') return true;
		return hasYamlText(root, 'access-token') && root.members.has('context');
	},
	read: ([text]) => {
		// viper 1.11 reads with go-yaml v2 (doctl, go.mod).
		const root = viperMap(readYamlMap(text, 'last'));
		const sessions = signedIn(root);
		const readings = contextsOf(root).map(([label, token]) =>
			readContext(label, token, sessions.has(label.toLowerCase())),
		);
		return {found: readings.flatMap(({found}) => found), refused: readings.flatMap(({refused}) => refused)};
	},
};
