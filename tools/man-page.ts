import {readFileSync} from 'node:fs';
import type {Command, CommandHelp} from '../source/commands/command.js';
import type {Flag} from '../source/commands/flag.js';
import {globalFlags} from '../source/commands/global-options.js';
import {browse, commands, groups} from '../source/commands/table.js';
import {spellingOf} from './words.js';

/** What roff reads as something else, or draws as something that can't be copied. */
const escapes: Readonly<Record<string, string>> = {
	...{'\\': '\\e', '-': '\\-', "'": '\\(aq', '"': '\\(dq', '`': '\\(ga', '^': '\\(ha', '~': '\\(ti'},
};

/** A text in roff: nothing in it is a request or an escape. */
function roff(text: string): string {
	return text
		.replace(/[-\\'"`^~]/g, character => escapes[character] ?? character)
		.replace(/[^\n -~]/gu, character => `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`)
		.replace(/^\./gm, '\\&.');
}

/** A paragraph, with what stands between back-ticks in bold. */
function paragraph(text: string): string {
	return text
		.split(/(`[^`]+`)/)
		.map(part =>
			part.length > 2 && part.startsWith('`') && part.endsWith('`') ? `\\fB${roff(part.slice(1, -1))}\\fR` : roff(part),
		)
		.join('');
}

/** The paragraphs of lines, in which a sentence may go on. */
function paragraphs(lines: readonly string[]): readonly string[] {
	const texts = lines.join('\n').split(/(?<=[.:])\n/);
	return texts.filter(text => text !== '').flatMap(text => ['.PP', paragraph(text)]);
}

/** A flag with the name of its value: `-o, --output format`. */
function flagText(flag: Flag<unknown>): string {
	const {names, value} = spellingOf(flag);
	const spelled = names.map(name => `\\fB${roff(name)}\\fR`).join(', ');
	return value === undefined ? spelled : `${spelled} \\fI${roff(value)}\\fR`;
}

const tagged = (tag: string, text: string): readonly string[] => ['.TP', tag, text];

const flagLines = (flags: readonly Flag<unknown>[]): readonly string[] =>
	flags.flatMap(flag => tagged(flagText(flag), paragraph(flag.help)));

function exampleLines({examples}: CommandHelp): readonly string[] {
	const lines = examples.flatMap(([line, does]) => [roff(`# ${does}`), `\\fB${roff(line)}\\fR`, '']).slice(0, -1);
	return examples.length === 0 ? [] : ['.PP', 'Examples:', '.PP', '.RS', '.nf', ...lines, '.fi', '.RE'];
}

function commandLines(command: Command): readonly string[] {
	const {usage, description, operand, flags, more = []} = command;
	return [
		`.SS ${roff(usage)}`,
		paragraph(description),
		...(operand === undefined ? [] : tagged(`\\fI${roff(operand.name)}\\fR`, paragraph(operand.help))),
		...flagLines(flags),
		...paragraphs(more),
		...exampleLines(command),
	];
}

/** The exit codes as docs/scripts.md has them, two in a row of its table. Throws `Error` when there is no such table. */
function exitCodes(page: string): readonly (readonly [code: string, meaning: string])[] {
	const table = /## Exit codes([\s\S]*?)\n## /.exec(page)?.[1] ?? '';
	const cells = [...table.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) =>
		row.split(' | ').map(cell => cell.replaceAll('|', '').trim()),
	);
	const pairs = cells.flatMap(
		row =>
			[
				[row[0] ?? '', row[1] ?? ''],
				[row.at(-2) ?? '', row.at(-1) ?? ''],
			] as const,
	);
	const codes = pairs
		.filter(([code]) => /^\d/.test(code))
		.sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
	if (codes.length === 0) throw new Error('docs/scripts.md has no table of exit codes');
	return codes;
}

/** The man page of a version of the program, made from the table of commands and the exit codes of docs/scripts.md. */
export function manPage(version: string): string {
	const scripts = readFileSync(new URL('../docs/scripts.md', import.meta.url), 'utf8');
	const shown = commands.filter(each => each.isHidden !== true);
	return [
		'.\\" Made from source/commands/table.ts by tools/man-page.ts.',
		`.TH PHARMER 1 "" "pharmer ${version}" "User Commands"`,
		'.SH NAME',
		'pharmer \\- keep the credentials of clouds in one encrypted file',
		'.SH SYNOPSIS',
		'.B pharmer',
		roff(browse.usage),
		'.SH DESCRIPTION',
		paragraph(browse.description),
		...exampleLines(browse),
		...paragraphs(browse.more ?? []),
		'.SH COMMANDS',
		...shown.flatMap(command => [
			...groups
				.filter(({verb}) => command === shown.find(each => each.verb.startsWith(`${verb} `)))
				.flatMap(groupLines),
			...commandLines(command),
		]),
		'.SH GLOBAL OPTIONS',
		...flagLines([...browse.flags, ...globalFlags]),
		...tagged('\\fB\\-h\\fR, \\fB\\-\\-help\\fR', 'show the help, of a command where one is named'),
		...tagged('\\fB\\-V\\fR, \\fB\\-\\-version\\fR', 'show the version'),
		'.SH EXIT STATUS',
		...exitCodes(scripts).flatMap(([code, meaning]) => tagged(`\\fB${roff(code)}\\fR`, paragraph(meaning))),
		'',
	].join('\n');
}

function groupLines({usage, description}: CommandHelp): readonly string[] {
	return [`.SS ${roff(usage)}`, paragraph(description)];
}
