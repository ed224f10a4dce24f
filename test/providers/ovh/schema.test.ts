import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData, checkField} from '../../../source/credentials/check.js';
import {handOn} from '../../../source/credentials/variables.js';
import {findProvider} from '../../../source/providers/catalog.js';
import {ovh} from '../../../source/providers/ovh/schema.js';
import {fields} from '../../helpers/command-line.js';

const told = (data: Readonly<Record<string, string>>): readonly string[] =>
	checkData(ovh, fields(data)).map(({severity, field, message}) => `${severity} ${field}: ${message}`);

test('an endpoint is one that the tools know, or a URL', () => {
	for (const value of ['ovh-eu', 'soyoustart-ca', 'https://api.eu.ovhcloud.com/1.0']) {
		assert.equal(checkField(ovh, 'endpoint', value), undefined);
	}
	for (const value of ['eu', 'ovh_eu', 'OVH-EU', 'api.ovh.com/1.0']) {
		assert.match(checkField(ovh, 'endpoint', value)?.message ?? '', /endpoints are ovh-eu, ovh-ca/, value);
	}
});

test('each way to sign in is enough on its own, and an incomplete one says what it lacks', () => {
	assert.deepEqual(told({applicationKey: 'a', applicationSecret: 's', consumerKey: 'c'}), []);
	assert.deepEqual(told({clientID: 'a', clientSecret: 's'}), []);
	assert.deepEqual(told({accessToken: 't'}), []);
	assert.deepEqual(told({username: 'u', password: 'p', tenantID: 't'}), []);
	assert.match(
		told({applicationKey: 'a', applicationSecret: 's'})[0] ?? '',
		/^wrong consumerKey: Consumer key is missing/,
	);
	assert.match(told({username: 'u', password: 'p'})[0] ?? '', /^wrong tenantID: OpenStack project ID is missing/);
	assert.match(told({endpoint: 'ovh-eu'})[0] ?? '', /^wrong applicationKey: it needs an application key/);
	assert.match(told({accessToken: 't', clientID: 'a', clientSecret: 's'})[0] ?? '', /^odd .*tools use one of them/);
});

test('is found by its older name Ovh, and sets the variables of OpenStack for an OpenStack user', () => {
	assert.equal(findProvider('Ovh'), ovh);
	const {variables, unset} = handOn(ovh, fields({username: 'u', password: 'p', tenantID: 't'}), false);
	assert.deepEqual(
		variables.map(each => each.name),
		['OS_USERNAME', 'OS_PASSWORD', 'OS_TENANT_ID'],
	);
	for (const name of ['OVH_APPLICATION_KEY', 'OVH_PROFILE', 'OS_CLOUD']) assert.ok(unset.includes(name), name);
});
