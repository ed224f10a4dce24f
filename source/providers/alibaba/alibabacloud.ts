import type {IniSection} from '../../text/ini.js';
import type {Budget} from '../budget.js';
import {foundValues} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {entryOf, type Interpolation, interpolated, type OtherReader, readIniFile} from '../ini-file.js';
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

/** A setting as written, up to a comment, and without the quotes around it. */
function withoutMarks(text: string): string {
	const [value = ''] = text.split(/#|\s;/, 1);
	return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}

/**
 * credentials-go (ini.v1) and alibabacloud-credentials (profile.py) end a value at a `#` and replace `%(NAME)s` by
 * another setting; any other `%` is itself.
 */
const sdks: Interpolation = {
	pattern: /%\(([^()]+)\)s/g,
	plain: match => match,
	part: withoutMarks,
	missing: 'the value refers to a setting that is not there',
};

/** What only some of the SDKs take of a section. */
function remarkOf(section: IniSection, keys: readonly string[]): string | undefined {
	const marked = keys
		.map(key => entryOf(section, key))
		.find(entry => entry !== undefined && /^["']|;/.test(entry.value.split('#', 1)[0] ?? ''));
	return (
		marked && `line ${marked.line}: the SDK for Python takes quotes and \`;\` for a part of the value, others do not`
	);
}

function judge(section: IniSection, budget: Budget): Found | Refused | undefined {
	const text = (key: string): string => interpolated(section, key, budget, sdks);
	const type = text('type');
	const reason = reasons.get(type);
	if (reason !== undefined) return {label: section.name, reason};
	if (type === '' && !section.entries.has('access_key_id')) return undefined;
	if (type === '') return {label: section.name, reason: 'has no `type`, without which the SDKs do not take it'};
	if (!kept.includes(type)) return {label: section.name, reason: 'has a `type` that is not known here'};
	const found = foundValues(alibaba, section.name, {
		accessKeyID: text('access_key_id'),
		accessKeySecret: text('access_key_secret'),
		securityToken: text('security_token'),
		region: text('region_id'),
	});
	const remark = remarkOf(section, ['type', 'access_key_id', 'access_key_secret', 'security_token']);
	return remark === undefined ? found : {...found, remark};
}

/** credentials-go (ini.v1) joins sections and takes the last value. */
const goSDK: OtherReader = {
	remark: 'the SDK for Go takes the last value, the one for Python refuses the file',
	joins: true,
};

/** Whether a section can only come from this file: it has one of its types and, for a kept type, a key id. */
function isOwn({entries}: IniSection): boolean {
	const type = withoutMarks(entries.get('type')?.value ?? '');
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
	read: ([text]) => readIniFile(text, judge, goSDK),
};
