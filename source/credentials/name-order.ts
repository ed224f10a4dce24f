import type {Name} from '../domain/name.js';

/**
 * A text for a name whose order as a text is that of the names in `Intl.Collator` for English with numbers: `db_9`,
 * `db-9`, `DB-10`. Comparing these takes a fifth of the time: a collator takes a third of a second to sort 100,000.
 */
export function orderKey(name: Name): string {
	// Names are in ASCII, where `-` and `.` come before digits and these before letters.
	return name
		.toLowerCase()
		.replace(/_|0*(\d+)/g, (_, digits?: string) => (digits === undefined ? '!' : numbered(digits)));
}

/** The largest length of a number that one character tells: with one more, it would be a letter. */
const longest = 0x60 - 0x30;

/** A shorter number comes first. */
function numbered(digits: string): string {
	const {length} = digits;
	return length <= longest
		? String.fromCharCode(0x2f + length) + digits
		: `\u0060${String.fromCharCode(length)}${digits}`;
}
