import {Secret} from '../../domain/secret.js';
import {type MapNode, mapOf, member, textOf} from '../../text/node.js';
import {arrangeData} from '../data.js';
import type {FileText} from '../file-text.js';
import type {Found, Importer, Places, Reading, Refused} from '../importer.js';
import {place} from '../place.js';
import {readYamlMap, yamlText} from '../yaml-map.js';
import {civo as provider} from './schema.js';

function files(places: Places): readonly (readonly [string])[] {
	const named = places.environment.CIVO_CONFIG;
	return [[named ? place(places, named) : place(places, places.home, '.civo.json')]];
}

function recognizes({yamlMap: root}: FileText): boolean {
	return root !== undefined && member(root, 'apikeys')?.kind === 'map' && member(root, 'meta')?.kind === 'map';
}

/** The region that the command uses with every key. */
function regionOf(root: MapNode): string {
	const meta = member(root, 'meta');
	return meta === undefined ? '' : yamlText(mapOf(meta, '`meta`'), 'default_region');
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const root = readYamlMap(text);
	const keys = member(root, 'apikeys');
	if (keys === undefined) return {found: [], refused: []};
	const region = new Secret(regionOf(root));
	const found: Found[] = [];
	const refused: Refused[] = [];
	for (const [label, {value}] of mapOf(keys, '`apikeys`').members) {
		const token = new Secret(textOf(value, 'an API key'));
		if (token.isEmpty) {
			refused.push({label, reason: 'has no key'});
			continue;
		}
		found.push({
			label,
			provider,
			data: arrangeData(
				provider,
				new Map([
					['token', token],
					['region', region],
				]),
			),
		});
	}
	return {found, refused};
}

/** The API keys in `~/.civo.json` (civo/cli, config/config.go). */
export const civo: Importer = {
	kind: 'civo',
	title: 'Civo CLI',
	providers: [provider.id],
	files,
	recognizes,
	read,
};
