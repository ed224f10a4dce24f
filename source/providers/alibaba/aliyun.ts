import {isNothing, type MapNode, mapOf, member, type Node} from '../../text/node.js';
import {invalidAt} from '../../text/position.js';
import {foundValues, readingOf} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {place} from '../place.js';
import {readYamlMap, yamlText} from '../yaml-map.js';
import {alibaba} from './schema.js';

/**
 * Why a profile of each mode (in lower case) is not kept (aliyun-cli, profile.go). Role settings are dropped too, but a
 * role's keys are kept.
 */
const reasons: ReadonlyMap<string, string> = new Map([
	['ecsramrole', 'gets its keys from the machine that it runs on'],
	['ramrolearnwithrolename', 'gets its keys from the machine that it runs on'],
	['external', 'gets its keys from a program, which pharmer does not run'],
	['credentialsuri', 'gets its keys from a URL, which pharmer does not call'],
	['cloudsso', 'signs in with a browser, for keys that expire by themselves'],
	['oauth', 'signs in with a browser, for keys that expire by themselves'],
	['oidc', 'signs in with the token of another service, which expires by itself'],
	['bearertoken', 'has a bearer token and no access keys'],
	['chainableramrolearn', 'assumes a role with the keys of another profile, and has none of its own'],
	['rsakeypair', 'signs in with an RSA key pair, which is not supported here'],
]);

function profilesIn(root: MapNode): readonly MapNode[] {
	const list = member(root, 'profiles');
	if (list === undefined) return [];
	if (list.kind !== 'list') throw invalidAt(list.at, '`profiles` is not a list');
	return list.items.filter(item => !isNothing(item)).map(item => mapOf(item, 'this profile'));
}

/** A find, a refusal, or undefined for a profile that was never set up. */
function judge(profile: MapNode): Found | Refused | undefined {
	const label = yamlText(profile, 'name');
	const reason = reasons.get(yamlText(profile, 'mode').toLowerCase());
	if (reason !== undefined) return {label, reason};
	const accessKeyID = yamlText(profile, 'access_key_id');
	const accessKeySecret = yamlText(profile, 'access_key_secret');
	if (accessKeyID === '' && accessKeySecret === '') return undefined;
	return foundValues(alibaba, label, {
		accessKeyID,
		accessKeySecret,
		securityToken: yamlText(profile, 'sts_token'),
		expiration: yamlText(profile, 'sts_expiration'),
		region: yamlText(profile, 'region_id'),
	});
}

const isProfile = (node: Node): boolean => node.kind === 'map' && node.members.has('name') && node.members.has('mode');

/**
 * The aliyun command's configuration (aliyun-cli, configuration.go): `~/.aliyun/config.json`; the SDKs also read
 * `ALIBABA_CLOUD_CONFIG_FILE`.
 */
export const aliyun: Importer = {
	kind: 'aliyun',
	title: 'aliyun',
	providers: ['alibaba'],
	files: places => {
		const named = places.environment.ALIBABA_CLOUD_CONFIG_FILE;
		const own = [place(places, places.home, '.aliyun', 'config.json')] as const;
		return named ? [[place(places, named)], own] : [own];
	},
	recognizes: ({yamlMap}) => {
		const list = yamlMap?.members.get('profiles')?.value;
		return list?.kind === 'list' && list.items.length > 0 && list.items.every(isProfile);
	},
	read: ([text]) => readingOf(profilesIn(readYamlMap(text)).map(judge)),
};
