import type {Credential} from '../../domain/credential.js';
import {fieldsInClear, notCarried} from '../../domain/fields-in-clear.js';

/**
 * What a spreadsheet may take for a formula: one of these characters where a cell starts, also behind what some
 * languages take for the end of a cell or a row (OWASP, "CSV Injection").
 */
const formula = /^[\t\r\n]|(?:^|[;\t\r\n])[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** A PEM block: dashes at its end, behind which a formula would have to go on. */
const pem = /^-----BEGIN [A-Z0-9 ]+-----\s[\w+/=\s:,.-]*-----END [A-Z0-9 ]+-----\s*$/;

/**
 * An RFC 4180 table: a header, then a row for each field of each credential, values to the byte. Throws `invalid` for a
 * value that a spreadsheet could take for a formula, which may read other cells, fetch an address or start a program.
 */
export function exportCsv(credentials: readonly Credential[]): string {
	const rows = credentials.flatMap(credential =>
		fieldsInClear(credential).map(([key, value]) => {
			if (formula.test(value) && !pem.test(value)) throw notCarried(credential.name, key, 'a spreadsheet');
			return [credential.name, credential.provider, key, value];
		}),
	);
	return [['name', 'provider', 'field', 'value'], ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
	return /^[^\s",;]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
