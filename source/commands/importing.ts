import {checkData} from '../credentials/check.js';
import {
	contentOfFound,
	exposedFiles,
	type FoundCredential,
	heldOf,
	type Look,
	sharedText,
	suggestedNames,
	whereOf,
	widestMode,
} from '../credentials/found.js';
import {publicIdOf} from '../credentials/public-id.js';
import {PharmerError} from '../domain/errors.js';
import {shortId} from '../domain/mask.js';
import type {Name} from '../domain/name.js';
import {listed, plural} from '../domain/words.js';
import {escapeInQuotes} from '../text/visible.js';
import {addCredentials} from '../vault/operations.js';
import type {Content} from '../vault/vault.js';
import type {Context} from './context.js';
import {findingText} from './findings.js';
import type {ImportOptions} from './import.js';
import {openScreen} from './open-screen.js';
import {openOrMakeVault, vaultPlace} from './open-vault.js';
import {pageOf} from './page.js';
import {readVault} from './read-vault.js';
import {tell, warn} from './talk.js';
import {type Column, tableText} from './text-table.js';

/** A find, and what becomes of it. */
type Row = {
	readonly found: FoundCredential;
	readonly name: Name;
	/** The name of the credential in the vault that holds it. */
	readonly known: string | undefined;
	/** The name of an earlier find that is the same. */
	readonly repeats: string | undefined;
	/** What it has in common with others, such as `has the same secret as prod`. */
	readonly shared: string | undefined;
};

function rowsOf({found}: Look, {credentials}: Content): readonly Row[] {
	const names = suggestedNames(found, credentials);
	const held = heldOf(found, credentials);
	return found.flatMap((each, index) => {
		const name = names[index];
		if (name === undefined) return [];
		const relation = held[index] ?? {};
		const {known, repeats} = relation;
		const nameOf = (at: number): string => names[at] ?? '';
		return {
			found: each,
			name,
			known: known?.name,
			repeats: repeats === undefined ? undefined : nameOf(repeats),
			shared: sharedText(relation, nameOf),
		};
	});
}

function isNew({known, repeats: earlier}: Row): boolean {
	return known === undefined && earlier === undefined;
}

function stateOf(row: Row, taken: boolean): string {
	if (row.known !== undefined) return 'in the vault';
	if (row.repeats !== undefined) return `the same as ${row.repeats}`;
	return `${taken ? 'kept' : 'new'}${row.shared === undefined ? '' : `, ${row.shared}`}`;
}

function octal(mode: number | undefined): string {
	return mode === undefined ? '' : mode.toString(8).padStart(4, '0');
}

async function render(look: Look, rows: readonly Row[], options: ImportOptions, context: Context): Promise<string> {
	const taken = !options.dryRun;
	if (options.output === 'json') {
		const found = rows.map(row => {
			const {provider, data, kind, path, label, variables} = row.found;
			const mode = widestMode(row.found);
			const open = exposedFiles(row.found).map(each => each.path);
			return {
				name: row.name,
				provider: provider.id,
				id: shortId(publicIdOf(provider, data)),
				source: {
					kind,
					...(path === undefined ? {variables: variables ?? []} : {path}),
					...(label === '' ? {} : {label}),
				},
				mode: octal(mode) || null,
				exposed: open.length > 0,
				...(open.some(each => each !== path) ? {exposedFiles: open} : {}),
				known: row.known ?? null,
				repeats: row.repeats ?? null,
				...(row.shared === undefined ? {} : {shared: row.shared}),
				...(row.found.remark === undefined ? {} : {remark: row.found.remark}),
				kept: taken && isNew(row),
			};
		});
		const refused = look.refused.map(({where, label, reason}) => ({where, label, reason}));
		const damaged = look.damaged.map(({path, problem}) => ({path, problem}));
		return escapeInQuotes(`${JSON.stringify({found, refused, damaged}, null, 2)}\n`);
	}
	return tableText(columnsOf(taken), rows, pageOf(options, context));
}

function columnsOf(taken: boolean): readonly Column<Row>[] {
	return [
		{title: 'NAME', cell: ({name}) => name, rank: 0, least: 20},
		{title: 'PROVIDER', cell: ({found}) => found.provider.id, rank: 2},
		{title: 'ID', cell: ({found: {provider, data}}) => shortId(publicIdOf(provider, data)), rank: 5, least: 9},
		{title: 'STATE', cell: row => stateOf(row, taken), rank: 1, least: 12},
		{
			title: 'MODE',
			cell: ({found}) => octal(widestMode(found)),
			tone: ({found}) => (exposedFiles(found).length > 0 ? 'soon' : undefined),
			rank: 3,
		},
		{title: 'SOURCE', cell: ({found}) => whereOf(found), rank: 4, least: 16},
	];
}

async function lookWhere({paths, from}: ImportOptions, context: Context): Promise<Look> {
	const {look} = await import('../look/look.js');
	return look(paths, await context.importWorld(), from);
}

/** Reports what can't be kept, and what to know about what can. */
function report(look: Look, rows: readonly Row[], context: Context): void {
	for (const {problem} of look.damaged) warn(context, `left out: ${problem}`);
	for (const {where, label, reason} of look.refused) {
		tell(context, `not importable: ${label === '' ? `\`${where}\`` : `\`${label}\` in \`${where}\``} ${reason}`);
	}
	const exposed = [...new Set(rows.flatMap(row => exposedFiles(row.found)).map(({path}) => path))];
	if (exposed.length > 0) warn(context, `others can read ${listed(exposed)}: \`chmod 600\` closes it`);
}

async function importAll(look: Look, options: ImportOptions, context: Context): Promise<readonly Row[]> {
	const empty: Content = {credentials: [], trash: []};
	// Do not create a vault in vain.
	if (look.found.length === 0) return [];
	const place = await vaultPlace(options, context);
	const vault = await openOrMakeVault(options, context, options.passphraseFd === 0);
	let rows = rowsOf(look, place.exists() ? await vault.read() : empty);
	if (!rows.some(isNew)) return rows;
	await vault.change(current => {
		rows = rowsOf(look, current);
		const contents = rows.filter(isNew).map(({found, name}) => contentOfFound(found, name));
		return addCredentials(current, contents, context.now());
	});
	return rows;
}

async function dryRun(look: Look, options: ImportOptions, context: Context): Promise<readonly Row[]> {
	const exists = (await vaultPlace(options, context)).exists();
	const content = exists && look.found.length > 0 ? await readVault(options, context) : {credentials: [], trash: []};
	return rowsOf(look, content);
}

async function importOnScreen(options: ImportOptions, context: Context): Promise<void> {
	const {paths, from} = options;
	// Report a mistyped kind before opening the screen.
	if (from.length > 0) (await import('../look/look.js')).kindsOf(from);
	const outcome = await openScreen(
		{kind: 'import', paths, kinds: from},
		options,
		context,
		'give --all to keep everything that is new, or --dry-run to list it',
	);
	if (outcome.kind === 'imported') tell(context, `kept ${counted(outcome.count)}`);
	if (outcome.kind === 'cancelled') throw new PharmerError('cancelled', 'cancelled: nothing was kept');
}

function counted(count: number): string {
	return count === 1 ? 'one credential' : plural(count, 'credential');
}

/**
 * Lists what is on this machine, keeps what is new with `all`, or opens the app to choose. Files that can't be read are
 * named, and the rest continues. Throws `usage` for an unknown kind, and `file` and `invalid` for a given path that
 * can't be read: at once if it is the only one, otherwise at the end.
 */
export async function runImport(options: ImportOptions, context: Context): Promise<void> {
	if (!options.all && !options.dryRun) return importOnScreen(options, context);
	const look = await lookWhere(options, context);
	const rows = options.dryRun ? await dryRun(look, options, context) : await importAll(look, options, context);
	const text = await render(look, rows, options, context);
	if (text !== '') context.stdout.write(text);
	report(look, rows, context);
	for (const {found, name} of rows.filter(isNew)) {
		if (found.remark !== undefined) warn(context, `${name}: ${found.remark}`);
		for (const finding of checkData(found.provider, found.data)) warn(context, `${name}: ${findingText(finding)}`);
	}
	const fresh = rows.filter(isNew).length;
	const isAll = look.refused.length + look.damaged.length === 0;
	if (rows.length === 0) tell(context, isAll ? 'nothing was found' : 'nothing was found that can be kept');
	else if (fresh === 0) tell(context, isAll ? 'nothing new: the vault has all of it' : 'nothing new that can be kept');
	else if (!options.dryRun) tell(context, `kept ${counted(fresh)}; the files were left as they are`);
	else tell(context, `${counted(fresh)} new; --all keeps what is new`);
	const [unread] = look.damaged.flatMap(({code}) => code ?? []);
	if (unread !== undefined) throw new PharmerError(unread, 'not everything that was named could be read');
}
