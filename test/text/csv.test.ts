import assert from 'node:assert/strict';
import {test} from 'node:test';
import {CsvError, parse} from 'csv-parse/sync';
import fc from 'fast-check';
import {parseCsv} from '../../source/text/csv.js';
import {assertLinear} from '../helpers/linear.js';

/** What csv-parse makes of a text, or the code of its error. */
function theirs(text: string): unknown {
	try {
		return parse(text, {skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r']});
	} catch (error) {
		if (error instanceof CsvError) return error.code;
		throw error;
	}
}

const codes: readonly (readonly [RegExp, string])[] = [
	[/a closing quote is missing/, 'CSV_QUOTE_NOT_CLOSED'],
	[/text between a closing quote/, 'CSV_INVALID_CLOSING_QUOTE'],
	[/a quote inside a value/, 'INVALID_OPENING_QUOTE'],
	[/more or fewer values/, 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'],
];

function ours(text: string): unknown {
	try {
		return parseCsv(text);
	} catch (error) {
		return codes.find(([message]) => message.test(String(error)))?.[1] ?? error;
	}
}

test('any text gives the rows, or the mistake, that csv-parse finds in it', () => {
	const parts = fc.constantFrom('a', 'é', ' ', ',', ',', '"', '"', '""', '\n', '\r\n', '\r', '"a"', '"a,b"');
	const texts = fc.array(parts, {maxLength: 14}).map(each => each.join(''));
	fc.assert(
		fc.property(texts, text => assert.deepEqual(ours(text), theirs(text))),
		{numRuns: 5000},
	);
});

test('a mistake is told by its line, whatever ends the lines before it and in quotes', () => {
	for (const end of ['\n', '\r\n', '\r']) {
		const head = `a,b${end}"c${end}d",e${end}`;
		assert.throws(() => parseCsv(`${head}x`), /^\w*Error: line 4: this row/);
		assert.throws(() => parseCsv(`${head}x,"y`), /line 4: a closing quote/);
		assert.throws(() => parseCsv(`${head}x,"y${end}z"z`), /line 5: there is text/);
		assert.throws(() => parseCsv(`${head}${end}x,y"`), /line 5: there is a quote/);
	}
});

test('a long text takes linear time', () => {
	for (const part of ['"', '""', '"",', ',', '\n', '"\n', 'a']) assertLinear(part, ours, length => part.repeat(length));
});
