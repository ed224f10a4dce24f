import {Secret} from '../../domain/secret.js';
import type {PlainMap} from '../../text/plain.js';
import {parseToml, plainMaps, plainText} from '../../text/toml.js';
import {arrangeData} from '../data.js';
import type {FileText} from '../file-text.js';
import type {Found, Importer, Places, Reading, Refused} from '../importer.js';
import {place} from '../place.js';
import {fold} from '../provider.js';
import {exoscale as provider} from './schema.js';

/** The command's own directory, then its older locations (exoscale/cli, cmd/root.go). */
function files(places: Places): readonly (readonly [string])[] {
	const {environment, home, userConfig} = places;
	if (environment.EXOSCALE_CONFIG) return [[place(places, environment.EXOSCALE_CONFIG)]];
	return [
		[place(places, userConfig, 'exoscale', 'exoscale.toml')],
		[place(places, home, '.exoscale', 'exoscale.toml')],
		[place(places, home, 'exoscale.toml')],
	];
}

/** Keys are matched in any case; the command itself writes them in lower case. */
function folded(map: PlainMap): PlainMap {
	return new Map([...map].map(([key, value]) => [fold(key), value]));
}

function accountsOf(root: PlainMap): readonly PlainMap[] {
	return plainMaps(folded(root), 'accounts').map(folded);
}

function recognizes({toml = new Map()}: FileText): boolean {
	return accountsOf(toml).some(account => plainText(account, 'key').startsWith('EXO'));
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const found: Found[] = [];
	const refused: Refused[] = [];
	for (const account of accountsOf(parseToml(text))) {
		const label = plainText(account, 'name');
		const apiKey = plainText(account, 'key');
		const apiSecret = plainText(account, 'secret');
		const command = account.get('secretcommand');
		if (Array.isArray(command) && command.length > 0) {
			refused.push({label, reason: 'gets its secret from a program, which pharmer does not run'});
		} else if (apiKey !== '' || apiSecret !== '') {
			const values = {apiKey, apiSecret, zone: plainText(account, 'defaultzone')};
			const data = new Map(Object.entries(values).map(([key, value]) => [key, new Secret(value)]));
			found.push({label, provider, data: arrangeData(provider, data)});
		}
	}
	return {found, refused};
}

/** The accounts in `exoscale.toml` (exoscale/cli, pkg/account/account.go). */
export const exoscale: Importer = {
	kind: 'exoscale',
	title: 'Exoscale CLI',
	providers: [provider.id],
	files,
	firstOnly: true,
	recognizes,
	read,
};
