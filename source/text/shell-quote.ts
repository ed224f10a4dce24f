import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {quoteDotenv} from './dotenv.js';
import {escapeInQuotes} from './visible.js';

/** The languages that lines for setting variables can be written in. */
const shells = ['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'json'] as const;
export type Shell = (typeof shells)[number];

/**
 * Variables that a shell sets itself or uses for something else: in zsh, USERNAME and UID change the user it runs as.
 * From the manuals (bash, shell variables; zshparam; fish, special variables), tried with bash 5.2, zsh 5.9 and fish
 * 3.6.
 */
const kept: Readonly<Partial<Record<Shell, RegExp>>> = {
	bash: /^(?:_|BASHPID|BASH_.*|DIRSTACK|EPOCHREALTIME|EPOCHSECONDS|E?UID|GROUPS|HISTCMD|LINENO|OPTIND|PPID|S?RANDOM|SECONDS|SHLVL)$/,
	zsh: /^(?:_|ARGC|COLUMNS|E?[GU]ID|FUNCNEST|HISTCMD|HISTSIZE|KEYBOARD_HACK|KEYTIMEOUT|LINENO|LINES|LISTMAX|MAILCHECK|OPTIND|PPID|RANDOM|SAVEHIST|SECONDS|SHLVL|TRY_BLOCK_.*|TTYIDLE|USERNAME|WATCH|ZSH_.*)$/,
	fish: /^(?:_|FISH_VERSION|PWD|SHLVL)$/,
};

/**
 * Variables whose values bash or zsh evaluates as arithmetic, where a subscript can hold a command. Lines for one are
 * often read by the other: SHELL names the shell of the login, not the one that asks.
 */
const evaluated =
	/^(?:COLUMNS|E?[GU]ID|ERRNO|FUNCNEST|HISTCMD|HISTSIZE|KEYTIMEOUT|LINES|LISTMAX|LOGCHECK|MAILCHECK|OPTIND|S?RANDOM|SAVEHIST|SECONDS|SHLVL|TRY_BLOCK_.*|ZLE_RPROMPT_INDENT)$/;

/** Throws `invalid` for a variable of a .env file that bash or zsh keeps for itself when it reads the file. */
export function assertNotKept(name: string): void {
	if (![kept.bash, kept.zsh].some(each => each?.test(name))) return;
	throw new PharmerError(
		'invalid',
		`shells that read a .env file keep ${name} for themselves`,
		'use `-o json` or `pharmer exec`, or rename the field',
	);
}

/** A word of bash or zsh: between single quotes only the closing quote has a meaning. */
function posixWord(value: string): string {
	return `'${value.replaceAll("'", "'\\''")}'`;
}

/** A word of bash or zsh, quoted only where it has to be, for a person to read. */
export function readableWord(value: string): string {
	return /^[\w@%+=:,./-]+$/.test(value) ? value : posixWord(value);
}

/**
 * A word of fish, which reads `\\` and `\'` as escapes between single quotes (fish documentation, quotes). Line ends
 * stand outside of them, so that a variable is one line.
 */
function fishWord(value: string): string {
	return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', "'\\n'").replaceAll('\r', "'\\r'")}'`;
}

/** A command of these words, each quoted whatever it holds. */
export function commandWords(words: readonly string[], shell: 'bash' | 'zsh' | 'fish'): string {
	return words.map(shell === 'fish' ? fishWord : posixWord).join(' ');
}

/**
 * A verbatim string of PowerShell, which also takes four typographic quotes for single quotes (about_Quoting_Rules;
 * language specification 2.3.5.2). Control characters are added by their number: PowerShell splits the output of a
 * program into lines and joins them again with the line ends of its system.
 */
function powershellText(value: string): string {
	const parts = value.split(/([\p{Cc}\u2028\u2029])/u).filter(part => part !== '');
	const codes = parts.map(part =>
		/^[\p{Cc}\u2028\u2029]$/u.test(part)
			? `[char]${part.charCodeAt(0)}`
			: `'${part.replace(/['\u2018-\u201b]/g, '$&$&')}'`,
	);
	// A character plus a text would be a number.
	return (codes[0]?.startsWith('[') ? ["''", ...codes] : codes).join(' + ') || "''";
}

function dotenvLine(name: string, value: string): string {
	const quoted = quoteDotenv(value);
	if (quoted !== undefined) return `${name}=${quoted}`;
	throw new PharmerError(
		'invalid',
		`the value of ${name} can't be written in a dotenv file`,
		'`--shell json` carries every value, and `pharmer exec` hands it to a program without a file',
	);
}

/**
 * Lines that set the variables, after lines that remove those in `unset` where the format can do that; each ends in a
 * line feed. A value survives `eval "$(…)"`, `… | source`, or being read as a file, byte for byte. Throws `invalid`
 * for a variable that the shell keeps for itself or evaluates, and for a value that dotenv can't represent.
 */
export function renderVariables(set: ReadonlyMap<string, Secret>, unset: readonly string[], shell: Shell): string {
	if (shell === 'dotenv') for (const name of set.keys()) assertNotKept(name);
	const own = [...set.keys()].find(name => kept[shell]?.test(name));
	if (own !== undefined) {
		throw new PharmerError('invalid', `${shell} keeps ${own} for itself`, 'use `pharmer exec`, or rename the field');
	}
	const command = [...set.keys()].find(name => ['bash', 'zsh'].includes(shell) && evaluated.test(name));
	if (command !== undefined) {
		throw new PharmerError(
			'invalid',
			`bash or zsh evaluates ${command} when it is set`,
			'use `pharmer exec`, or rename the field',
		);
	}
	const values = [...set].map(([name, secret]) => [name, secret.reveal()] as const);
	const lines = (away: (name: string) => string, line: (name: string, value: string) => string): string =>
		[...unset.map(away), ...values.map(([name, value]) => line(name, value))].map(each => `${each}\n`).join('');
	switch (shell) {
		case 'bash':
		case 'zsh':
			return lines(
				name => `unset ${name}`,
				(name, value) => `export ${name}=${posixWord(value)}`,
			);
		case 'fish':
			return lines(
				// Without a scope it would erase a universal variable for good, in every session.
				name => `set -eg ${name}`,
				(name, value) => `set -gx ${name} ${fishWord(value)}`,
			);
		case 'powershell':
			return lines(
				name => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
				(name, value) => `$env:${name} = ${powershellText(value)}`,
			);
		case 'dotenv':
			return values.map(([name, value]) => `${dotenvLine(name, value)}\n`).join('');
		case 'json':
			return escapeInQuotes(`${JSON.stringify(Object.fromEntries(values), null, 2)}\n`);
	}
}
