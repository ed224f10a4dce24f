import {Secret} from '../../domain/secret.js';
import {arrangeData} from '../data.js';
import type {Importer} from '../importer.js';
import {pathsOf} from '../paths.js';
import {hasYamlText, readYamlMap, viperMap, yamlText} from '../yaml-map.js';
import {packet} from './schema.js';

const extensions = ['json', 'yaml', 'yml'] as const;

/**
 * The single token of Equinix Metal's command, with its project, in a YAML or JSON file (metal-cli, internal/init and
 * internal/cli). As in the command, `auth-token` takes precedence over `token`.
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
	recognizes: ({name: fileName, yamlMap}) => {
		const map = yamlMap === undefined ? undefined : viperMap(yamlMap);
		if (map === undefined || !(hasYamlText(map, 'token') || hasYamlText(map, 'auth-token'))) return false;
		const isNamed = extensions.some(each => fileName === `metal.${each}`);
		return isNamed || (hasYamlText(map, 'project-id') && hasYamlText(map, 'organization-id'));
	},
	read: ([text]) => {
		const map = viperMap(readYamlMap(text));
		const token = yamlText(map, 'auth-token') || yamlText(map, 'token');
		const texts = [
			['projectID', yamlText(map, 'project-id')],
			['apiKey', token],
		] as const;
		const data = arrangeData(packet, new Map(texts.map(([field, value]) => [field, new Secret(value)])));
		return {found: token === '' ? [] : [{label: '', provider: packet, data}], refused: []};
	},
};
