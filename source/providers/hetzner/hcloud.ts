import {Secret} from '../../domain/secret.js';
import type {PlainMap} from '../../text/plain.js';
import {lowerKeys, parseToml, plainMaps, plainText} from '../../text/toml.js';
import {arrangeData} from '../data.js';
import type {Importer, Reading} from '../importer.js';
import {pathsOf} from '../paths.js';
import {hetzner} from './schema.js';

/** The contexts, with keys in any case (BurntSushi/toml, Unmarshal). */
function contextsOf(root: PlainMap): readonly PlainMap[] {
	return plainMaps(lowerKeys(root), 'contexts').map(lowerKeys);
}

/** Reads one context. As in hcloud, a token takes precedence over a command that prints one. */
function readContext(context: PlainMap): Reading {
	const label = plainText(context, 'name');
	const data = arrangeData(hetzner, new Map([['token', new Secret(plainText(context, 'token'))]]));
	if (data.size > 0) return {found: [{label, provider: hetzner, data}], refused: []};
	const isRun = plainText(context, 'token_command') !== '';
	const reason = isRun ? 'gets its token from a program, which pharmer does not run' : 'has no token';
	return {found: [], refused: [{label, reason}]};
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
			contextsOf(root).some(context => {
				return (
					plainText(context, 'name') !== '' &&
					(plainText(context, 'token') !== '' || plainText(context, 'token_command') !== '')
				);
			})
		);
	},
	read: ([text]) => {
		const readings = contextsOf(parseToml(text)).map(readContext);
		return {found: readings.flatMap(({found}) => found), refused: readings.flatMap(({refused}) => refused)};
	},
};
