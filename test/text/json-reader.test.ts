import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readJson} from '../../source/text/json-reader.js';
import {randomOf} from '../helpers/mutated.js';
import {size} from '../helpers/rounds.js';

const faultOf = (text: string): string => {
	const read = readJson(text);
	return 'says' in read ? `${read.at.line}:${read.at.column} ${read.says}` : 'fine';
};

test('a fault has its line, its column and what is wrong', () => {
	assert.equal(faultOf('{"a": 1}'), 'fine');
	assert.equal(faultOf(''), '1:1 the text ends here, before it is complete');
	assert.equal(faultOf('{\n  "a": 1,\n}'), '3:1 the comma before this is too much');
	assert.equal(faultOf('{"a": [1, ]}'), '1:11 a value is missing, or the comma before this is too much');
	assert.equal(faultOf('{\r\n"a": 1\r\n"b": 2}'), '3:1 a comma or the closing brace is missing');
	assert.equal(faultOf('{"a" 1}'), '1:6 a colon is missing');
	assert.equal(faultOf('{a: 1}'), '1:2 a name in double quotes is missing');
	assert.equal(faultOf('{"a": \'b\'}'), '1:7 texts stand in double quotes');
	assert.equal(faultOf('{\n  // no\n}'), '2:3 a name in double quotes is missing');
	assert.equal(faultOf('{"a": "b}'), '1:7 this text has no closing quote, or a character that has to be escaped');
	assert.equal(faultOf('{"a": yes}'), '1:7 this is no value: texts stand in double quotes');
	assert.equal(faultOf('{"a": 1} x'), '1:10 the text should end here');
	assert.equal(faultOf('{"ä": {"b": 1,\n"b": 2}}'), '2:1 this name stands here twice');
	assert.match(faultOf('['.repeat(10_000)), /this is too deep$/);
});

test('a byte order mark is passed over', () => {
	assert.equal(faultOf('\ufeff{}'), 'fine');
	assert.equal(faultOf('\ufeff{]'), '1:2 a name in double quotes is missing');
});

test('a problem with a part is one at its position, of its name or its value', () => {
	const json = readJson('{\n  "theme": {"from": "dark"},\n  "keys": ["a",\n    "b"]\n}');
	assert.ok('value' in json);
	const at = (path: readonly (string | number)[], on: 'name' | 'value') => {
		const {line, column} = json.faultOf({path, on, says: ''}).at;
		return `${line}:${column}`;
	};
	assert.deepEqual(
		[at([], 'value'), at(['theme'], 'name'), at(['theme', 'from'], 'value'), at(['keys', 1], 'value')],
		['1:1', '2:3', '2:21', '4:5'],
	);
});

test('it reads what JSON.parse() reads, and nothing else', () => {
	const random = randomOf(7);
	const parts = [
		'{',
		'}',
		'[',
		']',
		',',
		':',
		'"a"',
		'"b\\u0041"',
		'1',
		'-0.5e3',
		'01',
		'true',
		'null',
		' ',
		'\n',
		'"',
		'\\',
	];
	const rounds = size(20_000, 400_000);
	let read = 0;
	for (let round = 0; round < rounds; round++) {
		const text = Array.from({length: 1 + random(7)}, () => parts[random(parts.length)]).join('');
		const json = readJson(text);
		let expected: unknown;
		try {
			expected = JSON.parse(text);
		} catch {
			assert.ok('says' in json, text);
			continue;
		}
		if ('says' in json) assert.match(json.says, /twice/, text);
		else assert.deepEqual(json.value, expected, text);
		read++;
	}
	assert.ok(read > rounds / 50, `${read} were JSON`);
});
