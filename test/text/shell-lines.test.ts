import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readShellLine} from '../../source/text/shell-lines.js';

const value = (line: string): string | undefined => {
	const read = readShellLine(line);
	assert.equal(read?.name, 'A', line);
	return read?.value;
};

test('reads strings of PowerShell, whatever their quotes, and character codes', () => {
	for (const [line, expected] of [
		['$Env:A="x y"', 'x y'],
		["$env:A = 'it''s $5 `n'", "it's $5 `n"],
		['  $ENV:A="say ""hi"""  # why', 'say "hi"'],
		["\u0024{env:A} = 'a' + [char]10 + 'b' + [char]0x9;", 'a\nb\t'],
		["$env:A = '\u2018\u2018so\u2019\u2019'", '\u2018so\u2019'],
		["$env:A = ''", ''],
	] as const) {
		assert.equal(value(line), expected, line);
	}
	for (const text of ['"$x"', '"a`n"', 'bare', "'a' + $b", "'open", "'a' 'b'", '(Get-Secret x)', "'a' + ", '']) {
		assert.equal(value(`$env:A = ${text}`), undefined, text);
	}
});

test('reads set of cmd, except for what cmd replaces', () => {
	assert.equal(value('SET A=b/c+d=='), 'b/c+d==');
	assert.equal(value('@set "A=b & c"'), 'b & c');
	for (const line of ['set A=%B%', 'set A=b&c', 'set A=b ', 'set A="b"', 'set "A=b%c"', 'set A=b^c', 'set A=b!c']) {
		assert.equal(value(line), undefined, line);
	}
});

test('reads set of fish, and no list, query or erasure', () => {
	for (const [line, expected] of [
		["set -gx A 'it\\\\ \\'s \\n'", "it\\ 's \\n"],
		["set -g -x A 'two'\\n'lines' # why", 'two\nlines'],
		['set --export A plain', 'plain'],
		['set -x A "x y"', 'x y'],
	] as const) {
		assert.equal(value(line), expected, line);
	}
	for (const line of ['set -gx A one two', 'set -gx A "$B"', 'set -gx A (pass x)', "set -gx A 'open"]) {
		assert.equal(value(line), undefined, line);
	}
	for (const line of ['set -e A x', 'set -eg A', 'set -q A x', 'set A', 'set -o pipefail', 'words set -gx A b']) {
		assert.equal(readShellLine(line), undefined, line);
	}
});
