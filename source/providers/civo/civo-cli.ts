import {type MapNode, mapOf, member, textOf} from '../../text/node.js';
import {attempt} from '../attempt.js';
import type {FileText} from '../file-text.js';
import {foundValues, judged, readingOf} from '../found-values.js';
import type {Importer, Places, Reading} from '../importer.js';
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

/** The text up to the end of its first JSON object, behind which Go's decoder reads nothing. */
function firstObject(text: string): string {
	let depth = 0;
	for (const {0: sign, index} of text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}]/gs)) {
		if (sign === '{') depth++;
		if (sign === '}' && --depth <= 0) return text.slice(0, index + 1);
	}
	return text;
}

/** All that maps have under a name in any case, as Go's encoding/json finds it. */
function membersOf(map: MapNode, name: string): MapNode['members'] {
	const values = [...map.members].filter(([key]) => key.toLowerCase() === name).map(([, {value}]) => value);
	const maps = values.filter(value => value.kind !== 'text').map(value => mapOf(value, `\`${name}\``));
	return new Map(maps.flatMap(({members}) => [...members]));
}

/** The region that the command uses with every key. */
function regionOf(root: MapNode): string {
	const meta = [...membersOf(root, 'meta')].map(([key, value]) => [key.toLowerCase(), value] as const);
	return yamlText({...root, members: new Map(meta)}, 'default_region');
}

function read([text]: readonly [string, ...unknown[]]): Reading {
	const root = readYamlMap(firstObject(text), 'joined');
	const region = attempt(() => regionOf(root)) ?? '';
	return readingOf(
		[...membersOf(root, 'apikeys')].map(([label, {value}]) =>
			judged(label, () => {
				const token = textOf(value, 'an API key');
				return token === '' ? {label, reason: 'has no key'} : foundValues(provider, label, {token, region});
			}),
		),
	);
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
