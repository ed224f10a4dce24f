import type {IniSection} from '../../text/ini.js';
import {foundValues} from '../found-values.js';
import type {Found, Importer} from '../importer.js';
import {entryOf, type OtherReader, readIniFile, setting} from '../ini-file.js';
import {place} from '../place.js';
import {ovhEndpoints, ovh as provider} from './schema.js';

/** The names of the fields in a section (go-ovh, configuration.go; terraform-provider-ovh, config.go). */
const settings = {
	applicationKey: 'application_key',
	applicationSecret: 'application_secret',
	consumerKey: 'consumer_key',
	clientID: 'client_id',
	clientSecret: 'client_secret',
	accessToken: 'access_token',
} as const;

const profile = /^profile:/;

/** A section is named after its endpoint, by name or by URL. */
const isEndpoint = (name: string): boolean => ovhEndpoints.includes(name) || name.includes('/');

function hasKeys(section: IniSection): boolean {
	return Object.values(settings).some(key => section.entries.has(key));
}

/**
 * The value of a setting as go-ovh takes it: quotes around it and a comment behind it are no part of it. For
 * python-ovh they are, but no key of OVHcloud holds them, so what it reads can't work.
 */
function keyIn(section: IniSection, key: string): string {
	const whole = setting(section, key);
	const comment = whole.search(/(?:^|\s)[#;]/);
	const value = comment === -1 ? whole : whole.slice(0, comment).trim();
	return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}

function credentialIn(section: IniSection): Found | undefined {
	// For python-ovh only what the other sections inherit; no endpoint has this name.
	if (section.name === 'DEFAULT') return undefined;
	const values = Object.entries(settings).map(([field, key]) => [field, keyIn(section, key)] as const);
	if (values.every(([, value]) => value === '')) return undefined;
	const endpoint = keyIn(section, 'endpoint') || (isEndpoint(section.name) ? section.name : '');
	const found = foundValues(provider, section.name.replace(profile, ''), {endpoint, ...Object.fromEntries(values)});
	const changed = Object.values(settings).find(key => keyIn(section, key) !== setting(section, key));
	const line = changed === undefined ? undefined : entryOf(section, changed)?.line;
	if (line === undefined) return found;
	return {...found, remark: `line ${line}: only go-ovh leaves out quotes around a value and a comment behind it`};
}

/** Equal keys and sections, as gopkg.in/ini.v1 reads them for go-ovh. */
const goOvh: OtherReader = {remark: 'go-ovh takes the last value, python-ovh refuses the file', joins: true};

/**
 * `ovh.conf`, shared by OVHcloud's own clients (python-ovh, config.py): a section for each endpoint, and for each
 * `profile:NAME` of the ovhcloud command and Terraform. The file in the current directory is not read: anybody may have
 * put it there.
 */
export const ovh: Importer = {
	kind: 'ovh',
	title: 'the OVHcloud clients',
	providers: ['ovh'],
	files: places => [
		[place(places, places.home, '.ovh.conf')],
		...(places.platform === 'win32' ? [] : [['/etc/ovh.conf'] as const]),
	],
	recognizes: file =>
		file.sections().some(section => hasKeys(section) && (isEndpoint(section.name) || profile.test(section.name))),
	read: ([text]) => readIniFile(text, credentialIn, goOvh),
};
