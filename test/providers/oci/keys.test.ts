import assert from 'node:assert/strict';
import {createPrivateKey} from 'node:crypto';
import {test} from 'node:test';
import {Unreachable} from '../../../source/domain/exchange.js';
import {valuesOf} from '../../../source/providers/data.js';
import {ociKeys} from '../../../source/providers/oci/keys.js';
import {fingerprintOf} from '../../../source/providers/oci/private-key.js';
import {ociProbe} from '../../../source/providers/oci/verify.js';
import {ociCloud} from '../../helpers/clouds/oci.js';
import {
	assertDistrustsKeys,
	assertRefused,
	assertStrays,
	makeKey,
	renewed,
	visit,
} from '../../helpers/clouds/visited.js';

test('the keys of a user of Oracle are listed, and its own is known', async context => {
	const {cloud, call} = await visit(context, ociCloud);
	const other = cloud.addKey();
	const keys = await ociKeys.keys(call());
	assert.deepEqual(
		keys.map(({id, isOwn, isOff}) => [id, isOwn, isOff]),
		[
			[cloud.data.fingerprint, true, false],
			[other, false, false],
		],
	);
	assert.equal(keys[0]?.created, '2026-11-29T12:00:00Z');
	const {fingerprint: _, ...without} = cloud.data;
	assert.equal((await ociKeys.keys(call(without)))[0]?.isOwn, true);
});

test('a key of Oracle is made here, and its public half sent to the home region', async context => {
	const {cloud, call, received} = await visit(context, ociCloud);
	const made = await makeKey(ociKeys, call());
	const data = renewed(cloud.data, made);
	assert.equal(made.id, data.fingerprint);
	assert.equal(made.id, fingerprintOf(data.privateKey ?? '', ''));
	assert.ok(cloud.opens(data) && cloud.opens(cloud.data));
	const posts = received.filter(({method}) => method === 'POST');
	assert.deepEqual(
		posts.map(({host, headers}) => [host, headers['opc-retry-token']]),
		[['identity.eu-frankfurt-1.oraclecloud.com', 'pharmer-0a1b2c3d']],
	);
	assert.ok(!JSON.stringify(received).includes('PRIVATE KEY'));
	const of = call(data);
	const said = await ociProbe.verify(of.of, {ask: of.ask, now: of.now, knows: async () => true});
	assert.equal(said.is, 'valid');
});

test('a new key of Oracle has the form of the old one, and its passphrase', async context => {
	const {cloud, call} = await visit(context, ociCloud);
	const passphrase = ['open', 'sesame'].join(' ');
	const old = createPrivateKey(cloud.data.privateKey ?? '');
	const lock = {format: 'pem', cipher: 'aes-256-cbc', passphrase} as const;
	for (const [mark, form, head] of [
		['0a1b2c3d', old.export({type: 'pkcs8', ...lock}), /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/],
		['4e5f6071', old.export({type: 'pkcs1', ...lock}), /^-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n/],
	] as const) {
		const locked = {...cloud.data, privateKey: form.toString(), passphrase};
		const made = await makeKey(ociKeys, call(locked), mark);
		const data = renewed(locked, made);
		assert.match(data.privateKey ?? '', head);
		assert.ok(cloud.opens(data));
		assert.equal((await ociKeys.keys(call(data))).find(({isOwn}) => isOwn)?.id, made.id);
	}
});

test('a key of Oracle whose answer was lost is found when it is sent again', async context => {
	const {cloud, call, meddle} = await visit(context, ociCloud);
	const chosen = valuesOf((await ociKeys.choose?.(call().of, '0a1b2c3d', new Date())) ?? new Map());
	meddle(async ({method}, go) => {
		const reply = await go();
		return method === 'POST' ? {status: 502, body: ''} : reply;
	});
	await assert.rejects(ociKeys.make(call(), '0a1b2c3d', chosen), Unreachable);
	meddle(undefined);
	const made = await ociKeys.make(call(), '0a1b2c3d', chosen);
	assert.deepEqual(
		cloud.keys().map(({id}) => id),
		[cloud.data.fingerprint, made.id],
	);
});

test('an old key of Oracle is deleted by the new one, and once more', async context => {
	const {cloud, call} = await visit(context, ociCloud);
	const by = renewed(cloud.data, await makeKey(ociKeys, call()));
	const id = cloud.data.fingerprint ?? '';
	await ociKeys.remove(call(cloud.data, {by}), id);
	assert.ok(!cloud.opens(cloud.data));
	await ociKeys.remove(call(cloud.data, {by}), id);
	await assertRefused(ociKeys.keys(call()), 'unsigned');
	await assertRefused(ociKeys.remove(call(cloud.data, {by}), '../users'), 'other');
});

test('a fourth key of Oracle is refused', async context => {
	const {cloud, call} = await visit(context, ociCloud);
	cloud.addKey();
	cloud.addKey();
	await assertRefused(makeKey(ociKeys, call()), 'full');
});

test('a key of Oracle that may not look for the home region is told of it', async context => {
	const {cloud, call, meddle} = await visit(context, ociCloud);
	const absent = {status: 404, body: {code: 'NotAuthorizedOrNotFound', message: 'no'}};
	meddle(({target}, go) => (target.includes('/tenancies/') ? absent : go()));
	await assertRefused(makeKey(ociKeys, call()), 'denied', /home region/);
	await makeKey(ociKeys, call({...cloud.data, region: 'eu-frankfurt-1'}));
	assert.equal(cloud.keys().length, 2);
	meddle(() => absent);
	await assertRefused(ociKeys.keys(call()), 'denied', /policy to manage users/);
	await assertRefused(ociKeys.keys(call({...cloud.data, privateKey: 'damaged'})), 'unsigned');
});

test('a credential without what Oracle knows a key by is not asked about', async context => {
	const {cloud, call} = await visit(context, ociCloud);
	assert.equal(ociKeys.cant(call().of), undefined);
	for (const changes of [{user: ''}, {privateKey: ''}, {region: 'x.example/'}])
		assert.match(ociKeys.cant(call({...cloud.data, ...changes}).of) ?? '', /^it(s| has no) /);
});

test('nobody else is taken for Oracle', async context => {
	const visited = await visit(context, ociCloud);
	const {cloud, call} = visited;
	const isPost = ({method}: {readonly method: string}) => method === 'POST';
	const chosen = valuesOf((await ociKeys.choose?.(call().of, '0a1b2c3d', new Date())) ?? new Map());
	await assertStrays(visited, isPost, () => ociKeys.make(call(), '0a1b2c3d', chosen));
	const isDelete = ({method}: {readonly method: string}) => method === 'DELETE';
	await assertStrays(visited, isDelete, () => ociKeys.remove(call(), cloud.data.fingerprint ?? ''));
	await assertDistrustsKeys(ociKeys, ociCloud);
});
