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
		"F=a # it's",
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

test('a comment behind a value ends it where every reader ends it', () => {
	const text = "A=a # b\nB='b # b'  # c\nC=\"c\" #\nD = d # d\nexport E=e # $e; (e)\nF='f\n'\n";
	assert.deepEqual(told(text).values, [
		['A', 'a'],
		['B', 'b # b'],
		['C', 'c'],
		['D', 'd'],
		['E', 'e'],
		['F', 'f\n'],
	]);
	const odd = ['A=a\t# b', 'B=a#b # c', "C='c'# d", 'D=d # "d"', 'E=$E # e', 'F=f g # h', 'G=g\\ # h'];
	assert.deepEqual(told(odd.join('\n')), {values: [], unclear: ['A', 'B', 'C', 'D', 'E', 'F', 'G']});
});

test('a tilde inside a word is a character like any other, and one that a shell expands is not', () => {
	assert.deepEqual(told('A=abc8Q~abc~\nB=a/~\nC=a:~\nD=~/x\nE=a:~/b\nF=a~~b').values, [
		['A', 'abc8Q~abc~'],
		['B', 'a/~'],
		['F', 'a~~b'],
	]);
	assert.deepEqual(told('C=a:~\nD=~/x\nE=a:~/b\nF=a:~~b').unclear, ['C', 'D', 'E', 'F']);
});

test('characters that end no word and expand nothing need no quotes', () => {
	for (const value of ['p!ss', '*', 'a?b^c', '[c]', 'größe', '!~x', '%@', 'a=b==', '=', 'a:=']) {
		assert.deepEqual(told(`A=${value}\nexport B=${value}\n`).values, [
			['A', value],
			['B', value],
		]);
	}
	const lines = ['A=a#b', 'B=(x)', 'C=a<b', 'D=a>b', 'E=a|b', 'F=a$b', 'G=a`b', "H=a'b", 'I=a"b', 'J=a\\b', 'K=:~'];
	assert.deepEqual(told(lines.join('\n')).values, []);
});

test('braces behind `export` and a `=` that zsh takes for the path of a program are unclear', () => {
	assert.deepEqual(told('A={a,b}[c]\nB=%{@}\nexport C="{a,b}"\nexport D=\'{1..3}\'').values, [
		['A', '{a,b}[c]'],
		['B', '%{@}'],
		['C', '{a,b}'],
		['D', '{1..3}'],
	]);
	const lines = ['export A={a,b}x', 'export B={1..3} # c', 'declare C={a,b}', 'typeset D=x{1..3}'];
	const paths = ['E==ls', 'export F==ls', 'G=a:=ls', 'H==='];
	assert.deepEqual(told([...lines, ...paths].join('\n')), {values: [], unclear: [...'ABCDEFGH']});
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
		[...parseAssignments("A='1\n2'\n\nB=x y\nC=$D").unclear],
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

test('spaces around = are no part of name or value', () => {
	assert.deepEqual(told('A = 1\nexport B\t=\t\'two words\'\nC= "x\ny"\nD =\n'), {
		values: [
			['A', '1'],
			['B', 'two words'],
			['C', 'x\ny'],
			['D', ''],
		],
		unclear: [],
	});
});

const pem = (line: string): string =>
	['-----BEGIN PRIVATE KEY-----', 'AAAA', '+/b=', '-----END PRIVATE KEY-----', ''].join(line);

test('a key in PEM on one line has line ends for its \\n, any other text with \\n is unclear', () => {
	for (const written of [`"${pem('\\n')}"`, pem('\\n'), `"${pem('\\r\\n')}"`]) {
		assert.deepEqual(told(`A=${written}\nB=1`).values, [
			['A', pem('\n')],
			['B', '1'],
		]);
	}
	assert.deepEqual(told(`A='${pem('\\n')}'`).values, [['A', pem('\\n')]]);
	for (const written of [`"${pem('\\n')}\\t"`, `"${pem('\\n')}$x"`, `"{${pem('\\n')}}"`]) {
		assert.deepEqual(told(`A=${written}`).unclear, ['A'], written);
	}
});

test('parts in single quotes joined by an escaped quote are one value, over lines and with carriage returns', () => {
	const text = "export A='it'\\''s\n'\\'''\\'' 3'\nexport B='a\r\nb\rc'\nexport C='4'\r\n";
	assert.deepEqual(told(text).values, [
		['A', "it's\n'' 3"],
		['B', 'a\r\nb\rc'],
		['C', '4'],
	]);
});

test('the reason says what is true of the line', () => {
	for (const [written, reason] of [
		['"x', /^opens a quote on line 2 that nothing closes$/],
		['$(pass x)', /^takes its value on line 2 from a variable or a command/],
		['"$X"', /^takes its value on line 2 from a variable or a command/],
		['a b', /put its value on line 2 in single quotes, with no comment after it$/],
		[`"it's $5"`, /on line 2 .* no quotes hold it for all of them: put it into a JSON file/],
	] as const) {
		assert.match(parseAssignments(`#\nA=${written}\n`).reasons.get('A') ?? '', reason);
	}
});

test('a script with #! and lines of declare are read as bash does', () => {
	const text = '#!/bin/sh\nexport A="p\\$x" B=2 # why\nC=a\\ b;\nD = 1\nE="two\nlines"\n';
	assert.deepEqual(told(text).values, [
		['A', 'p$x'],
		['B', '2'],
		['C', 'a b'],
		['E', 'two\nlines'],
	]);
	assert.deepEqual(told('declare -x A="p\\$x"\ntypeset -x B=1').values, [
		['A', 'p$x'],
		['B', '1'],
	]);
});

test('a line of another form names the variables that it seems to set', () => {
	const lines = [
		'A_KEY: one',
		'setenv B_KEY two',
		'os.environ["C_KEY"] = "3"',
		'echo $D_KEY',
		'# E_KEY: 5',
		'if x; then F_KEY=6; fi',
		'unset G_KEY',
		'echo H_KEY is set',
		'setx I_KEY x',
		'[Environment]::SetEnvironmentVariable("J_KEY", "x")',
		'export K_KEY',
		'Z=1',
		'Z: 2',
	];
	assert.deepEqual(
		[...parseAssignments(lines.join('\n')).named],
		[
			['A_KEY', 1],
			['B_KEY', 2],
			['C_KEY', 3],
			['F_KEY', 6],
			['I_KEY', 9],
			['J_KEY', 10],
		],
	);
});

test('the lines that set nothing are told, comments and empty ones aside', () => {
	const text = '# one\nA=b\n\nnot a line\nsetenv C d\nE="x\ny"\nunset F\nmy-name=x\n';
	assert.deepEqual(parseAssignments(text).unread, [4, 5, 8, 9]);
});
