import {type IniSection, parseIni} from '../../text/ini.js';
import type {FileText} from '../file-text.js';
import {foundValues} from '../found-values.js';
import type {FileGroup, Found, Importer, Places, Refused} from '../importer.js';
import {entryOf, readIniFile, setting} from '../ini-file.js';
import {place} from '../place.js';
import {azure as provider} from './schema.js';

/**
 * Settings by their field. The first name is Ansible's and that of older SDKs for Python (azure.azcollection,
 * azure_rm_common.py), the second that of Test Kitchen and InSpec, whose sections are named after the subscription
 * (kitchen-azurerm, azure_credentials.rb).
 */
const names = {
	tenantID: ['tenant', 'tenant_id'],
	subscriptionID: ['subscription_id'],
	clientID: ['client_id'],
	clientSecret: ['secret', 'client_secret'],
} as const;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * A value as the reader of Test Kitchen and InSpec takes it (inifile 3.0.0, Ruby), where configparser keeps all of it:
 * what is between double quotes, or else what comes before the first `;` or `#`, with its escapes.
 */
function kitchenValue(value: string): string {
	const quoted = /^"(.*)(?<!\\)"\s*(?:[;#]|$)/.exec(value)?.[1];
	const [plain = ''] = value.split(/[;#]/, 1);
	const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '\\': '\\'};
	return (quoted ?? plain).trim().replace(/\\([nrt\\])/g, (_, sign: string) => escapes[sign] ?? '');
}

/** A find, a refusal, or undefined for a section of defaults that has no key. */
function judge(section: IniSection): Found | Refused | undefined {
	const text = (...keys: readonly string[]): string => {
		const key = keys.find(each => section.entries.has(each)) ?? keys.find(each => entryOf(section, each) !== undefined);
		return key === undefined ? '' : setting(section, key);
	};
	const label = section.name;
	const isKitchen = section.entries.has('client_secret');
	const values = Object.entries(names).map(([field, keys]) => {
		const value = text(...keys);
		return [field, isKitchen ? kitchenValue(value) : value] as const;
	});
	const {clientSecret = '', clientID = '', subscriptionID = '', ...rest} = Object.fromEntries(values);
	if (clientSecret !== '') {
		const subscription = subscriptionID === '' && uuid.test(label) ? label : subscriptionID;
		return foundValues(provider, label, {...rest, clientID, clientSecret, subscriptionID: subscription});
	}
	if (label === 'DEFAULT') return undefined;
	if (text('ad_user') !== '') return {label, reason: 'signs in as a person with a password, which is not kept here'};
	if (text('x509_certificate_path', 'thumbprint') !== '')
		return {label, reason: 'signs in with a certificate, which is not kept here'};
	return {label, reason: 'has no client secret'};
}

function files(places: Places): readonly FileGroup[] {
	const {AZURE_CRED_FILE: train, AZURE_CONFIG_FILE: kitchen} = places.environment;
	const named = [train, kitchen].flatMap(path => (path ? [[place(places, path)] as const] : []));
	return [...named, [place(places, places.home, '.azure', 'credentials')]];
}

function recognizes({text}: FileText): boolean {
	if (!/(?:^|[\r\n])[ \t]*(?:client_id|ad_user)[ \t]*[=:]/i.test(text)) return false;
	return parseIni(text, 'plain').sections.some(({entries}) => {
		const has = (...keys: readonly string[]): boolean => keys.some(key => entries.has(key));
		const isPrincipal = has('client_id') && has('secret', 'client_secret') && has('tenant', 'tenant_id');
		return has('subscription_id') ? has('client_id', 'ad_user') : isPrincipal;
	});
}

/**
 * `~/.azure/credentials`, a file for Python's configparser in which Ansible and older SDKs keep service principals, one
 * a profile, with what they share in `[DEFAULT]`. AZURE_CONFIG_DIR, which is for `az`, does not move it.
 */
export const azureCredentials: Importer = {
	kind: 'azure-credentials',
	title: 'Ansible for Azure',
	providers: [provider.id],
	files,
	recognizes,
	read: ([text]) => readIniFile(text, judge),
};
