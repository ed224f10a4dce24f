import type {IniSection} from '../../text/ini.js';
import {foundValues} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {type OtherReader, readIniFile, setting} from '../ini-file.js';
import {place} from '../place.js';
import {ibm as provider} from './schema.js';

const section = 'softlayer';

function judge(own: IniSection): Found | Refused | undefined {
	if (own.name !== section) return undefined;
	const apiKey = setting(own, 'api_key');
	const username = setting(own, 'username');
	if (apiKey !== '' && username !== '') return foundValues(provider, '', {username, apiKey});
	if (apiKey !== '') {
		const reason = 'has a key without a user: add `username`, which is `apikey` for a key of IBM Cloud';
		return {label: section, reason};
	}
	if (setting(own, 'access_token') === '') return undefined;
	return {label: section, reason: 'has only a token, which expires by itself'};
}

/** Equal keys and sections, as softlayer-go reads them (config/config.go). */
const softlayerGo: OtherReader = {remark: 'softlayer-go takes the last value, slcli refuses the file', joins: true};

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
	read: ([text]) => readIniFile(text, judge, softlayerGo),
};
