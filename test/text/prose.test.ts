import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseDocument} from 'yaml';
import type {Node} from '../../source/text/node.js';
import {Prose, type Written} from '../../source/text/plain.js';
import {isUnsafe} from '../../source/text/visible.js';
import {parseYaml, writeYaml} from '../../source/text/yaml.js';

const documentWith = (text: string): Written => [
	new Map<string, Written>([
		[
			'outer',
			new Map<string, Written>([
				['note', new Prose(text)],
				['after', 'x'],
			]),
		],
		['last', new Prose(text)],
	]),
];

function textOf(node: Node | undefined): string | undefined {
	return node?.kind === 'text' ? node.text : undefined;
}

function readBack(yaml: string): readonly (string | undefined)[] {
	const [root] = parseYaml(yaml);
	const [item] = root?.kind === 'list' ? root.items : [];
	if (item?.kind !== 'map') return [];
	const outer = item.members.get('outer')?.value;
	const note = outer?.kind === 'map' ? outer.members.get('note')?.value : undefined;
	return [textOf(note), textOf(item.members.get('last')?.value)];
}

/** Parts of texts that YAML, a terminal or an editor treats in a way of its own. */
const parts = [
	...['', ' ', '  ', 'a', 'word word', '  indented', 'ends ', '# no comment', '---', '...', '- x', 'k: v', '? k'],
	...['\t', '\tx', 'x\t', '\r', '\u0085', '\ufeff', '\u2028', '\u0000', '\u001b[31m', '\u202e', '\ud800', '\uffff'],
	...[
		'|',
		'>-',
		'%TAG',
		'"',
		"'",
		'\\',
		'\\n',
		'&a',
		'*a',
		'!x',
		'{',
		'[',
		'<<',
		'null',
		'1',
		'é',
		'日本',
		'👩‍👩‍👧',
		'1\ufe0f\u20e3',
	],
];

test('every text is read back to the byte, and no terminal obeys what is written', () => {
	const line = fc.array(fc.constantFrom(...parts), {maxLength: 3}).map(all => all.join(''));
	const text = fc.oneof(
		fc.array(line, {maxLength: 6}).map(all => all.join('\n')),
		fc.array(line, {maxLength: 4}).map(all => `${all.join('\n')}\n`),
		fc.string({unit: 'binary', maxLength: 40}),
	);
	fc.assert(
		fc.property(text, written => {
			const yaml = writeYaml(documentWith(written));
			assert.deepEqual(readBack(yaml), [written, written]);
			assert.deepEqual(yaml.split('\n').filter(isUnsafe), []);
			// A lone surrogate is beyond other readers.
			if (!/[\ud800-\udfff](?![\udc00-\udfff])/.test(written))
				assert.deepEqual(parseDocument(yaml).toJS()[0].outer.note, written);
		}),
		{numRuns: 3000},
	);
});

test('a text of several lines is a block', () => {
	const noteIn = (text: string): string => writeYaml(new Map([['note', new Prose(text)]]));
	assert.equal(noteIn('one\ntwo'), 'note: |-\n  one\n  two\n');
	assert.equal(noteIn('one\n\n  # two\n---\n'), 'note: |\n  one\n\n    # two\n  ---\n');
	assert.equal(noteIn('k: v\n- "x" \\ 日本 👩‍👩‍👧'), 'note: |-\n  k: v\n  - "x" \\ 日本 👩‍👩‍👧\n');
	assert.equal(writeYaml(new Map([['note', 'one\ntwo']])), 'note: "one\\ntwo"\n', 'a value keeps its line');
});

test('a text that a block could change stays between quotes', () => {
	for (const text of [
		'one',
		'',
		' one\ntwo',
		'\none',
		'one\n\n',
		'one\n  \ntwo',
		'one\ttwo\nthree',
		'one\r\ntwo',
		'a\n\u0085b',
	])
		assert.doesNotMatch(writeYaml(new Map([['note', new Prose(text)]])), /\|/, JSON.stringify(text));
});
