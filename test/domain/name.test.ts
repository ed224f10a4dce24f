import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {nameKey, nameProblem, parseName} from '../../source/domain/name.js';

test('a name has 1 to 63 letters, digits, dots, underscores or hyphens and starts with a letter or a digit', () => {
	for (const name of ['a', '0', 'aws', 'A.b_c-d', '1password', 'a'.repeat(63), 'a..', 'con']) {
		assert.equal(nameProblem(name), undefined);
		assert.equal(parseName(name), name);
	}
});

test('an invalid name is refused with the rule it breaks', () => {
	const cases: readonly (readonly [text: string, rule: RegExp])[] = [
		['', /can't be empty/],
		['a'.repeat(64), /at most 63 characters, this has 64/],
		['.hidden', /starts with a letter or a digit/],
		['-f', /starts with/],
		['../etc/passwd', /starts with/],
		['a/b', /has only letters, digits/],
		['a b', /has only/],
		['a\n', /has only/],
		['ü', /starts with/],
		['aü', /has only/],
		['a\u0000', /has only/],
	];
	for (const [text, rule] of cases) {
		assert.match(nameProblem(text) ?? '', rule);
		assert.throws(
			() => parseName(text),
			(error: unknown) => {
				assert.ok(error instanceof PharmerError);
				assert.equal(error.code, 'invalid');
				assert.match(error.message, rule);
				assert.ok(error.message.startsWith(`\`${text}\` is not a name for a credential: a name `));
				return true;
			},
		);
	}
});

test('names are compared case-insensitively', () => {
	assert.equal(nameKey('AWS-Prod'), nameKey('aws-prod'));
	assert.notEqual(nameKey('aws-prod'), nameKey('aws_prod'));
});
