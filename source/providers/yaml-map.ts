import {isNothing, type MapNode, mapOf, member, type Node, textOf} from '../text/node.js';
import type {Plain, PlainMap} from '../text/plain.js';
import {parseToolYaml} from '../text/yaml.js';
import type {Repeated} from '../text/yaml-reader.js';

const nothing: MapNode = {kind: 'map', at: {line: 1, column: 1}, members: new Map()};

/**
 * The top-level map of a tool's YAML or JSON file, as the tool reads it; empty for a file of comments. `repeated` is as
 * for `parseToolYaml()`. Throws `invalid` with the position for anything else.
 */
export function readYamlMap(text: string, repeated?: Repeated): MapNode {
	const [root] = parseToolYaml(text, repeated).documents;
	return root === undefined ? nothing : mapOf(root, 'the file');
}

/** The text of this member; empty when it is missing. Throws `invalid` with the position for a list or a map. */
export function yamlText(map: MapNode, key: string): string {
	const value = member(map, key);
	return value === undefined ? '' : textOf(value, `\`${key}\``);
}

/** Whether this member holds a text that is not empty. */
export function hasYamlText(map: MapNode, key: string): boolean {
	const value = member(map, key);
	return value?.kind === 'text' && value.text !== '';
}

/**
 * The same map with its keys in lower case, as viper compares them. Of keys that are equal then, one with capitals
 * counts (spf13/viper, util.go, insensitiviseMap), the last of them.
 */
export function viperMap(map: MapNode): MapNode {
	const lower = [...map.members].map(([key, value]) => [key.toLowerCase(), value, key] as const);
	const inOrder = [...lower.filter(([key, , own]) => key === own), ...lower.filter(([key, , own]) => key !== own)];
	return {...map, members: new Map(inOrder.map(([key, value]) => [key, value]))};
}

/**
 * The same map with its keys in lower case, as Go's encoding/json compares them with those of a struct. Of keys that
 * are equal then the last in the file counts.
 */
export function jsonMap(map: MapNode): MapNode {
	return {...map, members: new Map([...map.members].map(([key, value]) => [key.toLowerCase(), value]))};
}

/** The map as plain data; no value is an empty text. */
export function plainMapOf(map: MapNode): PlainMap {
	return new Map([...map.members].map(([key, {value}]) => [key, plainOf(value)]));
}

function plainOf(node: Node): Plain {
	if (node.kind === 'text') return isNothing(node) ? '' : node.text;
	return node.kind === 'list' ? node.items.map(plainOf) : plainMapOf(node);
}
