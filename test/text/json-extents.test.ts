import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {elementExtents} from '../../source/text/json-extents.js';

const elementsOf = (text: string, name: string): readonly unknown[] => {
	const json = Buffer.from(text);
	return elementExtents(json, name).map(({start, end}) => JSON.parse(json.toString('utf8', start, end)));
};

test('the elements of a list are where JSON.parse() finds them', () => {
	fc.assert(
		fc.property(
			fc.array(fc.jsonValue()),
			fc.dictionary(fc.string({unit: 'binary'}), fc.jsonValue()),
			fc.constantFrom(undefined, 1, '\t'),
			(list, others, indent) => {
				const text = JSON.stringify({before: others, list, ...others, after: '"list":[1]'}, undefined, indent);
				const value = JSON.parse(text).list;
				assert.deepEqual(elementsOf(text, 'list'), Array.isArray(value) ? value : []);
			},
		),
		{numRuns: 500},
	);
});

test('quotes, brackets and backslashes in texts end nothing', () => {
	const hard = ['"', '\\', '\\"', '\\\\"', ']}', '[{', '","list":[', '\\u0022'];
	assert.deepEqual(elementsOf(JSON.stringify({list: hard}), 'list'), hard);
});

test('the last of several members counts, and a key may be escaped', () => {
	assert.deepEqual(elementsOf('{"list":[1],"\\u006cist":[2,3]}', 'list'), [2, 3]);
	assert.deepEqual(elementsOf('{"list":[1],"list":{}}', 'list'), []);
	assert.deepEqual(elementsOf('[1]', 'list'), []);
	assert.deepEqual(elementsOf('{}', 'list'), []);
});
