import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findInEnvironment} from '../../source/credentials/environment.js';
import {aws} from '../../source/providers/aws/schema.js';
import {parseProvider} from '../../source/providers/catalog.js';
import {generic} from '../../source/providers/generic/schema.js';

/** The field, variable and value of everything found. */
function found(environment: Readonly<Record<string, string | undefined>>): readonly (readonly string[])[] {
	return findInEnvironment(aws, environment).map(({field, variable, value}) => [field.key, variable, value.reveal()]);
}

test('prefers the official variable, and uses an older one when it is unset or empty', () => {
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

test('keeps values to the byte', () => {
	assert.deepEqual(found({AWS_SECRET_ACCESS_KEY: ' +/= \n'}), [
		['secretAccessKey', 'AWS_SECRET_ACCESS_KEY', ' +/= \n'],
	]);
});

test('finds nothing when nothing is set', () => {
	assert.deepEqual(found({}), []);
	assert.deepEqual(found({AWS_ACCESS_KEY_ID: '', aws_access_key_id: 'x', PATH: '/bin'}), []);
	assert.deepEqual(findInEnvironment(generic, {AWS_ACCESS_KEY_ID: 'x'}), []);
});

test('a variable that holds a reference is passed over', () => {
	const environment = {HCLOUD_TOKEN: 'pharmer://hetzner/token', LINODE_TOKEN: 'pharmer://x', LINODE_CLI_TOKEN: 'a'};
	assert.deepEqual(findInEnvironment(parseProvider('hetzner'), environment), []);
	assert.deepEqual(
		findInEnvironment(parseProvider('linode'), environment).map(({variable}) => variable),
		['LINODE_CLI_TOKEN'],
	);
});
