import {type MapNode, mapOf, member, type Node} from '../../text/node.js';
import {foundValues, judged, readingOf} from '../found-values.js';
import type {FileGroup, Found, Importer, Places, Refused} from '../importer.js';
import {pathsOf} from '../paths.js';
import {viperText} from '../viper.js';
import {hasYamlText, readYamlMap, viperMap} from '../yaml-map.js';
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

/** The contexts, whose names viper takes in lower case. */
function contextsOf(root: MapNode): MapNode['members'] {
	const contexts = member(root, 'auth-contexts');
	return contexts?.kind === 'map' ? viperMap(contexts).members : new Map();
}

/** Contexts that viper does not see, since another one has the same name in lower case. */
function unseenIn(root: MapNode): readonly Refused[] {
	const contexts = member(root, 'auth-contexts');
	const seen = contextsOf(root);
	return [...(contexts?.kind === 'map' ? contexts.members : [])].flatMap(([label, own]) => {
		const other = seen.get(label.toLowerCase());
		if (other === undefined || other === own) return [];
		return [
			{label, reason: `is there a second time on line ${other.at.line}, in other letters, and doctl takes that one`},
		];
	});
}

/** Contexts, named in lower case, whose token `doctl auth login` got from a browser and renews by itself. */
function signedIn(root: MapNode): ReadonlySet<string> {
	const sessions = member(root, 'oauth-tokens');
	const names = sessions?.kind === 'map' ? [...sessions.members.keys()] : [];
	return new Set(names.map(name => name.toLowerCase()));
}

function judge(label: string, node: Node, isSession: boolean): Found | Refused | undefined {
	// viper 1.11 reads with go-yaml v2 (doctl, go.mod).
	const token = viperText(node, 'the token of a context', 'v2');
	if (token === '') return undefined;
	if (isSession) {
		const reason = 'is a sign-in with a browser, whose token expires by itself: make a personal access token instead';
		return {label, reason};
	}
	return foundValues(digitalocean, label, {token});
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
		const root = viperMap(readYamlMap(text, 'last'));
		const sessions = signedIn(root);
		const contexts = member(root, 'auth-contexts');
		const list = judged('', () => {
			if (contexts !== undefined) mapOf(contexts, '`auth-contexts`');
			return undefined;
		});
		const own = member(root, 'access-token');
		return readingOf([
			list,
			own === undefined ? undefined : judged('default', () => judge('default', own, sessions.has('default'))),
			...[...contextsOf(root)].map(([label, {value}]) => judged(label, () => judge(label, value, sessions.has(label)))),
			...unseenIn(root),
		]);
	},
};
