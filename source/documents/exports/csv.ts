import type {Credential} from '../../domain/credential.js';
import {fieldsInClear} from '../../domain/fields-in-clear.js';

/**
 * An RFC 4180 table: a header, then a row for each field of each credential. Values are unchanged, even where a
 * spreadsheet would calculate.
 */
export function exportCsv(credentials: readonly Credential[]): string {
	const rows = credentials.flatMap(credential =>
		fieldsInClear(credential).map(([key, value]) => [credential.name, credential.provider, key, value]),
	);
	return [['name', 'provider', 'field', 'value'], ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
	return /^[^\s",]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
