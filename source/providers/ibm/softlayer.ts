import type {IniSection} from '../../text/ini.js';
import {foundValues} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {readIniFile, setting} from '../ini-file.js';
import {place} from '../place.js';
import {ibm as provider} from './schema.js';

const section = 'softlayer';

function judge(own: IniSection): Found | Refused | undefined {
	if (own.name !== section) return undefined;
	const apiKey = setting(own, 'api_key');
	if (apiKey !== '') return foundValues(provider, '', {username: setting(own, 'username'), apiKey});
	if (setting(own, 'access_token') === '') return undefined;
	return {label: section, reason: 'has only a token, which expires by itself'};
}

/** The file for IBM Cloud's classic infrastructure: one section with a user and a key (softlayer-python, config.py). */
export const softlayer: Importer = {
	kind: 'softlayer',
	title: 'slcli',
	providers: ['ibm'],
	files: places => [
		[place(places, places.home, '.softlayer')],
		...(places.platform === 'win32' ? [] : [['/etc/softlayer.conf'] as const]),
	],
	recognizes: file => file.sections().some(({name, entries}) => name === section && entries.has('api_key')),
	read: ([text]) => readIniFile(text, judge),
};
