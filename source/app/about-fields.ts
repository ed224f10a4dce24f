import {type Credential, type CredentialContent, parseLabel} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {assertNoteFits} from '../domain/field-limit.js';
import {nameProblem, parseName} from '../domain/name.js';
import {daysUntil, parseDate} from '../domain/time.js';
import type {Field} from '../providers/provider.js';
import {type DraftField, fieldValue, isDirty} from './draft.js';
import {lineOf} from './line-editor.js';

function aboutField(key: string, help: string, more: Partial<Field> = {}): Field {
	return {key, label: key, help, secret: false, required: false, environment: [], aliases: [], ...more};
}

/** What is about a credential beside its fields, as fields of a form. */
export const aboutFields: readonly Field[] = [
	aboutField('name', '1 to 63 letters, digits, . _ and -', {required: true}),
	aboutField('labels', 'as env=prod, team=dns'),
	aboutField('expires', 'a day as 2027-01-31, or +90 for in 90 days'),
	aboutField('note', 'anything, over several lines: enter begins a new one, tab goes on', {multiline: true}),
];

/** Labels on one line, as `parseLabels()` reads them: a comma in a value is `\,`. */
export function labelsText(labels: ReadonlyMap<string, string>): string {
	return [...labels].map(([key, value]) => `${key}=${value.replace(/[\\,]/g, '\\$&')}`).join(', ');
}

/** What stands between the commas of a line of labels; a comma behind a backslash parts nothing. */
function labelParts(text: string): readonly string[] {
	return [...text.matchAll(/(?:\\.|[^,\\]|\\$)+/gs)].map(([part]) => part.trim()).filter(part => part !== '');
}

/** One label written as `KEY=VALUE`. Throws `invalid`. */
function parsePart(part: string): readonly [key: string, value: string] {
	const at = part.indexOf('=');
	if (at === -1) throw new PharmerError('invalid', `\`${part}\` is not a label: write it as KEY=VALUE`);
	const value = part.slice(at + 1).replace(/\\([\\,])/g, '$1');
	return parseLabel(part.slice(0, at).trim(), value.trim());
}

/** The labels on a line such as `env=prod, team=dns`. Throws `invalid` with what is wrong. */
export function parseLabels(text: string): ReadonlyMap<string, string> {
	const labels = new Map<string, string>();
	for (const part of labelParts(text)) {
		const [key, value] = parsePart(part);
		if (labels.has(key)) throw new PharmerError('invalid', `the label \`${key}\` is there twice`);
		labels.set(key, value);
	}
	return labels;
}

/**
 * `labels` after a line was said about them: `KEY=VALUE` sets one, `KEY-` takes it away, a comma parts several.
 * Throws `invalid`.
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
			throw new PharmerError('invalid', 'write KEY=VALUE to set a label, or KEY- to take it away');
		}
	}
	return next;
}

/** A day as it was typed: `2027-01-31`, or `+90`, `90d` for so many days from `now`. Throws `invalid`. */
export function parseExpiry(text: string, now: Date): string {
	const days = /^(?:\+\s*(\d{1,4})\s*d?(?:ays?)?|(\d{1,4})\s*d(?:ays?)?)$/.exec(text.trim());
	if (days === null) {
		const day = parseDate(text.trim());
		if (day !== undefined) return day;
		throw new PharmerError(
			'invalid',
			`\`${text.trim()}\` is not a date`,
			'write it as 2027-01-31, or +90 for in 90 days',
		);
	}
	const count = Number(days[1] ?? days[2]);
	return new Date(now.getTime() + count * 86_400_000).toISOString().slice(0, 10);
}

/** What is about `credential`, to be edited. */
export function aboutDraft({name, labels, expires, note}: CredentialContent): readonly DraftField[] {
	const values: Readonly<Record<string, string>> = {
		name,
		labels: labelsText(labels),
		expires: expires ?? '',
		note: note ?? '',
	};
	return aboutFields.map(({key}) => {
		const value = values[key] ?? '';
		return {key, line: lineOf(value), original: value, accepted: true, untouched: false};
	});
}

const textOf = (about: readonly DraftField[], key: string): string => {
	const field = about.find(each => each.key === key);
	return field === undefined ? '' : fieldValue(field);
};

/** What stands in the way of keeping them, and in which field; undefined when nothing does. */
export function aboutProblem(
	about: readonly DraftField[],
	basis: Credential,
	credentials: readonly Credential[],
	now: Date,
): {readonly field: string; readonly message: string} | undefined {
	const name = textOf(about, 'name');
	const rule = nameProblem(name);
	if (rule !== undefined) return {field: 'name', message: `a name ${rule}`};
	const taken = credentials.find(({id, name: other}) => id !== basis.id && other.toLowerCase() === name.toLowerCase());
	if (taken !== undefined) return {field: 'name', message: `${taken.name} exists already; choose another name`};
	for (const [field, parse] of [
		['labels', parseLabels],
		['expires', (text: string) => (text.trim() === '' ? '' : parseExpiry(text, now))],
		['note', (text: string) => assertNoteFits(text, basis.note)],
	] as const) {
		try {
			parse(textOf(about, field));
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			return {field, message: error.hint === undefined ? error.message : `${error.message}; ${error.hint}`};
		}
	}
	return undefined;
}

/** What they make of a credential's content. Throws `invalid` where `aboutProblem()` finds one. */
export function withAbout(content: CredentialContent, about: readonly DraftField[], now: Date): CredentialContent {
	const {provider, data} = content;
	const labels = about.find(({key}) => key === 'labels');
	const expires = textOf(about, 'expires').trim();
	const note = textOf(about, 'note');
	return {
		name: parseName(textOf(about, 'name')),
		provider,
		data,
		labels: labels === undefined || !isDirty(labels) ? content.labels : parseLabels(fieldValue(labels)),
		...(note === '' ? {} : {note}),
		...(expires === '' ? {} : {expires: parseExpiry(expires, now)}),
	};
}

/** Whether that is a day before today. */
export function isPastDay(text: string, now: Date): boolean {
	const day = parseDate(text.trim());
	return day !== undefined && daysUntil(day, now) < 0;
}

/** The day that a typed expiry means, when it is not written as a day already. */
export function meantExpiry(text: string, now: Date): string | undefined {
	if (text.trim() === '' || parseDate(text.trim()) !== undefined) return undefined;
	try {
		return parseExpiry(text, now);
	} catch {
		return undefined;
	}
}
