import {checkData, isFieldAsked} from '../../credentials/check.js';
import {parseFieldKey} from '../../domain/credential.js';
import {Secret} from '../../domain/secret.js';
import {fieldOf} from '../../providers/catalog.js';
import {arrangeData, completeData} from '../../providers/data.js';
import type {Field, Finding, Provider} from '../../providers/provider.js';
import {type KeyPress, keyName} from '../input/keys.js';
import {
	changesText,
	edit,
	emptyLine,
	holds,
	insert,
	isUndo,
	type Line,
	lineOf,
	lineText,
	pastedText,
	sameText,
	takesAway,
	withText,
} from '../input/line-editor.js';

/** One field of a credential while it is edited. */
export type DraftField = {
	readonly key: string;
	readonly line: Line;
	/** The value when editing began; empty for a new field. */
	readonly original: string;
	/** Where the value came from, unless it was typed. */
	readonly origin?: string | undefined;
	/** Its unusual format was seen and accepted. */
	readonly accepted: boolean;
	/** Nothing was typed into it yet. Where the value is also hidden, typed or pasted text replaces it. */
	readonly untouched: boolean;
	/** The field before its hidden value was replaced; undo brings it back, hidden as it was. */
	readonly covered?: DraftField | undefined;
};

export function newField(key: string): DraftField {
	return {key, line: emptyLine, original: '', accepted: false, untouched: false};
}

/** A field with a value. */
export function fieldWith(key: string, value: string, origin?: string): DraftField {
	return {key, line: lineOf(value), original: '', origin, accepted: false, untouched: true};
}

/** All of a provider's fields with the values of `data`; entries of `data` the provider does not have come last. */
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

/** Restores the field's value from when editing began. */
export function putBack(draft: DraftField): DraftField {
	const line = withText(draft.line, draft.original);
	return {...draft, line, accepted: true, untouched: draft.original !== '', covered: undefined};
}

export function isDirty(field: DraftField): boolean {
	return !holds(field.line, field.original);
}

/** The draft as `spec.data`: in the provider's order, without empty fields. */
export function draftData(provider: Provider, fields: readonly DraftField[]): ReadonlyMap<string, Secret> {
	return arrangeData(provider, new Map(fields.map(field => [field.key, new Secret(fieldValue(field))])));
}

/** Whether the field's value is hidden and untouched, so that input replaces it. */
function isUnseen(draft: DraftField, field: Field, shown: boolean): boolean {
	return draft.untouched && field.secret && !shown;
}

/** The line that receives typed or pasted text. */
export function typedLine(draft: DraftField, field: Field, shown: boolean): Line {
	return isUnseen(draft, field, shown) ? withText(draft.line, '') : draft.line;
}

/** The field with a line that was typed or pasted. */
function typedField(draft: DraftField, line: Line, unseen: boolean): DraftField {
	const covered = unseen ? draft : draft.covered;
	return {...draft, line, origin: undefined, accepted: false, untouched: false, covered};
}

/** The field after a key press; undefined when the press edits nothing. */
export function typeInto(draft: DraftField, field: Field, press: KeyPress, shown: boolean): DraftField | undefined {
	const unseen = isUnseen(draft, field, shown);
	// Backspace would delete characters nobody can see; ctrl+u deletes the whole value and is named for it.
	if (unseen && takesAway(press) && keyName(press) !== 'ctrl+u') return draft;
	const replaces = unseen && changesText(press);
	const line = edit(replaces ? typedLine(draft, field, shown) : draft.line, press);
	if (line === undefined) return undefined;
	if (isUndo(press) && draft.covered !== undefined && sameText(line, draft.covered.line))
		return {...draft.covered, line};
	return replaces || !sameText(line, draft.line) ? typedField(draft, line, unseen) : {...draft, line};
}

/** The field after a paste; undefined when the text has several lines and the field takes one. */
export function pasteInto(draft: DraftField, field: Field, text: string, shown: boolean): DraftField | undefined {
	const pasted = pastedText(text, field.multiline ?? false);
	if (pasted === undefined) return undefined;
	return typedField(draft, insert(typedLine(draft, field, shown), pasted), isUnseen(draft, field, shown));
}

/**
 * Why the draft can't be kept as it is: invalid fields, and unusual ones nobody has accepted yet. A value already too
 * large before editing is no reason.
 */
function draftFindings(provider: Provider, fields: readonly DraftField[]): readonly Finding[] {
	const accepted = new Set(fields.filter(field => field.accepted).map(field => field.key));
	const unchanged = fields.filter(field => !isDirty(field));
	return checkData(provider, draftData(provider, fields), draftData(provider, unchanged)).filter(
		finding => finding.severity === 'wrong' || !accepted.has(finding.field),
	);
}

/** The first of these reasons; with `key`, of those that are about that field alone. */
export function draftFinding(provider: Provider, fields: readonly DraftField[], key?: string): Finding | undefined {
	return draftFindings(provider, fields).find(
		({field, whole}) => key === undefined || (field === key && whole !== true),
	);
}

/** The unusual fields nobody has accepted yet, or the first invalid one: that has to be mended before anything else. */
export function openFindings(provider: Provider, fields: readonly DraftField[]): readonly Finding[] {
	const findings = draftFindings(provider, fields);
	const wrong = findings.find(({severity}) => severity === 'wrong');
	return wrong === undefined ? findings : [wrong];
}

/** What is said about unusual fields, each with its label where it does not stand at its field alone. */
export function oddText(provider: Provider, findings: readonly Finding[]): readonly string[] {
	return findings.map(({field, message}) => (field === '' ? message : `${fieldOf(provider, field).label}: ${message}`));
}

/** Whether to ask for a field: it applies given the other values, or has a value itself. */
function isAsked(provider: Provider, fields: readonly DraftField[], field: DraftField): boolean {
	const value = (key: string): string => fields.filter(each => each.key === key).map(fieldValue)[0] ?? '';
	return fieldValue(field) !== '' || isFieldAsked(provider, fieldFor(provider, field), value);
}

/** The first field to ask for, from `start` in steps of `by`; -1 when there is none. */
export function nextAsked(provider: Provider, fields: readonly DraftField[], start: number, by: 1 | -1): number {
	for (let index = start; index >= 0 && index < fields.length; index += by) {
		const field = fields[index];
		if (field !== undefined && isAsked(provider, fields, field)) return index;
	}
	return -1;
}

/** Accepts the unusual format of these fields. */
export function acceptFields(fields: readonly DraftField[], keys: readonly string[]): readonly DraftField[] {
	return fields.map(field => (keys.includes(field.key) ? {...field, accepted: true} : field));
}

/** Fills empty fields with values derived from the others. */
export function withDerived(provider: Provider, fields: readonly DraftField[]): readonly DraftField[] {
	const data = completeData(provider, draftData(provider, fields));
	return fields.map(each => {
		const value = fieldValue(each) === '' ? data.get(each.key)?.reveal() : undefined;
		return value === undefined ? each : fieldWith(each.key, value, 'the other fields');
	});
}

/** `fields` with the one at `index` replaced. */
export function withField(fields: readonly DraftField[], index: number, field: DraftField): readonly DraftField[] {
	return fields.map((each, at) => (at === index ? field : each));
}

/** The provider's definition of a draft's field. */
export function fieldFor(provider: Provider, draft: DraftField): Field {
	return fieldOf(provider, draft.key);
}

/** Applies a draft's changes to newer data: unchanged fields take the newer value. */
export function rebase(
	provider: Provider,
	fields: readonly DraftField[],
	data: ReadonlyMap<string, Secret>,
): readonly DraftField[] {
	return rebaseFields(fields, draftOf(provider, data));
}

/** Applies the changes in `fields` to the newer values of the same fields. */
export function rebaseFields(fields: readonly DraftField[], newer: readonly DraftField[]): readonly DraftField[] {
	const changed = new Map(fields.filter(isDirty).map(field => [field.key, field]));
	const merged = newer.map(field => ({...(changed.get(field.key) ?? field), original: field.original}));
	const added = [...changed.values()].filter(field => !newer.some(each => each.key === field.key));
	return [...merged, ...added.map(field => ({...field, original: ''}))];
}

/** The rule for a field's name. */
export const fieldNameRule = 'letters, digits, . _ and -, up to 63';

/** Why a field can't have that name; undefined when it can. */
export function fieldNameProblem(key: string, fields: readonly DraftField[]): string | undefined {
	if (fields.some(field => field.key.toLowerCase() === key.toLowerCase())) return `there is a field ${key} already`;
	try {
		parseFieldKey(key);
		return undefined;
	} catch {
		return `a field name has ${fieldNameRule}`;
	}
}
