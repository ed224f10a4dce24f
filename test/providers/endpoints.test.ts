import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Answer} from '../../source/domain/exchange.js';
import {probes} from '../../source/providers/probes.js';
import {foreignPlaceOf} from '../../source/tasks/foreign-place.js';
import {credentialOf} from '../helpers/asked.js';

const token = 'hush';

/** Variables of the providers' own tools, an address as it is written there, and what is asked of it first. */
const rows: readonly (readonly [
	provider: string,
	variable: string,
	data: Readonly<Record<string, string>>,
	address: string,
	asked: string,
])[] = [
	['aws', 'AWS_ENDPOINT_URL_STS', {accessKeyID: 'AKIA', secretAccessKey: token}, '', '/'],
	['aws', 'AWS_ENDPOINT_URL', {accessKeyID: 'AKIA', secretAccessKey: token}, '/', '/'],
	['digitalocean', 'DIGITALOCEAN_API_URL', {token}, '', '/v2/account'],
	['linode', 'LINODE_URL', {token}, '/', '/v4/profile'],
	['scaleway', 'SCW_API_URL', {token, accessKey: 'SCW1'}, '', '/iam/v1alpha1/api-keys/SCW1'],
	['hetzner', 'HCLOUD_ENDPOINT', {token}, '/v1', '/v1/locations?per_page=1'],
	['cloudflare', 'CLOUDFLARE_BASE_URL', {apiToken: token}, '/client/v4', '/client/v4/user/tokens/verify'],
	['cloudflare', 'CLOUDFLARE_API_BASE_URL', {apiToken: token}, '/client/v4', '/client/v4/user/tokens/verify'],
	['cloudflare', 'CF_API_BASE_URL', {apiKey: token, email: 'me@example.com'}, '/client/v4', '/client/v4/user'],
	['ibm', 'IBMCLOUD_IAM_API_ENDPOINT', {apiKey: token}, '', '/identity/token'],
	['civo', 'CIVO_API_URL', {token}, '', '/v2/organisation'],
	['upcloud', 'UPCLOUD_DEBUG_API_BASE_URL', {token}, '', '/1.3/account'],
	['exoscale', 'EXOSCALE_API_ENDPOINT', {apiKey: 'EXO1', apiSecret: token}, '/v2', '/v2/api-key/EXO1'],
	[
		'azureStorage',
		'AZURE_STORAGE_SERVICE_ENDPOINT',
		{account: 'mine', key: 'aHVzaA=='},
		'',
		'/?restype=account&comp=properties',
	],
];

/** What the providers answer to a credential that works, in one, so that the requests that follow are made too. */
const works: Answer = {
	status: 200,
	headers: new Map([['x-oauth-scopes', '*']]),
	body: JSON.stringify({
		...{id: '1', name: 'me', username: 'me', access_key: 'SCW1', user_id: '1'},
		account: {uuid: '1', email: 'me', username: 'me', status: 'active'},
		result: {id: '1', email: 'me', status: 'active'},
		locations: [{name: 'fsn1'}],
		...{key: 'EXO1', 'role-id': '1'},
		...{access_token: 'x', expiration: 1_796_000_000},
	}),
};

test("the address of a provider's own variable takes the place of the provider's, for all that is asked", async () => {
	for (const [provider, variable, data, path, asked] of rows) {
		const place = foreignPlaceOf(credentialOf(provider, data), {[variable]: `https://evil.example${path}`});
		assert.deepEqual([place?.host, place?.from], ['evil.example', variable]);
		assert.ok(place?.sends !== undefined && !place.sends.includes(token));
		const urls: string[] = [];
		await probes.get(provider)?.verify(key => data[key] ?? '', {
			now: new Date(),
			knows: async () => true,
			endpoint: place?.endpoint,
			async ask({url}) {
				urls.push(url);
				return works;
			},
		});
		assert.equal(urls[0], `https://evil.example${asked}`);
		assert.deepEqual(new Set(urls.map(url => new URL(url).host)), new Set(['evil.example']), variable);
	}
});

test('each variable that names an address is in that table', () => {
	assert.deepEqual(
		[...probes].flatMap(([provider, {endpointVariables: variables = []}]) =>
			(typeof variables === 'function' ? variables(() => '') : variables).map(name => [provider, name]),
		),
		rows.map(([provider, name]) => [provider, name]),
	);
});
