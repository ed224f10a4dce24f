import {createHash} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import {checkSharedKey} from '../shared-key.js';
import {azureLogins, clientOf, refused, subscription, tenant} from './azure-login.js';
import type {MakeCloud} from './key-cloud.js';

type Name = 'key1' | 'key2';

const account = 'inventedaccount';
const [client, secret] = ['00000000-1111-4222-8333-555555555555', 'adm8Q~Invented.Invented-Invented_Invented'];
const group = 'my group';
const start = `/subscriptions/${subscription}`;
const list = `${start}/providers/Microsoft.Storage/storageAccounts`;
const path = `${start}/resourceGroups/${encodeURIComponent(group)}/providers/Microsoft.Storage/storageAccounts/${account}`;
const version = 'api-version=2023-05-01';

/** One storage account of Azure with its two keys, which an application with a role for it renews. */
export const azureStorageCloud: MakeCloud = now => {
	let count = 0;
	const renewed = () => ({
		value: createHash('sha512').update(`invented ${++count}`).digest('base64'),
		creationTime: new Date(now()).toISOString().replace('Z', `${String(count).padStart(4, '0')}Z`),
	});
	const keys = {key1: renewed(), key2: renewed()};
	const isName = (name: unknown): name is Name => name === 'key1' || name === 'key2';
	const told = (): Reply => ({
		status: 200,
		body: {keys: Object.entries(keys).map(([keyName, key]) => ({keyName, permissions: 'FULL', ...key}))},
	});
	const idOf = (name: Name): string => `${name} ${keys[name].creationTime}`;
	const management: Handler = ({method, target, headers, body}) => {
		if (clientOf(headers.authorization, 'management.azure.com') !== client)
			return refused(401, 'InvalidAuthenticationToken');
		const rest = `${method} ${target}`;
		if (rest === 'GET /subscriptions?api-version=2022-12-01')
			return {status: 200, body: {value: [{subscriptionId: subscription}], count: {type: 'Total', value: 1}}};
		if (rest === `GET ${list}?${version}`) {
			const nextLink = `https://management.azure.com${list}?${version}&%24skiptoken=2`;
			return {status: 200, body: {value: [{name: 'another', id: `${path}another`}], nextLink}};
		}
		if (rest === `GET ${list}?${version}&%24skiptoken=2`)
			return {status: 200, body: {value: [{name: account, id: decodeURIComponent(path)}]}};
		if (rest === `POST ${path}/listKeys?${version}`) return told();
		if (rest !== `POST ${path}/regenerateKey?${version}`) return refused(403, 'AuthorizationFailed');
		const {keyName} = JSON.parse(body);
		if (!isName(keyName)) return refused(400, 'StorageAccountKeyNameNotValid');
		keys[keyName] = renewed();
		return told();
	};
	const blobs: Handler = request =>
		Object.values(keys).some(({value}) => checkSharedKey(request, account, value))
			? {status: 200, headers: {'x-ms-account-kind': 'StorageV2'}}
			: {
					status: 403,
					headers: {'content-type': 'application/xml'},
					body: '<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>no</Message></Error>',
				};
	return {
		provider: 'azureStorage',
		isFixed: true,
		handlers: {
			...azureLogins((id, word) => id === client && word === secret),
			'management.azure.com': management,
			[`${account}.blob.core.windows.net`]: blobs,
		},
		data: {account, key: keys.key1.value},
		admin: {
			provider: 'azure',
			data: {tenantID: tenant, subscriptionID: subscription, clientID: client, clientSecret: secret},
		},
		keys: () => [idOf('key1'), idOf('key2')].map(id => ({id, isOff: false})),
		opens: ({key}) => Object.values(keys).some(({value}) => value === key),
		addKey() {
			keys.key2 = renewed();
			return idOf('key2');
		},
		dropKey(id) {
			for (const name of ['key1', 'key2'] as const) if (idOf(name) === id) keys[name] = renewed();
		},
	};
};
