import {readManifest} from '../formats/manifest.js';
import {isManifest} from '../formats/manifest-reader.js';
import {member} from '../formats/node.js';
import {parseYaml} from '../formats/yaml-text.js';
import {parseProvider, providers} from '../providers/catalog.js';
import {attempt} from './attempt.js';
import type {FileTree, Importer, Places, Reading} from './importer.js';
import {place} from './place.js';

/** `credentials/NAME.json`, in releases of early 2019 below a directory of the owner's name. */
function trees(places: Places): readonly FileTree[] {
	const directory = place(places, places.home, '.pharmer', 'store.d');
	return [{directory, holds: /^(?:[^/]+\/)?credentials\/[^/]+\.json$/, depth: 2}];
}

function recognizes(text: string): boolean {
	if (!/^\s*\{/.test(text) || !text.includes('Credential')) return false;
	const [root, another] = attempt(() => parseYaml(text)) ?? [];
	if (root?.kind !== 'map' || another !== undefined || !isManifest(root)) return false;
	const kind = member(root, 'kind');
	return kind?.kind === 'text' && kind.text === 'Credential' && member(root, 'spec')?.kind === 'map';
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const {name = '', provider, data, ...about} = readManifest(text);
	return {found: [{label: name, provider: parseProvider(provider), data, about}], refused: []};
}

/** The store of older releases of this program: a manifest in JSON for each credential, in plain text. */
export const pharmer: Importer = {
	kind: 'pharmer',
	title: 'pharmer up to 0.5',
	providers: providers.map(({id}) => id),
	files: () => [],
	trees,
	recognizes,
	read,
};
