import {parseMoment} from '../../domain/time.js';
import {textAt} from '../answers.js';

/** The moment there, which IBM also writes without seconds, as in the files of its keys; undefined when it is none. */
export function timeAt(body: unknown, ...path: readonly string[]): string | undefined {
	const text = textAt(body, ...path);
	return text === undefined ? undefined : parseMoment(text.replace(/T\d\d:\d\d(?=[Z+-])/, '$&:00'));
}
