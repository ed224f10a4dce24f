import type {IniSection} from '../text/ini.js';
import {invalidLine} from '../text/position.js';

/**
 * The value of a setting, looked up by its lower-case name; empty when it is missing. Throws `invalid` with the line
 * for a value that continues on the next line.
 */
export function setting({entries}: IniSection, key: string): string {
	const entry = entries.get(key);
	if (entry?.continuedAt !== undefined) {
		throw invalidLine(
			entry.continuedAt,
			'this line is indented, so it continues the value above it',
			'remove the white space at its start',
		);
	}
	return entry?.value ?? '';
}
