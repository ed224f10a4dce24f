import assert from 'node:assert/strict';
import {test} from 'node:test';
import {filesInEnvironment, findInEnvironment} from '../../source/credentials/environment.js';
import {handOn} from '../../source/credentials/variables.js';
import {Secret} from '../../source/domain/secret.js';
import {parseProvider} from '../../source/providers/catalog.js';

/**
 * The variables that Ansible's collections and older SDKs read, by provider and then by field; those under `others` sign
 * in as somebody else.
 */
const names: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
	aws: {
		accessKeyID: ['AWS_ACCESS_KEY_ID', 'AWS_ACCESS_KEY', 'EC2_ACCESS_KEY'],
		secretAccessKey: ['AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY', 'EC2_SECRET_KEY'],
		sessionToken: ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'EC2_SECURITY_TOKEN'],
		region: ['AWS_REGION', 'EC2_REGION'],
		others: ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'],
	},
	gce: {
		projectID: ['GCP_PROJECT', 'GCE_PROJECT'],
		serviceAccount: ['GCP_SERVICE_ACCOUNT_CONTENTS', 'GCP_SERVICE_ACCOUNT_FILE', 'GCE_CREDENTIALS_FILE_PATH'],
		others: ['GCP_ACCESS_TOKEN', 'GCP_SERVICE_ACCOUNT_EMAIL', 'GCE_EMAIL', 'GCE_PEM_FILE_PATH'],
	},
	azure: {
		tenantID: ['AZURE_TENANT'],
		subscriptionID: ['AZURE_SUBSCRIPTION_ID'],
		clientID: ['AZURE_CLIENT_ID'],
		clientSecret: ['AZURE_SECRET'],
		others: ['AZURE_PROFILE', 'AZURE_AD_USER', 'AZURE_PASSWORD', 'AZURE_X509_CERTIFICATE_PATH', 'AZURE_THUMBPRINT'],
	},
	digitalocean: {token: ['DO_API_TOKEN', 'DO_API_KEY', 'DO_OAUTH_TOKEN']},
	linode: {token: ['LINODE_API_TOKEN', 'LINODE_TOKEN', 'LINODE_ACCESS_TOKEN']},
	vultr: {token: ['VULTR_API_KEY']},
	scaleway: {token: ['SCW_TOKEN', 'SCW_API_KEY', 'SCW_OAUTH_TOKEN', 'SCW_API_TOKEN']},
	hetzner: {token: ['HCLOUD_TOKEN']},
	cloudflare: {apiToken: ['CLOUDFLARE_TOKEN']},
	alibaba: {
		accessKeyID: ['ALICLOUD_ACCESS_KEY', 'ALICLOUD_ACCESS_KEY_ID'],
		accessKeySecret: ['ALICLOUD_SECRET_KEY', 'ALICLOUD_SECRET_ACCESS_KEY'],
		securityToken: ['ALICLOUD_SECURITY_TOKEN'],
		region: ['ALICLOUD_REGION', 'ALICLOUD_REGION_ID'],
		others: ['ALICLOUD_PROFILE', 'ALICLOUD_ASSUME_ROLE_ARN', 'ALICLOUD_ECS_ROLE_NAME'],
	},
	oci: {
		user: ['OCI_USER_ID'],
		tenancy: ['OCI_TENANCY'],
		fingerprint: ['OCI_USER_FINGERPRINT'],
		privateKey: ['OCI_USER_KEY_FILE'],
		passphrase: ['OCI_USER_KEY_PASS_PHRASE'],
		region: ['OCI_REGION'],
		others: ['OCI_CONFIG_PROFILE', 'OCI_ANSIBLE_AUTH_TYPE'],
	},
	upcloud: {
		username: ['UPCLOUD_USERNAME', 'UPCLOUD_API_USER'],
		password: ['UPCLOUD_PASSWORD', 'UPCLOUD_API_PASSWD'],
		token: ['UPCLOUD_TOKEN'],
	},
	exoscale: {apiKey: ['CLOUDSTACK_KEY'], apiSecret: ['CLOUDSTACK_SECRET']},
	openstack: {password: ['OS_PASSWORD'], username: ['OS_USERNAME'], others: ['OS_CLOUD', 'OS_TOKEN']},
	packet: {apiKey: ['METAL_API_TOKEN', 'METAL_AUTH_TOKEN', 'PACKET_API_TOKEN', 'PACKET_TOKEN']},
};

for (const [id, {others = [], ...fields}] of Object.entries(names)) {
	const provider = parseProvider(id);

	test(`${id}: Ansible's variables are read`, () => {
		for (const [key, variables] of Object.entries(fields)) {
			for (const name of variables) {
				const read = [...findInEnvironment(provider, {[name]: 'a'}), ...filesInEnvironment(provider, {[name]: 'a'})];
				assert.deepEqual(
					read.map(({field, variable}) => [field.key, variable]),
					[[key, name]],
				);
			}
		}
	});

	test(`${id}: of Ansible's variables none keeps another account's value`, () => {
		const data = new Map(provider.fields.map(({key}) => [key, new Secret(`mine ${key}`)]));
		for (const withFiles of [true, false]) {
			const {variables, files, unset} = handOn(provider, data, withFiles);
			const set = new Map(variables.map(({name, key}) => [name, key]));
			for (const [key, all] of Object.entries(fields)) {
				for (const name of all) {
					const mine = set.get(name) === key || files.some(each => each.variables.includes(name));
					assert.ok(mine !== unset.includes(name), name);
				}
			}
			for (const name of others) assert.ok(unset.includes(name), name);
		}
	});
}

test("Ansible's modules for Azure get all of the new account", () => {
	const data = new Map(['tenantID', 'clientID', 'clientSecret'].map(key => [key, new Secret(key)]));
	const {variables} = handOn(parseProvider('azure'), data, true);
	const all = new Map(variables.map(({name, value}) => [name, value.reveal()]));
	assert.deepEqual(
		['AZURE_CLIENT_ID', 'AZURE_SECRET', 'AZURE_TENANT'].map(name => all.get(name)),
		['clientID', 'clientSecret', 'tenantID'],
	);
});
