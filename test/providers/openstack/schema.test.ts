import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData, isFieldAsked} from '../../../source/credentials/check.js';
import {handOn} from '../../../source/credentials/variables.js';
import {readSources} from '../../../source/documents/sources.js';
import {completeData, valuesOf} from '../../../source/providers/data.js';
import {openstack} from '../../../source/providers/openstack/schema.js';
import {clear, fields} from '../../helpers/command-line.js';
import {samplesOf} from '../../helpers/samples.js';

const [byPassword = {}, byApplication = {}] = samplesOf('openstack');
const told = (data: Readonly<Record<string, string>>): readonly string[] =>
	checkData(openstack, fields(data)).map(({severity, field, message}) => `${severity} ${field}: ${message}`);

test('an invalid address, version or way to sign in is odd', () => {
	for (const authURL of ['cloud.example.com', 'ftp://cloud.example.com', 'https://']) {
		assert.match(told({...byPassword, authURL})[0] ?? '', /^odd authURL: .*https:\/\//, authURL);
	}
	for (const identityAPIVersion of ['2.0', 'v3', '3']) assert.deepEqual(told({...byPassword, identityAPIVersion}), []);
	assert.match(told({...byPassword, identityAPIVersion: 'three'})[0] ?? '', /^odd identityAPIVersion: /);
	assert.match(told({...byPassword, authType: 'v3applicationcredential'})[0] ?? '', /^odd authType: .*there is none/);
});

test('an application credential sets how tools sign in, and leaves no user in the environment', () => {
	const {authType: _, ...rest} = byApplication;
	const data = completeData(openstack, fields(rest));
	assert.deepEqual(new Map(clear(data)).get('authType'), 'v3applicationcredential');
	const {variables, unset} = handOn(openstack, data, false);
	assert.ok(variables.some(({name}) => name === 'OS_AUTH_TYPE'));
	for (const name of ['OS_USERNAME', 'OS_PASSWORD', 'OS_PROJECT_ID', 'OS_TENANT_ID', 'OS_CLOUD'])
		assert.ok(unset.includes(name), name);
	assert.deepEqual(completeData(openstack, fields(byPassword)).has('authType'), false);
});

test('does not ask for fields that an application credential or another answer makes unnecessary', () => {
	const asked = (data: Readonly<Record<string, string>>): readonly string[] =>
		openstack.fields.filter(field => isFieldAsked(openstack, field, valuesOf(fields(data)))).map(field => field.key);
	assert.deepEqual(asked(byApplication), [
		'authURL',
		'applicationCredentialID',
		'applicationCredentialSecret',
		'region',
		'identityAPIVersion',
	]);
	assert.ok(!asked(byPassword).includes('applicationCredentialID'));
	assert.deepEqual(asked({authURL: 'x'}), [
		'authURL',
		'username',
		'applicationCredentialID',
		'region',
		'identityAPIVersion',
	]);
	assert.ok(!asked({username: 'u', projectID: 'p'}).includes('projectName'));
	assert.ok(asked({username: 'u', projectName: 'p'}).includes('projectDomainName'));
});

test('leftovers of another way to sign in are odd', () => {
	assert.deepEqual(told({...byApplication, password: 'x'}), [
		'odd password: it is for a user with a password, which is incomplete',
	]);
	assert.deepEqual(told({...byPassword, applicationCredentialID: 'x'}), [
		'odd applicationCredentialID: it is for an application credential, which is incomplete',
	]);
	assert.deepEqual([told(byApplication), told(byPassword)], [[], []]);
});

test("reads the older tool's keys for Swift", () => {
	const text = JSON.stringify({
		username: 'u',
		key: 'k',
		tenantName: 't',
		tenantAuthURL: 'https://a.example',
		domain: 'd',
	});
	const [source] = readSources(text, openstack);
	assert.deepEqual(clear(source?.data), [
		['authURL', 'https://a.example'],
		['username', 'u'],
		['password', 'k'],
		['userDomainName', 'd'],
		['projectName', 't'],
	]);
});
