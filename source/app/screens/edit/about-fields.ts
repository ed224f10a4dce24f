import {dayOf, type Expiry, parseExpiry} from '../../../credentials/expiry.js';
import {labelsText, parseLabels} from '../../../credentials/labels.js';
import type {Credential, CredentialContent} from '../../../domain/credential.js';
import {PharmerError} from '../../../domain/errors.js';
import {assertNoteFits} from '../../../domain/field-limit.js';
import {nameProblem, parseName} from '../../../domain/name.js';
import type {Field} from '../../../providers/provider.js';
import {type DraftField, fieldValue, isDirty} from '../../input/draft.js';
import {lineOf} from '../../input/line-editor.js';

function aboutField(key: string, help: string, more: Partial<Field> = {}): Field {
	return {key, label: key, help, secret: false, required: false, environment: [], aliases: [], ...more};
}

/** Name, labels, expiry and note, as form fields. */
export const aboutFields: readonly Field[] = [
	aboutField('name', '1 to 63 letters, digits, . _ and -', {required: true}),
	aboutField('labels', 'as env=prod, team=dns'),
	aboutField('expires', 'a day as 2027-01-31, or +90 for in 90 days'),
	aboutField('note', 'any text; enter starts a new line, tab moves on', {multiline: true}),
];

/** The name, labels, expiry and note of `credential`, as drafts. */
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

const typedExpiry = (text: string): Expiry => (text.trim() === '' ? 'never' : parseExpiry(text));

/** The first problem with these fields, and which field it is in; undefined when they are valid. */
export function aboutProblem(
	about: readonly DraftField[],
	basis: Credential,
	credentials: readonly Credential[],
	_now: Date,
): {readonly field: string; readonly message: string} | undefined {
	const name = textOf(about, 'name');
	const rule = nameProblem(name);
	if (rule !== undefined) return {field: 'name', message: `a name ${rule}`};
	const taken = credentials.find(({id, name: other}) => id !== basis.id && other.toLowerCase() === name.toLowerCase());
	if (taken !== undefined) return {field: 'name', message: `${taken.name} exists already; choose another name`};
	for (const [field, parse] of [
		['labels', parseLabels],
		['expires', typedExpiry],
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

/** Applies these fields to a credential's content. Throws `invalid` where `aboutProblem()` finds a problem. */
export function withAbout(content: CredentialContent, about: readonly DraftField[], now: Date): CredentialContent {
	const {provider, data} = content;
	const labels = about.find(({key}) => key === 'labels');
	const expires = dayOf(typedExpiry(textOf(about, 'expires')), now);
	const note = textOf(about, 'note');
	return {
		name: parseName(textOf(about, 'name')),
		provider,
		data,
		labels: labels === undefined || !isDirty(labels) ? content.labels : parseLabels(fieldValue(labels)),
		...(note === '' ? {} : {note}),
		...(expires === undefined ? {} : {expires}),
	};
}
