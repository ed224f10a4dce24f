import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseEnv} from 'node:util';
import fc from 'fast-check';
import {quoteDotenv} from '../../source/text/dotenv.js';

const text = fc.oneof(
	fc.string({unit: 'binary', maxLength: 20}),
	fc.string({unit: fc.constantFrom("'", '"', '`', '\\', 'n', '\n', ' ', '#', '=', '$', '{', 'a', '\t'), maxLength: 12}),
);

test('Node.js reads every quoted value back byte for byte, and the line after it too', () => {
	fc.assert(
		fc.property(text, value => {
			const quoted = quoteDotenv(value);
			fc.pre(quoted !== undefined);
			assert.deepEqual({...parseEnv(`# comment\nONE=${quoted}\nTWO=next\n`)}, {ONE: value, TWO: 'next'});
		}),
		{numRuns: 2000},
	);
});

test('plain values stay plain, and single quotes come first', () => {
	for (const value of ['abc', 'a/b+c:d@e%f,g-h_i.j']) assert.equal(quoteDotenv(value), value);
	assert.equal(quoteDotenv('$HOME #1'), "'$HOME #1'");
	assert.equal(quoteDotenv("it's"), '"it\'s"');
	assert.equal(quoteDotenv("it's\\n"), "`it's\\n`");
	assert.equal(quoteDotenv('two\nlines'), "'two\nlines'");
	assert.equal(quoteDotenv(''), "''");
});

test('a value that no quoting can carry gives undefined', () => {
	for (const value of ['\'"`', "'`\\n", 'a\rb', '\ud800'])
		assert.equal(quoteDotenv(value), undefined, JSON.stringify(value));
});
