import type {IniSection} from '../../text/ini.js';
import {foundValues} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {readIniFile, setting} from '../ini-file.js';
import {place} from '../place.js';
import {alibaba} from './schema.js';

/**
 * Profile types that hold access keys (credentials-go, providers/profile.go; the SDKs' documentation). A role profile
 * is kept as its keys alone.
 */
const kept: readonly string[] = ['access_key', 'sts', 'ram_role_arn'];

const reasons: ReadonlyMap<string, string> = new Map([
	['ecs_ram_role', 'gets its keys from the machine that it runs on'],
	['rsa_key_pair', 'signs in with an RSA key pair, which is not supported here'],
	['oidc_role_arn', 'signs in with the token of another service, which expires by itself'],
	['bearer', 'has a bearer token and no access keys'],
	['credentials_uri', 'gets its keys from a URL, which pharmer does not call'],
]);

function judge(section: IniSection): Found | Refused | undefined {
	const type = setting(section, 'type');
	const reason = reasons.get(type);
	if (reason !== undefined) return {label: section.name, reason};
	if (type === '' && !section.entries.has('access_key_id')) return undefined;
	if (type === '') return {label: section.name, reason: 'has no `type`, without which the SDKs do not take it'};
	if (!kept.includes(type)) return {label: section.name, reason: 'has a `type` that is not known here'};
	return foundValues(alibaba, section.name, {
		accessKeyID: setting(section, 'access_key_id'),
		accessKeySecret: setting(section, 'access_key_secret'),
		securityToken: setting(section, 'security_token'),
		region: setting(section, 'region_id'),
	});
}

/** Whether a section can only come from this file: it has one of its types and, for a kept type, a key id. */
function isOwn({entries}: IniSection): boolean {
	const type = entries.get('type')?.value ?? '';
	return (kept.includes(type) && entries.has('access_key_id')) || reasons.has(type);
}

/** The Alibaba Cloud SDKs' file, with a section for each profile. The Python SDK's file name ends in `.ini`. */
export const alibabacloud: Importer = {
	kind: 'alibabacloud',
	title: 'the Alibaba Cloud SDKs',
	providers: ['alibaba'],
	files: places => {
		const named = places.environment.ALIBABA_CLOUD_CREDENTIALS_FILE;
		if (named) return [[place(places, named)]];
		return ['credentials', 'credentials.ini'].map(name => [place(places, places.home, '.alibabacloud', name)] as const);
	},
	recognizes: file => file.sections().some(isOwn),
	read: ([text]) => readIniFile(text, judge),
};
