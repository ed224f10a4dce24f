import {PharmerError} from '../domain/errors.js';
import {Unreachable} from '../domain/exchange.js';

/** The storage says no: what a person has to change there, or in its address. */
export function refusal(host: string, message: string, hint?: string): PharmerError {
	return new PharmerError('refused', `the storage ${host} ${message}`, hint);
}

/** Nobody knows what was done: another attempt may find out. */
export function noAnswer(host: string, message: string): Unreachable {
	return new Unreachable(`the storage ${host} ${message}`);
}
