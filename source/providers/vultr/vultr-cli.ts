import {Secret} from '../../domain/secret.js';
import {arrangeData} from '../data.js';
import type {Importer} from '../importer.js';
import {pathsOf} from '../paths.js';
import {hasYamlText, readYamlMap, viperMap, yamlText} from '../yaml-map.js';
import {vultr} from './schema.js';

/**
 * vultr-cli's only key: `api-key` in a YAML file in Go's configuration directory, or else in the home directory
 * (vultr-cli, cmd/root.go and pkg/cli/cli.go). The setting's name is common, so the file's name must match too.
 */
export const vultrCli: Importer = {
	kind: 'vultr-cli',
	title: 'vultr-cli',
	providers: [vultr.id],
	firstOnly: true,
	files: places => {
		const {join} = pathsOf(places);
		return [[join(places.userConfig, 'vultr-cli.yaml')], [join(places.home, '.vultr-cli.yaml')]];
	},
	recognizes: ({name: fileName, yamlMap: map}) => {
		return /^\.?vultr-cli\.ya?ml$/.test(fileName) && map !== undefined && hasYamlText(viperMap(map), 'api-key');
	},
	read: ([text]) => {
		const data = arrangeData(vultr, new Map([['token', new Secret(yamlText(viperMap(readYamlMap(text)), 'api-key'))]]));
		return {found: data.size === 0 ? [] : [{label: '', provider: vultr, data}], refused: []};
	},
};
