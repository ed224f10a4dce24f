import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData, checkField} from '../../source/credentials/check.js';
import {Secret} from '../../source/domain/secret.js';
import {aws} from '../../source/providers/aws/schema.js';
import {arrangeData} from '../../source/providers/data.js';
import {generic} from '../../source/providers/generic/schema.js';

function data(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, Secret> {
	return new Map(pairs.map(([key, value]) => [key, new Secret(value)]));
}

test("data is in the provider's order, then in the given order, without empty values", () => {
	const arranged = arrangeData(
		aws,
		data([
			['other', 'o'],
			['region', 'eu-west-1'],
			['secretAccessKey', 's'],
			['sessionToken', ''],
			['more', 'm'],
			['accessKeyID', 'a'],
		]),
	);
	assert.deepEqual(
		[...arranged].map(([key, value]) => [key, value.reveal()]),
		[
			['accessKeyID', 'a'],
			['secretAccessKey', 's'],
			['region', 'eu-west-1'],
			['other', 'o'],
			['more', 'm'],
		],
	);
	assert.deepEqual(
		[
			...arrangeData(
				generic,
				data([
					['b', '1'],
					['a', '2'],
					['10', '3'],
					['9', '4'],
				]),
			).keys(),
		],
		['b', 'a', '10', '9'],
	);
});

test('a provider that accepts any fields needs at least one', () => {
	assert.match(checkData(generic, new Map())[0]?.message ?? '', /at least one field with a value/);
	assert.deepEqual(checkData(generic, data([['token', 'any\nthing at all']])), []);
});

test('an empty value is wrong only in a required field', () => {
	assert.equal(checkField(aws, 'region', ''), undefined);
	assert.equal(checkField(generic, 'token', ''), undefined);
	assert.equal(checkField(aws, 'accessKeyID', '')?.severity, 'wrong');
});

test('a NUL is wrong in every field, since no environment or file can carry it', () => {
	assert.equal(checkField(generic, 'token', 'a\0b')?.severity, 'wrong');
});

test('the mark of a masked value is not a value, so a redacted manifest overwrites no secret', () => {
	for (const provider of [aws, generic]) {
		const [finding] = checkData(
			provider,
			data([
				['accessKeyID', 'AKIAQ4J5K6L7M2N3P4Q5'],
				['secretAccessKey', '[redacted]'],
			]),
		).filter(each => each.severity === 'wrong');
		assert.match(finding?.message ?? '', /mark of a masked value/);
	}
});

test('a key id reveals its account, if it holds one', () => {
	const tells = (value: string): string | undefined => aws.fields[0]?.tells?.(value);
	// The sample id from the note that explains it.
	assert.equal(tells('ASIAQNZGKIQY56JQ7WML'), 'a key of the account 029608264753');
	assert.equal(tells('AKIAIOSFODNN7EXAMPLE'), undefined);
	assert.equal(tells('AKIA'), undefined);
	assert.equal(tells('ASIAQNZGKIQY56JQ7WM1'), undefined);
});
