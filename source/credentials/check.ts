import {isOverFieldLimit, overFieldLimit} from '../domain/field-limit.js';
import {redacted, type Secret} from '../domain/secret.js';
import {fieldOf} from '../providers/catalog.js';
import {isComplete, valuesForRules, valuesOf} from '../providers/data.js';
import type {Alternative, Field, Finding, Provider, Values} from '../providers/provider.js';
import {isPath, pathNotText} from '../providers/shape-rules.js';

/** What is wrong or odd about a single value, or undefined. An empty value of an optional field is fine. */
export function checkField(
	provider: Provider,
	key: string,
	value: string,
	others: Values = () => '',
): Finding | undefined {
	const field = fieldOf(provider, key);
	if (value === '') {
		return field.required ? {severity: 'wrong', field: key, message: `${field.label} can't be empty`} : undefined;
	}
	if (isOverFieldLimit(value)) return {severity: 'wrong', field: key, message: overFieldLimit(field.label, value)};
	if (value.includes('\0')) return {severity: 'wrong', field: key, message: `${field.label} holds a NUL character`};
	if (value === redacted) {
		return {severity: 'wrong', field: key, message: `${field.label} is the mark of a masked value, not a value`};
	}
	// A path alone is not enough: base64 keys may start like one. Any field of any tool may hold a path.
	const isFile = field.secret && !provider.open && isPath(value) && /\.[a-z]\w{1,4}$/i.test(value);
	const oddity = isFile ? pathNotText : field.oddity?.(value, valuesForRules(others));
	return oddity === undefined ? undefined : {severity: 'odd', field: key, message: oddity};
}

/**
 * Everything wrong or odd about a credential's data: each field on its own, missing fields, and rules between fields. A
 * value that is too large for a field passes when `stored` already has it.
 */
export function checkData(
	provider: Provider,
	data: ReadonlyMap<string, Secret>,
	stored: ReadonlyMap<string, Secret> = new Map(),
): readonly Finding[] {
	const value = valuesOf(data);
	const keys = new Set([...provider.fields.map(field => field.key), ...data.keys()]);
	const canStay = (key: string): boolean => {
		const before = stored.get(key);
		return before !== undefined && isOverFieldLimit(value(key)) && data.get(key)?.equals(before) === true;
	};
	const findings = [...keys]
		.filter(key => !canStay(key))
		.map(key => checkField(provider, key, value(key), value))
		.filter(finding => finding !== undefined);
	if (provider.open && ![...data.values()].some(value => !value.isEmpty)) {
		findings.push({severity: 'wrong', field: '', message: 'it needs at least one field with a value'});
	}
	return [...findings, ...checkAlternatives(provider, value), ...(provider.check?.(valuesForRules(value)) ?? [])];
}

/**
 * How necessary a field is, in words: empty for a required field, `optional`, or the other ways to sign in that do not
 * need it.
 */
export function needText(
	{alternatives = [], open}: Provider,
	{required, key}: Field,
	value: Values = () => '',
): string {
	if (required || open) return '';
	const begun = alternatives.find(each => each.fields.includes(key) && each.fields.some(other => value(other) !== ''));
	if (begun !== undefined) return `for ${begun.title}`;
	const others = alternatives.filter(each => !each.fields.includes(key)).map(({title}) => title);
	return others.length === alternatives.length ? 'optional' : ['', ...others].join(', or ').slice(2);
}

/**
 * Whether to ask a person for a field, given the other values. A field of one way to sign in is not asked for when
 * another way is complete.
 */
export function isFieldAsked({alternatives}: Provider, {asked, key}: Field, value: Values): boolean {
	if (asked !== undefined) return asked(valuesForRules(value));
	if (!alternatives?.some(each => each.fields.includes(key))) return true;
	return !alternatives.some(each => !each.fields.includes(key) && isComplete(each, value));
}

function checkAlternatives({alternatives, fields}: Provider, value: Values): readonly Finding[] {
	if (alternatives === undefined) return [];
	const complete = alternatives.filter(each => isComplete(each, value));
	const titles = (some: readonly Alternative[], last: string): string => {
		const all = some.map(each => each.title);
		return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`;
	};
	const [only] = complete;
	if (only !== undefined && complete.length === 1) return strayOf(only, alternatives, value);
	if (complete.length > 1) {
		const field = complete[1]?.fields.find(key => !complete[0]?.fields.includes(key)) ?? '';
		return [
			{severity: 'odd', field, whole: true, message: `it holds ${titles(complete, 'and')}, and tools use one of them`},
		];
	}
	// A way to sign in that was started is the intended one: ask for its first missing field.
	const begun = alternatives.find(each => each.fields.some(key => value(key) !== '')) ?? alternatives[0];
	const missing = begun?.fields.find(key => value(key) === '') ?? '';
	const label = fields.find(field => field.key === missing)?.label ?? missing;
	const message = begun?.fields.some(key => value(key) !== '')
		? `${label} is missing: it needs ${titles(alternatives, 'or')}`
		: `it needs ${titles(alternatives, 'or')}`;
	// Before anything is entered, other fields may still follow; what was started has to be completed.
	const isBegun = begun?.fields.some(key => value(key) !== '') === true;
	return [{severity: 'wrong', field: missing, message, ...(isBegun ? {} : {whole: true as const})}];
}

/** Reports a field left over from another way to sign in: tools may take it for the intended one. */
function strayOf(complete: Alternative, alternatives: readonly Alternative[], value: Values): readonly Finding[] {
	for (const {title, fields} of alternatives) {
		const stray = fields.find(key => !complete.fields.includes(key) && value(key) !== '');
		if (stray !== undefined)
			return [{severity: 'odd', field: stray, whole: true, message: `it is for ${title}, which is incomplete`}];
	}
	return [];
}
