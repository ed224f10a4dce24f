import {type MapNode, mapOf, member, type Node, textOf} from '../../text/node.js';
import {foundValues, readingOf} from '../found-values.js';
import type {Found, Importer, Reading, Refused} from '../importer.js';
import {readYamlMap} from '../yaml-map.js';
import {isOpenrc, readOpenrc} from './openrc.js';
import {cloudFiles} from './places.js';
import {openstack as provider} from './schema.js';

/**
 * The maps that describe one cloud, each list in order of precedence: the file of secrets, the cloud itself, its vendor
 * profile.
 */
type Cloud = {readonly auth: readonly MapNode[]; readonly top: readonly MapNode[]};

/** A setting, spelled with `_` or `-` between its words. */
function nodeOf(maps: readonly MapNode[], name: string): Node | undefined {
	const nodes = maps.flatMap(map => [member(map, name), member(map, name.replaceAll('_', '-'))]);
	return nodes.find(node => node !== undefined);
}

/** The value of the first of these settings that is present; empty when none is. */
function textFrom(maps: readonly MapNode[], ...names: readonly string[]): string {
	for (const name of names) {
		const node = nodeOf(maps, name);
		if (node !== undefined) return textOf(node, `\`${name}\``);
	}
	return '';
}

/** The region; empty when there is none or a choice of several. The cloud's own come before those of its profile. */
function regionOf(maps: readonly MapNode[]): string {
	const each = maps.map(map => nodeOf([map], 'region_name') ?? nodeOf([map], 'regions'));
	const node = each.find(one => one !== undefined);
	const [only, another] = node?.kind === 'list' ? node.items : [node];
	if (only === undefined || another !== undefined) return '';
	const text = only.kind === 'map' ? textFrom([only], 'name') : textOf(only, '`region_name`');
	return text.includes(',') ? '' : text;
}

/**
 * The fields as openstacksdk resolves them (config/loader.py): tenants are projects, one domain applies to both user
 * and project, and `{region_name}` in the address is the region. For projects and domains a setting outside `auth`
 * precedes one in it (`_fix_backwards_auth`), for the others the one in `auth`.
 */
function valuesIn({auth, top}: Cloud): Readonly<Record<string, string>> {
	const within = (...names: readonly string[]): string => textFrom([...auth, ...top], ...names);
	const outside = (...names: readonly string[]): string => textFrom([...top, ...auth], ...names);
	const projectID = outside('project_id', 'tenant_id');
	const projectName = outside('project_name', 'tenant_name');
	const both = projectID === '' && projectName === '' ? [] : ['domain'];
	const domain = (who: string, form: string): string =>
		outside(...[`${who}_domain`, ...both].map(name => `${name}_${form}`));
	const region = regionOf(top);
	return {
		authURL: within('auth_url').replaceAll('{region_name}', region === '' ? '{region_name}' : region),
		username: within('username', 'user_name'),
		password: within('password'),
		applicationCredentialID: within('application_credential_id'),
		applicationCredentialSecret: within('application_credential_secret'),
		userDomainName: domain('user', 'name'),
		userDomainID: domain('user', 'id'),
		projectID,
		projectName,
		projectDomainName: projectName === '' ? '' : domain('project', 'name'),
		projectDomainID: projectName === '' ? '' : domain('project', 'id'),
		region,
		identityAPIVersion: within('identity_api_version'),
		authType: within('auth_type', 'auth_plugin'),
	};
}

const keptTypes: readonly string[] = ['', 'password', 'v2password', 'v3password', 'v3applicationcredential'];

/**
 * Vendor profiles that come with openstacksdk 4.22 (openstack/config/vendors). They change with its releases, so they
 * are not copied here.
 */
const shipped =
	/^(?:auro|betacloud|binero|bluebox|catalyst|citycloud|conoha|dreamcompute|elastx|entercloudsuite|fuga|ibmcloud|internap|limestonenetworks|otc|otc-swiss|ovh|ovh-us|rackspace|switchcloud|switchengines|ultimum|unitedstack|vexxhost|zetta)$/;

/** Why a cloud has no address: its vendor profile is not in the files that were read. */
function withoutAddress(profile: string): string {
	if (shipped.test(profile)) return 'gets its address from a vendor profile inside openstacksdk: add `auth_url` to it';
	if (/^https?:/.test(profile)) return 'gets its address from a vendor profile at a URL, which pharmer does not call';
	return 'names a vendor profile that is in no `clouds-public.yaml` where the SDK looks';
}

function judge(label: string, cloud: Cloud | undefined, profile: string): Found | Refused {
	if (cloud === undefined) return {label, reason: 'has nothing in it'};
	const values = valuesIn(cloud);
	const {authURL = '', authType = ''} = values;
	if (textFrom([...cloud.auth, ...cloud.top], 'token', 'auth_token') !== '')
		return {label, reason: 'has a token, which expires by itself'};
	if (!keptTypes.includes(authType))
		return {label, reason: 'signs in with neither a password nor an application credential'};
	const hasUser = values.username !== '';
	if (values.password === '' && values.applicationCredentialSecret === '') {
		const isKnown = hasUser || values.applicationCredentialID !== '';
		const reason = isKnown ? 'has no password or secret in these files' : 'has no user and no secret in these files';
		return {label, reason};
	}
	if (authURL === '' && profile !== '') return {label, reason: withoutAddress(profile)};
	if (
		!hasUser &&
		values.applicationCredentialSecret === '' &&
		textFrom([...cloud.auth, ...cloud.top], 'user_id') !== ''
	)
		return {label, reason: 'names its user by an ID, and here a name is needed: add `username` to it'};
	return foundValues(provider, label, values);
}

/** The maps under a key at the top of a file, by their name; undefined for one with nothing in it. */
function mapsIn(root: MapNode | undefined, key: string): ReadonlyMap<string, MapNode | undefined> {
	const all = root === undefined ? undefined : member(root, key);
	if (all === undefined) return new Map();
	const members = [...mapOf(all, `\`${key}\``).members];
	return new Map(
		members.map(([name, {value}]) => [name, value.kind === 'text' ? undefined : mapOf(value, 'this cloud')]),
	);
}

function cloudOf(maps: readonly (MapNode | undefined)[]): Cloud | undefined {
	const top = maps.filter(map => map !== undefined);
	if (top.length === 0) return undefined;
	const auth = top.map(map => member(map, 'auth')).filter(node => node !== undefined);
	return {top, auth: auth.map(node => mapOf(node, '`auth`'))};
}

function readClouds([text, ...companions]: readonly [string, ...(string | undefined)[]]): Reading {
	const root = readYamlMap(text, 'last');
	const others = companions.filter(each => each !== undefined).map(each => readYamlMap(each, 'last'));
	const clouds = mapsIn(root, 'clouds');
	const secrets = mapsIn(
		others.find(each => each.members.has('clouds')),
		'clouds',
	);
	const vendors = mapsIn(
		others.find(each => each.members.has('public-clouds')),
		'public-clouds',
	);
	const judged = [...new Set([...clouds.keys(), ...secrets.keys()])].map(name => {
		const own = [secrets.get(name), clouds.get(name)];
		const profile = textFrom(
			own.filter(map => map !== undefined),
			'profile',
			'cloud',
		);
		return judge(name, cloudOf([...own, vendors.get(profile)]), profile);
	});
	return readingOf(judged);
}

/**
 * OpenStack's `clouds.yaml` with its `secure.yaml` and `clouds-public.yaml` (openstacksdk, config/loader.py), and an
 * openrc script when one is named explicitly.
 */
export const openstack: Importer = {
	kind: 'openstack',
	title: 'OpenStack',
	providers: ['openstack'],
	files: cloudFiles,
	recognizes: ({text, yamlMap: root}) => {
		if (isOpenrc(text)) return true;
		const clouds = root === undefined ? undefined : (member(root, 'clouds') ?? member(root, 'public-clouds'));
		if (clouds?.kind !== 'map') return false;
		return [...clouds.members.values()].some(({value}) => value.kind === 'map' && value.members.has('auth'));
	},
	read: texts => (isOpenrc(texts[0]) ? readOpenrc(texts[0]) : readClouds(texts)),
};
