import type {PlainMap} from '../../text/plain.js';
import {lowerKeys, plainMaps, plainText} from '../../text/toml.js';
import {parseTomlParts} from '../../text/toml-parts.js';
import {foundValues, readingOf, withDamage} from '../found-values.js';
import type {Found, Importer, Refused} from '../importer.js';
import {pathsOf} from '../paths.js';
import {hetzner} from './schema.js';

/** The contexts, with keys in any case (BurntSushi/toml, Unmarshal). */
function contextsOf(root: PlainMap): readonly PlainMap[] {
	return plainMaps(lowerKeys(root), 'contexts');
}

/** Of keys that differ in case only BurntSushi/toml 1.6 takes another one on each run. */
const isUncertain = (map: PlainMap, ...keys: readonly string[]): boolean =>
	keys.some(key => [...map.keys()].filter(each => each.toLowerCase() === key).length > 1);

/** As in hcloud, a token takes precedence over a command that prints one. */
function judge(written: PlainMap): Found | Refused {
	const context = lowerKeys(written);
	const label = plainText(context, 'name');
	if (isUncertain(written, 'name', 'token', 'token_command')) {
		return {label, reason: 'has a key twice, in capitals and small letters: hcloud takes now one and now the other'};
	}
	const token = plainText(context, 'token');
	if (token !== '') return foundValues(hetzner, label, {token});
	const isRun = plainText(context, 'token_command') !== '';
	return {label, reason: isRun ? 'gets its token from a program, which pharmer does not run' : 'has no token'};
}

/**
 * hcloud's contexts. Its TOML file is in `~/.config` regardless of `XDG_CONFIG_HOME` (hetznercloud/cli,
 * internal/state/config).
 */
export const hcloud: Importer = {
	kind: 'hcloud',
	title: 'Hetzner Cloud CLI',
	providers: [hetzner.id],
	files: places => {
		const {join} = pathsOf(places);
		const named = places.environment.HCLOUD_CONFIG;
		if (named) return [[named]];
		const directory = places.platform === 'win32' ? places.userConfig : join(places.home, '.config');
		return [[join(directory, 'hcloud', 'cli.toml')]];
	},
	recognizes: ({toml: root}) => {
		return (
			root !== undefined &&
			contextsOf(root)
				.map(lowerKeys)
				.some(context => {
					return (
						plainText(context, 'name') !== '' &&
						(plainText(context, 'token') !== '' || plainText(context, 'token_command') !== '')
					);
				})
		);
	},
	read: ([text]) => {
		const {root, damage} = parseTomlParts(text);
		const judged = isUncertain(root, 'contexts')
			? [
					{
						label: '',
						reason: 'has `contexts` twice, in capitals and small letters: hcloud takes now one and now the other',
					},
				]
			: contextsOf(root).map(judge);
		return withDamage(readingOf(judged), damage);
	},
};
