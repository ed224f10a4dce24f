import {PharmerError} from '../domain/errors.js';
import {isNothing, type MapNode, member, type Node, textOf} from '../text/node.js';
import {invalidAt} from '../text/position.js';
import type {Found} from './importer.js';
import {readYamlMap, viperMap} from './yaml-map.js';

/**
 * The endings of file names that viper looks for, in its order (spf13/viper, SupportedExts). A tool that sets the
 * format reads all of them in that format, and also the name without an ending, which comes last.
 */
const endings = ['json', 'toml', 'yaml', 'yml', 'properties', 'props', 'prop', 'hcl', 'tfvars', 'dotenv', 'env', 'ini'];

/** The file names that viper looks for in a directory, in its order. */
export function viperFileNames(name: string): readonly string[] {
	return [...endings.map(ending => `${name}.${ending}`), name];
}

/** The go-yaml that a version of viper reads with: v2 also takes `yes` for a truth value, v3 also takes dates. */
export type GoYaml = 'v2' | 'v3';

/** A file that a tool reads with go-yaml v3, and read with v2 before. */
export type ViperFile = {
	readonly root: MapNode;
	/** Adds to a find what only older versions of the tool take. */
	readonly remarked: (found: Found) => Found;
};

/** Reads such a file, as `readYamlMap()`. Of a key that is there twice the last counts, as for v2; v3 refuses it. */
export function readViperFile(text: string): ViperFile {
	try {
		return {root: viperMap(readYamlMap(text)), remarked: found => found};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		// Throws the same error again when the file has another problem.
		const root = viperMap(readYamlMap(text, 'last'));
		const remark = `${error.message}; older versions of the command take the last one, newer ones refuse the file`;
		return {root, remarked: found => ({...found, remark})};
	}
}

const truths: Readonly<Record<GoYaml, RegExp>> = {
	v2: /^(?:true|false|yes|no|on|off|[yn])$/i,
	v3: /^(?:true|false)$/i,
};

/** Whether go-yaml takes a text without quotes for a number, a truth value or a date that viper prints otherwise. */
function isChanged(text: string, version: GoYaml): boolean {
	if (truths[version].test(text)) return text !== 'true' && text !== 'false';
	if (version === 'v3' && /^\d{4}-\d\d?-\d\d?(?:$|[Tt ]+\d)/.test(text)) return true;
	if (/^[-+]?\.(?:inf|nan)$/i.test(text)) return true;
	if (!/^[-+.\d]/.test(text)) return false;
	if (/^-?[1-9]\d{0,17}$/.test(text)) return false;
	const digits = text.replaceAll('_', '');
	if (/^[-+]?0(?:x[\da-f]+|o[0-7]+|b[01]+)$/i.test(digits)) return true;
	if (!/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i.test(digits)) return false;
	const value = Number(digits);
	return Number.isFinite(value) && String(value) !== text;
}

/**
 * The text of a value as viper's `GetString` returns it; empty for no value. Throws `invalid` with the position for a
 * list or a map, and for a value that viper would change because it has no quotes, such as `0123`.
 */
export function viperText(node: Node, name: string, version: GoYaml): string {
	const text = textOf(node, name);
	if (node.kind === 'text' && node.plain && !isNothing(node) && isChanged(text, version)) {
		throw invalidAt(node.at, `${name} has no quotes, so its tool reads another text`, 'put the value in quotes');
	}
	return text;
}

/** The text of this member as `viperText()` returns it; empty when it is missing. */
export function viperMember(map: MapNode, key: string, version: GoYaml): string {
	const value = member(map, key);
	return value === undefined ? '' : viperText(value, `\`${key}\``, version);
}
