import {PharmerError} from '../../domain/errors.js';
import {fieldLimit, forRules, sizeText} from '../../domain/field-limit.js';
import {isNothing, type MapNode, mapOf, member, type Node, textOf} from '../../text/node.js';
import {attempt} from '../attempt.js';
import {Budget} from '../budget.js';
import {foundValues, readingOf} from '../found-values.js';
import type {Found, Importer, Reading, Refused} from '../importer.js';
import {refusalOf} from '../ini-file.js';
import {readYamlMap} from '../yaml-map.js';
import {isOpenrc, readOpenrc} from './openrc.js';
import {cloudFiles} from './places.js';
import {openstack as provider} from './schema.js';

/**
 * The maps that describe one cloud, each list in order of precedence: its region, the file of secrets, the cloud
 * itself, its vendor profile.
 */
type Cloud = {readonly auth: readonly MapNode[]; readonly top: readonly MapNode[]; readonly region: string};

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

/** The region that the SDK takes when nobody asks for another, and the settings that count there only. */
type Region = {readonly name: string; readonly values?: MapNode};

/**
 * The first region of a list, of names with commas or of maps with a `name`. The cloud's own come before those of its
 * profile.
 */
function regionOf(maps: readonly MapNode[]): Region {
	const each = maps.map(map => nodeOf([map], 'regions') ?? nodeOf([map], 'region_name'));
	const node = each.find(one => one !== undefined);
	const first = node?.kind === 'list' ? node.items[0] : node;
	if (first === undefined) return {name: ''};
	if (first.kind !== 'map') return {name: textOf(first, '`region_name`').replace(/,.*/s, '')};
	const values = member(first, 'values');
	return {name: textFrom([first], 'name'), ...(values === undefined ? {} : {values: mapOf(values, '`values`')})};
}

/** An address with the region in its place. Throws `invalid` when it does not fit a field then. */
function addressIn(address: string, region: string): string {
	const parts = address.split('{region_name}');
	if (region === '' || parts.length === 1) return address;
	if (address.length + (parts.length - 1) * region.length > fieldLimit)
		throw new PharmerError('invalid', `\`auth_url\` with its region is over ${sizeText(fieldLimit)}`);
	return parts.join(region);
}

/**
 * The fields as openstacksdk resolves them (config/loader.py): tenants are projects, one domain applies to both user
 * and project, and `{region_name}` in the address is the region. For projects and domains a setting outside `auth`
 * precedes one in it (`_fix_backwards_auth`), for the others the one in `auth`. `budget` is that of the files, in which
 * clouds share a vendor profile. Throws `invalid` when it is spent, and for an address that is larger than a field.
 */
function valuesIn({auth, top, region}: Cloud, budget: Budget): Readonly<Record<string, string>> {
	const within = (...names: readonly string[]): string => textFrom([...auth, ...top], ...names);
	const outside = (...names: readonly string[]): string => textFrom([...top, ...auth], ...names);
	const projectID = outside('project_id', 'tenant_id');
	const projectName = outside('project_name', 'tenant_name');
	const both = projectID === '' && projectName === '' ? [] : ['domain'];
	const domain = (who: string, form: string): string =>
		outside(...[`${who}_domain`, ...both].map(name => `${name}_${form}`));
	const values = {
		authURL: addressIn(within('auth_url'), region),
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
	const size = Object.values(values).reduce((sum, {length}) => sum + length, 0);
	if (budget.take(size)) return values;
	throw new PharmerError('invalid', 'these clouds share too much text', 'split the file');
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

/** A text without quotes that PyYAML, which follows YAML 1.1, takes for a number, a date or a truth value. */
const typed =
	/^(?:[-+]?(?:0[0-7_]+|0x[\da-f_]+|0b[01_]+|\d[\d_]*(?:\.[\d_]*(?:e[-+]\d+)?|(?::[0-5]?\d)+))|[-+][1-9]\d*|[1-9]\d*_[\d_]*|\d{4}-\d\d-\d\d|yes|no|on|off|true|false)$/i;

/** What openstacksdk makes of such a value. gophercloud takes it as it is written, and so does this program. */
function remarkOn({auth, top}: Cloud): string | undefined {
	const name = ['username', 'password', 'application_credential_secret'].find(each => {
		const node = nodeOf([...auth, ...top], each);
		return node?.kind === 'text' && node.plain && typed.test(forRules(node.text));
	});
	if (name === undefined) return undefined;
	return `\`${name}\` has no quotes: openstacksdk takes it for a number, a date or a truth value, gophercloud as written`;
}

function judge(label: string, cloud: Cloud | undefined, profile: string, budget: Budget): Found | Refused {
	if (cloud === undefined) return {label, reason: 'has nothing in it'};
	const values = valuesIn(cloud, budget);
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
	const remark = remarkOn(cloud);
	return {...foundValues(provider, label, values), ...(remark === undefined ? {} : {remark})};
}

/** The clouds under a key at the top of a file, by their name. */
function cloudsIn(root: MapNode | undefined, key: string): MapNode['members'] {
	const all = root === undefined ? undefined : member(root, key);
	return all === undefined ? new Map() : mapOf(all, `\`${key}\``).members;
}

/** What one file says of a cloud; `file` is the file's index in its group. */
type Part = {readonly node: Node; readonly file: number};

function cloudOf(parts: readonly Part[]): Cloud | undefined {
	const maps = parts.map(({node}) => mapOf(node, 'this cloud'));
	if (maps.length === 0) return undefined;
	const {name, values} = regionOf(maps);
	const top = values === undefined ? maps : [values, ...maps];
	const auth = top.map(map => member(map, 'auth')).filter(node => node !== undefined);
	return {top, auth: auth.map(node => mapOf(node, '`auth`')), region: name};
}

/** The files in which the cloud's secrets are. */
function filesOf(parts: readonly Part[], cloud: Cloud | undefined): readonly number[] {
	const secretsOf = ({auth, top}: Cloud): readonly (Node | undefined)[] =>
		['password', 'application_credential_secret'].map(name => nodeOf([...auth, ...top], name));
	const secrets = new Set(cloud === undefined ? [] : secretsOf(cloud).filter(node => node !== undefined));
	const holds = (part: Part): boolean => {
		const alone = cloudOf([part]);
		return alone !== undefined && secretsOf(alone).some(node => node !== undefined && secrets.has(node));
	};
	return parts.filter(holds).map(({file}) => file);
}

function profileOf(parts: readonly Part[]): string {
	const maps = parts.map(({node}) => mapOf(node, 'this cloud'));
	return textFrom(maps, 'profile', 'cloud');
}

function readClouds(texts: readonly [string, ...(string | undefined)[]]): Reading {
	const roots = texts.map(text => (text === undefined ? undefined : readYamlMap(text, 'last')));
	const at = (key: string): number => roots.findIndex((root, index) => index > 0 && root?.members.has(key) === true);
	const [secure, vendor] = [at('clouds'), at('public-clouds')];
	const clouds = cloudsIn(roots[0], 'clouds');
	const secrets = cloudsIn(roots[secure], 'clouds');
	const vendors = cloudsIn(roots[vendor], 'public-clouds');
	const partOf = (members: MapNode['members'], name: string, file: number): readonly Part[] => {
		const node = members.get(name)?.value;
		return node === undefined || isNothing(node) ? [] : [{node, file}];
	};
	const budget = new Budget();
	const judged = [...new Set([...clouds.keys(), ...secrets.keys()])].map(name => {
		const parts = [...partOf(secrets, name, secure), ...partOf(clouds, name, 0)];
		try {
			const profile = profileOf(parts);
			parts.push(...partOf(vendors, profile, vendor));
			const cloud = cloudOf(parts);
			const judged = judge(name, cloud, profile, budget);
			return 'data' in judged ? {...judged, from: filesOf(parts, cloud)} : judged;
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			const bad = parts.find(
				part => attempt(() => judge(name, cloudOf([part]), profileOf([part]), new Budget())) === undefined,
			);
			return refusalOf(name, error, bad?.file);
		}
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
