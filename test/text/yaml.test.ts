import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readManifest} from '../../source/documents/manifest.js';
import {readSources} from '../../source/documents/sources.js';
import {parseYaml} from '../../source/text/yaml.js';
import {assertInvalid} from '../documents/samples.js';
import {assertLinear, longest} from '../helpers/linear.js';

test('YAML features beyond texts, lists and maps are refused, with their position', () => {
	const cases: readonly (readonly [text: string, message: RegExp])[] = [
		['a: &x b\n', /^line 1, column 7: anchors/],
		['a: b\nc: *a\n', /^line 2, column 4: anchors/],
		['&x a: b\n', /anchors/],
		['a: !!binary aGk=\n', /tags with `!` are not supported here/],
		['a: !!int 5\n', /tags/],
		['a: !secret b\n', /tags/],
		['!!set {a: b}\n', /tags/],
		['!x [a]\n', /tags/],
		['a: !!js/function "x"\n', /tags/],
		['? [a]\n: b\n', /^line 1, column 3: a key is not text/],
		['a: b\na: c\n', /^line 2, column 1: this key appears a second time/],
		['{"a": "b", "\\u0061": "c"}', /this key appears a second time/],
		['{a: b, c}', /^line 1, column 8: a `:` and a value are missing after the key/],
		[': b\n', /a key is missing/],
		['a: {__proto__: {b: c}}\n', /^line 1, column 5: the key `__proto__` is not allowed/],
		['constructor: a\n', /the key `constructor` is not allowed/],
		['{"prototype": "a"}', /the key `prototype` is not allowed/],
		['%FOO bar\n---\na: b\n', /`%`/],
	];
	for (const [text, message] of cases) assertInvalid(() => parseYaml(text), message);
	assert.equal(parseYaml('a: !!str b\nc: !!map {d: !!seq [e]}\n').length, 1);
	assert.equal(parseYaml('%YAML 1.1\n---\na: yes\n').length, 1);
});

test('every kind of mistake is reported in our own words', () => {
	const cases: readonly (readonly [text: string, message: RegExp])[] = [
		['{"a": "b"', /^line 1, column 10: a closing `}` is missing/],
		['{\n  "a": "b"\n  "c": "d"\n}', /^line 3, column 3: a comma is missing/],
		['{"a": "b" "c": "d"}', /^line 1, column 7: .*a comma/],
		['{"a" "b"}', /^line 1, column 6: a comma or a colon is missing/],
		['a: {b: c\nd: e\n', /^line 2, column 1: a closing `}` is missing/],
		['{"a": ["b"}', /a closing `]` is missing|belong/],
		['{"a": "b', /a closing quote is missing/],
		["a: 'b\n", /a closing quote is missing/],
		['a: "\\q"\n', /^line 1, column 5: a backslash/],
		['a: b: c\n', /there is one `:` too many/],
		['a:\n\tb: c\n', /^line 2, column 1: a tab/],
		['a: @b\n', /only in quotes/],
		['a: b\n c: d\n', /^line \d, column \d: /],
		['a: b\nc\nd: e\n', /^line 2, column 1: a `:`/],
		['a: b\n]\n', /does not belong here/],
		[`${'k'.repeat(1100)}: b\n`, /1024 characters/],
	];
	for (const [text, message] of cases) assertInvalid(() => parseYaml(text), message);
});

test('hostile input is refused or read without delay, and never causes another kind of error', () => {
	type Text = (length: number) => string;
	const fill = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length)).slice(0, length);
	const filled =
		(part: string, start = '', end = ''): Text =>
		length =>
			start + fill(part, length) + end;
	const numbered = (part: (index: number) => string, start = '', end = ''): Text => {
		return length => start + Array.from({length: length / 13}, (_, index) => part(index)).join('\n') + end;
	};
	const bomb: Text = length => {
		const levels = Array.from({length: length / 4096}, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
		return ['a0: &a0 x', ...levels].join('\n');
	};
	const texts = [
		...['[', '{"a":', 'a: ', '- ', '? ', ']', '"', '#\n', '---\n', 'a:\n', '&a '].map(part => filled(part)),
		...[filled('"a" ', '{', '}'), filled('\\q', 'a: "', '"'), filled(' ', 'a: '), filled('\n', 'a: >\n')],
		(length: number) => '['.repeat(length / 2) + ']'.repeat(length / 2),
		bomb,
		numbered(index => `k${index}: v`),
		numbered(index => `k${index}= v`, '[a]\n'),
		numbered(index => `[s${index}]`, '', '\na=b\n'),
		filled(' ', '[a', ']x='),
		filled('a,b\n', 'Access key ID,Secret access key\n'),
		filled('""', 'Access key ID,Secret access key\n"'),
		filled(',', 'Access key ID'),
	];
	const read = (text: string): void => {
		try {
			readSources(text);
		} catch (error) {
			assert.equal((error as Error).name, 'PharmerError', `${text.slice(0, 40)}: ${(error as Error).stack}`);
		}
	};
	const from = [...new Set([Math.min(16 * 1024, longest), longest])];
	for (const text of texts) assertLinear(text(40).slice(0, 40), read, length => text(length - 64), from);
	assertInvalid(() => readManifest(fill('[', 1_048_000)), /^line 1, column 35: it is nested more than 32 levels deep/);
	assert.ok(Error.stackTraceLimit > 0);
});

test('thirty-two levels of nesting are read and more are refused', () => {
	const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
	assert.equal(parseYaml(nested(32)).length, 1);
	assertInvalid(() => parseYaml(nested(40)), /nested more than 32 levels/);
});
