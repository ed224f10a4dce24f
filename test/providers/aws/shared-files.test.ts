import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lookAround} from '../../../source/look/look.js';
import {aws} from '../../../source/providers/aws/shared-files.js';
import {filesWorld} from '../../helpers/import-world.js';
import {assertRefusesLines} from '../../helpers/importers.js';
import {assertRecognizes, clear, fixture, placesOn} from '../../helpers/importing.js';

const credentials = fixture('aws/credentials.ini');
const config = fixture('aws-config/config');

test('takes keys from the credentials file, and the region from either file, the credentials file first', () => {
	const reading = aws.read([credentials, config]);
	assert.deepEqual(
		clear(reading).map(([label, data]) => [label, data.map(([key]) => key).join(), data.at(-1)?.[1]]),
		[
			['default', 'accessKeyID,secretAccessKey,region', 'eu-central-1'],
			['work.eu west', 'accessKeyID,secretAccessKey,region', 'eu-west-1'],
			['zürich', 'accessKeyID,secretAccessKey,sessionToken,region', 'eu-central-2'],
		],
	);
	assert.deepEqual(clear(reading)[0]?.[1].slice(0, 2), [
		['accessKeyID', 'AKIAH2KVJ72CEUVW75EF'],
		['secretAccessKey', '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'],
	]);
});

test('names each profile that gets its keys elsewhere, and how', () => {
	const {refused} = aws.read([credentials, config]);
	assert.deepEqual(
		refused.map(({label, reason}) => `${label} ${reason.split(',')[0]}`),
		[
			'role assumes a role with the keys of another profile',
			'sso signs in with a browser',
			'helper gets its keys from a program',
			'deploy assumes a role with the keys of another profile',
			'on-ec2 has its keys from the machine or container it runs on',
			'pod signs in with a token of another service',
			'console signs in with a browser',
		],
	);
});

test('a profile in both files takes its keys from the credentials file only', () => {
	const own = '[a]\naws_access_key_id = one\naws_secret_access_key = two\n';
	const other = '[profile a]\naws_access_key_id = x\naws_secret_access_key = y\naws_session_token = z\nregion = r\n';
	const expected = [
		['accessKeyID', 'one'],
		['secretAccessKey', 'two'],
		['region', 'r'],
	];
	assert.deepEqual(clear(aws.read([own, other])), [['a', expected]]);
	const partly = clear(aws.read(['[a]\nregion = own\n', other]));
	assert.deepEqual(partly[0]?.[1].at(-1), ['region', 'own']);
	assert.equal(partly[0]?.[1].length, 4);
});

test('reads a config file alone, and only once alongside the credentials file', async () => {
	const both = {'/home/me/.aws/credentials': credentials, '/home/me/.aws/config': config};
	const look = await lookAround(filesWorld(both), ['aws']);
	assert.deepEqual([look.found.length, look.refused.length, look.damaged], [3, 7, []]);
	const alone = '[profile a]\naws_access_key_id = AKIAH2KVJ72CEUVW75EF\naws_secret_access_key = abc\n';
	const {found} = await lookAround(filesWorld({'/home/me/.aws/config': alone}), ['aws']);
	assert.deepEqual(
		found.map(({label, path}) => [label, path]),
		[['a', '/home/me/.aws/config']],
	);
});

test('looks for the files in the home directory, or where the environment points', () => {
	assert.deepEqual(aws.files(placesOn('linux')), [
		['/home/me/.aws/credentials', '/home/me/.aws/config'],
		['/home/me/.aws/config'],
	]);
	assert.equal(aws.files(placesOn('darwin'))[0]?.[0], '/Users/me/.aws/credentials');
	assert.equal(aws.files(placesOn('win32'))[0]?.[0], 'C:\\Users\\me\\.aws\\credentials');
	const environment = {AWS_SHARED_CREDENTIALS_FILE: '/keys', AWS_CONFIG_FILE: '~/aws.ini'};
	assert.deepEqual(aws.files(placesOn('linux', environment)), [['/keys', '/home/me/aws.ini'], ['/home/me/aws.ini']]);
});

test('recognizes only its own files, and reports damage by position, with none of the content', () => {
	assertRecognizes(aws);
	assertRefusesLines(aws, ['[a]\naws_secret_access_key = x\n  canary = y\n', '[a]\ncanary\n', '[canary\nx = y\n']);
});
