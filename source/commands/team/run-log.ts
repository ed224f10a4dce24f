import {nameKey} from '../../domain/name.js';
import type {Changed} from '../../domain/team.js';
import {shortAgo} from '../../domain/time.js';
import {enumerated, plural} from '../../domain/words.js';
import {type AuditEntry, audit} from '../../team/audit.js';
import {findByName} from '../../vault/operations.js';
import type {Context} from '../context.js';
import {openVault} from '../open-vault.js';
import {type Page, pageOf} from '../page.js';
import {tell} from '../talk.js';
import {type Column, tableText} from '../text-table.js';
import type {LogOptions} from './log.js';
import {inTeam} from './run-add.js';
import {writeJson} from './write-json.js';

/** A line of the log: an entry, and what it did to one credential, or to the list of members. */
type Row = {
	readonly seq: number;
	readonly by: string;
	readonly at: string;
	readonly name: string;
	readonly verb: string;
	readonly fields: readonly string[];
};

/** Writes the newest entries to standard output. */
export async function runLog(options: LogOptions, context: Context): Promise<void> {
	const vault = await openVault(options, context);
	try {
		const id = options.name === undefined ? undefined : findByName(await vault.read(), options.name)?.id;
		const entries = await inTeam(vault, context, world => audit(world, options.limit));
		const isMeant = (each: Changed): boolean =>
			options.name === undefined || each.id === id || nameKey(each.name) === nameKey(options.name);
		const rows = entries.flatMap(entry => rowsOf(entry, options.name, isMeant));
		if (options.output === 'json') writeJson(rows, context);
		else context.stdout.write(tableText(columns, rows, pageOf(options, context)));
		tellRest(entries, rows, options, context);
	} finally {
		await vault.close();
	}
}

const columns: readonly Column<Row>[] = [
	{title: 'ENTRY', cell: ({seq}) => `${seq}`, rank: 0},
	// Half of a moment says nothing.
	{title: 'AT', cell: momentText, rank: 3, least: 8},
	{title: 'BY', cell: ({by}) => by, rank: 2, least: 8},
	{title: 'DID', cell: ({verb}) => verb, rank: 0, least: 12},
	{title: 'NAME', cell: ({name}) => name, rank: 1, least: 20},
	{title: 'FIELDS', cell: ({fields}) => enumerated(fields), rank: 4, least: 12},
];

/** A moment, for a person how long ago it was. */
function momentText({at}: Row, {isTerminal, now}: Page): string {
	return isTerminal && at !== '' ? shortAgo(at, now) : at;
}

function rowsOf(entry: AuditEntry, name: string | undefined, isMeant: (each: Changed) => boolean): readonly Row[] {
	const {seq} = entry;
	switch (entry.kind) {
		case 'change': {
			const {by, at, what} = entry;
			return what.filter(isMeant).map(each => ({seq, by, at, name: each.name, verb: each.verb, fields: each.fields}));
		}
		case 'roster':
			if (name !== undefined) return [];
			return entry.what.map(({verb, name: who, role}) => ({
				seq,
				by: entry.by,
				at: entry.at ?? '',
				name: who,
				verb: verb === 'left' ? 'left' : `${verb} member`,
				fields: [role],
			}));
		case 'skipped':
			return name === undefined ? [{seq, by: '', at: '', name: '', verb: `skipped: ${entry.why}`, fields: []}] : [];
		case 'sealed':
			return [];
	}
}

/** Says what is not among the rows. */
function tellRest(
	entries: readonly AuditEntry[],
	rows: readonly Row[],
	{name, limit}: LogOptions,
	context: Context,
): void {
	const sealed = entries.filter(({kind}) => kind === 'sealed').length;
	const last = entries.at(-1)?.seq ?? 1;
	if (sealed > 0) tell(context, `${plural(sealed, 'change')} from before this device was added, which it can't read`);
	if (rows.length === 0 && name !== undefined)
		tell(context, `nothing was done to \`${name}\` in the last ${limit} entries`);
	if (last > 1) tell(context, `older: --limit ${limit * 10}`);
	if (rows.length > 0) tell(context, "the times are those of the authors' clocks");
}
