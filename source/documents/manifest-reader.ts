import {parseLabel} from '../credentials/labels.js';
import type {CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Name, nameProblem, parseName} from '../domain/name.js';
import {parseDate, parseTimestamp} from '../domain/time.js';
import {findProvider, providers} from '../providers/catalog.js';
import {readFields} from '../providers/field-map.js';
import type {Provider} from '../providers/provider.js';
import {isNothing, type MapNode, mapOf, member, type Node, textOf} from '../text/node.js';
import {invalidAt, type Position} from '../text/position.js';
import {looksLikeName, spokenKey} from '../text/spoken-key.js';

/** A credential as read from text. The name may come from elsewhere; `created` is RFC 3339 in UTC. */
export type Manifest = Omit<CredentialContent, 'name'> & {readonly name?: Name; readonly created?: string};

/** Every `apiVersion` that any release has written. */
const apiVersions = ['v1beta1', 'v1alpha1', 'cloud.pharmer.io/v1'];

/** Members of `metadata` that Kubernetes tools add; they are accepted when empty. */
const emptyMembers = ['generation', 'namespace', 'resourceVersion', 'selfLink', 'uid'];

/** Whether a map is meant as a manifest or a list of them: it has a `kind` or an `apiVersion`. */
export function isManifest(map: MapNode): boolean {
	return map.members.has('apiVersion') || map.members.has('kind');
}

/**
 * The manifest nodes in `node`: itself, or the items of a `CredentialList`. Throws `invalid` for a list without items.
 */
export function manifestNodes(node: MapNode): readonly Node[] {
	const kind = member(node, 'kind');
	if (kind?.kind !== 'text' || kind.text !== 'CredentialList') return [node];
	refuseOthers(node, '', ['apiVersion', 'items', 'kind', 'metadata']);
	checkVersion(node);
	const metadata = member(node, 'metadata');
	if (metadata !== undefined) refuseOthers(mapOf(metadata, '`metadata`'), 'metadata.', []);
	const items = member(node, 'items');
	if (items?.kind !== 'list' || items.items.length === 0) {
		throw invalidAt((items ?? node).at, '`items` is not a list of credentials');
	}
	return items.items;
}

/** Reads a node as a manifest, as `readManifest()` does. Throws `invalid` with the position. */
export function manifestFrom(node: Node): Manifest {
	const root = mapOf(node, 'the manifest');
	checkVersion(root);
	const kind = member(root, 'kind');
	if (kind === undefined || textOf(kind, '`kind`') !== 'Credential') {
		throw invalidAt((kind ?? root).at, '`kind` is not `Credential`', 'write `kind: Credential`');
	}
	refuseOthers(root, '', ['apiVersion', 'kind', 'metadata', 'spec']);
	const spec = member(root, 'spec');
	if (spec === undefined) throw invalidAt(root.at, '`spec` is missing', 'it holds `data` and `provider`');
	const metadata = member(root, 'metadata');
	return {
		...(metadata === undefined ? {labels: new Map()} : readMetadata(mapOf(metadata, '`metadata`'))),
		...readSpec(mapOf(spec, '`spec`')),
	};
}

function checkVersion(root: MapNode): void {
	const version = member(root, 'apiVersion');
	const hint = `it is one of ${apiVersions.join(', ')}`;
	if (version === undefined) throw invalidAt(root.at, '`apiVersion` is missing', hint);
	if (!apiVersions.includes(textOf(version, '`apiVersion`'))) {
		throw invalidAt(version.at, 'this `apiVersion` is not known', hint);
	}
}

function readSpec(spec: MapNode): Pick<Manifest, 'provider' | 'data'> {
	refuseOthers(spec, 'spec.', ['data', 'provider']);
	const provider = readProvider(spec);
	const data = member(spec, 'data');
	return {
		provider: provider.id,
		data: data === undefined ? new Map() : readFields(provider, mapOf(data, '`spec.data`'), 'spec.data.'),
	};
}

function readProvider(spec: MapNode): Provider {
	const node = member(spec, 'provider');
	const hint = `the providers are ${providers.map(each => each.id).join(', ')}`;
	if (node === undefined) throw invalidAt(spec.at, '`spec.provider` is missing', hint);
	const id = textOf(node, '`spec.provider`');
	const provider = findProvider(id);
	if (provider === undefined) {
		const sentence = looksLikeName(id) ? `there is no provider \`${id}\`` : 'this provider is not known';
		throw invalidAt(node.at, sentence, hint);
	}
	return provider;
}

function readMetadata(metadata: MapNode): Omit<Manifest, 'provider' | 'data'> {
	refuseOthers(metadata, 'metadata.', ['annotations', 'creationTimestamp', 'labels', 'name']);
	const name = readName(metadata);
	const annotations = member(metadata, 'annotations');
	const created = readText(metadata, 'creationTimestamp', 'metadata.', parseTimestamp, '2019-04-04T09:33:32Z');
	return {
		...(name === undefined ? {} : {name}),
		...(created === undefined ? {} : {created}),
		...(annotations === undefined ? {} : readAnnotations(mapOf(annotations, '`metadata.annotations`'))),
		labels: readLabels(metadata),
	};
}

function readAnnotations(annotations: MapNode): Pick<Manifest, 'note' | 'expires'> {
	const path = 'metadata.annotations.';
	refuseOthers(annotations, path, ['expires', 'note']);
	const expires = readText(annotations, 'expires', path, parseDate, '2027-01-31');
	const note = readText(annotations, 'note', path, text => text, '');
	return {...(expires === undefined ? {} : {expires}), ...(note === undefined ? {} : {note})};
}

/**
 * The parsed text of a member; undefined when it is missing or empty. Throws `invalid` with the position when `parse`
 * returns undefined.
 */
function readText(
	map: MapNode,
	key: string,
	path: string,
	parse: (text: string) => string | undefined,
	example: string,
): string | undefined {
	const node = member(map, key);
	const text = node === undefined ? '' : textOf(node, `\`${path}${key}\``);
	if (node === undefined || text === '') return undefined;
	const parsed = parse(text);
	if (parsed === undefined) {
		throw invalidAt(node.at, `\`${path}${key}\` is not a date of that form`, `write it as ${example}`);
	}
	return parsed;
}

function readName(metadata: MapNode): Name | undefined {
	const node = member(metadata, 'name');
	if (node === undefined) return undefined;
	const text = textOf(node, '`metadata.name`');
	const problem = nameProblem(text);
	if (problem !== undefined) throw invalidAt(node.at, `\`metadata.name\` is not a name: a name ${problem}`);
	return parseName(text);
}

function readLabels(metadata: MapNode): ReadonlyMap<string, string> {
	const node = member(metadata, 'labels');
	const labels = new Map<string, string>();
	if (node === undefined) return labels;
	for (const [key, {at, value}] of mapOf(node, '`metadata.labels`').members) {
		const spoken = spokenKey(key, 'metadata.labels.');
		labels.set(...readLabel(key, textOf(value, spoken), at));
	}
	return labels;
}

/** Like `parseLabel()`, but the error has a position and never a value. */
function readLabel(key: string, value: string, at: Position): readonly [key: string, value: string] {
	try {
		return parseLabel(key, value);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw invalidAt(
			at,
			`${spokenKey(key, 'metadata.labels.')} is not a label`,
			'a label has 1 to 63 letters, digits, `.`, `_`, `/` or `-`, and a value of up to 253 characters on one line',
		);
	}
}

/** Throws `invalid` for a member that is not in `known`, except for an empty one of `emptyMembers`. */
function refuseOthers(map: MapNode, path: string, known: readonly string[]): void {
	for (const [key, {at, value}] of map.members) {
		if (known.includes(key)) continue;
		const empty = isNothing(value) || (value.kind === 'text' && value.text === '');
		if (path === 'metadata.' && emptyMembers.includes(key) && empty) continue;
		const sentence = `${spokenKey(key, path)} is not part of a manifest`;
		throw invalidAt(at, sentence, known.length === 0 ? 'leave it out' : `here it has ${known.join(', ')}`);
	}
}
