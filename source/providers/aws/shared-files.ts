import {isOverFieldLimit} from '../../domain/field-limit.js';
import type {Secret} from '../../domain/secret.js';
import {type IniSection, parseIni} from '../../text/ini.js';
import {arrangeData} from '../data.js';
import type {FileText} from '../file-text.js';
import type {FileGroup, Found, Importer, Places, Reading, Refused} from '../importer.js';
import {place} from '../place.js';
import {hasKeys, profileData, profileName} from './credentials-file.js';
import {aws as provider} from './schema.js';

/**
 * Settings used in place of keys, and what they do (AWS SDKs and tools reference guide, settings reference). The first
 * match counts.
 */
const ways: readonly (readonly [settings: readonly string[], reason: string])[] = [
	[['credential_process'], 'gets its keys from a program, which pharmer does not run'],
	[
		['sso_session', 'sso_start_url', 'sso_account_id', 'login_session'],
		'signs in with a browser, for keys that expire by themselves',
	],
	[['web_identity_token_file'], 'signs in with a token of another service, for keys that expire by themselves'],
	[['credential_source'], 'has its keys from the machine or container it runs on'],
	[['role_arn', 'source_profile'], 'assumes a role with the keys of another profile, and has none of its own'],
];

/** Both files together, or the config file alone when there is no credentials file. */
function files(places: Places): readonly FileGroup[] {
	const {environment, home} = places;
	const at = (named: string | undefined, name: string): string =>
		named ? place(places, named) : place(places, home, '.aws', name);
	const config = at(environment.AWS_CONFIG_FILE, 'config');
	return [[at(environment.AWS_SHARED_CREDENTIALS_FILE, 'credentials'), config], [config]];
}

/** False for sections of sign-on sessions and services, which are not profiles. */
function isProfile({name}: IniSection): boolean {
	return !/^(sso-session|services)\s/.test(name);
}

/** Whether `pharmer aws setup` wrote the section: its keys are in a vault. */
function isOurs({entries}: IniSection): boolean {
	const process = entries.get('credential_process')?.value ?? '';
	return !isOverFieldLimit(process) && / aws credential-process \S+$/.test(process);
}

function recognizes(file: FileText): boolean {
	const keys = ['aws_access_key_id', 'aws_secret_access_key'];
	const settings = [...ways.flatMap(([names]) => names), 'region', 'output'];
	return file.sections('aws').some(({name, entries}) => {
		const has = (key: string): boolean => entries.has(key);
		return keys.some(has) || (/^(profile|sso-session)\s/.test(name) && settings.some(has));
	});
}

/** `file` is the index of the first of the two files that has the profile. */
type Profile = {
	readonly data: ReadonlyMap<string, Secret>;
	readonly settings: ReadonlySet<string>;
	readonly file: number;
};

/** Merges two sections of a profile. The first takes precedence; keys are never combined from both. */
function joined(first: Profile, second: Profile): Profile {
	const more = [...second.data].filter(([key]) => key === 'region' || !hasKeys(first.data));
	return {
		data: arrangeData(provider, new Map([...more, ...first.data])),
		settings: new Set([...first.settings, ...second.settings]),
		file: first.file,
	};
}

function read(texts: readonly (string | undefined)[]): Reading {
	const profiles = new Map<string, Profile>();
	for (const [file, text] of texts.entries()) {
		for (const section of text === undefined ? [] : parseIni(text).filter(each => isProfile(each) && !isOurs(each))) {
			const name = profileName(section.name);
			const profile = {data: profileData(section), settings: new Set(section.entries.keys()), file};
			const before = profiles.get(name);
			profiles.set(name, before === undefined ? profile : joined(before, profile));
		}
	}
	const found: Found[] = [];
	const refused: Refused[] = [];
	for (const [label, {data, settings, file}] of profiles) {
		const [, reason] = ways.find(([names]) => names.some(name => settings.has(name))) ?? [];
		if (hasKeys(data)) found.push({label, provider, data});
		else if (reason !== undefined) refused.push({label, reason, file});
	}
	return {found, refused};
}

/** The profiles in the shared credentials and config files. A profile's region may come from either file. */
export const aws: Importer = {
	kind: 'aws',
	title: 'AWS CLI and SDKs',
	providers: [provider.id],
	files,
	recognizes,
	read,
};
