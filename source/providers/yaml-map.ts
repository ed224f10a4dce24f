import {type MapNode, mapOf, member, textOf} from '../text/node.js';
import {parseYaml} from '../text/yaml.js';

const nothing: MapNode = {kind: 'map', at: {line: 1, column: 1}, members: new Map()};

/** The map that a tool's YAML or JSON file is, empty for a file of comments. Throws `invalid` with the place for anything else. */
export function readYamlMap(text: string): MapNode {
	const [root] = parseYaml(text);
	return root === undefined ? nothing : mapOf(root, 'the file');
}

/** The text of that member, empty when it is not there. Throws `invalid` with the place for a list or a map. */
export function yamlText(map: MapNode, key: string): string {
	const value = member(map, key);
	return value === undefined ? '' : textOf(value, `\`${key}\``);
}

/** Whether that member is there and holds a text. */
export function hasYamlText(map: MapNode, key: string): boolean {
	const value = member(map, key);
	return value?.kind === 'text' && value.text !== '';
}
