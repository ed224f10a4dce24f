import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {yamlParts} from '../../source/text/yaml-parts.js';
import {growth, mostGrowth} from '../helpers/cost.js';

/** Each line's parts: `k` for a key, `v` for a value, `#` for a comment, `:` for a sign. */
function shown(text: string): readonly string[] {
	const letters = {key: 'k', value: 'v', comment: '#', sign: ':'};
	const lines = text.split('\n');
	return yamlParts(lines).map(parts => {
		let [row, from] = ['', 0];
		for (const {kind, end} of parts) {
			row += letters[kind].repeat(end - from);
			from = end;
		}
		return row;
	});
}

test('a manifest has keys, values and comments', () => {
	assert.deepEqual(shown('kind: Credential # so\n# all\nspec:\n  data:\n    a: "x # y"'), [
		'kkkk::vvvvvvvvvvv####',
		'#####',
		'kkkk:',
		'kkkkkk:',
		'kkkkk::vvvvvvv',
	]);
});

test('a colon or a sharp within a word, a quote or an address begins nothing', () => {
	assert.deepEqual(shown("url: http://x#y\n\"a: b\": c\n'it''s: x': d\n{a: b}\n- a: b\n- c\n---"), [
		'kkk::vvvvvvvvvv',
		'kkkkkk::v',
		'kkkkkkkkkk::v',
		'vvvvvv',
		'::k::v',
		'::v',
		':::',
	]);
});

test('a block of text and a quoted text of several lines are values, whatever is in them', () => {
	assert.deepEqual(shown('note: |-\n  a: b\n    # c\n\n  d\nkey: x'), [
		'kkkk::vv',
		'vvvvvv',
		'vvvvvvv',
		'',
		'vvv',
		'kkk::v',
	]);
	assert.deepEqual(shown('a: "x\n  b: c" # d\ne: f'), ['k::vv', 'vvvvvvvv###', 'k::v']);
});

test('whatever is written, parts are in order and end with their line', () => {
	fc.assert(
		fc.property(fc.array(fc.string({unit: fc.constantFrom(...'ab \t:#-|>"\'\\{[')})), lines => {
			for (const [row, parts] of yamlParts(lines).entries()) {
				const ends = parts.map(({end}) => end);
				assert.deepEqual(
					ends,
					[...new Set(ends)].sort((a, b) => a - b),
				);
				assert.equal(ends.at(-1) ?? 0, lines[row]?.trim() === '' ? (ends.at(-1) ?? 0) : (lines[row] ?? '').length);
			}
		}),
	);
});

test('the time grows linearly with the length of a line', () => {
	for (const unit of ['a: ', '"', "''", '- ', '# ', ' ', 'a:', '\\'])
		assert.ok(growth(length => yamlParts([unit.repeat(length)]), 4000) < mostGrowth, unit);
});
