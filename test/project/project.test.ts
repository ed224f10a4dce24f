import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {PharmerError} from '../../source/domain/errors.js';
import {readProject} from '../../source/project/project.js';
import {seed, size} from '../helpers/rounds.js';

const read = (text: string) => readProject({text, shown: '.pharmer.yaml'});

function mistake(text: string): string {
	try {
		read(text);
	} catch (error) {
		if (error instanceof PharmerError && error.code === 'invalid') return error.message;
		throw error;
	}
	throw new assert.AssertionError({message: `it was read: ${text}`});
}

test('names credentials and variables, whose values are the texts as written', () => {
	const {credentials, variables} = read(
		[
			'# what `make deploy` needs',
			'credentials: [aws-prod, "dns"]',
			'env:',
			'  LOG_LEVEL: debug',
			'  PORT: 0080',
			'  YES: yes',
			'  EMPTY: ""',
			"  URL: 'postgres://app:{{ pharmer://db/password }}@db/app'",
			'  TOKEN: pharmer://db/token',
			'  TEXT: |',
			'    a',
			'    b',
		].join('\n'),
	);
	assert.deepEqual(credentials, ['aws-prod', 'dns']);
	assert.deepEqual(
		variables.map(({name, value, line}) => [name, value, line]),
		[
			['LOG_LEVEL', 'debug', 4],
			['PORT', '0080', 5],
			['YES', 'yes', 6],
			['EMPTY', '', 7],
			['URL', 'postgres://app:{{ pharmer://db/password }}@db/app', 8],
			['TOKEN', 'pharmer://db/token', 9],
			['TEXT', 'a\nb\n', 10],
		],
	);
	assert.deepEqual(read('credentials:\n- a\n').variables, []);
	assert.deepEqual(read('env: {A: b}').credentials, []);
});

test('everything else is refused with its line and without its value', () => {
	const cases: readonly (readonly [text: string, message: RegExp])[] = [
		['', /: it names nothing$/],
		['# nothing\n', /: it names nothing$/],
		['credentials: []\nenv: {}\n', /: it names nothing$/],
		['aws-prod', /line 1, column 1: the file is not a map/],
		['- a\n', /line 1, column 1: the file is not a map/],
		['credentials: [a]\n---\ncredentials: [b]\n', /line \d, column \d+: a second document begins here/],
		['credentials: [a]\nsecrets: {A: b}\n', /line 2, column 1: `secrets` is not known here/],
		['credentials: a\n', /line 1, column 14: `credentials` is not a list/],
		['credentials: {a: b}\n', /line 1, column 14: `credentials` is not a list/],
		['credentials:\n- [a]\n', /line 2, column 3: the name of a credential is not text/],
		['credentials:\n- a\n- ../b\n', /line 3, column 3: this is not a name for a credential: a name starts with/],
		['credentials: [a b]\n', /line 1, column 15: this is not a name/],
		['credentials: [~]\n', /this is not a name for a credential: a name can't be empty/],
		[`credentials: [${'a'.repeat(64)}]\n`, /a name has at most 63 characters/],
		['credentials: [a, A]\n', /line 1, column 18: `A` appears a second time/],
		['env: [A]\n', /line 1, column 6: `env` is not a map/],
		['env:\n  A-B: c\n', /line 2, column 3: `A-B` is not the name of a variable/],
		['env:\n  "A=B": c\n', /line 2, column 3: this key is not the name of a variable/],
		['env:\n  A: [b]\n', /line 2, column 6: the value of `A` is not text/],
		['env:\n  A:\n', /line 2, column \d: `A` has no value/],
		['env:\n  A: ~\n', /`A` has no value/],
		['env:\n  A: b\n  A: c\n', /line 3, column 3: this key appears a second time/],
		['env:\n  Foo: b\n  FOO: c\n', /line 3, column 3: `FOO` appears a second time in another case/],
		['env:\n  A: "\\0"\n', /line 2, column 6: `A` holds characters that an environment can't/],
		['env:\n  A: "\\ud800"\n', /`A` holds characters that an environment can't/],
		['env:\n  A: pharmer://b\n', /`A` holds a `pharmer:\/\/` that is not/],
		['env:\n  A: "x pharmer://b/c"\n', /`A` holds a `pharmer:\/\/` that stands outside of `\{\{ \}\}`/],
		[`env:\n  A: ${'x'.repeat(1025)}\n`, /`A` has a value of more than 1024 characters/],
		['env:\n  PATH: .\n', /line 2, column 3: `PATH` decides what programs run: a project file can't set it/],
		['env:\n  Ld_Preload: x\n', /line 2, column 3: `Ld_Preload` decides/],
		[`credentials: [${Array.from({length: 101}, (_, index) => `a${index}`)}]\n`, /more than 100 credentials/],
		[`env: {${Array.from({length: 101}, (_, index) => `A${index}: b`)}}\n`, /more than 100 variables/],
		['credentials: &a [b]\n', /line 1, column 17: anchors/],
		['credentials: *a\n', /anchors/],
		['credentials: !!set {a: b}\n', /tags/],
		['<<: {credentials: [a]}\n', /line 1, column 1: this key is not known here/],
		['__proto__: a\n', /`__proto__` is not allowed/],
		[`credentials: ${'['.repeat(40)}`, /nested more than 32 levels/],
		['credentials: [a\n', /line \d, column \d+: a closing `\]` is missing/],
		['env:\n\tA: b\n', /line 2, column 1: a tab/],
	];
	for (const [text, message] of cases) {
		const said = mistake(text);
		assert.match(said, /^`\.pharmer\.yaml`: /, text);
		assert.match(said, message, text);
	}
	const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
	for (const text of [`credentials: [${secret}]`, `${secret}: x`, `env: {${secret}: x}`, `env: {A: [${secret}]}`])
		assert.doesNotMatch(mistake(text), /wJalr/);
});

test('hostile text is read or refused as invalid, never another way', () => {
	const part = fc.constantFrom(
		...[
			'credentials',
			'env',
			':',
			': ',
			'\n',
			'\n  ',
			'- ',
			'[',
			']',
			'{',
			'}',
			',',
			'"',
			"'",
			'&a ',
			'*a',
			'!!str ',
			'!x ',
		],
		...[
			'|',
			'>',
			'#',
			'%',
			'---',
			'...',
			'?',
			'~',
			'A',
			'a',
			'0',
			'\t',
			'\\',
			'\0',
			'\ud800',
			'<<',
			'pharmer://',
			'{{',
			'}}',
		],
		...['PATH', '__proto__', 'pharmer://a/b', '\u2028', '\ufeff', '\r', '\u001b[31m'],
	);
	const text = fc.oneof(
		fc.array(part, {maxLength: 40}).map(parts => parts.join('')),
		fc.array(part, {maxLength: 20}).map(parts => `credentials: [a]\nenv:\n  A: ${parts.join('')}`),
		fc.string({unit: 'binary', maxLength: 60}),
	);
	fc.assert(
		fc.property(text, each => {
			try {
				const {credentials, variables} = read(each);
				assert.ok(credentials.length + variables.length > 0);
				for (const {name} of variables) assert.match(name, /^[A-Za-z_][A-Za-z0-9_]*$/);
			} catch (error) {
				if (!(error instanceof PharmerError)) throw error;
				assert.equal(error.code, 'invalid');
			}
		}),
		{numRuns: size(2000, 100_000), seed},
	);
	const levels = Array.from({length: 30}, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`);
	const most = 64 * 1024;
	for (const bomb of [
		['a0: &a0 x', ...levels].join('\n'),
		...['[', '{a: ', '- ', '? ', '&a ', '"', 'a: ', 'a:\n', '---\n', '"a" '].map(each =>
			each.repeat(most / each.length),
		),
		`env:\n${Array.from({length: 5000}, (_, index) => `  A${index}: b`).join('\n')}`,
		`env: {A: "${'{{ pharmer://'.repeat(4000)}"}`,
	])
		assert.match(mistake(bomb), /^`\.pharmer\.yaml`: /);
});
