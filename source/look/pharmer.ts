import {readManifest} from '../documents/manifest.js';
import {assertNoteFits} from '../domain/field-limit.js';
import {parseProvider, providers} from '../providers/catalog.js';
import type {FileText} from '../providers/file-text.js';
import type {FileTree, Importer, Places, Reading} from '../providers/importer.js';
import {place} from '../providers/place.js';
import {hasYamlText, yamlText} from '../providers/yaml-map.js';
import {member} from '../text/node.js';

/** `credentials/NAME.json`; in releases of early 2019, below a directory with the owner's name. */
function trees(places: Places): readonly FileTree[] {
	const directory = place(places, places.home, '.pharmer', 'store.d');
	return [{directory, holds: /^(?:[^/]+\/)?credentials\/[^/]+\.json$/, depth: 2}];
}

function recognizes({isJsonObject, yamlMap: root}: FileText): boolean {
	if (root === undefined || !isJsonObject || !hasYamlText(root, 'kind') || yamlText(root, 'kind') !== 'Credential')
		return false;
	return hasYamlText(root, 'apiVersion') && member(root, 'spec')?.kind === 'map';
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const {name = '', provider, data, ...about} = readManifest(text);
	assertNoteFits(about.note);
	return {found: [{label: name, provider: parseProvider(provider), data, about}], refused: []};
}

/** The store of older releases of this program: one JSON manifest for each credential, in plain text. */
export const pharmer: Importer = {
	kind: 'pharmer',
	title: 'pharmer up to 0.5',
	providers: providers.map(({id}) => id),
	files: () => [],
	trees,
	recognizes,
	read,
};
