import type {IniSection} from '../text/ini.js';
import {invalidLine} from '../text/position.js';

/** The value of a setting, whose name is in small letters; empty when it is not there. Throws `invalid` for one that goes on in the next line. */
export function setting({entries}: IniSection, key: string): string {
	const entry = entries.get(key);
	if (entry?.continuedAt !== undefined) {
		throw invalidLine(
			entry.continuedAt,
			'this line is indented, so it goes on with the value above it',
			'take away the white space at its start',
		);
	}
	return entry?.value ?? '';
}
