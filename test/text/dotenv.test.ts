import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseEnv} from 'node:util';
import fc from 'fast-check';
import {quoteDotenv} from '../../source/text/dotenv.js';
import {fixture} from '../helpers/importing.js';

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

test('plain values stay plain, and all others are in single quotes', () => {
	for (const value of ['abc', 'a/b+c:d@e%f,g-h_i.j']) assert.equal(quoteDotenv(value), value);
	assert.equal(quoteDotenv('ten % #1'), "'ten % #1'");
	assert.equal(quoteDotenv('say "hi"'), `'say "hi"'`);
	assert.equal(quoteDotenv('a\\nb'), "'a\\nb'");
	assert.equal(quoteDotenv('two\nlines'), "'two\nlines'");
	assert.equal(quoteDotenv(''), "''");
});

test('a value that some reader takes otherwise gives undefined', () => {
	const values = ['\'"`', "'`\\n", 'a\rb', '\ud800', "it's", '$HOME', '$\u007bHOME}', '$(id)', 'a\\\\b', 'a\\', '\\$5'];
	for (const value of values) assert.equal(quoteDotenv(value), undefined, JSON.stringify(value));
});

type Answers = {
	readonly readers: readonly string[];
	/** The readers that give another value, or lose the next line, for the value between single quotes. */
	readonly answers: readonly {readonly value: string; readonly otherwise: readonly string[]}[];
};

test('what is written is what every real reader reads, by their recorded answers', () => {
	const {answers} = JSON.parse(fixture('dotenv/readers.json')) as Answers;
	assert.ok(answers.filter(({otherwise}) => otherwise.length > 0).length > 10);
	for (const {value, otherwise} of answers) {
		if (otherwise.length > 0) assert.equal(quoteDotenv(value), undefined, `${value}: ${otherwise.join(', ')}`);
	}
	const written = answers.filter(({value}) => quoteDotenv(value) !== undefined);
	assert.ok(written.length > answers.length / 2, 'most of them can be written');
});
