import {resolve} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {defaultVault, type ListedVault, listedName, type VaultList, vaultNameProblem} from '../domain/vault-list.js';
import {expandHome} from '../platform/home.js';
import {withGuess} from '../text/nearest.js';
import {escapeInQuotes} from '../text/visible.js';
import {vaultPathFor} from '../vault/default-path.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {choiceFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {lookAtVaults, namesOf} from './other-vaults.js';
import {pageOf} from './page.js';
import {tell, usage} from './talk.js';
import {type Column, tableText} from './text-table.js';
import {vaultPathOf} from './which-vault.js';

const formats = ['table', 'json', 'name'] as const;

type Action =
	| {readonly task: 'list'; readonly output: (typeof formats)[number]}
	| {readonly task: 'add'; readonly name: string; readonly path: string | undefined}
	| {readonly task: 'remove'; readonly name: string};

type VaultsOptions = GlobalOptions & {readonly action: Action};

const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');

/** Reads the words after `vaults`. Throws `usage`, and `invalid` for a name that no vault can have. */
function parseAction(words: readonly string[], output: (typeof formats)[number] | undefined): Action {
	const [task, name, path] = words;
	if (task === undefined) return {task: 'list', output: output ?? 'table'};
	const hint = 'it is `vaults`, `vaults add NAME [PATH]` or `vaults remove NAME`';
	if (task !== 'add' && task !== 'remove') throw usage(`\`vaults ${task}\` is not known`, hint);
	if (output !== undefined) throw usage('`--output` is for the list', `leave it out of \`vaults ${task}\``);
	if (name === undefined) throw usage(`\`vaults ${task}\` needs a NAME`, hint);
	if (task === 'remove' && path !== undefined) throw usage(`too many arguments: \`${path}\` is one too many`, hint);
	if (task === 'remove') return {task, name};
	const problem = vaultNameProblem(name);
	if (problem !== undefined)
		throw new PharmerError('invalid', `\`${name}\` is not a name for a vault: the name of a vault ${problem}`);
	if (path === '') throw usage('the path of the vault is empty', hint);
	return {task, name, path};
}

export const vaults = command<VaultsOptions>({
	verb: 'vaults',
	summary: 'list your vaults, and give them names',
	usage: 'vaults [add NAME [PATH]] [remove NAME] [flags]',
	description:
		'Lists the vaults that have a name: whether each is there, and unlocked for commands. `--vault NAME` uses one for any command, and `NAME@VAULT` is a credential of one.',
	examples: [
		['pharmer vaults', 'their names and paths'],
		['pharmer vaults add work', 'a name for a new vault, which `pharmer --vault work` makes'],
		['pharmer vaults add work ~/work/vault.json', 'a name for a vault that is there'],
		['pharmer get aws@work', 'a credential of it'],
		['pharmer vaults remove work', 'forgets the name; the vault stays'],
	],
	more: ['The vault that needs no name is called `default`. The names are in the settings, as `vaults`.'],
	operand: {
		name: 'ACTION',
		least: 0,
		most: 3,
		help: '`add NAME [PATH]` or `remove NAME`; the list when left out',
		offers: [['add', 'remove'], 'vaults', 'files'],
	},
	needsNoVault: true,
	flags: [outputFlag],
	read: given => ({...given.globals, action: parseAction(given.operands, given.value(outputFlag))}),
	run: runVaults,
});

async function runVaults(options: VaultsOptions, context: Context): Promise<void> {
	const {action} = options;
	if (action.task === 'list') return list(action.output, options, context);
	const named = await context.vaults();
	return action.task === 'add' ? add(named, action, context) : remove(named, action.name, context);
}

const columns: readonly Column<ListedVault>[] = [
	{title: 'NAME', cell: ({name}) => name, rank: 0},
	{title: 'STATE', cell: ({state}) => (state === 'none' ? 'not there' : state), rank: 1},
	{title: 'PATH', cell: ({path}) => path, rank: 2, least: 10},
];

async function list(output: (typeof formats)[number], options: VaultsOptions, context: Context): Promise<void> {
	const named = await context.vaults();
	const all = namesOf(named);
	if (output === 'name') {
		context.stdout.write(all.map(name => `${name}\n`).join(''));
		return;
	}
	const rows = await lookAtVaults(
		all.map(name => ({name, path: vaultPathOf(named, name)})),
		context,
	);
	if (output === 'json') return void context.stdout.write(escapeInQuotes(`${JSON.stringify(rows, undefined, 2)}\n`));
	context.stdout.write(tableText(columns, rows, pageOf(options, context)));
	if (all.length === 1) tell(context, '`pharmer vaults add NAME` gives another one a name');
}

/** Gives a vault a name. Throws `exists` where the name or the path has another one, and `file`. */
async function add(named: VaultList, {name, path}: Extract<Action, {task: 'add'}>, context: Context): Promise<void> {
	const place = path === undefined ? vaultPathFor(name) : resolve(expandHome(path));
	const known = listedName(named, name);
	if (known !== undefined)
		throw new PharmerError(
			'exists',
			`\`${known}\` is \`${vaultPathOf(named, known)}\` already`,
			`\`pharmer vaults remove ${known}\` forgets the name`,
		);
	const other = namesOf(named).find(each => vaultPathOf(named, each) === place);
	if (other !== undefined)
		throw new PharmerError('exists', `\`${place}\` has a name already: \`${other}\``, 'nothing was changed');
	await save({...named, [name]: place}, context);
	const isThere = (await context.place(place)).exists();
	tell(context, `\`${name}\` is \`${place}\`${isThere ? '' : `; \`pharmer --vault ${name}\` makes it`}`);
}

/** Forgets a name. Throws `usage` for the vault that needs none, `no-vault` and `file`. */
async function remove(named: VaultList, text: string, context: Context): Promise<void> {
	const name = listedName(named, text);
	if (name === defaultVault) throw usage(`\`${defaultVault}\` is the vault that needs no name`, 'nothing was changed');
	if (name === undefined)
		throw new PharmerError(
			'no-vault',
			`there is no vault \`${text}\``,
			withGuess(text, Object.keys(named), '`pharmer vaults` lists them'),
		);
	const {[name]: path, ...others} = named;
	await save(others, context);
	tell(context, `forgot the name \`${name}\`; the vault itself stays: \`${path}\``);
}

async function save(named: VaultList, context: Context): Promise<void> {
	try {
		await context.saveVaults(named);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw new PharmerError(error.code, error.message, 'nothing was changed: mend the settings first');
	}
}
