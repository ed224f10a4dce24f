import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseFieldKey} from '../../source/domain/credential.js';
import {exitCodes, PharmerError} from '../../source/domain/errors.js';

const invalid = (pattern: RegExp) => (error: unknown) =>
	error instanceof PharmerError && error.code === 'invalid' && pattern.test(`${error.message}\n${error.hint ?? ''}`);

test('a field key follows its rules', () => {
	for (const key of ['accessKeyID', '0', 'a.b_c-d', 'a'.repeat(63)]) assert.equal(parseFieldKey(key), key);
	for (const key of ['', '_a', '__proto__', 'a b', 'a=b', 'é', 'a\n', 'a'.repeat(64)]) {
		assert.throws(() => parseFieldKey(key), invalid(/can't be a field: a field has 1 to 63/));
	}
});

test('the exit codes are frozen', () => {
	assert.deepEqual(exitCodes, {
		bug: 1,
		usage: 2,
		cancelled: 3,
		'not-found': 4,
		exists: 5,
		'wrong-passphrase': 6,
		invalid: 7,
		damaged: 8,
		'rolled-back': 8,
		forked: 8,
		'newer-version': 8,
		file: 9,
		keyring: 9,
		refused: 10,
		network: 11,
		busy: 12,
		conflict: 12,
		'other-vault': 12,
		rekeyed: 12,
		'no-vault': 13,
		'cannot-run': 126,
		'no-command': 127,
		interrupted: 130,
	});
	const error = new PharmerError('exists', 'a credential `a` exists already', 'choose another');
	assert.deepEqual([error.exitCode, error.hint, error.name], [5, 'choose another', 'PharmerError']);
	assert.ok(error instanceof Error);
	assert.equal(new PharmerError('file', 'x').hint, undefined);
});
