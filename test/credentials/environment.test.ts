import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findInEnvironment} from '../../source/credentials/environment.js';
import {aws} from '../../source/providers/aws/schema.js';
import {generic} from '../../source/providers/generic/schema.js';

/** Field, variable and value of everything found. */
function found(environment: Readonly<Record<string, string | undefined>>): readonly (readonly string[])[] {
	return findInEnvironment(aws, environment).map(({field, variable, value}) => [field.key, variable, value.reveal()]);
}

test('the official variable comes first, an older one where it is not set or empty', () => {
	assert.deepEqual(
		found({
			AWS_ACCESS_KEY: 'old',
			AWS_ACCESS_KEY_ID: 'new',
			AWS_SECRET_ACCESS_KEY: '',
			AWS_SECRET_KEY: 's',
			AWS_DEFAULT_REGION: 'r',
		}),
		[
			['accessKeyID', 'AWS_ACCESS_KEY_ID', 'new'],
			['secretAccessKey', 'AWS_SECRET_KEY', 's'],
			['region', 'AWS_DEFAULT_REGION', 'r'],
		],
	);
	assert.deepEqual(found({AMAZON_ACCESS_KEY_ID: 'a', AWS_SECURITY_TOKEN: 't'}), [
		['accessKeyID', 'AMAZON_ACCESS_KEY_ID', 'a'],
		['sessionToken', 'AWS_SECURITY_TOKEN', 't'],
	]);
});

test('values are kept to the byte', () => {
	assert.deepEqual(found({AWS_SECRET_ACCESS_KEY: ' +/= \n'}), [
		['secretAccessKey', 'AWS_SECRET_ACCESS_KEY', ' +/= \n'],
	]);
});

test('nothing set, nothing found', () => {
	assert.deepEqual(found({}), []);
	assert.deepEqual(found({AWS_ACCESS_KEY_ID: '', aws_access_key_id: 'x', PATH: '/bin'}), []);
	assert.deepEqual(findInEnvironment(generic, {AWS_ACCESS_KEY_ID: 'x'}), []);
});
