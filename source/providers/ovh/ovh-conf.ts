import type {IniSection} from '../../text/ini.js';
import {foundValues} from '../found-values.js';
import type {Found, Importer} from '../importer.js';
import {readIniFile, setting} from '../ini-file.js';
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

function credentialIn(section: IniSection): Found | undefined {
	const values = Object.entries(settings).map(([field, key]) => [field, setting(section, key)] as const);
	if (values.every(([, value]) => value === '')) return undefined;
	const endpoint = setting(section, 'endpoint') || (isEndpoint(section.name) ? section.name : '');
	return foundValues(provider, section.name.replace(profile, ''), {endpoint, ...Object.fromEntries(values)});
}

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
	read: ([text]) => readIniFile(text, credentialIn),
};
