import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {Secret} from '../../source/domain/secret.js';
import {renderVariables, type Shell} from '../../source/text/shell-quote.js';

/** The values that quoting tends to get wrong, and random ones. */
const known = [
	"it's",
	`"double" and 'single'`,
	"''",
	"'",
	'\\',
	'\\\\',
	"\\'",
	'ends in \\',
	'$HOME $\u007bHOME} $(id) `id`',
	'100 % of %s %n',
	'two\nlines',
	'line feeds at the end\n\n',
	'\r\n\t\v\f',
	'!history !!',
	'-n',
	'--',
	'=',
	'~',
	'*?[a]{b,c}',
	'#comment',
	' spaces  around ',
	'unicode: 漢字 é 👩‍👩‍👧 \u202e \u200b',
	'\u2018typographic\u2019 \u201a\u201b quotes',
	'\u001b[31mred\u001b[0m\u0007\u0008',
	'\u0001\u007f\u0080\u009b',
	'; rm -rf / #',
	'a\\nb',
	'(parentheses) <angles> & | ^',
];
const random = fc.sample(
	fc.oneof(
		fc.string({unit: 'binary', minLength: 1, maxLength: 40}),
		fc.string({unit: fc.constantFrom(...'\'"\\$`!%\n \t#=;&|()<>*?~{}[]^-\r'), minLength: 1, maxLength: 12}),
	),
	{numRuns: 500, seed: 20_190_404},
);
const values = [...known, ...random.map(value => value.replaceAll('\0', '0').replace(/\p{Cs}/gu, ''))];
const set = new Map(values.map((value, index) => [`V${index}`, new Secret(value)]));

/** Prints the environment that a child process of the shell gets. */
const dump = `${process.execPath} -e "process.stdout.write(JSON.stringify(process.env))"`;

/** How to run each shell without its own startup files. */
const shells: readonly (readonly [shell: Shell, command: string, arguments: readonly string[], script: string])[] = [
	['bash', 'bash', ['--norc', '--noprofile', '-c'], `eval "$(cat "$LINES_FILE")"; ${dump}`],
	['zsh', 'zsh', ['-f', '-c'], `eval "$(cat "$LINES_FILE")"; ${dump}`],
	['zsh', 'zsh', ['-f', '-o', 'rc_quotes', '-c'], `eval "$(cat "$LINES_FILE")"; ${dump}`],
	['fish', 'fish', ['--no-config', '-c'], `cat "$LINES_FILE" | source; ${dump}`],
];

for (const [shell, command, args, script] of shells) {
	const missing = spawnSync(command, ['--version']).error !== undefined;
	const skip =
		missing && process.env.CI === undefined ? `${command} IS NOT INSTALLED: its quoting was not tried` : false;
	test(`${values.length} values come through a real ${command} ${args.slice(0, -1).join(' ')} byte for byte`, {
		skip,
	}, context => {
		const folder = mkdtempSync(join(tmpdir(), 'pharmer-quote-'));
		context.after(() => rmSync(folder, {recursive: true, force: true}));
		const file = join(folder, 'lines');
		writeFileSync(file, renderVariables(set, ['GONE', 'NEVER_THERE'], shell));
		const output = execFileSync(command, [...args, script], {
			env: {PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', LINES_FILE: file, GONE: 'still there'},
			encoding: 'utf8',
			maxBuffer: 2 ** 26,
		});
		const seen = JSON.parse(output) as Record<string, string>;
		for (const [index, value] of values.entries()) assert.equal(seen[`V${index}`], value, JSON.stringify(value));
		assert.equal(seen.GONE, undefined);
	});
}

test('the JSON form is one object that reads back byte for byte', () => {
	const seen = JSON.parse(renderVariables(set, ['GONE'], 'json')) as Record<string, string>;
	assert.deepEqual(
		values.map((_, index) => seen[`V${index}`]),
		values,
	);
});

// From the documentation (about_Quoting_Rules): Debian has no PowerShell package to test with.
test('for PowerShell every character that it takes for a single quote is doubled', () => {
	assert.equal(
		renderVariables(new Map([['A', new Secret(`it's \u2018so\u2019 $x \`n`)]]), ['B'], 'powershell'),
		"Remove-Item Env:B -ErrorAction SilentlyContinue\n$env:A = 'it''s \u2018\u2018so\u2019\u2019 $x `n'\n",
	);
});

test('a variable that the shell keeps for itself is refused, since it would not keep the value', () => {
	for (const [shell, name] of [
		['bash', 'UID'],
		['zsh', 'USERNAME'],
		['fish', 'PWD'],
		['zsh', '_'],
	] as const) {
		assert.throws(
			() => renderVariables(new Map([[name, new Secret('value')]]), [], shell),
			new RegExp(`${shell} keeps ${name} for itself`),
		);
	}
	assert.match(renderVariables(new Map([['USERNAME', new Secret('value')]]), [], 'bash'), /^export USERNAME=/);
});

test('a value that dotenv cannot quote is refused with its variable name, without the value', () => {
	assert.throws(
		() => renderVariables(new Map([['A', new Secret('\'"`\n')]]), [], 'dotenv'),
		/the value of A can't be written in a dotenv file/,
	);
});
