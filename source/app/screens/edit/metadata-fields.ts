import {dayOf, type Expiry, parseExpiry} from '../../../credentials/expiry.js';
import {labelsText, parseLabels} from '../../../credentials/labels.js';
import type {Credential, CredentialContent} from '../../../domain/credential.js';
import {PharmerError} from '../../../domain/errors.js';
import {assertNoteFits} from '../../../domain/field-limit.js';
import {nameRule, parseName} from '../../../domain/name.js';
import type {Field} from '../../../providers/provider.js';
import {type DraftField, fieldValue, isDirty} from '../../core/draft-fields.js';
import {failureText} from '../../core/failure.js';
import {newNameProblem} from '../../core/names.js';
import {lineOf} from '../../input/line-editor.js';

function metadataField(key: string, help: string, more: Partial<Field> = {}): Field {
	return {key, label: key, help, secret: false, required: false, environment: [], aliases: [], ...more};
}

/** Name, labels, expiry and note, as form fields. */
export const metadataFields: readonly Field[] = [
	metadataField('name', nameRule, {required: true}),
	metadataField('labels', 'such as env=prod, team=dns'),
	metadataField('expires', 'a day such as 2027-01-31, or +90 for 90 days from now'),
	metadataField('note', 'any text; enter starts a new line, tab moves on', {multiline: true}),
];

/** The name, labels, expiry and note of `credential`, as drafts. */
export function metadataDraft({name, labels, expires, note}: CredentialContent): readonly DraftField[] {
	const values: Readonly<Record<string, string>> = {
		name,
		labels: labelsText(labels),
		expires: expires ?? '',
		note: note ?? '',
	};
	return metadataFields.map(({key}) => {
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
export function metadataProblem(
	about: readonly DraftField[],
	basis: Credential,
	credentials: readonly Credential[],
): {readonly field: string; readonly message: string} | undefined {
	const others = credentials.filter(({id}) => id !== basis.id);
	const problem = newNameProblem(others, textOf(about, 'name'));
	if (problem !== undefined) return {field: 'name', message: problem};
	for (const [field, parse] of [
		['labels', parseLabels],
		['expires', typedExpiry],
		['note', (text: string) => assertNoteFits(text, basis.note)],
	] as const) {
		try {
			parse(textOf(about, field));
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			return {field, message: failureText(error)};
		}
	}
	return undefined;
}

/** Applies these fields to a credential's content. Throws `invalid` where `metadataProblem()` finds a problem. */
export function withMetadata(content: CredentialContent, about: readonly DraftField[], now: Date): CredentialContent {
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
