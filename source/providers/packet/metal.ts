import {Secret} from '../../domain/secret.js';
import {lowerKeys, parseToml, plainText} from '../../text/toml.js';
import {arrangeData} from '../data.js';
import type {Importer} from '../importer.js';
import {pathsOf} from '../paths.js';
import {hasYamlText, readYamlMap, viperMap, yamlText} from '../yaml-map.js';
import {packet} from './schema.js';

/** In the order in which they are looked for (spf13/viper, SupportedExts). */
const extensions = ['json', 'toml', 'yaml', 'yml'] as const;

/** The text of each setting, in the format of the file's extension. */
function settingsOf(text: string, path: string): (key: string) => string {
	if (path.endsWith('.toml')) {
		const root = lowerKeys(parseToml(text));
		return key => plainText(root, key);
	}
	const map = viperMap(readYamlMap(text, path.endsWith('.json') ? 'last' : 'refused'));
	return key => yamlText(map, key);
}

/**
 * The single token of Equinix Metal's command, with its project, in a YAML, JSON or TOML file (metal-cli, internal/init
 * and internal/cli). As in the command, `auth-token` takes precedence over `token`.
 */
export const metal: Importer = {
	kind: 'metal',
	title: 'Equinix Metal CLI',
	providers: [packet.id],
	firstOnly: true,
	files: places => {
		const {join} = pathsOf(places);
		const named = places.environment.METAL_CONFIG;
		if (named) return [[named]];
		return extensions.map(each => [join(places.home, '.config', 'equinix', `metal.${each}`)]);
	},
	recognizes: ({name: fileName, yamlMap, toml}) => {
		if (fileName === 'metal.toml') return toml?.has('token') === true || toml?.has('auth-token') === true;
		const map = yamlMap === undefined ? undefined : viperMap(yamlMap);
		if (map === undefined || !(hasYamlText(map, 'token') || hasYamlText(map, 'auth-token'))) return false;
		const isNamed = extensions.some(each => fileName === `metal.${each}`);
		return isNamed || (hasYamlText(map, 'project-id') && hasYamlText(map, 'organization-id'));
	},
	read: ([text], [path = ''] = []) => {
		const setting = settingsOf(text, path);
		const token = setting('auth-token') || setting('token');
		const texts = [
			['projectID', setting('project-id')],
			['apiKey', token],
		] as const;
		const data = arrangeData(packet, new Map(texts.map(([field, value]) => [field, new Secret(value)])));
		return {found: token === '' ? [] : [{label: '', provider: packet, data}], refused: []};
	},
};
