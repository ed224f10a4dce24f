import {PharmerError} from '../domain/errors.js';

/** Whether a text can be the key of a label. */
export function isLabelKey(text: string): boolean {
	return /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/.test(text);
}

/**
 * Checks a label's key and value. Throws `invalid` for an invalid key, or a value that is not on one line or has more
 * than 253 characters.
 */
export function parseLabel(key: string, value: string): readonly [key: string, value: string] {
	if (!isLabelKey(key)) {
		throw new PharmerError(
			'invalid',
			`\`${key}\` can't be a label: a label has 1 to 63 letters, digits, \`.\`, \`_\`, \`/\` or \`-\` and starts with a letter or a digit`,
		);
	}
	if (value.length > 253 || /[\r\n]/.test(value)) {
		throw new PharmerError('invalid', `the value of label \`${key}\` must be on one line, of at most 253 characters`);
	}
	return [key, value];
}

/** Labels on one line, in the form that `parseLabels()` reads. A comma in a value is written `\,`. */
export function labelsText(labels: ReadonlyMap<string, string>): string {
	return [...labels].map(([key, value]) => `${key}=${value.replace(/[\\,]/g, '\\$&')}`).join(', ');
}

/** The parts of a line of labels between commas. A comma after a backslash does not separate. */
export function labelParts(text: string): readonly string[] {
	return [...text.matchAll(/(?:\\.|[^,\\]|\\$)+/gs)].map(([part]) => part.trim()).filter(part => part !== '');
}

/** Parses a label in the form `KEY=VALUE`. Throws `invalid`. */
function parsePart(part: string): readonly [key: string, value: string] {
	const at = part.indexOf('=');
	if (at === -1) throw new PharmerError('invalid', `\`${part}\` is not a label: write it as KEY=VALUE`);
	const value = part.slice(at + 1).replace(/\\([\\,])/g, '$1');
	return parseLabel(part.slice(0, at).trim(), value.trim());
}

/** Parses the labels on a line such as `env=prod, team=dns`. Throws `invalid` with the reason. */
export function parseLabels(text: string): ReadonlyMap<string, string> {
	const labels = new Map<string, string>();
	for (const part of labelParts(text)) {
		const [key, value] = parsePart(part);
		if (labels.has(key)) throw new PharmerError('invalid', `the label \`${key}\` is given twice`);
		labels.set(key, value);
	}
	return labels;
}

/**
 * Applies a line to `labels`: `KEY=VALUE` sets a label, `KEY-` removes it, commas separate several. Throws `invalid`.
 */
export function relabelled(labels: ReadonlyMap<string, string>, text: string): ReadonlyMap<string, string> {
	const next = new Map(labels);
	for (const part of labelParts(text)) {
		if (part.includes('=')) {
			next.set(...parsePart(part));
		} else if (part.endsWith('-') && part.length > 1) {
			const [key] = parseLabel(part.slice(0, -1), '');
			next.delete(key);
		} else {
			throw new PharmerError('invalid', 'write KEY=VALUE to set a label, or KEY- to remove it');
		}
	}
	return next;
}
