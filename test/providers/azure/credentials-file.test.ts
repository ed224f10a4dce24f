import assert from 'node:assert/strict';
import {test} from 'node:test';
import {azureCredentials} from '../../../source/providers/azure/credentials-file.js';
import {FileText} from '../../../source/providers/file-text.js';
import {assertKnowsOnlyIts, assertRefusesLines, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('azure-credentials/credentials');

test("finds Ansible's profiles with either separator, and Test Kitchen's subscriptions", () => {
	const {found, refused} = byLabel(azureCredentials.read([text]));
	assert.deepEqual(found, {
		default: {
			tenantID: '0a11ce00-0000-4000-8000-000000000003',
			subscriptionID: '0a11ce00-0000-4000-8000-000000000001',
			clientID: '0a11ce00-0000-4000-8000-000000000002',
			clientSecret: 'inv8Q~invented.secret_of-default.000000001',
		},
		staging: {
			tenantID: 'contoso.onmicrosoft.com',
			subscriptionID: '0a11ce00-0000-4000-8000-000000000004',
			clientID: '0a11ce00-0000-4000-8000-000000000005',
			clientSecret: 'inv8Q~invented:secret=of-staging.0000002',
		},
		'0a11ce00-0000-4000-8000-000000000006': {
			tenantID: '0a11ce00-0000-4000-8000-000000000003',
			subscriptionID: '0a11ce00-0000-4000-8000-000000000006',
			clientID: '0a11ce00-0000-4000-8000-000000000007',
			clientSecret: 'inv8Q~invented.secret_of-kitchen.0000003',
		},
	});
	assert.deepEqual(refused, {person: 'signs in as a person with a password, which is not kept here'});
});

test('profiles share what is in [DEFAULT], and one without a secret is refused', () => {
	const shared = '[DEFAULT]\ntenant = t.example.com\n[a]\nclient_id = b\nsecret = "c"\n[d]\nclient_id = e\n';
	const {found, refused} = byLabel(azureCredentials.read([shared]));
	assert.deepEqual(found, {a: {tenantID: 't.example.com', clientID: 'b', clientSecret: '"c"'}});
	assert.deepEqual(refused, {d: 'has no client secret'});
	const certificate = byLabel(azureCredentials.read(['[a]\nclient_id = b\nx509_certificate_path = c\n']));
	assert.match(certificate.refused.a ?? '', /a certificate/);
});

test('recognizes its file by content, and no other', () => {
	for (const each of [text, text.replaceAll('\n', '\r\n'), '[a]\nclient_id: b\nsecret: c\ntenant: d\n']) {
		assert.ok(azureCredentials.recognizes(new FileText(each, '')));
	}
	assert.equal(
		azureCredentials.recognizes(new FileText('[a]\nclient_id = b\nclient_secret = c\n', 'credentials')),
		false,
	);
	assertKnowsOnlyIts(azureCredentials, 'azure-credentials');
	assertRefusesLines(azureCredentials, ['canary', '[a]\ncanary\n', '[a]\nsecret = a\n  canary\n']);
});

test("looks in the home directory, and where Test Kitchen's and InSpec's variables point", () => {
	assert.deepEqual(pathsOn('linux', azureCredentials, {AZURE_CONFIG_DIR: '/az'}), ['/home/ann/.azure/credentials']);
	assert.deepEqual(pathsOn('win32', azureCredentials), ['C:\\Users\\ann\\.azure\\credentials']);
	assert.deepEqual(pathsOn('linux', azureCredentials, {AZURE_CRED_FILE: '~/a', AZURE_CONFIG_FILE: '/b'}), [
		'/home/ann/a',
		'/b',
		'/home/ann/.azure/credentials',
	]);
});
