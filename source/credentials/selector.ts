import {PharmerError} from '../domain/errors.js';
import {isLabelKey, labelParts} from './labels.js';

/** A condition on labels, in lower case: a key, a value, or both as `key=value`. */
export type LabelCondition = {readonly text: string; readonly isNot: boolean};

/**
 * The conditions of a text such as `env=prod,team!=web,!old`, all of which a credential has to meet. Reads any text,
 * since one that is being typed is not complete yet.
 */
export function conditionsIn(text: string): readonly LabelCondition[] {
	return labelParts(text.toLowerCase()).flatMap(part => {
		const [, bang, key = '', operator = '', value = ''] = /^(!?)\s*([^=]*?)(!=|==?|$)(.*)$/s.exec(part) ?? [];
		const wanted = operator === '' ? key.trim() : `${key.trim()}=${value.replace(/\\([\\,])/g, '$1').trim()}`;
		return wanted === '' ? [] : [{text: wanted, isNot: (bang === '!') !== (operator === '!=')}];
	});
}

/** The same for a text that is complete. Throws `invalid` for one that is no selector. */
export function parseSelector(text: string): readonly LabelCondition[] {
	const conditions = conditionsIn(text);
	const isWrong = conditions.some(condition => !isLabelKey(condition.text.replace(/=.*/s, '')));
	if (conditions.length === 0 || isWrong)
		throw new PharmerError(
			'invalid',
			`\`${text}\` does not select by labels`,
			'write KEY=VALUE, KEY, KEY!=VALUE or !KEY, with commas between several',
		);
	return conditions;
}

/** Labels in the form that conditions are compared with. */
export function comparedLabels(labels: ReadonlyMap<string, string>): readonly string[] {
	return [...labels].map(([key, value]) => `${key}=${value}`.toLowerCase());
}

/** Whether labels meet a condition. While it is being typed, the beginning of a label is enough. */
export function meets(labels: readonly string[], {text, isNot}: LabelCondition, isTyped = false): boolean {
	const has = labels.some(label => {
		const at = label.indexOf('=');
		const isWhole = label === text || label.slice(0, at) === text || label.slice(at + 1) === text;
		return isWhole || (isTyped && !isNot && label.startsWith(text));
	});
	return has !== isNot;
}
