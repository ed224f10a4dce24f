import {invalidAt, type Position} from './position.js';

/** A value as written in a file: numbers, dates and booleans are the text they were written with. */
type TextNode = {
	readonly kind: 'text';
	readonly at: Position;
	readonly text: string;
	/** Written without quotes, without a tag for text and not as a block, so that `null` and `~` mean no value. */
	readonly plain: boolean;
};

type ListNode = {readonly kind: 'list'; readonly at: Position; readonly items: readonly Node[]};

export type Member = {readonly at: Position; readonly value: Node};

/** Keys are unique and never empty. */
export type MapNode = {readonly kind: 'map'; readonly at: Position; readonly members: ReadonlyMap<string, Member>};

/** The content of a JSON or YAML document. */
export type Node = TextNode | ListNode | MapNode;

/** True for a value that is left out: nothing after the colon, `~` or `null`. */
export function isNothing(node: Node): boolean {
	return node.kind === 'text' && node.plain && /^(?:~|null|Null|NULL)?$/.test(node.text);
}

/** The member's value; undefined when the member is missing or has no value. */
export function member(map: MapNode, key: string): Node | undefined {
	const found = map.members.get(key);
	return found === undefined || isNothing(found.value) ? undefined : found.value;
}

/**
 * The node's text, empty for no value. `name` is what errors call the node, in back-ticks. Throws `invalid` for a
 * list or a map.
 */
export function textOf(node: Node, name: string): string {
	if (node.kind !== 'text') throw invalidAt(node.at, `${name} is not text`, 'put the value in quotes');
	return isNothing(node) ? '' : node.text;
}

/** The node as a map. `name` is what errors call the node, in back-ticks. Throws `invalid` for anything else. */
export function mapOf(node: Node, name: string): MapNode {
	if (node.kind !== 'map') throw invalidAt(node.at, `${name} is not a map of keys to values`);
	return node;
}
