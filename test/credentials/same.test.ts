import assert from 'node:assert/strict';
import {generateKeyPairSync} from 'node:crypto';
import {test} from 'node:test';
import {careOf} from '../../source/credentials/care.js';
import {noLastUses} from '../../source/credentials/last-use.js';
import {alike, SameCredentials, sharers} from '../../source/credentials/same.js';
import type {Credential} from '../../source/domain/credential.js';
import {Secret} from '../../source/domain/secret.js';
import {providers} from '../../source/providers/catalog.js';
import {lookupsOf} from '../helpers/counted.js';
import {storedCredential} from '../helpers/credentials.js';
import {samplesOf} from '../helpers/samples.js';

type Fields = Readonly<Record<string, string>>;

function compared(provider: string, fields: Fields) {
	return {provider, data: new Map(Object.entries(fields).map(([key, value]) => [key, new Secret(value)]))};
}

/** Whether `other` is nothing new for who holds `one`. */
function covers(provider: string, one: Fields, other: Fields): boolean {
	const index = new SameCredentials<true>();
	index.add(compared(provider, one), true);
	return index.find(compared(provider, other)) === true;
}

const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
const pkcs8 = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
const pkcs1 = privateKey.export({type: 'pkcs1', format: 'pem'}).toString();
const another = generateKeyPairSync('rsa', {modulusLength: 2048})
	.privateKey.export({type: 'pkcs8', format: 'pem'})
	.toString();

test('another value of any public field makes another credential, for every provider', () => {
	for (const provider of providers) {
		for (const fields of samplesOf(provider.id)) {
			assert.ok(covers(provider.id, fields, fields), provider.id);
			for (const {key, distinguishes} of provider.fields.filter(each => !each.secret && each.key in fields)) {
				const changed = {...fields, [key]: `${fields[key]}2`};
				assert.equal(covers(provider.id, fields, changed), distinguishes === 'never', `${provider.id} ${key}`);
			}
		}
	}
});

test('what a find leaves out is no difference only where the secret or the environment says it', () => {
	const scaleway = {token: 'secret-of-one-key', accessKey: 'SCW1', project: 'p', region: 'nl-ams', zone: 'nl-ams-1'};
	const without = (...keys: readonly string[]) =>
		Object.fromEntries(Object.entries(scaleway).filter(([key]) => !keys.includes(key)));
	assert.ok(covers('scaleway', scaleway, without('accessKey')));
	assert.ok(covers('scaleway', scaleway, without('region', 'zone')));
	assert.ok(!covers('scaleway', scaleway, without('project')), 'tools then use another project');
	assert.ok(!covers('scaleway', without('region'), scaleway), 'the region would be lost');
	assert.ok(
		covers(
			'scaleway',
			{...scaleway, project: 'ABCDEF01-2345-6789-abcd-ef0123456789'},
			{
				...scaleway,
				project: 'abcdef01-2345-6789-ABCD-ef0123456789',
			},
		),
	);
});

test('an address is the same with and without the slash that ends it', () => {
	const cloud = {authURL: 'https://keys.example.net:5000/v3', username: 'u', password: 'a password'};
	assert.ok(covers('openstack', cloud, {...cloud, authURL: 'https://KEYS.example.net:5000/v3/'}));
	assert.ok(covers('openstack', cloud, {...cloud, authType: 'password', identityAPIVersion: '3'}));
	assert.ok(!covers('openstack', cloud, {...cloud, authURL: 'https://keys.example.net:5001/v3'}));
});

test('line breaks at the end of a secret mean nothing, anything else does', () => {
	for (const ending of ['\n', '\r\n', '\n\n']) assert.ok(covers('vultr', {token: 'abc'}, {token: `abc${ending}`}));
	for (const other of ['abc ', ' abc', '\nabc', 'a\nbc', 'ABC'])
		assert.ok(!covers('vultr', {token: 'abc'}, {token: other}), JSON.stringify(other));
});

test('a private key is the same however its PEM is laid out', () => {
	const same = (one: string, other: string) =>
		covers('oci', {user: 'u', privateKey: one}, {user: 'u', privateKey: other});
	const [first = '', ...lines] = pkcs8.trim().split('\n');
	const last = lines.pop() ?? '';
	const long = `${first}\n${lines.join('')}\n${last}`;
	for (const other of [pkcs1, long, pkcs8.trim(), pkcs8.replaceAll('\n', '\r\n'), pkcs8.replaceAll('\n', '\\n')])
		assert.ok(same(pkcs8, other), other.slice(0, 40));
	assert.ok(same(pkcs8, `${pkcs8}OCI_API_KEY\n`));
	assert.ok(!same(pkcs8, another));
	assert.ok(!same(pkcs8, `user=other\n${pkcs8}`), 'what stands around it counts');
	assert.ok(!same(pkcs8, pkcs8.replace('-----END PRIVATE KEY-----', '')));
});

test('JSON is the same in another order and layout, a service account by its address and its key', () => {
	const account = {
		type: 'service_account',
		project_id: 'project-1',
		private_key_id: 'a1',
		private_key: pkcs8,
		client_email: 'robot@project-1.iam.gserviceaccount.com',
		client_id: '123456789012345678901',
	};
	const same = (one: string, other: string) =>
		covers('gce', {projectID: 'p', serviceAccount: one}, {projectID: 'p', serviceAccount: other});
	const text = JSON.stringify(account);
	const turned = Object.fromEntries(Object.entries(account).reverse());
	for (const other of [`${JSON.stringify(account, null, 2)}\n`, JSON.stringify(turned, null, '\t')])
		assert.ok(same(text, other), other.slice(0, 40));
	assert.ok(same(text, JSON.stringify({...account, private_key: pkcs8.trim(), universe_domain: 'googleapis.com'})));
	for (const other of [
		{client_email: 'x@y'},
		{private_key: another},
		{universe_domain: 'cloud.example'},
		{token_uri: 'https://a.example'},
	])
		assert.ok(!same(text, JSON.stringify({...account, ...other})), JSON.stringify(Object.keys(other)));
	const user = {type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r'};
	assert.ok(same(JSON.stringify(user), JSON.stringify(Object.fromEntries(Object.entries(user).reverse()), null, 4)));
	assert.ok(!same(JSON.stringify(user), JSON.stringify({...user, refresh_token: 'r2'})));
	// These two numbers are one once JavaScript reads them.
	assert.ok(!same('{"n":9007199254740993}', '{"n":9007199254740992}'));
	assert.ok(!same('{"n":1', '{"n": 1'), 'no JSON');
	const deep = '{"a":'.repeat(10_000);
	assert.ok(same(deep, deep));
});

test('all that are the same or share a secret are told, oldest first', () => {
	const stored = (name: string, provider: string, fields: Fields, day: number): Credential => ({
		...storedCredential(name, compared(provider, fields)),
		created: `2026-01-0${day}T00:00:00Z`,
		changed: `2026-01-0${day}T00:00:00Z`,
	});
	const key = JSON.stringify({type: 'service_account', private_key: pkcs8, client_email: 'r@p'});
	const all = [
		stored('late', 'gce', {projectID: 'other', serviceAccount: `${key}\n`}, 3),
		stored('early', 'gce', {projectID: 'p', serviceAccount: key}, 1),
		stored('as-text', 'generic', {file: JSON.stringify(JSON.parse(key), null, 2)}, 2),
		stored('else', 'generic', {file: 'something else'}, 2),
		stored('short', 'vultr', {token: 'abc'}, 1),
	];
	const names = (provider: string, fields: Fields) => alike(compared(provider, fields), all).map(({name}) => name);
	assert.deepEqual(names('gce', {projectID: 'p', serviceAccount: key}), ['early', 'as-text', 'late']);
	assert.deepEqual(names('vultr', {token: 'abc\n'}), ['short'], 'a short secret counts for the same credential');
	assert.deepEqual(names('civo', {token: 'abc'}), [], 'and not for another');
	const care = careOf(all[0] as Credential, all, new Date('2026-01-04'), noLastUses);
	assert.deepEqual(
		care.filter(({kind}) => kind === 'shared').map(({text}) => text),
		['has the same secret as early, as-text'],
	);
});

test('ten thousand with one secret take as many lookups each as a few', async () => {
	const work = (count: number) => () => {
		const index = new SameCredentials<number>();
		for (let at = 0; at < count; at++) {
			const each = compared('scaleway', {token: 'one secret', project: `p${at % 7}`, region: `r${at}`, zone: `z${at}`});
			assert.equal(index.find(each), undefined);
			index.add(each, at);
		}
	};
	const [few, many] = [await lookupsOf(work(500)), await lookupsOf(work(10_000))];
	assert.ok(few > 500 && many < 21 * few, `20 times as many take ${many} lookups instead of ${few}`);
});

test('of many, all that share a secret are found, whatever it looks like', () => {
	const secrets = [
		...Array.from({length: 2000}, (_, at) => `secret-number-${at % 1500}`),
		pkcs8,
		pkcs1,
		'short',
		'short',
	];
	const all = secrets.map((token, at) => storedCredential(`c${at}`, {data: new Map([['token', new Secret(token)]])}));
	const sharing = sharers(all);
	const isShared = (at: number): boolean => at < 500 || (at >= 1500 && at < 2002);
	for (const [at, each] of all.entries()) assert.equal(sharing.has(each), isShared(at), each.name);
});
