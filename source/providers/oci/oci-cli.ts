import {forRules} from '../../domain/field-limit.js';
import {Secret} from '../../domain/secret.js';
import type {IniSection} from '../../text/ini.js';
import {arrangeData} from '../data.js';
import type {FileText} from '../file-text.js';
import type {Found, Importer, Places, Refused} from '../importer.js';
import {entryOf, type OtherReader, readIniFile, setting} from '../ini-file.js';
import {place} from '../place.js';
import {oci as provider} from './schema.js';

/**
 * Settings and the fields they map to (Oracle's documentation, SDK and CLI configuration file). The SDKs refuse a key
 * inside the file itself.
 */
const fields: Readonly<Record<string, string>> = {
	user: 'user',
	tenancy: 'tenancy',
	fingerprint: 'fingerprint',
	pass_phrase: 'passphrase',
	region: 'region',
};

/** Of equal keys the Go SDK takes the last, and of equal sections the first (oci-go-sdk, common/configuration.go). */
const goSDK: OtherReader = {
	remark: 'the Go SDK and Terraform take the last value, the oci command refuses the file',
	joins: false,
};

/** A section with one of these settings is meant for signing in. */
const marks = ['user', 'fingerprint', 'key_file', 'security_token_file', 'authentication_type'];

/**
 * Where the command, the SDKs and Ansible look: the file that the environment names, their own, and that of older
 * releases. All are read: with OCI_CLI_CONFIG_FILE the command reads another one than the SDKs, and with
 * OCI_CONFIG_FILE Ansible does, while the SDKs read that one only when their own is missing.
 */
function files(places: Places): readonly (readonly [string])[] {
	const {environment, home} = places;
	const named = [environment.OCI_CLI_CONFIG_FILE, environment.OCI_CONFIG_FILE].filter(path => path !== undefined);
	return [
		...named.filter(path => path !== '').map(path => [place(places, path)] as const),
		[place(places, home, '.oci', 'config')],
		[place(places, home, '.oraclebmc', 'config')],
	];
}

function recognizes(file: FileText): boolean {
	return file
		.sections()
		.some(({entries}) => /^ocidv?1[.:]tenancy[.:]/.test(forRules(entries.get('tenancy')?.value ?? '')));
}

/** A profile with marks of its own signs in by these, whatever `[DEFAULT]` does. */
function reasonAgainst(section: IniSection): string | undefined {
	const {entries, defaults} = section;
	const signs = marks.some(key => entries.has(key)) ? entries : defaults;
	if (entryOf(section, 'key_content') !== undefined)
		return 'has `key_content`, which the oci command refuses in a file: name the file of the key with `key_file`';
	if (signs.has('security_token_file')) return 'signs in with a session token, which expires by itself';
	if (signs.has('authentication_type')) return 'signs in as the machine it runs on, and has no key of its own';
	return undefined;
}

/** A profile takes missing settings from `[DEFAULT]` (oci-python-sdk, config.py, which uses Python's configparser). */
function toFound(section: IniSection): Found {
	const data = new Map<string, Secret>();
	for (const [key, field] of Object.entries(fields)) data.set(field, new Secret(setting(section, key)));
	// The console's preview for a new key has `<path to your private keyfile>` here.
	const path = setting(section, 'key_file').replace(/^<.*/, '');
	const other = data.get('passphrase')?.isEmpty ? entryOf(section, 'passphrase') : undefined;
	if (other !== undefined) data.set('passphrase', new Secret(setting(section, 'passphrase')));
	return {
		label: section.name,
		provider,
		...(other === undefined
			? {}
			: {remark: `line ${other.line}: only the Go SDK and Terraform read \`passphrase\`, others \`pass_phrase\``}),
		data: arrangeData(provider, data),
		...(path === '' ? {} : {files: new Map([['privateKey', path]])}),
	};
}

function judge(section: IniSection): Found | Refused | undefined {
	// Sections of the command's settings and of its shortcuts are no profiles (oci-cli, OCI_CLI_SETTINGS and others).
	if (section.name.startsWith('OCI_CLI_')) return undefined;
	if (!marks.some(key => entryOf(section, key) !== undefined)) return undefined;
	const reason = reasonAgainst(section);
	return reason === undefined ? toFound(section) : {label: section.name, reason};
}

/** The profiles in `~/.oci/config`. Each names the file that holds its private key. */
export const oci: Importer = {
	kind: 'oci',
	title: 'Oracle Cloud Infrastructure CLI and SDKs',
	providers: [provider.id],
	files,
	recognizes,
	read: ([text]) => readIniFile(text, judge, goSDK),
};
