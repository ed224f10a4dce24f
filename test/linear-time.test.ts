import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assertFamiliesLinear, type Family, longest} from './helpers/linear.js';
import {partsOf} from './helpers/pattern-parts.js';
import {type Literal, literalsInSource} from './helpers/regular-expressions.js';

/**
 * Runs of all characters that tell from each other in a pattern, and of pairs of them, at each place where something
 * may be repeated.
 */
function familiesOf(pattern: RegExp): readonly Family[] {
	const {alphabet, repeated, samples} = partsOf(pattern);
	assert.ok(
		samples.some(({text}) => text.search(pattern) !== -1),
		`${pattern} matches none of its samples`,
	);
	const starts = new Set(samples.flatMap(({text, at}) => at.map(end => text.slice(0, end))));
	const units = new Set([
		...alphabet.flatMap(one => alphabet.map(other => (one === other ? one : one + other))),
		...samples.map(({text}) => text),
		...starts,
	]);
	units.delete('');
	const ends = ['', ...repeated];
	return [
		...[...starts].flatMap(start => [...units].flatMap(unit => ends.map(end => [start, unit, end] as const))),
		...alphabet.flatMap(start => repeated.flatMap(unit => ends.map(end => [start, unit, end] as const))),
	];
}

function use({pattern, repeats}: Pick<Literal, 'pattern' | 'repeats'>): (text: string) => unknown {
	const all = new RegExp(pattern.source, pattern.global ? pattern.flags : `${pattern.flags}g`);
	return repeats ? text => text.replace(all, '') : text => text.search(pattern);
}

/** Fails when a text of those families takes the pattern longer than it is long. */
function assertPatternLinear(literal: Literal): void {
	const {path, pattern} = literal;
	assertFamiliesLinear(`${path}: ${pattern}`, use(literal), familiesOf(pattern), 1024);
}

test('every regular expression in the source takes linear time', test => {
	const literals = literalsInSource();
	const different = new Map(literals.map(literal => [`${literal.pattern} ${literal.repeats}`, literal]));
	assert.ok(different.size > 150);
	for (const literal of different.values()) assertPatternLinear(literal);
	test.diagnostic(`${different.size} patterns, the longest texts of ${(16 * longest) / 1024} KiB`);
});

test('a regular expression that takes more than linear time is found', () => {
	for (const pattern of [/^\S+@\S+$/, /\S*\s*$/, /^\n+|\n+$/, /(?:\w+ )*(?:file:|\/)[^()]*$/, /:\/\/[^ ]*:[^ ]*@/]) {
		assert.throws(() => assertPatternLinear({path: '', pattern, repeats: false}), /16 times \d+ characters take/);
	}
});
