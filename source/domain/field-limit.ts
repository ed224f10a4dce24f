import {PharmerError} from './errors.js';

/**
 * The largest field value that is accepted as input, in bytes of UTF-8. Service accounts and private keys are a few
 * KiB. Stored values may be larger.
 */
export const fieldLimit = 64 * 1024;

/** Whether `text` is too large for a field. */
export function isOverFieldLimit(text: string): boolean {
	// UTF-8 never has fewer bytes than UTF-16 has code units, and three times as many at most.
	if (3 * text.length <= fieldLimit) return false;
	return text.length > fieldLimit || Buffer.byteLength(text) > fieldLimit;
}

/** A size in bytes as text, rounded up, so that a size over a limit never looks like the limit. */
export function sizeText(bytes: number): string {
	const kib = Math.ceil(bytes / 1024);
	return kib > 0 && kib % 1024 === 0 ? `${kib / 1024} MiB` : `${kib} KiB`;
}

/** The message for a text that is too large for a field: its size, and no part of it. `what` names the field. */
export function overFieldLimit(what: string, text: string): string {
	return `${what} is ${sizeText(Buffer.byteLength(text))}: a field takes at most ${sizeText(fieldLimit)}`;
}

/**
 * The part of `text` that rules look at: all of it, or its beginning when it is too large for a field. Never more
 * than `fieldLimit` bytes.
 */
export function forRules(text: string): string {
	// A UTF-16 code unit takes at most three bytes in UTF-8.
	return isOverFieldLimit(text) ? text.slice(0, Math.floor(fieldLimit / 3)) : text;
}

/** Throws `invalid` for a note that is too large for a field, unless it is unchanged from `before`. */
export function assertNoteFits(note: string | undefined, before?: string): void {
	if (note === undefined || note === before || !isOverFieldLimit(note)) return;
	throw new PharmerError('invalid', overFieldLimit('the note', note), 'shorten it');
}
