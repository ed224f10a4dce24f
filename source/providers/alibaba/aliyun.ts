import {PharmerError} from '../../domain/errors.js';
import {isNothing, type MapNode, mapOf, member, type Node} from '../../text/node.js';
import {invalidAt} from '../../text/position.js';
import {foundValues, readingOf} from '../found-values.js';
import type {Found, Importer, Reading, Refused} from '../importer.js';
import {refusalOf} from '../ini-file.js';
import {place} from '../place.js';
import {hasYamlText, jsonMap, readYamlMap, yamlText} from '../yaml-map.js';
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
	['anonymous', 'calls without keys'],
]);

/** Modes that hold access keys. */
const kept: readonly string[] = ['ak', 'ststoken', 'ramrolearn'];

/** What tells the mode of a profile without keys and mode (profile.go, AutoModeRecognition), in its order. */
const tellingModes = [
	['private_key', 'rsakeypair'],
	['ram_role_name', 'ecsramrole'],
	['process_command', 'external'],
	['oidc_provider_arn', 'oidc'],
	['cloud_sso_sign_in_url', 'cloudsso'],
	['bearer_token', 'bearertoken'],
] as const;

/** The profiles. Keys have any case, and the last of those that are there twice counts, as for Go's encoding/json. */
function profilesIn(root: MapNode): readonly Node[] {
	const list = member(jsonMap(root), 'profiles');
	if (list === undefined) return [];
	if (list.kind !== 'list') throw invalidAt(list.at, '`profiles` is not a list');
	return list.items.filter(item => !isNothing(item));
}

/** The mode in lower case, which keys tell where none is set; empty for a profile that was never set up. */
function modeOf(profile: MapNode): string {
	const mode = yamlText(profile, 'mode').toLowerCase();
	if (mode !== '') return mode;
	if (hasYamlText(profile, 'access_key_id') || hasYamlText(profile, 'access_key_secret')) {
		return hasYamlText(profile, 'sts_token') ? 'ststoken' : 'ak';
	}
	return tellingModes.find(([key]) => hasYamlText(profile, key))?.[1] ?? '';
}

/** A find, a refusal, or undefined for a profile that was never set up. */
function judge(profile: MapNode, label: string): Found | Refused | undefined {
	const mode = modeOf(profile);
	const reason = reasons.get(mode);
	if (reason !== undefined) return {label, reason};
	const accessKeyID = yamlText(profile, 'access_key_id');
	const accessKeySecret = yamlText(profile, 'access_key_secret');
	if (accessKeyID === '' && accessKeySecret === '') return undefined;
	if (!kept.includes(mode)) return {label, reason: 'has a `mode` that is not known here'};
	const securityToken = mode === 'ak' ? '' : yamlText(profile, 'sts_token');
	if (mode === 'ststoken' && securityToken === '') {
		return {label, reason: 'has no `sts_token`, without which aliyun does not take its keys'};
	}
	return foundValues(alibaba, label, {
		accessKeyID,
		accessKeySecret,
		securityToken,
		expiration: securityToken === '' ? '' : yamlText(profile, 'sts_expiration'),
		region: yamlText(profile, 'region_id'),
	});
}

/**
 * The profiles of the file. One that can't be read is refused with its place, and so is one whose name is there before,
 * which no tool looks at. Throws `invalid` when none can be read.
 */
function read(text: string): Reading {
	const judged: (Found | Refused | undefined)[] = [];
	const names = new Set<string>();
	let problem: PharmerError | undefined;
	for (const node of profilesIn(readYamlMap(text, 'last'))) {
		let label = '';
		try {
			const profile = jsonMap(mapOf(node, 'this profile'));
			label = yamlText(profile, 'name');
			const one = names.has(label) ? again(label, node) : judge(profile, label);
			names.add(label);
			judged.push(one);
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			problem ??= error;
			judged.push(refusalOf(label, error));
		}
	}
	const reading = readingOf(judged);
	if (problem !== undefined && reading.found.length === 0) throw problem;
	return reading;
}

function again(label: string, {at}: Node): Refused {
	return {label, reason: `is there a second time on line ${at.line}, and aliyun takes the first`};
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
	read: ([text]) => read(text),
};
