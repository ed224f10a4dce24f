import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {test} from 'node:test';
import {probe} from '../../source/stores/probe.js';
import {kvAt, kvBy} from '../helpers/kv-reach.js';
import {openBao, raftBao} from '../helpers/openbao.js';
import {isProving} from '../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs OpenBao';

const key = 'a/log/000000000001';
const bytes = Buffer.from('sealed');

/** What a member that writes needs, as docs/team-storage.md says. */
const policy = `path "secret/data/team/*" { capabilities = ["create", "read"] }
path "secret/metadata/team/*" { capabilities = ["list"] }`;

test('OpenBao: a token that may create, read and list, but not update, is enough', {skip}, async context => {
	const bao = await openBao(context);
	if (bao === undefined) return;
	await bao.admin('PUT', 'sys/policies/acl/member', {policy});
	const {client_token: token = ''} = await bao.admin('POST', 'auth/token/create', {policies: ['member']});
	const store = kvBy(context, kvAt(bao.origin, {prefix: 'team'}), {kind: 'token', token});
	assert.deepEqual(await probe(store, 'x'), {broken: undefined});
	assert.equal(await store.create(key, bytes), 'created');
	assert.equal(await store.create(key, Buffer.from('other')), 'exists');
	assert.deepEqual(await store.get(key, 10), {bytes, isCut: false});
	assert.deepEqual(await store.list('a/log/', ''), [key]);
	const outside = kvBy(context, kvAt(bao.origin, {prefix: 'other'}), {kind: 'token', token});
	await assert.rejects(outside.create(key, bytes), {
		code: 'refused',
		message: /does not let its credential do that \(403\)/,
	});
	await bao.admin('POST', 'auth/token/revoke', {token});
	await assert.rejects(store.get(key, 10), {code: 'refused', hint: /its token may be over/});
});

test('OpenBao: an AppRole signs in, and again when its token was revoked', {skip}, async context => {
	const bao = await openBao(context);
	if (bao === undefined) return;
	await bao.admin('PUT', 'sys/policies/acl/member', {policy});
	await bao.admin('POST', 'sys/auth/approle', {type: 'approle'});
	await bao.admin('POST', 'auth/approle/role/ci', {token_policies: ['member'], token_ttl: '1h'});
	const {role_id: roleId = ''} = await bao.admin('GET', 'auth/approle/role/ci/role-id');
	const {secret_id: secretId = ''} = await bao.admin('POST', 'auth/approle/role/ci/secret-id', {});
	let now = 0;
	const at = kvAt(bao.origin, {prefix: 'team'});
	const store = kvBy(context, at, {kind: 'approle', roleId, secretId}, () => now);
	assert.equal(await store.create(key, bytes), 'created');
	for (const accessor of await bao.list('auth/token/accessors')) {
		const {display_name: name} = await bao.admin('POST', 'auth/token/lookup-accessor', {accessor});
		if (name === 'approle') await bao.admin('POST', 'auth/token/revoke-accessor', {accessor});
	}
	await assert.rejects(store.get(key, 10), {code: 'refused'});
	now = 60_000;
	assert.deepEqual(await store.get(key, 10), {bytes, isCut: false});
	const light = {token_policies: ['member'], token_ttl: '10m', token_type: 'batch', secret_id_num_uses: 0};
	await bao.admin('POST', 'auth/approle/role/light', light);
	const {role_id: lightId = ''} = await bao.admin('GET', 'auth/approle/role/light/role-id');
	const {secret_id: lightSecret = ''} = await bao.admin('POST', 'auth/approle/role/light/secret-id', {});
	const batch = kvBy(context, at, {kind: 'approle', roleId: lightId, secretId: lightSecret});
	assert.equal(await batch.create('a/log/000000000002', bytes), 'created');
	const wrong = kvBy(context, at, {kind: 'approle', roleId, secretId: 'wrong'});
	await assert.rejects(wrong.get(key, 10), {code: 'refused', message: /does not let the AppRole sign in \(400\)/});
});

test('OpenBao: what was deleted there is told, and what is there is not overwritten', {skip}, async context => {
	const bao = await openBao(context);
	if (bao === undefined) return;
	const store = kvBy(context, kvAt(bao.origin, {prefix: 'team'}), {kind: 'token', token: bao.root});
	assert.equal(await store.create(key, bytes), 'created');
	await bao.admin('POST', `secret/data/team/${key}`, {data: {bytes: 'b3RoZXI='}});
	assert.deepEqual(await store.get(key, 10), {bytes, isCut: false});
	await bao.admin('POST', `secret/delete/team/${key}`, {versions: [1]});
	await assert.rejects(store.get(key, 10), {code: 'damaged', hint: /undelete/});
	assert.equal(await store.create(key, bytes), 'exists');
	await bao.admin('POST', `secret/undelete/team/${key}`, {versions: [1]});
	assert.deepEqual(await store.get(key, 10), {bytes, isCut: false});
	await bao.admin('POST', `secret/destroy/team/${key}`, {versions: [1]});
	await assert.rejects(store.get(key, 10), {code: 'damaged', hint: /destroyed/});
});

test('OpenBao: other mounts, and one that forgets, are refused; a namespace is entered', {skip}, async context => {
	const bao = await openBao(context);
	if (bao === undefined) return;
	const at = (mount: string, namespace?: string) =>
		kvBy(context, kvAt(bao.origin, {mount, namespace}), {kind: 'token', token: bao.root});
	await bao.admin('POST', 'sys/mounts/old', {type: 'kv', options: {version: '1'}});
	await bao.addEngine('short');
	await assert.rejects(at('nowhere').get(key, 1), {code: 'refused', message: /no KV engine of version 2 at `nowhere`/});
	await assert.rejects(at('nowhere').create(key, bytes), {code: 'refused', message: /no KV engine/});
	await assert.rejects(at('old').create(key, bytes), {code: 'refused', message: /no KV engine of version 2 at `old`/});
	await bao.admin('POST', 'short/config', {delete_version_after: '1h'});
	await assert.rejects(at('short').create(key, bytes), {code: 'refused', message: /deletes after a while/});
	await bao.admin('POST', 'sys/namespaces/ops', {});
	await bao.addEngine('secret', 'ops');
	assert.equal(await at('secret', 'ops').create(key, bytes), 'created');
	assert.equal(await at('secret').get(key, 1), undefined);
	await assert.rejects(at('secret', 'nobody').get(key, 1), {code: 'refused'});
});

test('OpenBao on Raft: a snapshot of any size is kept, and a large entry is refused', {skip}, async context => {
	const bao = await raftBao(context);
	if (bao === undefined) return;
	const store = kvBy(context, kvAt(bao.origin), {kind: 'token', token: bao.root});
	const snapshot = randomBytes(7_000_000);
	assert.equal(await store.create('a/snap/000000000256', snapshot), 'created');
	const stored = await store.get('a/snap/000000000256', 64 * 1024 * 1024);
	assert.ok(stored?.bytes.equals(snapshot) && !stored.isCut);
	assert.deepEqual(await store.list('', ''), ['a/snap/000000000256']);
	assert.equal(await store.create(key, randomBytes(750_000)), 'created');
	await assert.rejects(store.create('a/log/000000000002', randomBytes(1_000_000)), {
		code: 'refused',
		message: /does not take an object of that size/,
	});
	assert.equal(await store.get('a/log/000000000002', 1), undefined);
	assert.deepEqual(await probe(store, 'x'), {broken: undefined});
});
