import type {Alias, ParsedNode} from 'yaml';
import {isAlias, isMap, isScalar, Scalar, type YAMLMap} from 'yaml';
import {isNothing, type Member, type Node} from './node.js';
import {invalidAt, type Position} from './position.js';
import {yamlProblem} from './yaml-problems.js';
import {References} from './yaml-references.js';

const stringTag = 'tag:yaml.org,2002:str';
const defaultTags = [stringTag, 'tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq'];

/** Names that mean something on every JavaScript object. Nothing here needs them, so they are refused outright. */
const refusedKeys = ['__proto__', 'constructor', 'prototype'];

/** The standard tags for a value that is written as text. */
const scalarTags = ['int', 'float', 'bool', 'null', 'timestamp'].map(name => `tag:yaml.org,2002:${name}`);

/** Gives the line and column of an offset into the text. */
export type PositionAt = (offset: number) => Position;

/**
 * What a key that is there twice means: a mistake, as for go-yaml v3; its last value, as for go-yaml v2 and PyYAML's
 * `safe_load`; or, where both values are maps, all that is in them, as for Go's encoding/json.
 */
export type Repeated = 'refused' | 'last' | 'joined';

/** Makes the nodes of one document; throws as `parseYaml()`. */
export class Reader {
	readonly #positionAt: PositionAt;

	constructor(positionAt: PositionAt) {
		this.#positionAt = positionAt;
	}

	read(node: ParsedNode): Node {
		const at = this.#positionAt(node.range[0]);
		if (isAlias(node)) return this.reference(node.source, at);
		if (node.tag !== undefined && !defaultTags.includes(node.tag)) this.tagged(isScalar(node) ? node.tag : '', at);
		return node.anchor === undefined
			? this.#value(node, at)
			: this.anchored(node.anchor, at, () => this.#value(node, at));
	}

	protected reference(_anchor: string, at: Position): Node {
		throw invalidAt(at, yamlProblem('BAD_ALIAS', ''));
	}

	protected anchored(_anchor: string, at: Position, _value: () => Node): Node {
		throw invalidAt(at, yamlProblem('BAD_ALIAS', ''));
	}

	/** `tag` is empty for the tag of a list or a map. */
	protected tagged(_tag: string, at: Position): void {
		throw invalidAt(at, yamlProblem('MULTIPLE_TAGS', ''));
	}

	protected missingValue(at: Position): Node {
		throw invalidAt(at, 'a `:` and a value are missing after the key');
	}

	/** The value of a key that has two. */
	protected repeated(_earlier: Node, _later: Node, at: Position): Node {
		throw invalidAt(at, 'this key appears a second time');
	}

	/** The members that a `<<` adds; undefined where it is a key like any other. */
	protected merged(_value: Node, _at: Position): ReadonlyMap<string, Member> | undefined {
		return undefined;
	}

	#value(node: Exclude<ParsedNode, Alias.Parsed>, at: Position): Node {
		if (isScalar(node)) {
			const plain = node.type === Scalar.PLAIN && node.tag !== stringTag;
			return {kind: 'text', at, text: String(node.value), plain};
		}
		return isMap(node) ? this.#map(node, at) : {kind: 'list', at, items: node.items.map(item => this.read(item))};
	}

	#map(node: YAMLMap.Parsed, at: Position): Node {
		const members = new Map<string, Member>();
		const fromOthers: ReadonlyMap<string, Member>[] = [];
		for (const pair of node.items) {
			const key = this.read(pair.key);
			if (key.kind !== 'text') throw invalidAt(key.at, 'a key is not text');
			if (key.text === '') throw invalidAt(key.at, 'a key is missing before the `:`');
			const value = pair.value === null ? this.missingValue(key.at) : this.read(pair.value);
			if (refusedKeys.includes(key.text)) throw invalidAt(key.at, `the key \`${key.text}\` is not allowed`);
			const others = key.text === '<<' && key.plain ? this.merged(value, key.at) : undefined;
			if (others !== undefined) {
				fromOthers.push(others);
				continue;
			}
			// The package's own check is quadratic, hence `uniqueKeys: false`.
			const earlier = members.get(key.text);
			// The last one counts, and so does its place among keys that differ in case only.
			members.delete(key.text);
			members.set(key.text, {
				at: key.at,
				value: earlier === undefined ? value : this.repeated(earlier.value, value, key.at),
			});
		}
		for (const [key, member] of fromOthers.flatMap(others => [...others])) {
			if (!members.has(key)) members.set(key, member);
		}
		return {kind: 'map', at, members};
	}
}

/** Makes them as tools do; throws as `parseToolYaml()`. */
export class ToolReader extends Reader {
	isPlain = true;
	readonly #references = new References();
	readonly #joined = new WeakMap<Node, Map<string, Member>>();
	readonly #repeated: Repeated;

	constructor(positionAt: PositionAt, repeated: Repeated) {
		super(positionAt);
		this.#repeated = repeated;
	}

	protected override reference(anchor: string, at: Position): Node {
		return this.#references.resolve(anchor, at);
	}

	protected override anchored(anchor: string, _at: Position, value: () => Node): Node {
		this.isPlain = false;
		this.#references.open(anchor);
		const node = value();
		this.#references.close(anchor, node);
		return node;
	}

	protected override tagged(tag: string, at: Position): void {
		if (!scalarTags.includes(tag)) super.tagged(tag, at);
		this.isPlain = false;
	}

	protected override missingValue(at: Position): Node {
		this.isPlain = false;
		return {kind: 'text', at, text: '', plain: true};
	}

	protected override repeated(earlier: Node, later: Node, at: Position): Node {
		if (this.#repeated === 'refused') return super.repeated(earlier, later, at);
		this.isPlain = false;
		if (this.#repeated === 'last' || earlier.kind !== 'map') return later;
		if (later.kind !== 'map') return isNothing(later) ? earlier : later;
		// Copied once, however often the key is there.
		const members = this.#joined.get(earlier) ?? new Map(earlier.members);
		for (const [key, member] of later.members) members.set(key, member);
		const node: Node = {...earlier, members};
		this.#joined.set(node, members);
		return node;
	}

	protected override merged(value: Node, at: Position): ReadonlyMap<string, Member> {
		this.isPlain = false;
		return this.#references.merged(value, at);
	}
}
