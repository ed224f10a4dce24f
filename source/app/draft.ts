import {checkData, isFieldAsked} from '../credentials/check.js';
import {Secret} from '../domain/secret.js';
import {fieldOf} from '../providers/catalog.js';
import {arrangeData, completeData} from '../providers/data.js';
import type {Field, Finding, Provider} from '../providers/provider.js';
import {type KeyPress, keyName} from './keys.js';
import {
	changesText,
	edit,
	emptyLine,
	holds,
	insert,
	type Line,
	lineOf,
	lineText,
	pastedText,
	sameText,
	takesAway,
} from './line-editor.js';

/** One field of a credential as it is typed or changed. */
export type DraftField = {
	readonly key: string;
	readonly line: Line;
	/** The value it began with; empty for a new one. */
	readonly original: string;
	/** Where the value came from, when it was not typed. */
	readonly origin?: string | undefined;
	/** Its odd shape was seen and accepted. */
	readonly accepted: boolean;
	/**
	 * A hidden value nobody has touched yet: what is typed or pasted takes its place, since the old one can't be
	 * seen.
	 */
	readonly untouched: boolean;
};

export function newField(key: string): DraftField {
	return {key, line: emptyLine, original: '', accepted: false, untouched: false};
}

/** A field that holds a value. */
export function fieldWith(key: string, value: string, origin?: string): DraftField {
	return {key, line: lineOf(value), original: '', origin, accepted: false, untouched: true};
}

/** All fields of a provider, with the values of `data`; what is in `data` beside them comes last. */
export function draftOf(provider: Provider, data: ReadonlyMap<string, Secret>): readonly DraftField[] {
	const keys = new Set([...provider.fields.map(field => field.key), ...data.keys()]);
	return [...keys].map(key => {
		const value = data.get(key)?.reveal() ?? '';
		return {key, line: lineOf(value), original: value, accepted: true, untouched: value !== ''};
	});
}

export function fieldValue(field: DraftField): string {
	return lineText(field.line);
}

/** The field as it was when editing began. */
export function putBack(draft: DraftField): DraftField {
	return {...draft, line: lineOf(draft.original), accepted: true, untouched: draft.original !== ''};
}

export function isDirty(field: DraftField): boolean {
	return !holds(field.line, field.original);
}

/** The draft as `spec.data`: the provider's order, empty fields left out. */
export function draftData(provider: Provider, fields: readonly DraftField[]): ReadonlyMap<string, Secret> {
	return arrangeData(provider, new Map(fields.map(field => [field.key, new Secret(fieldValue(field))])));
}

/** Whether nobody sees or has touched what the field holds: what is put in takes its place. */
function isUnseen(draft: DraftField, field: Field, shown: boolean): boolean {
	return draft.untouched && field.secret && !shown;
}

/** The line that what is typed or pasted into the field goes into. */
export function typedLine(draft: DraftField, field: Field, shown: boolean): Line {
	return isUnseen(draft, field, shown) ? emptyLine : draft.line;
}

/** The field after that press, or undefined when the press edits nothing. */
export function typeInto(draft: DraftField, field: Field, press: KeyPress, shown: boolean): DraftField | undefined {
	const unseen = isUnseen(draft, field, shown);
	// Nobody can see what a backspace would take away; ctrl+u takes all of it and says so by its name.
	if (unseen && takesAway(press) && keyName(press) !== 'ctrl+u') return draft;
	const replaces = unseen && changesText(press);
	const line = edit(replaces ? emptyLine : draft.line, press);
	if (line === undefined) return undefined;
	const changed = replaces || !sameText(line, draft.line);
	return changed ? {...draft, line, origin: undefined, accepted: false, untouched: false} : {...draft, line};
}

/** The field with that text pasted into it, or undefined when the text has several lines and the field takes one. */
export function pasteInto(draft: DraftField, field: Field, text: string, shown: boolean): DraftField | undefined {
	const pasted = pastedText(text, field.multiline ?? false);
	if (pasted === undefined) return undefined;
	const line = insert(typedLine(draft, field, shown), pasted);
	return {...draft, line, origin: undefined, accepted: false, untouched: false};
}

/**
 * What stands in the way of keeping the draft as it is: a wrong field, or an odd one that nobody has accepted yet.
 * With `key`, of that field by itself. A value that is too large for a field and was so before editing began does
 * not.
 */
export function draftFinding(provider: Provider, fields: readonly DraftField[], key?: string): Finding | undefined {
	const accepted = new Set(fields.filter(field => field.accepted).map(field => field.key));
	const unchanged = fields.filter(field => !isDirty(field));
	return checkData(provider, draftData(provider, fields), draftData(provider, unchanged)).find(
		finding =>
			(key === undefined || (finding.field === key && finding.whole !== true)) &&
			(finding.severity === 'wrong' || !accepted.has(finding.field)),
	);
}

/** Whether a person is asked for that field: it applies to what the others hold, or holds something itself. */
export function isAsked(provider: Provider, fields: readonly DraftField[], field: DraftField): boolean {
	const value = (key: string): string => fields.filter(each => each.key === key).map(fieldValue)[0] ?? '';
	return fieldValue(field) !== '' || isFieldAsked(provider, fieldFor(provider, field), value);
}

/** The first field that is asked for, from `start` on in steps of `by`; -1 when there is none. */
export function nextAsked(provider: Provider, fields: readonly DraftField[], start: number, by: 1 | -1): number {
	for (let index = start; index >= 0 && index < fields.length; index += by) {
		const field = fields[index];
		if (field !== undefined && isAsked(provider, fields, field)) return index;
	}
	return -1;
}

/** The draft with the odd shape of that field accepted. */
export function acceptField(fields: readonly DraftField[], key: string): readonly DraftField[] {
	return fields.map(field => (field.key === key ? {...field, accepted: true} : field));
}

/** The draft with what its other fields tell in the place of what was left empty. */
export function withDerived(provider: Provider, fields: readonly DraftField[]): readonly DraftField[] {
	const data = completeData(provider, draftData(provider, fields));
	return fields.map(each => {
		const value = fieldValue(each) === '' ? data.get(each.key)?.reveal() : undefined;
		return value === undefined ? each : fieldWith(each.key, value, 'the other fields');
	});
}

/** `fields` with the one at `index` changed. */
export function withField(fields: readonly DraftField[], index: number, field: DraftField): readonly DraftField[] {
	return fields.map((each, at) => (at === index ? field : each));
}

/** The provider's field of a draft. */
export function fieldFor(provider: Provider, draft: DraftField): Field {
	return fieldOf(provider, draft.key);
}

/** The changes of a draft put on top of newer data: what was not changed takes the newer value. */
export function rebase(
	provider: Provider,
	fields: readonly DraftField[],
	data: ReadonlyMap<string, Secret>,
): readonly DraftField[] {
	return rebaseFields(fields, draftOf(provider, data));
}

/** The changes among `fields` put on top of the same fields as they are newer. */
export function rebaseFields(fields: readonly DraftField[], newer: readonly DraftField[]): readonly DraftField[] {
	const changed = new Map(fields.filter(isDirty).map(field => [field.key, field]));
	const merged = newer.map(field => ({...(changed.get(field.key) ?? field), original: field.original}));
	const added = [...changed.values()].filter(field => !newer.some(each => each.key === field.key));
	return [...merged, ...added.map(field => ({...field, original: ''}))];
}
