import type {Credential} from '../domain/credential.js';
import {isRefused, type Who} from '../domain/verdict.js';
import type {ForeignPlace} from '../tasks/foreign-place.js';
import type {Asked} from '../tasks/verify.js';
import {escapeInQuotes, visible} from '../text/visible.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {type Page, pageOf} from './page.js';
import {type Column, tableText} from './text-table.js';

/** What providers said, a row a credential. An answer from elsewhere is shown with its host. */
export function verdictTable(
	asked: readonly Asked[],
	places: ReadonlyMap<Credential, ForeignPlace>,
	{color}: Pick<GlobalOptions, 'color'>,
	context: Context,
): string {
	const columns: readonly Column<Asked>[] = [
		{title: 'NAME', cell: ({credential}) => credential.name, rank: 0, least: 20},
		{title: 'VERDICT', cell: ({is}) => is, tone: ({is}) => (isRefused(is) ? 'bad' : undefined), rank: 1, least: 11},
		{title: 'WHO', cell: ({who}) => whoText(who), rank: 2, least: 20},
		{title: 'EXPIRES', cell: ({expires = ''}) => expires.slice(0, 10), rank: 4, least: 10},
		{
			title: 'WHY',
			cell: ({credential, why, host}) => (places.has(credential) ? `${why}; asked at ${host}` : why),
			rank: 3,
			least: 20,
		},
	];
	const page = pageOf({color}, context);
	// A program gets every column; for a person, what nobody told takes no room from the reasons.
	const isTold = ({title, cell}: Column<Asked>): boolean =>
		!['WHO', 'EXPIRES'].includes(title) || asked.some(each => cell(each, page) !== '');
	if (!page.isTerminal) return tableText(columns, asked, page);
	const told = columns.filter(isTold);
	if (widthOf(told, asked, page) <= page.width) return tableText(told, asked, page);
	// Where the reasons have no room beside the rest they follow it, whole.
	const rest = told.filter(({title}) => title !== 'WHY');
	const reasons = asked
		.filter(({is}) => asked.length === 1 || is !== 'valid')
		.map(each => visible(`${each.credential.name}: ${told.at(-1)?.cell(each, page)}`));
	return [tableText(rest, asked, page), ...reasons.map(reason => `${reason}\n`)].join('');
}

/** The cells that a table takes where nothing is cut, for texts of plain letters. */
function widthOf(columns: readonly Column<Asked>[], asked: readonly Asked[], page: Page): number {
	const widest = ({title, cell}: Column<Asked>): number =>
		asked.reduce((most, each) => Math.max(most, visible(cell(each, page)).length), title.length);
	return columns.reduce((sum, column) => sum + widest(column) + 2, -2);
}

/** Whom a provider named, in a line. */
function whoText({account, user, project, key}: Who): string {
	return [...new Set([user, account, project, key])].filter(each => each !== undefined).join(', ');
}

/** The same as JSON: an object for one that was named, else a list. */
export function verdictJson(
	asked: readonly Asked[],
	places: ReadonlyMap<Credential, ForeignPlace>,
	isOne: boolean,
): string {
	const records = asked.map(({credential, is, why, who, expires, lastUsed, host, at}) => ({
		name: credential.name,
		provider: credential.provider,
		verdict: is,
		why,
		who,
		expires,
		lastUsed,
		host,
		// It was asked elsewhere than at its provider.
		endpoint: places.get(credential)?.origin,
		at,
	}));
	return escapeInQuotes(`${JSON.stringify(isOne ? records[0] : records, undefined, 2)}\n`);
}
