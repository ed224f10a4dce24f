import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {exactForm} from '../../source/commands/exact-form.js';
import {exactInvocation} from '../../source/commands/exact-invocation.js';
import {parseCommandLine} from '../../source/commands/program.js';
import {PharmerError} from '../../source/domain/errors.js';
import {readingLines, writingLines} from '../helpers/command-lines.js';

/** What a line means: its verb with its options, the text that answers it, or the error. */
async function meaning(parse: () => object | Promise<object>): Promise<object> {
	try {
		const {run: _, ...parsed} = (await parse()) as {readonly run?: unknown};
		return parsed;
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {code: error.code, message: error.message, hint: error.hint};
	}
}

/** Checks that an exact form means what the parser of all lines takes it for. Returns whether the line has one. */
async function agreesOn(words: readonly string[]): Promise<boolean> {
	const form = exactForm(words);
	if (form === undefined) return false;
	const exact = await meaning(() => exactInvocation(form));
	assert.deepEqual(exact, await meaning(() => parseCommandLine(words, {version: '1.2.3', width: 80})), words.join(' '));
	return true;
}

test('the lines that tools repeat all day have an exact form', async () => {
	for (const line of [
		'get aws -o json',
		'get aws --output json',
		'get cred aws -o json',
		'--vault /v get credential cred -o json',
		'get aws --field secretAccessKey',
		'get cred aws --field 3.key_a-b',
		'aws credential-process aws',
		'--vault ~/v aws credential-process aws',
		'exec aws -- true',
		'exec aws any -- sh -c exit --vault x',
		'exec aws --',
		'env aws',
		'env aws any',
		'get aws@work -o json',
		'get aws@work --field key',
		'aws credential-process aws@work',
		'exec aws@work any@work -- true',
		'exec aws@work any -- true',
		'get cred aws@work -o json',
		'--vault work get aws@work -o json',
		'--vault home get aws@work -o json',
	]) {
		assert.equal(await agreesOn(line.split(' ')), true, line);
	}
	for (const line of [
		'get aws',
		'get -o json',
		'get aws --field',
		'get aws --field -o',
		'get aws --field key -o json',
		'exec aws',
		'env',
		'aws setup aws',
		'--vault get aws -o json',
		'env -- a',
	])
		assert.equal(exactForm(line.split(' ')), undefined, line);
	for (const word of ['', '-x', '.x', 'a b', 'a\n', 'ä', 'a=b', '--', 'a@', '@a', 'a@b@c', 'a@/b']) {
		assert.equal(exactForm(['env', word]), undefined, word);
		assert.equal(exactForm(['get', word, '-o', 'json']), undefined, word);
	}
});

test('the lines that open the app have an exact form', async () => {
	for (const words of [[], ['--demo'], ['--vault', '/v'], ['--vault', '~/v', '--demo']])
		assert.equal(await agreesOn(words), true, words.join(' '));
	for (const line of [
		'--demo --demo',
		'--demo get',
		'--demo --vault /v',
		'--vault',
		'--vault --demo',
		'--vault= --demo',
	])
		assert.equal(exactForm(line.split(' ')), undefined, line);
});

test('an exact form means what the parser of all lines makes of the line', async context => {
	const lines = [...readingLines, ...writingLines];
	let exact = 0;
	for (const {words} of lines) if (await agreesOn(words)) exact++;
	context.diagnostic(`${exact} of ${lines.length} lines`);
	assert.ok(exact > 60);
});

const word = fc.oneof(
	fc.constantFrom(
		...['get', 'exec', 'env', 'aws', 'credential-process', 'setup', 'credential', 'cred', 'json', 'yaml', 'help'],
		...[
			'-o',
			'--output',
			'--field',
			'-o=json',
			'-ojson',
			'--',
			'--vault',
			'--demo',
			'--no-agent',
			'-h',
			'--help',
			'-V',
			'',
			'-',
			'x',
			'/v',
		],
	),
	fc.string({maxLength: 4}),
	fc.string({unit: 'binary', maxLength: 3}),
);
const name = fc.oneof(
	word,
	fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,70}$/),
	fc.stringMatching(/^[a-c]{0,2}@[a-c]{0,2}$/),
);
const words = fc.array(word, {maxLength: 3});

/** Lines that have an exact form, or nearly. */
const line = fc.oneof(
	fc.array(word, {maxLength: 7}),
	fc
		.tuple(
			fc.oneof(fc.constant([]), fc.tuple(fc.constant('--vault'), fc.oneof(word, fc.constant('/v')))),
			fc.oneof(
				fc.constantFrom([], ['--demo']),
				fc.tuple(fc.constant('get'), name, fc.constant('-o'), fc.constant('json')),
				fc.tuple(fc.constant('get'), name, fc.constant('--field'), name),
				fc.tuple(fc.constant('get'), word, name, fc.constantFrom('-o', '--output'), fc.constant('json')),
				fc.tuple(fc.constant('aws'), fc.constant('credential-process'), name),
				fc.array(name, {maxLength: 3}).map(names => ['env', ...names]),
				fc.tuple(fc.array(name, {maxLength: 3}), words).map(([names, behind]) => ['exec', ...names, '--', ...behind]),
			),
			fc.oneof({arbitrary: fc.constant([]), weight: 3}, words),
		)
		.map(parts => parts.flat()),
);

test('no line has an exact form that means something else', async context => {
	let exact = 0;
	await fc.assert(
		fc.asyncProperty(line, async each => {
			if (await agreesOn(each)) exact++;
		}),
		{numRuns: 3000},
	);
	context.diagnostic(`${exact} of 3000 random lines`);
	assert.ok(exact > 200);
});
