import fc from 'fast-check';

/** Texts that programs read in ways of their own: quotes, expansions, escapes, line ends, formulas. */
const parts = [
	...'\'"\\$`!%\n\t #=;&|()<>*?~{}[]^-+@,:.aA0_\r\u0001\u007f\u0085\u00a0\u2018\u201c\u2028\ufeff\u0301eé漢\u{1f600}',
	'$(touch CANARY)',
	'`touch CANARY`',
	';touch CANARY;',
	'\ntouch CANARY\n',
	'$HOME',
	'$\u007bHOME}',
	'%\u007bx}',
	'\\n',
	'\\\\',
	'\\$',
	"'\\''",
	"'+'",
	'EOF',
	'\nA=b\n',
	'export A=b',
	'-----BEGIN',
];

/** That many values, none empty, that a variable can hold: without NUL and halves of surrogate pairs. */
export function hostileValues(count: number, seed: number): readonly string[] {
	const value = fc.oneof(
		fc.array(fc.constantFrom(...parts), {minLength: 1, maxLength: 8}).map(each => each.join('')),
		fc
			.string({unit: 'binary', minLength: 1, maxLength: 30})
			.map(each => each.replaceAll('\0', '0').replace(/\p{Cs}/gu, '0')),
		fc.string({unit: fc.constantFrom(...'ab1+/=_-.:@%, \\$#'), minLength: 1, maxLength: 12}),
	);
	return fc.sample(value, {numRuns: count, seed});
}
