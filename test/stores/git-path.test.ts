import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keyOf, pathOf} from '../../source/stores/git-path.js';

test('the file of a key lies in a folder of few, and no file is in the place of a folder', () => {
	const files = [
		['vault/log/000000000042', 'vault/log/0000000000_/42'],
		['vault/log', 'vault/l_/og'],
		['abc', 'a_/bc'],
		['ab', '_/ab'],
		['a', '_/a'],
		['a/b', 'a/_/b'],
	] as const;
	for (const [key, file] of files) {
		assert.equal(pathOf(key), file);
		assert.equal(keyOf(file), key);
	}
});

test("a file that has no key is nobody's", () => {
	for (const file of [
		'README.md',
		'log/000000000042',
		'log_/x',
		'ab_/c',
		'a_/b_/c',
		'_/',
		'_/abc',
		'A_/bc',
		'/_/a',
		'../_/a',
	])
		assert.equal(keyOf(file), undefined, file);
	assert.equal(keyOf(pathOf('a'.repeat(201))), undefined);
});
