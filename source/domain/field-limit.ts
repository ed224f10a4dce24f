import {PharmerError} from './errors.js';

/**
 * The most that a field takes at input, in bytes of UTF-8. Service accounts and private keys have a few KiB. What is
 * stored may be larger.
 */
export const fieldLimit = 64 * 1024;

/** Whether `text` is too large for a field. */
export function isOverFieldLimit(text: string): boolean {
	// UTF-8 has no fewer bytes than UTF-16 has units.
	return text.length > fieldLimit || Buffer.byteLength(text) > fieldLimit;
}

/** A size in bytes as a person reads it, rounded up: one that is over a limit never looks like the limit. */
export function sizeText(bytes: number): string {
	const kib = Math.ceil(bytes / 1024);
	return kib > 0 && kib % 1024 === 0 ? `${kib / 1024} MiB` : `${kib} KiB`;
}

/** Says of a text that is too large for a field how large it is, without any part of it. `what` names the field. */
export function overFieldLimit(what: string, text: string): string {
	return `${what} has ${sizeText(Buffer.byteLength(text))}: at most ${sizeText(fieldLimit)} fit a field`;
}

/**
 * What rules look at of `text`: all of it, or the beginning of a text that is too large for a field. Never more than
 * `fieldLimit`.
 */
export function forRules(text: string): string {
	// No UTF-16 unit has more than three bytes in UTF-8.
	return isOverFieldLimit(text) ? text.slice(0, Math.floor(fieldLimit / 3)) : text;
}

/** Throws `invalid` for a note that is too large for a field, unless it is as it was `before`. */
export function assertNoteFits(note: string | undefined, before?: string): void {
	if (note === undefined || note === before || !isOverFieldLimit(note)) return;
	throw new PharmerError('invalid', overFieldLimit('the note', note), 'shorten it');
}
