import type {PlainMap} from '../../text/plain.js';
import {lowerKeys, parseToml, plainText} from '../../text/toml.js';
import {parseTomlParts, type TomlParts} from '../../text/toml-parts.js';
import {attempt} from '../attempt.js';
import type {FileText} from '../file-text.js';
import {foundValues, withDamage} from '../found-values.js';
import type {Found, Importer, Places, Reading, Refused} from '../importer.js';
import {place} from '../place.js';
import {viperFileNames} from '../viper.js';
import {plainMapOf, readYamlMap} from '../yaml-map.js';
import {exoscale as provider} from './schema.js';

/**
 * The command's own directory, then its older locations (exoscale/cli, cmd/root.go). In each the first file is read,
 * whatever its ending, as TOML; `~/exoscale` is left out, since it is most likely a directory.
 */
function files(places: Places): readonly (readonly [string])[] {
	const {environment, home, userConfig} = places;
	if (environment.EXOSCALE_CONFIG) return [[place(places, environment.EXOSCALE_CONFIG)]];
	const older = place(places, home, '.exoscale');
	const own = environment.SNAP_USER_COMMON === undefined ? place(places, userConfig, 'exoscale') : older;
	const paths = [...new Set([own, older, home])].flatMap(directory =>
		viperFileNames('exoscale').map(name => place(places, directory, name)),
	);
	return paths.filter(path => path !== place(places, home, 'exoscale')).map(path => [path]);
}

/** The accounts, with keys in any case; the command takes a single table for a list of one (mapstructure). */
function accountsOf(root: PlainMap): readonly PlainMap[] {
	const accounts = lowerKeys(root).get('accounts');
	const all = Array.isArray(accounts) ? accounts : [accounts];
	return all.filter(each => each instanceof Map).map(lowerKeys);
}

function recognizes({toml, yamlMap}: FileText): boolean {
	const root = toml ?? (yamlMap === undefined ? new Map() : plainMapOf(yamlMap));
	return accountsOf(root).some(account => plainText(account, 'key').startsWith('EXO'));
}

/** A file that EXOSCALE_CONFIG names may be YAML or JSON, by its ending (viper, getConfigType). */
function parse(text: string, path: string): TomlParts {
	const isYaml = /\.(?:json|ya?ml)$/i.test(path) && attempt(() => parseToml(text)) === undefined;
	return isYaml ? {root: plainMapOf(readYamlMap(text)), damage: []} : parseTomlParts(text);
}

function read([text]: readonly [string, ...unknown[]], [path = ''] = [] as readonly string[]): Reading {
	const found: Found[] = [];
	const refused: Refused[] = [];
	const {root, damage} = parse(text, path);
	for (const account of accountsOf(root)) {
		const label = plainText(account, 'name');
		const apiKey = plainText(account, 'key');
		const apiSecret = plainText(account, 'secret');
		const command = account.get('secretcommand');
		const isRun = Array.isArray(command) ? command.length > 0 : plainText(account, 'secretcommand') !== '';
		if (isRun) {
			refused.push({label, reason: 'gets its secret from a program, which pharmer does not run'});
		} else if (apiKey !== '' || apiSecret !== '') {
			found.push(foundValues(provider, label, {apiKey, apiSecret, zone: plainText(account, 'defaultzone')}));
		}
	}
	return withDamage({found, refused}, damage);
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
