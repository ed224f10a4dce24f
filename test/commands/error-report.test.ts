import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reportError} from '../../source/commands/error-report.js';
import {type ErrorCode, exitCodes, PharmerError} from '../../source/domain/errors.js';

const canary = 'wJalrXUtnFEMI';
const debug = {PHARMER_DEBUG: '1'};

test('a PharmerError prints its message, its hint on the next line, and has its own exit code', () => {
	for (const [code, exitCode] of Object.entries(exitCodes)) {
		const error = new PharmerError(code as ErrorCode, 'it is so', 'do this');
		assert.deepEqual(reportError(error, {}), {text: 'pharmer: it is so\ndo this\n', exitCode});
	}
	assert.equal(reportError(new PharmerError('usage', 'it is so'), {}).text, 'pharmer: it is so\n');
});

test('text from outside cannot control the terminal', () => {
	const error = new PharmerError('file', '`\u001b]52;c;AAAA\u0007` is\nnot there', 'try \u202eanother');
	assert.equal(reportError(error, {}).text, 'pharmer: `\\u001b]52;c;AAAA\\u0007` is\\nnot there\ntry \\u202eanother\n');
});

test('shows only kind and code of an unexpected error', () => {
	const error = Object.assign(new TypeError(`${canary} is not a function`), {code: 'ERR_SOMETHING'});
	const {text, exitCode} = reportError(error, {});
	assert.equal(exitCode, 1);
	assert.match(text, /^pharmer: this is a bug in pharmer: TypeError ERR_SOMETHING\n.*PHARMER_DEBUG=1.*\n$/);
	assert.match(reportError(canary, {}).text, /bug in pharmer: string\n/);
	assert.match(reportError(undefined, {}).text, /bug in pharmer: undefined\n/);
	const strange = Object.assign(new Error('x'), {name: `${canary} 1`, code: `${canary} `});
	assert.match(reportError(strange, {}).text, /bug in pharmer: Error\n/);
});

test('PHARMER_DEBUG=1 shows where it happened, still without a message', () => {
	const hostile = `first\n    at ${canary} (/home/me/${canary}.js:1:1)\n${canary}`;
	const {text} = reportError(new Error(hostile), debug);
	assert.match(text, /^pharmer: this is a bug in pharmer: Error\n {4}at .*error-report\.test\.ts/);
	assert.equal(text.includes(canary), false);
	const changed = new Error('before');
	changed.message = canary;
	changed.stack = `Error: ${canary} and more\n    at ${canary}`;
	assert.equal(reportError(changed, debug).text.includes(canary), false);
	const known = reportError(new PharmerError('file', 'it is so', 'do this'), debug);
	assert.match(known.text, /^pharmer: it is so\ndo this\n {4}at /);
	assert.doesNotMatch(reportError(new Error('x'), {PHARMER_DEBUG: '0'}).text, / {4}at /);
});

test('shows stack frames as V8 writes them, and no other lines', () => {
	const error = new Error('x');
	const shown = [
		'    at new Reader (file:///a b/c.js:1:2)',
		'    at async Object.run [as call] (node:internal/process:1:2)',
		'    at async file:///a/b.js:1:2',
		'    at /a b/c.js:1:2',
		'    at C:\\a\\b.js:1:2',
		'    at JSON.parse (<anonymous>)',
	];
	const others = [`    at ${canary}`, `    at (${canary}) (file:///a.js (b)`, `    at ${canary} /a`, 'at /a'];
	error.stack = ['Error: x', ...shown, ...others].join('\n');
	const [, ...lines] = reportError(error, debug).text.trimEnd().split('\n');
	assert.deepEqual(lines, shown);
});
