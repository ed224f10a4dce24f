import {expiryOf} from '../credentials/expiry.js';
import {publicId} from '../credentials/public-id.js';
import type {Credential} from '../domain/credential.js';
import {shortId} from '../domain/mask.js';
import {age} from '../domain/time.js';
import {renderTable} from './text-table.js';

type Column = {readonly title: string; readonly cell: (credential: Credential) => string};

function expiry(credential: Credential, now: Date): string {
	const {day = '', left = 0, isOver = false} = expiryOf(credential, now) ?? {};
	if (day === '' || left > 0) return day;
	return `${day} (${isOver ? 'expired' : 'today'})`;
}

/**
 * Credentials as a table without secrets; `wide` adds columns that do not fit on a narrow terminal. Empty when there
 * are no credentials.
 */
export function credentialTable(
	credentials: readonly Credential[],
	options: {readonly wide: boolean; readonly color: boolean; readonly now: Date},
): string {
	if (credentials.length === 0) return '';
	const {wide, color, now} = options;
	const columns: Column[] = [
		{title: 'NAME', cell: credential => credential.name},
		{title: 'PROVIDER', cell: credential => credential.provider},
		{title: 'ID', cell: credential => (wide ? publicId(credential) : shortId(publicId(credential)))},
		{title: 'AGE', cell: credential => age(credential.created, now)},
	];
	if (wide || credentials.some(credential => expiryOf(credential, now) !== undefined)) {
		columns.push({title: 'EXPIRES', cell: credential => expiry(credential, now)});
	}
	if (wide) {
		columns.push(
			{title: 'LABELS', cell: ({labels}) => [...labels].map(([key, value]) => `${key}=${value}`).join(',')},
			{title: 'CREATED', cell: credential => credential.created},
			{title: 'CHANGED', cell: credential => credential.changed},
			{title: 'NOTE', cell: ({note = ''}) => note.trimEnd().replace(/(\r\n|\r|\n)[\s\S]*/, ' …')},
		);
	}
	return renderTable(
		columns.map(column => column.title),
		credentials.map(credential => columns.map(column => column.cell(credential))),
		color,
	);
}
