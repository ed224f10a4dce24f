import {ago} from '../domain/time.js';
import type {Use, Uses} from '../domain/use.js';
import {listed} from '../domain/words.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {choiceFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {readWithLog} from './read-vault.js';
import {selectCredentials} from './selection.js';
import {tell} from './talk.js';

const formats = ['table', 'json', 'yaml'] as const;

type LogOptions = GlobalOptions & {
	/** All credentials when empty. */
	readonly names: readonly string[];
	readonly output: (typeof formats)[number];
};

const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');

export const log = command<LogOptions>({
	verb: 'log',
	summary: 'say when credentials were handed out here, and by what',
	usage: 'log [NAME...] [flags]',
	description: 'Lists when credentials were handed out on this machine, and by what, newest first.',
	examples: [
		['pharmer log', 'what was used lately'],
		['pharmer log aws', 'whether something still needs it, before it is deleted'],
		['pharmer log -o json', 'for another program'],
	],
	more: [
		'It knows exec, env, aws credential-process, export, get with secrets, and copy and reveal in the app.',
		'The log is sealed under a key of the vault and stays on this machine: other machines have their own.',
	],
	operand: {
		name: 'NAME',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'the credentials; all when left out',
	},
	flags: [outputFlag],
	otherWords: ['uses', 'used', 'audit'],
	read: given => ({...given.globals, names: given.operands, output: given.value(outputFlag) ?? 'table'}),
	run: runLog,
});

/** A use of a credential that there is. */
type Row = Use & {readonly name: string};

/** Writes the uses to standard output. Throws `not-found`, naming every missing one. */
async function runLog(options: LogOptions, context: Context): Promise<void> {
	const {content, log: kept} = await readWithLog(options, context);
	const uses = await kept.read();
	kept.close();
	const names = new Map(
		selectCredentials(content, {names: options.names, provider: undefined}).map(({id, name}) => [id, name]),
	);
	const rows = uses.list.flatMap(use => {
		const name = names.get(use.id);
		return name === undefined ? [] : [{...use, name}];
	});
	const text = await render(rows, options, context);
	if (text !== '') context.stdout.write(text);
	if (rows.length === 0) tell(context, noneText([...names.values()], options, uses));
}

async function render(rows: readonly Row[], {output, color}: LogOptions, context: Context): Promise<string> {
	if (output === 'table') {
		if (rows.length === 0) return '';
		const [{renderTable}, {usesColor}] = await Promise.all([
			import('./text-table.js'),
			import('../platform/terminal.js'),
		]);
		const cells = rows.map(({name, kind, at}) => [name, kind, at, ago(at, context.now())]);
		const isColored = usesColor(context.environment, context.stdout.isTTY === true, color);
		return renderTable(['NAME', 'BY', 'AT', 'AGO'], cells, isColored);
	}
	const {renderRecords} = await import('./records.js');
	return renderRecords(
		rows.map(({name, kind, at}) => ({name, by: kind, at})),
		output,
	);
}

function noneText(names: readonly string[], {names: asked}: LogOptions, {since}: Uses): string {
	const [only, ...others] = asked;
	const what = only === undefined ? 'nothing was' : `${listed(names)} ${others.length === 0 ? 'was' : 'were'} not`;
	return `${what} handed out here ${since === undefined ? 'yet' : `since ${since.slice(0, 10)}, as far as the log goes back`}`;
}
