import {type IniSection, parseIni} from '../../text/ini.js';
import {foundValues, readingOf} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {setting} from '../ini-file.js';
import {place} from '../place.js';
import {alibaba} from './schema.js';

/** The types with keys of their own (credentials-go, providers/profile.go; the SDKs' documentation). Of a role only the keys are kept. */
const kept: readonly string[] = ['access_key', 'sts', 'ram_role_arn'];

const reasons: ReadonlyMap<string, string> = new Map([
	['ecs_ram_role', 'gets its keys from the machine that it runs on'],
	['rsa_key_pair', 'signs in with an RSA key pair, which has no place here'],
	['oidc_role_arn', 'signs in with the token of another service, which expires by itself'],
	['bearer', 'has a bearer token and no access keys'],
	['credentials_uri', 'gets its keys from an address, which is not done here'],
]);

function judge(section: IniSection): Found | Refused | undefined {
	const type = setting(section, 'type');
	const reason = reasons.get(type);
	if (reason !== undefined) return {label: section.name, reason};
	if (!kept.includes(type)) return undefined;
	return foundValues(alibaba, section.name, {
		accessKeyID: setting(section, 'access_key_id'),
		accessKeySecret: setting(section, 'access_key_secret'),
		securityToken: setting(section, 'security_token'),
		region: setting(section, 'region_id'),
	});
}

/** What of a section is of this file and no other: its type, and a key that goes with it. */
function isOwn({entries}: IniSection): boolean {
	const type = entries.get('type')?.value ?? '';
	return (kept.includes(type) && entries.has('access_key_id')) || reasons.has(type);
}

/** The file of Alibaba Cloud's SDKs: a section for each profile. The one for Python has `.ini` at the end of its name. */
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
	read: ([text]) => readingOf(parseIni(text, 'plain').map(judge)),
};
