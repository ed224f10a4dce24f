import {partMeaning} from '../../credentials/part-meaning.js';
import {exitCodes, PharmerError} from '../../domain/errors.js';
import {maskWidth} from '../../domain/mask.js';
import {nameKey} from '../../domain/name.js';
import type {Secret} from '../../domain/secret.js';
import type {OpenConflict} from '../../domain/team.js';
import {ago} from '../../domain/time.js';
import {plural} from '../../domain/words.js';
import {providerOf} from '../../providers/catalog.js';
import {samePart} from '../../team/merge/parts.js';
import {resolveConflict, stillOpen} from '../../team/merge/resolve.js';
import {teamIn, withTeam} from '../../team/section.js';
import {notShared} from '../../team/sync.js';
import {visible} from '../../text/visible.js';
import type {Changed, Content} from '../../vault/vault.js';
import type {Context} from '../context.js';
import {openVault} from '../open-vault.js';
import {pageOf} from '../page.js';
import {tell} from '../talk.js';
import {type Column, tableText} from '../text-table.js';
import type {ConflictsOptions} from './conflicts.js';
import {writeJson} from './write-json.js';

/** Shows open conflicts, or decides those of a credential; resolves to the exit code. */
export async function runConflicts(options: ConflictsOptions, context: Context): Promise<number> {
	const vault = await openVault(options, context);
	try {
		const {name, keep} = options;
		if (keep !== undefined && name !== undefined) {
			const count = await vault.change(content => decided(content, name, keep, context.now()));
			const what = `${plural(count, 'conflict')} of \`${name}\` decided`;
			tell(context, keep === 'mine' ? `${what}: what was changed here is back` : `${what}: it stays as it is`);
			return 0;
		}
		const content = await vault.read();
		const conflicts = conflictsOf(content, name);
		if (options.output === 'json')
			writeJson(
				conflicts.map(each => recordOf(each, content, options)),
				context,
			);
		else context.stdout.write(conflicts.map(each => textOf(each, content, options, context)).join('\n'));
		if (conflicts.length === 0) tell(context, 'there is no conflict');
		else if (options.output !== 'json')
			tell(context, 'to decide: `pharmer team conflicts NAME --keep mine`, or `--keep theirs`');
		return conflicts.length > 0 ? exitCodes.conflict : 0;
	} finally {
		await vault.close();
	}
}

/** The open conflicts, or those of the credential that has that name now or had it when they were found. */
function conflictsOf(content: Content, name: string | undefined): readonly OpenConflict[] {
	const team = teamIn(content);
	if (team === undefined) throw notShared();
	const open = team.conflicts.filter(each => stillOpen(each, content));
	if (name === undefined) return open;
	const found = open.filter(each => [each.name, nameNow(each, content)].some(one => nameKey(one) === nameKey(name)));
	if (found.length > 0) return found;
	throw new PharmerError('not-found', `\`${name}\` has no conflict`, '`pharmer team conflicts` lists them');
}

function nameNow({id, name}: OpenConflict, {credentials}: Content): string {
	return credentials.find(each => each.id === id)?.name ?? name;
}

/** Decides the conflicts of a credential. Results in how many they were. */
function decided(content: Content, name: string, side: 'mine' | 'theirs', now: Date): Changed<number> {
	const conflicts = conflictsOf(content, name);
	let next = content;
	for (const conflict of conflicts) next = resolveConflict(next, conflict, side, now).content;
	const team = teamIn(next);
	if (team === undefined) throw notShared();
	const rest = team.conflicts.filter(
		each => !conflicts.some(({id, at, unit}) => id === each.id && at === each.at && unit.join() === each.unit.join()),
	);
	return {content: withTeam(next, {...team, conflicts: rest}), result: conflicts.length};
}

/** The parts of a conflict, each with how it is shown on its three sides. */
function rowsOf(conflict: OpenConflict, {credentials}: Content, show: (value: Secret, isSecret: boolean) => string) {
	const {id, base, mine, theirs} = conflict;
	const provider = providerOf(credentials.find(each => each.id === id)?.provider ?? '');
	// What belongs together and is the same on both sides needs no line.
	const parts = [...new Set([...conflict.unit, ...mine.keys(), ...theirs.keys()])].filter(
		part => !samePart(mine.get(part), theirs.get(part)),
	);
	return parts.map(part => {
		const {label, isSecret} = partMeaning(part, provider);
		const side = (values: ReadonlyMap<string, Secret>): string | undefined => {
			const value = values.get(part);
			return value && show(value, isSecret);
		};
		return {part, label, base: side(base), mine: side(mine), theirs: side(theirs)};
	});
}

type Row = ReturnType<typeof rowsOf>[number];

const columns: readonly Column<Row>[] = [
	{title: 'PART', cell: ({label}) => label, rank: 0},
	{title: 'MINE', cell: ({mine = ''}) => mine, rank: 0},
	{title: 'THEIRS', cell: ({theirs = ''}) => theirs, rank: 0},
	{title: 'BEFORE', cell: ({base = ''}) => base, rank: 1},
];

function textOf(conflict: OpenConflict, content: Content, options: ConflictsOptions, context: Context): string {
	const page = pageOf(options, context);
	const mask = (page.unicode ? '•' : '*').repeat(maskWidth);
	const rows = rowsOf(conflict, content, (value, isSecret) => (isSecret && !options.reveal ? mask : value.reveal()));
	const name = nameNow(conflict, content);
	const {at, by} = conflict;
	const who = by === undefined ? '' : `, changed by ${visible(by.name)} ${ago(by.at, page.now)}`;
	return `${visible(name)}${who}, found ${ago(at, page.now)}\n${tableText(columns, rows, page)}`;
}

function recordOf(conflict: OpenConflict, content: Content, {reveal}: ConflictsOptions) {
	const show = (value: Secret, isSecret: boolean): string => (isSecret && !reveal ? '[redacted]' : value.reveal());
	const parts = rowsOf(conflict, content, show).map(({label: _, ...row}) => row);
	const {at, by} = conflict;
	return {name: nameNow(conflict, content), at, by, parts};
}
