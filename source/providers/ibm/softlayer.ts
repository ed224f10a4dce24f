import {parseIni} from '../../text/ini.js';
import {foundValues} from '../found-values.js';
import type {Importer} from '../importer.js';
import {setting} from '../ini-file.js';
import {place} from '../place.js';
import {ibm as provider} from './schema.js';

const section = 'softlayer';

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
	read: ([text]) => {
		const own = parseIni(text, 'plain').find(({name}) => name === section);
		if (own === undefined) return {found: [], refused: []};
		const apiKey = setting(own, 'api_key');
		if (apiKey !== '') {
			return {found: [foundValues(provider, '', {username: setting(own, 'username'), apiKey})], refused: []};
		}
		return setting(own, 'access_token') === ''
			? {found: [], refused: []}
			: {found: [], refused: [{label: section, reason: 'has only a token, which expires by itself'}]};
	},
};
