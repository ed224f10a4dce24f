import {forRules} from '../../domain/field-limit.js';
import {Secret} from '../../domain/secret.js';
import {type IniEntry, type IniSection, parseIni} from '../../text/ini.js';
import {invalidLine} from '../../text/position.js';
import {arrangeData} from '../data.js';
import type {FileText} from '../file-text.js';
import type {Found, Importer, Places, Reading, Refused} from '../importer.js';
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

/** A section with one of these settings is meant for signing in. */
const marks = ['user', 'fingerprint', 'key_file', 'security_token_file', 'authentication_type'];

/**
 * Where the command and the SDKs look: the file that the environment names, then their own, then that of older
 * releases.
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

function reasonAgainst({entries}: IniSection): string | undefined {
	if (entries.has('security_token_file')) return 'signs in with a session token, which expires by itself';
	if (entries.has('authentication_type')) return 'signs in as the machine it runs on, and has no key of its own';
	return undefined;
}

/** A profile takes missing settings from `[DEFAULT]`, as in files for Python's configparser. */
function toFound({name, entries}: IniSection, defaults: ReadonlyMap<string, IniEntry>): Found {
	// The two are not merged into one map: with thousands of profiles, each would copy thousands of defaults.
	const entryOf = (key: string): IniEntry | undefined => entries.get(key) ?? defaults.get(key);
	const data = new Map<string, Secret>();
	for (const [key, field] of Object.entries({...fields, key_file: ''})) {
		const entry = entryOf(key);
		if (entry?.continuedAt !== undefined) {
			throw invalidLine(
				entry.continuedAt,
				'this line is indented, so it continues the value above it',
				'remove the white space at its start',
			);
		}
		if (entry !== undefined && field !== '') data.set(field, new Secret(entry.value));
	}
	// The console's preview for a new key has `<path to your private keyfile>` here.
	const path = entryOf('key_file')?.value.replace(/^<.*/, '') ?? '';
	return {
		label: name,
		provider,
		data: arrangeData(provider, data),
		...(path === '' ? {} : {files: new Map([['privateKey', path]])}),
	};
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const sections = parseIni(text, 'plain');
	const defaults = sections.find(({name}) => name === 'DEFAULT')?.entries ?? new Map<string, IniEntry>();
	const found: Found[] = [];
	const refused: Refused[] = [];
	for (const section of sections) {
		if (!marks.some(key => section.entries.has(key))) continue;
		const reason = reasonAgainst(section);
		if (reason === undefined) found.push(toFound(section, defaults));
		else refused.push({label: section.name, reason});
	}
	return {found, refused};
}

/** The profiles in `~/.oci/config`. Each names the file that holds its private key. */
export const oci: Importer = {
	kind: 'oci',
	title: 'Oracle Cloud Infrastructure CLI and SDKs',
	providers: [provider.id],
	files,
	firstOnly: true,
	recognizes,
	read,
};
