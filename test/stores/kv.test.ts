import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {type TestContext, test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {fakeKv, kvErrors, kvJson, token} from '../helpers/fake-kv.js';
import type {Got, Said} from '../helpers/http-server.js';
import {kvAt, kvBy} from '../helpers/kv-reach.js';

const key = 'a/log/000000000001';
const path = `some/where/${key}`;
const bytes = Buffer.from('sealed');
const signIn = {kind: 'token', token} as const;

/** A store at a fake that answers each request of a method with the next of these, and then as it should. */
async function answering(context: TestContext, method: string, ...answers: readonly Said[]) {
	const rest = [...answers];
	const fake = await fakeKv(context, {says: got => (got.method === method ? rest.shift() : undefined)});
	return {...fake, store: kvBy(context, kvAt(fake.origin), signIn)};
}

const says = (code: string, why: RegExp, hint: RegExp) => (error: unknown) => {
	assert.ok(error instanceof PharmerError, String(error));
	assert.equal(error.code, code);
	assert.match(error.message, why);
	assert.match(error.hint ?? '', hint);
	assert.ok(!`${error.message}${error.hint}`.includes(token));
	return true;
};

test('a request has its token and namespace, and a create its condition', async context => {
	const fake = await fakeKv(context);
	const store = kvBy(context, kvAt(fake.origin, {namespace: 'ops/team'}), signIn);
	await store.create(key, Buffer.from([0, 255]));
	await store.get(key, 10);
	await store.list('a/log/', '');
	assert.deepEqual(
		fake.received.map(({method, target}) => `${method} ${target}`),
		[
			`POST /v1/secret/data/${path}`,
			`GET /v1/secret/data/${path}?version=1`,
			'GET /v1/secret/metadata/some/where/a/log/?list=true',
		],
	);
	for (const {headers} of fake.received)
		assert.deepEqual([headers['x-vault-token'], headers['x-vault-namespace']], [token, 'ops/team']);
	assert.deepEqual(JSON.parse(fake.received[0]?.body.toString() ?? ''), {options: {cas: 0}, data: {bytes: 'AP8='}});
});

test('what others write later is not read', async context => {
	const fake = await fakeKv(context);
	const store = kvBy(context, kvAt(fake.origin), signIn);
	await store.create(key, bytes);
	fake.write(path, {bytes: 'b3RoZXI='});
	assert.deepEqual(await store.get(key, 100), {bytes, isCut: false});
	assert.equal(await store.create(key, bytes), 'exists');
});

test('whoever may create but not update is told what is there', async context => {
	const fake = await fakeKv(context, {mayUpdate: false});
	const store = kvBy(context, kvAt(fake.origin), signIn);
	assert.equal(await store.create(key, bytes), 'created');
	assert.equal(await store.create(key, Buffer.from('other')), 'exists');
	const nobody = kvBy(context, kvAt(fake.origin), {kind: 'token', token: 'hvs.other'});
	for (const asked of [() => nobody.create(key, bytes), () => nobody.get(key, 1), () => nobody.list('a/', '')])
		await assert.rejects(
			asked,
			says(
				'refused',
				/does not let its credential do that \(403\)$/,
				/read on secret\/data\/some\/where\/\* and list on secret\/metadata\/some\/where\/\*$/,
			),
		);
});

test('an object that somebody deleted is told, and is not nothing', async context => {
	const fake = await fakeKv(context);
	const store = kvBy(context, kvAt(fake.origin), signIn);
	await store.create(key, bytes);
	const [version] = fake.keys.get(path) ?? [];
	assert.ok(version);
	version.deleted = true;
	await assert.rejects(
		store.get(key, 10),
		says('damaged', /^`secret\/some\/where\/a\/log\/000000000001` .* was deleted/, /undelete/),
	);
	assert.equal(await store.create(key, bytes), 'exists');
	version.destroyed = true;
	await assert.rejects(store.get(key, 10), says('damaged', /was deleted/, /no version of it is left/));
});

test("what is not of our making has the same bytes for all, whatever the server's order", async context => {
	const fake = await fakeKv(context);
	const store = kvBy(context, kvAt(fake.origin), signIn);
	let deep: unknown = 1;
	for (let depth = 0; depth < 1000; depth++) deep = [deep];
	const read = async (data: unknown): Promise<string> => {
		fake.keys.delete(path);
		fake.write(path, data);
		return String((await store.get(key, 1000))?.bytes);
	};
	assert.equal(await read({foo: 'bar', a: {z: 1.5, b: [true, null]}}), '{"a":{"b":[true,null],"z":1.5},"foo":"bar"}');
	assert.equal(await read({a: {b: [true, null], z: 1.5}, foo: 'bar'}), '{"a":{"b":[true,null],"z":1.5},"foo":"bar"}');
	assert.equal(await read({bytes: 'AP8'}), '{"bytes":"AP8"}');
	assert.equal(await read({bytes: 'AP8=', more: 1}), '{"bytes":"AP8=","more":1}');
	assert.equal(await read({bytes: 7}), '{"bytes":7}');
	assert.equal(await read({}), '{}');
	assert.match(await read({deep}), /^\{"deep":\[{63}null\]{63}\}$/);
	const reference = {parts: ['0'.repeat(64)]};
	assert.equal(await read(reference), JSON.stringify(reference), 'entries of a log have no parts');
});

test('a large object of the folder for such is kept in parts, and is whole or not there', async context => {
	const fake = await fakeKv(context, {most: 512 * 1024});
	const store = kvBy(context, kvAt(fake.origin), signIn);
	const large = randomBytes(1_000_000);
	const snap = 'a/snap/000000000256';
	assert.equal(await store.create(snap, large), 'created');
	assert.equal(await store.create(snap, large), 'exists');
	assert.deepEqual(await store.get(snap, 2_000_000), {bytes: large, isCut: false});
	assert.ok((await store.get(snap, 300_000))?.bytes.equals(large.subarray(0, 300_000)));
	assert.deepEqual(await store.list('', ''), [snap]);
	const parts = [...fake.keys.keys()].filter(each => each.startsWith('some/where/a/snap-parts/'));
	assert.equal(parts.length, 4);
	await assert.rejects(
		store.create(key, large),
		says('refused', /does not take an object of that size/, /max_entry_size/),
	);
	// A part that somebody else has put there is none, and the object is what its key holds.
	fake.keys.delete(parts[2] ?? '');
	fake.write(parts[2] ?? '', {bytes: 'b3RoZXI='});
	const broken = await store.get(snap, 2_000_000);
	assert.match(String(broken?.bytes), /^\{"parts":\["[\da-f]{64}"/);
	fake.keys.delete(parts[2] ?? '');
	assert.deepEqual(await store.get(snap, 2_000_000), broken);
});

test('a create whose part somebody has made up is refused', async context => {
	const fake = await fakeKv(context);
	const store = kvBy(context, kvAt(fake.origin), signIn);
	const large = randomBytes(600_000);
	await store.create('a/snap/1', large);
	const [part = ''] = [...fake.keys.keys()].filter(each => each.includes('snap-parts'));
	fake.keys.delete(part);
	fake.write(part, {bytes: 'b3RoZXI='});
	await assert.rejects(store.create('a/snap/2', large), says('damaged', /was made up/, /delete it/));
	assert.equal(await store.get('a/snap/2', 1), undefined);
});

test('an AppRole signs in once for all, and again when its token is over', async context => {
	let now = 0;
	const logins: unknown[] = [];
	let valid = token;
	const fake = await fakeKv(context, {
		says(got: Got) {
			if (got.target === '/v1/auth/approle/login') {
				logins.push(JSON.parse(got.body.toString()));
				return kvJson(200, {data: null, auth: {client_token: valid}});
			}
			return kvErrors(got.headers['x-vault-token'] === valid ? 404 : 403);
		},
	});
	const appRole = {kind: 'approle', roleId: 'role', secretId: 'secret'} as const;
	const store = kvBy(context, kvAt(fake.origin), appRole, () => now);
	await Promise.all([store.get(key, 1), store.get(key, 1), store.list('a/', '')]);
	assert.deepEqual(logins, [{role_id: 'role', secret_id: 'secret'}]);
	assert.equal(fake.received[0]?.headers['x-vault-token'], undefined);
	valid = 'hvs.next';
	await assert.rejects(store.get(key, 1), {code: 'refused'});
	assert.equal(logins.length, 1, 'a token that was just given is not over');
	now = 60_000;
	assert.deepEqual(await Promise.all([store.get(key, 1), store.get(key, 1), store.list('a/', '')]), [
		undefined,
		undefined,
		[],
	]);
	assert.equal(logins.length, 2, 'all of them wait for the same');
});

test('an AppRole that is not let in is told, and one that nobody answers is tried again', async context => {
	const answers: Said[] = [kvErrors(400, 'invalid role or secret ID'), kvErrors(503, 'Vault is sealed'), {status: 502}];
	const fake = await fakeKv(context, {
		says: got => (got.method === 'POST' ? (answers.shift() ?? kvJson(200, {auth: {client_token: token}})) : undefined),
	});
	const store = kvBy(context, kvAt(fake.origin), {kind: 'approle', roleId: 'r', secretId: 'hush'});
	await assert.rejects(
		store.get(key, 1),
		says('refused', /does not let the AppRole sign in \(400\)$/, /role id and secret id/),
	);
	await assert.rejects(store.get(key, 1), Unreachable);
	await assert.rejects(store.get(key, 1), Unreachable);
	assert.equal(await store.get(key, 1), undefined);
});

test('a mount that is not of that kind, and one that forgets, are refused', async context => {
	const v2 = /has no KV engine of version 2 at `secret`/;
	const noRoute = await answering(context, 'GET', kvErrors(404, 'no handler for route'), kvErrors(404, 'no handler'));
	await assert.rejects(noRoute.store.get(key, 1), says('refused', v2, /-version=2 kv$/));
	await assert.rejects(noRoute.store.list('a/', ''), says('refused', v2, /-version=2 kv$/));
	const first = await answering(context, 'POST', {status: 204}, kvJson(200, {data: {version: 2, deletion_time: ''}}));
	await assert.rejects(first.store.create(key, bytes), says('refused', v2, /-version=2 kv$/));
	await assert.rejects(first.store.create(key, bytes), says('refused', v2, /-version=2 kv$/));
	const v1 = await answering(context, 'GET', kvJson(200, {data: {data: {bytes: 'eA=='}, options: {cas: 0}}}));
	await assert.rejects(v1.store.get(key, 1), says('refused', v2, /-version=2 kv$/));
	const forgets = await answering(context, 'POST', kvJson(200, {data: {version: 1, deletion_time: '2026-12-01'}}));
	await assert.rejects(
		forgets.store.create(key, bytes),
		says('refused', /deletes after a while/, /delete_version_after/),
	);
});

test('what came of a request without an answer is not known', async context => {
	const answers: readonly Said[] = [
		response => response.destroy(),
		kvErrors(503, 'Vault is sealed'),
		{status: 500, body: '<html>'},
		kvErrors(400, 'Upgrading from non-versioned to versioned data'),
		kvErrors(429),
	];
	for (const answer of answers) {
		const {store, received} = await answering(context, 'POST', answer);
		await assert.rejects(store.create(key, bytes), Unreachable);
		assert.equal(received.length, 1);
	}
	const lists = await answering(
		context,
		'GET',
		kvJson(200, {data: {keys: [1]}}),
		{status: 200, body: '[]'},
		{status: 200, body: '{'},
	);
	for (let count = 0; count < 3; count++)
		await assert.rejects(lists.store.list('a/', ''), /something else than a list/);
	const elsewhere = await answering(context, 'GET', {status: 307, headers: {location: 'https://evil.example'}});
	await assert.rejects(elsewhere.store.get(key, 1), says('refused', /leads to another address/, /active node/));
});

test('many keys are listed in parts, whatever else is in their folders', async context => {
	const fake = await fakeKv(context);
	const store = kvBy(context, kvAt(fake.origin), signIn);
	const names = Array.from({length: 2500}, (_, index) => `a/log/${String(index).padStart(12, '0')}`);
	for (const name of names) fake.write(`some/where/${name}`, {});
	for (const name of ['a/log/README', 'a/log/X/1', 'a/Z', 'other']) fake.write(`some/where/${name}`, {});
	const first = await store.list('a/log/', '');
	assert.deepEqual(first, names.slice(0, 1000));
	assert.deepEqual(await store.list('a/log/', first.at(-1) ?? ''), names.slice(1000, 2000));
	assert.deepEqual(await store.list('a/log/0000000024', ''), names.slice(2400, 2500));
	assert.deepEqual(await store.list('', names.at(-2) ?? ''), [names.at(-1), 'other']);
	for (let folder = 0; folder < 300; folder++) fake.write(`some/where/many/${folder}/X`, {});
	await assert.rejects(store.list('many/', ''), /lists folders without keys$/);
	fake.write('some/where/many/0/a', {});
	assert.deepEqual(await store.list('many/', ''), ['many/0/a']);
});
