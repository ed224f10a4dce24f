import type {Order} from '../credentials/order.js';
import {type CommandSpec, command, type Given} from './command.js';
import type {Context} from './context.js';
import {type ColumnName, columnNames} from './credential-columns.js';
import {choiceFlag, choicesFlag, type Flag, longName, switchFlag, textFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {picking} from './picking.js';
import type {Selection} from './selection.js';
import {providerFlag, selectorFlag} from './selection-flags.js';
import {syncFlags} from './sync-flags.js';
import {usage} from './talk.js';

const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const;

const orders = ['name', 'provider', 'age', 'expires', 'used', 'changed'] as const satisfies readonly Order[];

export type GetOptions = GlobalOptions &
	Selection & {
		/** A query in the language of the app's filter. */
		readonly filter: string | undefined;
		/** `detail` is for names alone; no flag asks for it. */
		readonly output: (typeof formats)[number] | 'detail';
		readonly redact: boolean;
		/** Show the secrets of the detail in clear. */
		readonly reveal: boolean;
		/** Print this field of the only name, and nothing else. */
		readonly field: string | undefined;
		readonly sort: Order | undefined;
		readonly columns: readonly ColumnName[] | undefined;
		/** The name was left out, and is picked. */
		readonly picks: boolean;
	};

export const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');
const filterFlag = textFlag('--filter <query>', 'only those that match, as `/` in the app finds them');
const sortFlag = choiceFlag('--sort <column>', orders, 'is not an order');
const columnsFlag = choicesFlag('--columns <column>', columnNames, 'is not a column');
const redactFlag = switchFlag('--redact', 'mask the secrets in json and yaml');
export const fieldFlag = textFlag('--field <field>', 'print the value of one field, and nothing else');
const revealFlag = switchFlag('--reveal', 'show everything of what is named, its secrets in clear');

/** Flags that can't be used together. */
const apart: readonly (readonly [Flag<unknown>, readonly Flag<unknown>[]])[] = [
	[fieldFlag, [revealFlag, outputFlag, redactFlag, providerFlag, sortFlag, columnsFlag]],
	[revealFlag, [outputFlag, redactFlag, columnsFlag]],
];

/** Throws `usage` for flags and names that can't be used together. */
function assertTogether(given: Given, picks: boolean): void {
	const {operands: names} = given;
	const count = picks ? 1 : names.length;
	const isGiven = (flag: Flag<unknown>): boolean => given.value(flag) !== undefined;
	for (const [flag, others] of apart) {
		const other = isGiven(flag) ? others.find(isGiven) : undefined;
		if (other !== undefined)
			throw usage(`\`${longName(flag)}\` and \`${longName(other)}\` can't be used together`, 'leave one of them out');
	}
	const filter = [filterFlag, selectorFlag].find(isGiven);
	if (filter !== undefined && names.length > 0)
		throw usage(`\`${longName(filter)}\` and names can't be used together`, 'leave one of them out');
	if (given.value(fieldFlag) !== undefined && count !== 1)
		throw usage('`--field` takes one NAME', 'such as `pharmer get NAME --field KEY`');
	if (given.has(revealFlag) && count === 0) throw usage('`--reveal` needs a NAME');
	const format = given.value(outputFlag) ?? 'table';
	if (given.value(columnsFlag) !== undefined && format !== 'table' && format !== 'wide')
		throw usage('`--columns` is for tables', `leave it or \`-o ${format}\` out`);
}

/** `isDetail`: whatever is named is shown in full. */
function readGet(given: Given, isDetail = false): GetOptions {
	const {operands: names, hasNoun, globals} = given;
	const isList = [providerFlag, filterFlag, selectorFlag, sortFlag, columnsFlag].some(
		flag => given.value<unknown>(flag) !== undefined,
	);
	const picks = given.canPick && !hasNoun && !isList;
	// An empty variable in a script must not print the whole vault.
	if (!hasNoun && names.length === 0 && !picks)
		throw usage('NAME is missing', '`pharmer get credentials` lists what there is');
	assertTogether(given, picks);
	const [sort, columns, reveal] = [given.value(sortFlag), given.value(columnsFlag), given.has(revealFlag)];
	const usual = isDetail || reveal ? 'detail' : columns || hasNoun || names.length > 1 ? 'table' : 'detail';
	return {
		...globals,
		names,
		output: given.value(outputFlag) ?? usual,
		provider: given.value(providerFlag),
		selector: given.value(selectorFlag),
		filter: given.value(filterFlag),
		redact: given.has(redactFlag),
		reveal,
		field: given.value(fieldFlag),
		sort,
		columns,
		picks,
	};
}

const runGet = async (options: GetOptions, context: Context): Promise<void> =>
	(await import('./getting.js')).runGet(options, context);

const pickAndGet = picking('show', runGet);

const spec: CommandSpec<GetOptions> = {
	verb: 'get',
	summary: 'list credentials, or show them',
	usage: 'get credentials [NAME...] [flags]',
	description: 'Lists all credentials, or shows those that are named. table and wide never show a secret.',
	examples: [
		['pharmer get credentials', 'what there is'],
		['pharmer get aws', 'one of them, its secrets masked'],
		['pharmer get aws --field secretAccessKey', 'one value, for a script'],
		['pharmer get credential aws -o yaml', 'one in full, its secrets in clear'],
		['pharmer get credentials -p aws -o json --redact', 'all for AWS as one JSON document, without secrets'],
		['pharmer get credentials -L team=infra --sort expires', 'those with that label, the next to expire first'],
		['pharmer get credentials --filter expires:expired', 'any filter of the app does'],
		['pharmer get credentials --columns name,labels,note', 'other columns'],
	],
	hasNoun: true,
	operand: {
		name: 'NAME',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'the credentials to show; when left out, you pick one, and with `credentials` all',
	},
	more: [
		'`get NAME` shows everything of it, secrets masked. With `credential` before the name, with several names or with -o it gives rows, as for all.',
		'In QUERY all words have to match: of the name, provider, id, labels or note; `-word` leaves out. Words that filter: tag:infra, tag:team=infra, tag:!old, provider:aws, expires:<30d (with what has expired), expires:expired, expires:none, expires:any, is:invalid (or any other verdict of `verify`), is:unverified.',
		'json and yaml hold secrets in clear, on a terminal too; --redact masks them.',
	],
	picks: true,
	spansVaults: true,
	flags: [
		outputFlag,
		providerFlag,
		filterFlag,
		redactFlag,
		selectorFlag,
		sortFlag,
		columnsFlag,
		fieldFlag,
		revealFlag,
		...syncFlags,
	],
	otherWords: ['view', 'cat', 'read'],
	read: given => readGet(given),
	run: (options, context) => (options.picks ? pickAndGet : runGet)(options, context),
};

export const get = command(spec);

/** `ls`: the list, as with the noun. */
const listSpec: CommandSpec<GetOptions> = {
	...spec,
	isHidden: true,
	standsAlone: true,
	read: given => readGet(given.hasNoun ? given : given.withNoun()),
};
export const ls = command({...listSpec, verb: 'ls'});
export const list = command({...listSpec, verb: 'list'});

/** `show`: the detail of every named credential. */
const showSpec: CommandSpec<GetOptions> = {
	...spec,
	isHidden: true,
	summary: 'show credentials, their secrets masked',
	usage: 'show NAME... [flags]',
	description: 'Shows everything of the credentials that are named, with their secrets masked.',
	examples: [['pharmer show aws', 'its fields, labels, expiry and note']],
	operand: {
		name: 'NAME',
		least: 1,
		most: Number.POSITIVE_INFINITY,
		help: 'the credentials to show; when left out, you pick one',
	},
	flags: [fieldFlag, revealFlag, ...syncFlags],
	read: given => readGet(given, true),
};
export const show = command({...showSpec, verb: 'show'});
export const describe = command({...showSpec, verb: 'describe'});
