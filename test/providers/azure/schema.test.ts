import assert from 'node:assert/strict';
import {test} from 'node:test';
import {handOn} from '../../../source/credentials/variables.js';
import {azure} from '../../../source/providers/azure/schema.js';
import {findProvider} from '../../../source/providers/catalog.js';
import {secrets} from '../../documents/samples.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';
import {samplesOf} from '../../helpers/samples.js';

const id = '00000001-aaaa-4aaa-8aaa-000000000001';

test('requires a tenant, a client and its secret, and accepts a subscription', () => {
	for (const name of ['azure', 'Azure', 'aks']) assert.equal(findProvider(name), azure);
	assert.deepEqual(findingsOf(azure, {tenantID: id, clientID: id, clientSecret: 'invented~secret'}), []);
	assert.deepEqual(
		findingsOf(azure, {subscriptionID: id}).map(finding => finding.split(':')[0]),
		['wrong tenantID', 'wrong clientID', 'wrong clientSecret'],
	);
});

test('ids are UUIDs, a tenant may be a domain, and the id of a secret is not its value', () => {
	assert.equal(oddityOf(azure, 'tenantID', 'invented.onmicrosoft.com'), '');
	assert.match(oddityOf(azure, 'tenantID', 'invented'), /^odd: tenants are UUIDs, or a domain/);
	assert.match(oddityOf(azure, 'clientID', 'pharmer'), /^odd: Azure client ids are UUIDs/);
	assert.match(oddityOf(azure, 'subscriptionID', `${id}0`), /^odd: Azure subscription ids are UUIDs/);
	assert.match(oddityOf(azure, 'clientSecret', id), /^odd: it is a UUID, like the id of a secret/);
	assert.match(oddityOf(azure, 'clientSecret', 'a\n'), /^odd: .*white space/);
});

test("is passed to Azure's libraries and to Terraform, without what Terraform would prefer", () => {
	const {variables, unset} = handOn(azure, secrets(samplesOf('azure')[0] ?? {}), false);
	const names = variables.map(({name}) => name);
	for (const name of ['AZURE_CLIENT_SECRET', 'ARM_CLIENT_SECRET', 'ARM_SUBSCRIPTION_ID'])
		assert.ok(names.includes(name));
	assert.ok(unset.includes('ARM_CLIENT_CERTIFICATE_PATH'));
});

test("the guide's command creates a principal for one subscription", () => {
	const lines = azure.guide?.sections.find(({commands}) => commands)?.lines ?? [];
	assert.match(lines.at(-1) ?? '', /^az ad sp create-for-rbac .*--scopes \/subscriptions\/SUBSCRIPTION_ID$/);
});
