import type {Command} from '../../source/commands/command.js';
import type {Flag} from '../../source/commands/flag.js';
import {browse, commands} from '../../source/commands/table.js';

const begin = '<!-- commands: made from source/commands/table.ts by tools/readme.ts -->';
const end = '<!-- end of commands -->';

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

/** The README with its table of commands as it should be. */
export function withCommands(readme: string): string {
	const from = readme.indexOf(begin);
	const to = readme.indexOf(end);
	if (from === -1 || to === -1) throw new Error('the README has no place for the commands');
	const rows = [
		`| \`pharmer\` | ${browse.summary}; \`--demo\` on an invented vault |`,
		...commands.filter(each => !each.isHidden).map(each => `| \`${line(each)}\` | ${each.summary} |`),
	];
	const table = ['| command | does |', '|---|---|', ...rows].join('\n');
	return `${readme.slice(0, from + begin.length)}\n\n${table}\n\n${readme.slice(to)}`;
}
