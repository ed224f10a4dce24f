import {type Answer, Unreachable} from '../domain/exchange.js';
import {partAt, strange, textAt} from './answers.js';

type Path = readonly (string | number)[];

/** For an answer of the status that was hoped for, which lacks what it has to have. */
export function incomplete(answer: Answer): Unreachable {
	return new Unreachable(strange(answer).why);
}

/** The list at that place of an answer. Throws when there is none: an empty one says that there are no keys. */
export function listIn(answer: Answer, value: unknown, ...path: Path): readonly unknown[] {
	const list = partAt(value, path);
	if (!Array.isArray(list)) throw incomplete(answer);
	return list;
}

/** The text at that place of an answer, which may become a part of an address. Throws when it has another form. */
export function idIn(answer: Answer, form: RegExp, value: unknown, ...path: Path): string {
	const id = textAt(value, ...path);
	if (id === undefined || !form.test(id)) throw incomplete(answer);
	return id;
}
