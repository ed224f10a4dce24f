import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {quoteDotenv} from './dotenv.js';
import {escapeInQuotes} from './visible.js';

/** Whose language the lines are in that set variables. */
const shells = ['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'json'] as const;
export type Shell = (typeof shells)[number];

/**
 * Variables that a shell sets by itself, or uses for something else: zsh's USERNAME and UID change who it runs as. By their manuals
 * (bash, shell variables; zshparam; fish, special variables), tried with bash 5.2, zsh 5.9 and fish 3.6.
 */
const kept: Readonly<Partial<Record<Shell, RegExp>>> = {
	bash: /^(?:_|BASHPID|BASH_.*|DIRSTACK|EPOCHREALTIME|EPOCHSECONDS|E?UID|GROUPS|HISTCMD|LINENO|OPTIND|PPID|S?RANDOM|SECONDS|SHLVL)$/,
	zsh: /^(?:_|ARGC|COLUMNS|E?[GU]ID|FUNCNEST|HISTCMD|HISTSIZE|KEYBOARD_HACK|KEYTIMEOUT|LINENO|LINES|LISTMAX|MAILCHECK|OPTIND|PPID|RANDOM|SAVEHIST|SECONDS|SHLVL|TRY_BLOCK_.*|TTYIDLE|USERNAME|WATCH|ZSH_.*)$/,
	fish: /^(?:_|FISH_VERSION|PWD|SHLVL)$/,
};

/** A word of bash or zsh: nothing means anything between single quotes but the next one. */
function posixWord(value: string): string {
	return `'${value.replaceAll("'", "'\\''")}'`;
}

/** A word of fish, which knows `\\` and `\'` between single quotes (fish documentation, quotes). */
function fishWord(value: string): string {
	return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** A verbatim text of PowerShell, which takes four typographic quotes for single ones as well (about_Quoting_Rules; language specification 2.3.5.2). */
function powershellText(value: string): string {
	return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

function dotenvLine(name: string, value: string): string {
	const quoted = quoteDotenv(value);
	if (quoted !== undefined) return `${name}=${quoted}`;
	throw new PharmerError('invalid', `the value of ${name} can't be written in a dotenv file`, 'use another --shell');
}

/**
 * Lines that set those variables, and before them such that take `unset` away where the format knows how; each ends in a line feed. A
 * value survives `eval "$(…)"`, `… | source`, or being read as a file, to the byte. Throws `invalid` for a variable that the
 * shell keeps for itself, and for a value that dotenv can't carry.
 */
export function renderVariables(set: ReadonlyMap<string, Secret>, unset: readonly string[], shell: Shell): string {
	const own = [...set.keys()].find(name => kept[shell]?.test(name));
	if (own !== undefined) {
		throw new PharmerError('invalid', `${shell} keeps ${own} for itself`, 'use `pharmer exec`, or rename the field');
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
				// Without its scope it would take a universal variable away for good, in every session.
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
