import {careOf} from '../credentials/care.js';
import {expiryOf} from '../credentials/expiry.js';
import {publicId} from '../credentials/public-id.js';
import type {Credential} from '../domain/credential.js';
import {shortId} from '../domain/mask.js';
import {age, ago, shortAge} from '../domain/time.js';
import type {ColumnName} from './credential-columns.js';
import type {Among} from './detail.js';
import type {Page} from './page.js';
import {type Column, tableText} from './text-table.js';
import type {Tone} from './tone.js';

/** What the cells of a table of credentials tell; what they are among is needed by `farColumns` only. */
type Telling = Among & {
	/** Ids in full. */
	readonly wide: boolean;
};

/** On a terminal, a day says how near it is. */
function expiryText(credential: Credential, {now, isTerminal}: Page): string {
	const {day = '', left = 0, isOver = false, urgent = false} = expiryOf(credential, now) ?? {};
	if (day === '') return day;
	if (left <= 0) return `${day} (${isOver ? 'expired' : 'today'})`;
	return isTerminal && urgent ? `${day} (in ${left}d)` : day;
}

function expiryTone(credential: Credential, {now}: Page): Tone | undefined {
	const {isOver = false, urgent = false} = expiryOf(credential, now) ?? {};
	return isOver ? 'bad' : urgent ? 'soon' : undefined;
}

/** A moment, for a person its day. */
const dated = (moment: string, {isTerminal}: Page): string => (isTerminal ? moment.slice(0, 10) : moment);

const beforeLineBreak = (text: string): string => text.trimEnd().replace(/(\r\n|\r|\n)[\s\S]*/, ' …');

/** Every column, and how it gives way on a narrow terminal. */
function columnsOf({
	wide,
	all,
	uses,
	verdicts,
	works,
	exposed,
}: Telling): Readonly<Record<ColumnName, Omit<Column<Credential>, 'title'>>> {
	const careFor = (credential: Credential, {now}: Page) => careOf(credential, all, now, uses, verdicts, works, exposed);
	return {
		name: {cell: ({name}) => name, rank: 0, least: 20},
		provider: {cell: ({provider}) => provider, rank: 2},
		id: {cell: credential => (wide ? publicId(credential) : shortId(publicId(credential))), rank: 4, least: 9},
		age: {cell: ({created}, {now, isTerminal}) => (isTerminal ? shortAge : age)(created, now), rank: 5},
		expires: {
			cell: expiryText,
			brief: (credential, {now}) => expiryOf(credential, now)?.day ?? '',
			tone: expiryTone,
			rank: 1,
			// The day stays whole.
			least: 10,
		},
		labels: {cell: ({labels}) => [...labels].map(([key, value]) => `${key}=${value}`).join(','), rank: 6, least: 12},
		created: {cell: ({created}, page) => dated(created, page), rank: 9, least: 10},
		changed: {cell: ({changed}, page) => dated(changed, page), rank: 8, least: 10},
		note: {cell: ({note = ''}) => beforeLineBreak(note), rank: 7, least: 12},
		used: {
			cell({id}, {now, isTerminal}) {
				const at = uses.byId.get(id)?.at;
				return at === undefined ? '' : (isTerminal ? shortAge : ago)(at, now);
			},
			rank: 4,
		},
		care: {
			cell: (credential, page) =>
				careFor(credential, page)
					.map(({badge}) => badge)
					.join(', '),
			tone(credential, page) {
				const [first] = careFor(credential, page);
				return first && (first.kind === 'expired' || first.kind === 'refused' ? 'bad' : 'soon');
			},
			rank: 3,
			least: 8,
		},
	};
}

const narrow: readonly ColumnName[] = ['name', 'provider', 'id', 'age'];

/** The columns of `-o table` and `-o wide`. */
function usualColumns(credentials: readonly Credential[], wide: boolean, now: Date): readonly ColumnName[] {
	if (wide) return [...narrow, 'expires', 'labels', 'created', 'changed', 'note'];
	return credentials.some(each => expiryOf(each, now) !== undefined) ? [...narrow, 'expires'] : narrow;
}

/**
 * Credentials as a table without secrets that fits the page, with these columns or the usual ones. Empty when there are
 * no credentials.
 */
export function credentialTable(
	credentials: readonly Credential[],
	telling: Telling,
	names: readonly ColumnName[] | undefined,
	page: Page,
): string {
	const columns = columnsOf(telling);
	const shown = names ?? usualColumns(credentials, telling.wide, page.now);
	return tableText(
		shown.map(name => ({...columns[name], title: name.toUpperCase()})),
		credentials,
		page,
	);
}
