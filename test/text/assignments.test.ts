import assert from 'node:assert/strict';
import {test} from 'node:test';
import {looksLikeAssignments, parseAssignments} from '../../source/text/assignments.js';

const told = (text: string) => {
	const {values, unclear} = parseAssignments(text);
	return {values: [...values], unclear: [...unclear.keys()]};
};

test('plain and quoted values are read in order, with and without export, and the last of a name counts', () => {
	const text = 'B=1\nexport A=\'it is $5 # here\'\r\n  export\tC="two words"\t \nEMPTY=\t\n# D=1\necho E=1\nB=2\t\n';
	assert.deepEqual(told(text), {
		values: [
			['B', '2'],
			['A', 'it is $5 # here'],
			['C', 'two words'],
			['EMPTY', ''],
		],
		unclear: [],
	});
});

test('values that a shell would expand are only named', () => {
	const lines = [
		'A=$B',
		'B="$A"',
		'C=`id`',
		"D='a'b",
		'E=a b',
		'F=a # b',
		'G="a\\nb"',
		'H="open',
		'I=~',
		'J=a;id',
		'K=a&b',
	];
	assert.deepEqual(told(lines.join('\n')), {
		values: [],
		unclear: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K'],
	});
	assert.deepEqual(told('A=plain\nA=$B\nA=plain'), {values: [], unclear: ['A']});
});

test('a quoted value may span lines if its closing quote ends the last one', () => {
	const text = "A='one\r\n two=\n'\nB=\"x\ny\"  \nexport C='3'\nD='open\nE='5'\nF='6\n6' more\nG=7\nH='never\nI=9";
	assert.deepEqual(told(text), {
		values: [
			['A', 'one\n two=\n'],
			['B', 'x\ny'],
			['C', '3'],
			['E', '5'],
			['G', '7'],
			['I', '9'],
		],
		unclear: ['D', 'F', 'H'],
	});
});

test('unclear values have their line, and the first line shows whether a text sets variables', () => {
	assert.deepEqual(
		[...parseAssignments("A='1\n2'\n\nB=x # y\nC=$D").unclear],
		[
			['B', 4],
			['C', 5],
		],
	);
	for (const text of ['A=1', '# why\n\nexport A=1\n', "A='x\ny'"]) assert.ok(looksLikeAssignments(text), text);
	for (const text of ['', 'a: b=c', '[a]\nA=1', '{"A": "=1"}', 'words\nA=1', '# A=1']) {
		assert.ok(!looksLikeAssignments(text), text);
	}
});

test('a name that every object has is a name like any other', () => {
	assert.deepEqual(told('__proto__=1\nconstructor=2').unclear, []);
	assert.equal(parseAssignments('constructor=2').values.get('constructor'), '2');
});
