import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lookAround} from '../../../source/look/look.js';
import {az} from '../../../source/providers/azure/az.js';
import {FileText} from '../../../source/providers/file-text.js';
import {filesWorld} from '../../helpers/import-world.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';
import {placesOn} from '../../helpers/importing.js';

const entries = toolFixture('az/service_principal_entries.json');
const profile = toolFixture('az/azureProfile.json');

const first = {
	tenantID: '0000000a-0000-4000-8000-00000000000a',
	clientID: '00000001-aaaa-4aaa-8aaa-000000000001',
	clientSecret: 'invented~first.secret_0000000000000001',
};
const second = {
	tenantID: '0000000a-0000-4000-8000-00000000000a',
	clientID: '00000002-bbbb-4bbb-8bbb-000000000002',
	clientSecret: 'invented~second.secret_000000000000002',
};
const third = {
	tenantID: '0000000b-0000-4000-8000-00000000000b',
	clientID: '00000003-cccc-4ccc-8ccc-000000000003',
	clientSecret: 'invented~third.secret_0000000000000003',
};

test('finds every service principal with a secret, with its subscription when the profile has it', () => {
	assert.deepEqual(az.read([entries, profile]).found.map(plain), [
		[first.clientID, 'azure', {...first, subscriptionID: '5ab00001-0000-4000-8000-000000000001'}],
		[second.clientID, 'azure', second],
		[third.clientID, 'azure', {...third, subscriptionID: '5ab00004-0000-4000-8000-000000000004'}],
	]);
	for (const none of [undefined, '{}', '{"subscriptions": 7}', 'damaged: [']) {
		const found = az.read([entries, none]).found.map(plain);
		assert.deepEqual(
			found.map(([, , data]) => data),
			[first, second, third],
		);
	}
});

test('gives no subscription when it is ambiguous or there is only the tenant', () => {
	const told = (text: string) => az.read([entries, text]).found.map(plain)[2]?.[2].subscriptionID;
	assert.equal(told(profile.replace('"isDefault": true', '"isDefault": false')), undefined);
	assert.equal(told(profile.replace('5ab00004-0000-4000-8000-000000000004', third.tenantID)), undefined);
});

test('finds the output of az for a new principal, under its name', () => {
	assert.deepEqual(az.read([toolFixture('az/create-for-rbac.json')]).found.map(plain), [['pharmer', 'azure', first]]);
	assert.deepEqual(az.read([toolFixture('az/sdk-auth.json')]).found.map(plain), [
		[first.clientID, 'azure', {...first, subscriptionID: '5ab00001-0000-4000-8000-000000000001'}],
	]);
});

test('refuses principals without a secret, saying how they sign in', () => {
	assert.deepEqual(az.read([entries]).refused, [
		{label: '00000004-dddd-4ddd-8ddd-000000000004', reason: 'signs in with a certificate, which is not kept here'},
		{
			label: '00000005-eeee-4eee-8eee-000000000005',
			reason: 'has no client secret: another service vouches for it',
		},
	]);
	const printed = '{"appId": "a", "tenant": "b", "password": null, "fileWithCertAndPrivateKey": "/c.pem"}';
	assert.match(az.read([printed]).refused[0]?.reason ?? '', /^signs in with a certificate/);
	assert.deepEqual(az.read(['[]']), {found: [], refused: []});
});

test('recognizes its files by content, whatever their names', () => {
	for (const name of ['service_principal_entries', 'create-for-rbac', 'sdk-auth']) {
		assert.ok(az.recognizes(new FileText(toolFixture(`az/${name}.json`), '')), name);
	}
	const old = '[{"tokenType": "Bearer"}, {"servicePrincipalId": "a", "servicePrincipalTenant": "b"}]';
	assert.ok(az.recognizes(new FileText(old, '')));
	for (const other of [
		profile,
		'[]',
		'["a"]',
		'{"tenantID": "a", "clientID": "b", "clientSecret": "c"}',
		'{"tenantId": "a", "clientId": "b", "clientSecret": "c"}',
		'{"appId": "a", "tenant": "b"}',
		'- client_id: a\n  tenant: b\n',
	]) {
		assert.equal(az.recognizes(new FileText(other, 'service_principal_entries.json')), false, other);
	}
	assertKnowsOnlyIts(az, 'az');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(az, ['[{"client_id": "a", "client_secret": "canary', '{"password": "canary"}', '"canary"']);
	const entries = ['[{"client_id": "a", "tenant": "b", "client_secret": {"c": "canary"}}]', '["canary"]'];
	for (const text of entries) {
		assert.match(az.read([text]).refused[0]?.reason ?? '', /^can't be read: line 1, column \d+: (?!.*canary)/);
	}
});

test('looks in .azure for the file and its profile, or where AZURE_CONFIG_DIR points', () => {
	const file = 'service_principal_entries.json';
	const all = [file, 'accessTokens.json', 'azureProfile.json'];
	const below = (directory: string) => all.map(name => `${directory}/${name}`);
	assert.deepEqual(pathsOn('linux', az), below('/home/ann/.azure'));
	assert.deepEqual(pathsOn('darwin', az, {AZURE_CONFIG_DIR: '/az'}), below('/az'));
	assert.deepEqual(az.files(placesOn('win32')), [
		[`C:\\Users\\me\\.azure\\${file}`, 'C:\\Users\\me\\.azure\\azureProfile.json'],
		['C:\\Users\\me\\.azure\\accessTokens.json', 'C:\\Users\\me\\.azure\\azureProfile.json'],
		['C:\\Users\\me\\.azure\\azureProfile.json'],
	]);
});

test('with only the profile, says that az keeps the secret elsewhere', async () => {
	const {found, refused} = await lookAround(
		filesWorld({'/home/me/.azure/azureProfile.json': toolFixture('az/azureProfile.json')}),
		['az'],
	);
	assert.deepEqual(found, []);
	assert.equal(refused.length, 1);
	assert.match(refused[0]?.reason ?? '', /keeps the secret where it can't be read/);
});
