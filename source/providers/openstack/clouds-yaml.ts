import {type MapNode, mapOf, member, type Node, textOf} from '../../text/node.js';
import {foundValues, readingOf} from '../found-values.js';
import type {FileGroup, Found, Importer, Places, Refused} from '../importer.js';
import {place} from '../place.js';
import {readYamlMap} from '../yaml-map.js';
import {isOpenrc, readOpenrc} from './openrc.js';
import {openstack as provider} from './schema.js';

/**
 * The maps that describe one cloud, in order of precedence: the file of secrets before the other, `auth` before the
 * rest.
 */
type Cloud = readonly MapNode[];

/** A setting, spelled with `_` or `-` between its words. */
function nodeOf(cloud: Cloud, name: string): Node | undefined {
	const nodes = cloud.flatMap(map => [member(map, name), member(map, name.replaceAll('_', '-'))]);
	return nodes.find(node => node !== undefined);
}

/** The value of the first of these settings that is present; empty when none is. */
function textFrom(cloud: Cloud, ...names: readonly string[]): string {
	for (const name of names) {
		const node = nodeOf(cloud, name);
		if (node !== undefined) return textOf(node, `\`${name}\``);
	}
	return '';
}

/** The region; empty when there is none or a choice of several. */
function regionOf(cloud: Cloud): string {
	const node = nodeOf(cloud, 'region_name') ?? nodeOf(cloud, 'regions');
	const [only, another] = node?.kind === 'list' ? node.items : [node];
	if (only === undefined || another !== undefined) return '';
	const text = only.kind === 'map' ? textFrom([only], 'name') : textOf(only, '`region_name`');
	return text.includes(',') ? '' : text;
}

/**
 * The fields as openstacksdk resolves them (config/loader.py): tenants are projects, and one domain applies to both
 * user and project.
 */
function valuesIn(cloud: Cloud): Readonly<Record<string, string>> {
	const projectID = textFrom(cloud, 'project_id', 'tenant_id');
	const projectName = textFrom(cloud, 'project_name', 'tenant_name');
	const both = projectID === '' && projectName === '' ? [] : ['domain'];
	const domain = (who: string, form: string): string =>
		textFrom(cloud, ...[`${who}_domain`, ...both].map(name => `${name}_${form}`));
	return {
		authURL: textFrom(cloud, 'auth_url'),
		username: textFrom(cloud, 'username', 'user_name'),
		password: textFrom(cloud, 'password'),
		applicationCredentialID: textFrom(cloud, 'application_credential_id'),
		applicationCredentialSecret: textFrom(cloud, 'application_credential_secret'),
		userDomainName: domain('user', 'name'),
		userDomainID: domain('user', 'id'),
		projectID,
		projectName,
		projectDomainName: projectName === '' ? '' : domain('project', 'name'),
		projectDomainID: projectName === '' ? '' : domain('project', 'id'),
		region: regionOf(cloud),
		identityAPIVersion: textFrom(cloud, 'identity_api_version'),
		authType: textFrom(cloud, 'auth_type', 'auth_plugin'),
	};
}

const keptTypes: readonly string[] = ['', 'password', 'v2password', 'v3password', 'v3applicationcredential'];

function judge(label: string, cloud: Cloud): Found | Refused | undefined {
	const values = valuesIn(cloud);
	const {authURL = '', authType = ''} = values;
	if (textFrom(cloud, 'token', 'auth_token') !== '') return {label, reason: 'has a token, which expires by itself'};
	if (!keptTypes.includes(authType))
		return {label, reason: 'signs in with neither a password nor an application credential'};
	if (values.password === '' && values.applicationCredentialSecret === '') {
		return values.username === '' && values.applicationCredentialID === ''
			? undefined
			: {label, reason: 'has no password or secret in these files'};
	}
	if (authURL === '' && textFrom(cloud, 'profile', 'cloud') !== '') {
		return {label, reason: 'gets its address from a vendor profile, which is not read here'};
	}
	return foundValues(provider, label, values);
}

/** The settings of each cloud, with those under `auth` before the rest. */
function cloudsIn(root: MapNode): ReadonlyMap<string, Cloud> {
	const clouds = member(root, 'clouds');
	if (clouds === undefined) return new Map();
	return new Map(
		[...mapOf(clouds, '`clouds`').members].flatMap(([name, {value}]) => {
			if (value.kind === 'text') return [];
			const cloud = mapOf(value, 'this cloud');
			const auth = member(cloud, 'auth');
			return [[name, auth === undefined ? [cloud] : [mapOf(auth, '`auth`'), cloud]] as const];
		}),
	);
}

/**
 * Where the SDK looks, except for the current directory (openstacksdk, config/loader.py; platformdirs gives the
 * system's own location).
 */
function directories(places: Places): readonly string[] {
	const {platform, environment, home, config, userConfig} = places;
	const local = environment.LOCALAPPDATA || place(places, home, 'AppData', 'Local');
	const own =
		platform === 'win32'
			? place(places, local, 'OpenStack', 'openstack')
			: place(places, platform === 'darwin' ? userConfig : config, 'openstack');
	const everywhere = [own, place(places, home, '.config', 'openstack')];
	return [...new Set(platform === 'win32' ? everywhere : [...everywhere, '/etc/openstack'])];
}

/** Every `clouds.yaml` with the `secure.yaml` next to it. */
function files(places: Places): readonly FileGroup[] {
	const {OS_CLIENT_CONFIG_FILE: named, OS_CLIENT_SECURE_FILE: secure} = places.environment;
	const beside = directories(places).map(
		each => [place(places, each, 'clouds.yaml'), place(places, each, 'secure.yaml')] as const,
	);
	if (!named) return beside;
	const own = place(places, named);
	return [secure ? [own, place(places, secure)] : [own], ...beside];
}

/**
 * OpenStack's `clouds.yaml` and `secure.yaml` (openstacksdk, config/loader.py), and an openrc script when one is named
 * explicitly.
 */
export const openstack: Importer = {
	kind: 'openstack',
	title: 'OpenStack',
	providers: ['openstack'],
	files,
	recognizes: ({text, yamlMap: root}) => {
		if (isOpenrc(text)) return true;
		const clouds = root === undefined ? undefined : member(root, 'clouds');
		if (clouds?.kind !== 'map') return false;
		return [...clouds.members.values()].some(({value}) => value.kind === 'map' && value.members.has('auth'));
	},
	read: ([text, secrets]) => {
		if (isOpenrc(text)) return readOpenrc(text);
		const clouds = cloudsIn(readYamlMap(text, 'last'));
		const secret = secrets === undefined ? new Map() : cloudsIn(readYamlMap(secrets, 'last'));
		const names = [...new Set([...clouds.keys(), ...secret.keys()])];
		return readingOf(names.map(name => judge(name, [...(secret.get(name) ?? []), ...(clouds.get(name) ?? [])])));
	},
};
