import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ourProfiles} from '../../../source/providers/aws/our-profiles.js';

test('the profiles that take their keys from the vault are found with the words of their command', () => {
	const text = [
		'[default]',
		'credential_process = /opt/node "/opt/my tools/pharmer" --vault /v aws credential-process work',
		'[profile "two words"]',
		'region = eu-west-1',
		'credential_process = pharmer aws credential-process other # ours',
		'[profile theirs]',
		'credential_process = /opt/other credential-process work',
		'[sso-session x]',
		'credential_process = pharmer aws credential-process no',
		'[profile empty]',
		'credential_process = pharmer aws credential-process',
		'[broken',
	].join('\n');
	assert.deepEqual(ourProfiles(text), [
		{
			profile: 'default',
			line: 2,
			words: ['/opt/node', '/opt/my tools/pharmer', '--vault', '/v', 'aws', 'credential-process', 'work'],
		},
		{profile: 'two words', line: 5, words: ['pharmer', 'aws', 'credential-process', 'other']},
	]);
	assert.deepEqual(ourProfiles(''), []);
});

test('in the credentials file every section is a profile', () => {
	const text = '[work]\ncredential_process = /opt/pharmer aws credential-process a\n[profile x]\nregion = y\n';
	const words = ['/opt/pharmer', 'aws', 'credential-process', 'a'];
	assert.deepEqual(ourProfiles(text, 'credentials'), [{profile: 'work', line: 2, words}]);
	assert.deepEqual(ourProfiles(text), []);
});
