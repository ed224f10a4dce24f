import type {Command} from '../../source/commands/command.js';
import type {Flag} from '../../source/commands/flag.js';
import {browse, commands} from '../../source/commands/table.js';

/** A flag as a usage line has it: `[-o table|json]`, `[--columns COLUMN,…]`, `[--to PATH]`, `[--redact]`. */
function flagText({spelling, choices, isList}: Flag<unknown>): string {
	const [, short, long = '', value] = /^(?:(-\w), )?(--[\w-]+)(?: <(.+)>)?$/.exec(spelling) ?? [];
	const taken = isList ? `${value?.toUpperCase()},…` : (choices?.join('\\|') ?? value?.toUpperCase());
	return `[${[taken === undefined ? long : (short ?? long), taken].filter(part => part !== undefined).join(' ')}]`;
}

function line({usage, flags}: Command): string {
	// What the usage names itself is needed.
	const optional = flags.map(flagText).filter(text => !usage.includes(text.slice(1, -1)));
	const all = optional.join(' ');
	return `pharmer ${usage.replaceAll('|', '\\|').replaceAll('...', '…').replace('[flags]', all)}`.trim();
}

/** The page of all commands, with their flags and what they do. */
export function commandsPage(): string {
	const rows = [
		`| \`pharmer\` | ${browse.summary}; \`--demo\` on an invented vault |`,
		...commands.filter(each => !each.isHidden).map(each => `| \`${line(each)}\` | ${each.summary} |`),
	];
	const table = ['| command | does |', '|---|---|', ...rows].join('\n');
	const lead = '`pharmer COMMAND --help` says more. [Scripts and CI](scripts.md) has examples.';
	return `# Commands\n\n<!-- made from source/commands/table.ts by tools/readme.ts -->\n\n${lead}\n\n${table}\n`;
}
