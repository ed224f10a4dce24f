import {foundValues, readingOf} from '../found-values.js';
import type {Importer} from '../importer.js';
import {pathsOf} from '../paths.js';
import {readViperFile, viperMember} from '../viper.js';
import {hasYamlText, viperMap} from '../yaml-map.js';
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
		// viper 1.21 reads with go-yaml v3 (vultr-cli, go.mod).
		const {root, remarked} = readViperFile(text);
		const token = viperMember(root, 'api-key', 'v3');
		return readingOf(token === '' ? [] : [remarked(foundValues(vultr, '', {token}))]);
	},
};
