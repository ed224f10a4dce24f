import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {probe} from '../../source/stores/probe.js';
import {s3Origin} from '../../source/stores/s3.js';
import {fakeCloud} from '../helpers/fake-cloud.js';
import {fakeS3, s3Error} from '../helpers/fake-s3.js';
import type {Got, Said} from '../helpers/http-server.js';
import {s3At, s3By, s3Key} from '../helpers/s3-reach.js';
import {checkSignature} from '../helpers/sigv4.js';

const key = 'a/log/000000000001';
const bytes = Buffer.from('sealed');

/** A store at a fake that answers each request of a method with the next of these, and then as it should. */
async function answering(context: TestContext, method: string, ...answers: readonly Said[]) {
	const rest = [...answers];
	const fake = await fakeS3(context, {says: got => (got.method === method ? rest.shift() : undefined)});
	const waits: number[] = [];
	const wait = async (milliseconds: number) => void waits.push(milliseconds);
	return {...fake, waits, store: s3By(context, s3At(fake.origin), s3Key, {wait})};
}

/** Asserts that nobody knows what was done. */
const unknown = (why: RegExp) => (error: unknown) => {
	assert.ok(error instanceof Unreachable, String(error));
	assert.match(error.message, why);
	return true;
};

/** Asserts that the storage says no, and what has to be changed. */
const refused = (why: RegExp, hint: RegExp) => (error: unknown) => {
	assert.ok(error instanceof PharmerError, String(error));
	assert.deepEqual([error.code, error.exitCode], ['refused', 10]);
	assert.match(error.message, why);
	assert.match(error.hint ?? '', hint);
	return true;
};

test('requests are signed, with their bodies and sessions, and a create has its condition', async context => {
	const fake = await fakeS3(context);
	const session = {...s3Key, session: 'IQoJb3JpZ2luX2VjE//token=='};
	const store = s3By(context, s3At(fake.origin, {region: 'eu-central-1'}), session);
	await store.create(key, Buffer.from([0, 255, 10]));
	await store.get(key, 10);
	await store.list('a/log/', key);
	const targets = fake.received.map(({method, target}) => `${method} ${target}`);
	assert.deepEqual(targets, [
		`PUT /team/some/where/${key}`,
		`GET /team/some/where/${key}`,
		'GET /team/?list-type=2&prefix=some%2Fwhere%2Fa%2Flog%2F&start-after=some%2Fwhere%2Fa%2Flog%2F000000000001',
	]);
	for (const got of fake.received) {
		assert.deepEqual(checkSignature(got, s3Key.secret), {
			accessKeyId: s3Key.id,
			region: 'eu-central-1',
			verifies: true,
		});
		assert.equal(got.headers['x-amz-security-token'], session.session);
		assert.match(got.headers.authorization ?? '', /SignedHeaders=[^,]*x-amz-content-sha256;x-amz-date/);
	}
	const [put] = fake.received;
	assert.deepEqual([put?.headers['if-none-match'], put?.body], ['*', Buffer.from([0, 255, 10])]);
	assert.match(put?.headers.authorization ?? '', /SignedHeaders=[^,]*if-none-match/);
});

test('a clock that is off is no reason to stop, where the storage says what time it is', async context => {
	const theirs = Date.parse('2031-01-02T03:04:05Z');
	const fake = await fakeS3(context, {
		says(got) {
			if (String(got.headers['x-amz-date']).startsWith('20310102T0304')) return undefined;
			return {...s3Error(403, 'RequestTimeTooSkewed'), headers: {date: new Date(theirs).toUTCString()}};
		},
	});
	const store = s3By(context, s3At(fake.origin));
	assert.equal(await store.create(key, bytes), 'created');
	assert.deepEqual(await store.get(key, 10), {bytes, isCut: false});
	assert.equal(fake.received.length, 3);
	const stubborn = await answering(context, 'GET', ...Array<Said>(9).fill(s3Error(403, 'RequestTimeTooSkewed')));
	await assert.rejects(stubborn.store.get(key, 10), refused(/does not accept this machine's time$/, /clock/));
	assert.equal(stubborn.received.length, 2);
});

test("a time that no clock shows is nobody's", async context => {
	for (const date of ['Sat, 13 Sep 275760 00:00:00 GMT', 'Tue, 01 Jan 12026 00:00:00 GMT', 'soon']) {
		const skewed: Said = {...s3Error(403, 'RequestTimeTooSkewed'), headers: {date}};
		const {store, received} = await answering(context, 'GET', skewed, skewed, skewed);
		await assert.rejects(store.get(key, 10), refused(/does not accept this machine's time$/, /clock/));
		assert.equal(received.length, 1);
	}
});

test('AWS is reached by its own name, and by nobody else who answers to it', async context => {
	const host = 'team.s3.eu-west-1.amazonaws.com';
	const cloud = await fakeCloud(context, {
		[host]: () => ({status: 404, body: '<Error><Code>NoSuchKey</Code></Error>'}),
	});
	const address = {kind: 's3', bucket: 'team', prefix: '', endpoint: undefined, region: 'eu-west-1'} as const;
	const store = s3By(context, address, s3Key, {environment: cloud.environment, ca: cloud.ca});
	assert.equal(await store.get(key, 10), undefined);
	const [got] = cloud.received;
	assert.deepEqual([got?.host, got?.target], [host, `/${key}`]);
	assert.ok(got);
	assert.equal(checkSignature(got, s3Key.secret).verifies, true);
	const untrusted = s3By(context, address, s3Key, {environment: cloud.environment});
	await assert.rejects(
		untrusted.get(key, 10),
		unknown(/certificate of team\.s3\.eu-west-1\.amazonaws\.com is not trusted/),
	);
});

test('AWS is asked at the host of the bucket, or of the region where a certificate does not fit', () => {
	const at = (bucket: string, region: string, endpoint?: string): string =>
		s3Origin({kind: 's3', bucket, prefix: '', region, endpoint});
	assert.equal(at('team', 'us-east-1'), 'https://team.s3.us-east-1.amazonaws.com');
	assert.equal(at('team.example', 'eu-west-1'), 'https://s3.eu-west-1.amazonaws.com');
	assert.equal(at('team', 'cn-north-1'), 'https://team.s3.cn-north-1.amazonaws.com.cn');
	assert.equal(at('team', 'eusc-de-east-1'), 'https://team.s3.eusc-de-east-1.amazonaws.eu');
	assert.equal(at('team', 'auto', 'https://s3.example.com'), 'https://s3.example.com');
});

test('a create that meets another is tried again with the same bytes, and not for ever', async context => {
	const busy = s3Error(409, 'ConditionalRequestConflict');
	const {store, waits, received, objects} = await answering(context, 'PUT', busy, busy);
	assert.equal(await store.create(key, bytes), 'created');
	assert.deepEqual([waits.length, received.length], [2, 3]);
	assert.ok(objects.get(`some/where/${key}`)?.equals(bytes));
	const endless = await answering(context, 'PUT', ...Array<Said>(20).fill(busy));
	await assert.rejects(endless.store.create(key, bytes), unknown(/is busy \(409 ConditionalRequestConflict\)$/));
	assert.equal(endless.received.length, 6);
});

test('a create is sent once, and what came of it is not known when its answer is lost', async context => {
	const lost: Said = response => response.destroy();
	for (const [answer, why] of [
		[lost, /can't be reached \(ECONNRESET\)|broke off/],
		[{status: 500, body: 'oops'}, /answers 500$/],
		[s3Error(503, 'SlowDown'), /answers 503 SlowDown$/],
		[{status: 429}, /answers 429$/],
	] as const) {
		const {store, received} = await answering(context, 'PUT', answer);
		await assert.rejects(store.create(key, bytes), unknown(why));
		assert.equal(received.length, 1);
	}
	const silent = await fakeS3(context, {says: () => () => {}});
	const limits = {whole: 30_000, silence: 100, body: 1024};
	const store = s3By(context, s3At(silent.origin), s3Key, {limits});
	await assert.rejects(store.create(key, bytes), unknown(/did not answer within 0\.1 seconds$/));
	assert.equal(silent.received.length, 1);
});

test('a create whose answer was lost is there, and the same bytes are read', async context => {
	const objects = new Map<string, Buffer>();
	const fake = await fakeS3(context, {
		says: got => {
			if (got.method !== 'PUT') return undefined;
			objects.set(got.target, got.body);
			fake.objects.set(`some/where/${key}`, got.body);
			return response => response.destroy();
		},
	});
	const store = s3By(context, s3At(fake.origin));
	await assert.rejects(store.create(key, bytes), unknown(/./));
	assert.deepEqual(await store.get(key, 100), {bytes, isCut: false});
});

test('an engine without conditional writes is refused by name', async context => {
	for (const answer of [s3Error(501, 'NotImplemented'), {status: 501}, s3Error(400, 'NotImplemented')]) {
		const {store} = await answering(context, 'PUT', answer);
		await assert.rejects(
			store.create(key, bytes),
			refused(/^the storage 127\.0\.0\.1:\d+ can't create an object only where there is none \(/, /conditional writes/),
		);
	}
});

test('what the storage refuses is said with what to change', async context => {
	const cases: readonly (readonly [Said, RegExp, RegExp])[] = [
		[s3Error(404, 'NoSuchBucket'), /has no bucket `team`$/, /make it/],
		[s3Error(403, 'AccessDenied'), /\(AccessDenied\)$/, /s3:PutObject and s3:GetObject.*s3:ListBucket/],
		[{status: 403}, /\(403\)$/, /s3:PutObject/],
		[s3Error(403, 'SignatureDoesNotMatch'), /does not accept its credential/, /key id and the secret/],
		[s3Error(403, 'InvalidAccessKeyId'), /does not accept its credential/, /key id and the secret/],
		[s3Error(400, 'ExpiredToken'), /session of its credential is over/, /sign in again/],
		[s3Error(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-3</Region>'), /another region/, /region=eu-west-3 /],
		[{status: 301, headers: {'x-amz-bucket-region': 'eu-west-3'}}, /another region/, /region=eu-west-3 /],
		[s3Error(301, 'PermanentRedirect', '<Region>x</Region><Region>&#27;[31m</Region>'), /another region/, /region=x /],
		[{status: 301, headers: {location: 'https://evil.example/'}}, /another address \(301\)$/, /host and region/],
		[{status: 404, body: '<html><p>not found</html>'}, /answers 404$/, /endpoint/],
		[{status: 418, body: 'x'.repeat(200_000)}, /answers 418$/, /endpoint/],
		[s3Error(404, 'XAdminUserNotFound'), /answers 404 XAdminUserNotFound$/, /address and its credential/],
		[s3Error(400, '\u001b[31m'), /answers 400$/, /endpoint/],
	];
	for (const [answer, why, hint] of cases) {
		const put = await answering(context, 'PUT', answer);
		await assert.rejects(put.store.create(key, bytes), refused(why, hint));
		const get = await answering(context, 'GET', answer, answer);
		await assert.rejects(get.store.get(key, 100), refused(why, hint));
		await assert.rejects(get.store.list('a/', ''), refused(why, hint));
	}
});

test('nothing is there only where the storage says so', async context => {
	const {store} = await answering(
		context,
		'GET',
		s3Error(404, 'NoSuchKey'),
		{status: 404},
		s3Error(404, 'NoSuchUpload'),
	);
	assert.equal(await store.get(key, 100), undefined);
	await assert.rejects(store.get(key, 100), {code: 'refused'});
	await assert.rejects(store.get(key, 100), {code: 'refused'});
});

test('an object that is cut off on the way is none', async context => {
	const cut: Said = response => {
		response.writeHead(200, {'content-length': '100'});
		response.write('half', () => response.destroy());
	};
	const endless: Said = response => {
		response.useChunkedEncodingByDefault = false;
		response.shouldKeepAlive = false;
		response.writeHead(200).end('half');
	};
	const {store} = await answering(context, 'GET', cut, endless);
	await assert.rejects(store.get(key, 100), unknown(/broke off|ECONNRESET/));
	await assert.rejects(store.get(key, 100), unknown(/does not say how long an object is$/));
});

test('a hostile object is read as far as one asks', async context => {
	const flood: Said = response => {
		const fill = (): void => {
			while (response.write(Buffer.alloc(64 * 1024)));
		};
		response.on('drain', fill);
		fill();
	};
	const {store} = await answering(context, 'GET', flood);
	const stored = await store.get(key, 2_000_000);
	assert.deepEqual([stored?.isCut, stored?.bytes.length], [true, 2_000_000]);
});

test('a list that is none, is cut or goes on for ever is told', async context => {
	const list = (inner: string): Said => ({status: 200, body: `<ListBucketResult>${inner}</ListBucketResult>`});
	const item = (name: string): string => `<Contents><Key>some/where/${name}</Key></Contents>`;
	const no = '<IsTruncated>false</IsTruncated>';
	const yes = '<IsTruncated>true</IsTruncated>';
	for (const answer of [
		{status: 200, body: ''},
		{status: 200, body: '<html><body>Sign in</body></html>'},
		{status: 200, body: '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>some/where/a/1</Key>'},
		{status: 200, body: `<ListBucketResult>${no}</ListBucketResult><!-- x -->`},
		{status: 200, body: `<!DOCTYPE x [<!ENTITY a "b">]><ListBucketResult>${no}</ListBucketResult>`},
		{status: 200, body: `<ListBucketResult>${no}${'<a>'.repeat(100_000)}`},
		{status: 200, body: `<ListBucketResult>${no}${'<'.repeat(3_000_000)}`},
		{status: 200, body: 'x'.repeat(5_000_000)},
		list(item('a/1')),
		list(no + no),
		list(`${no}<Contents><Key>some/where/a/&nope;</Key></Contents>`),
		list(`${no}<Contents><Key>some/where/a/&#1114112;</Key></Contents>`),
	] as Said[]) {
		const {store} = await answering(context, 'GET', answer);
		await assert.rejects(store.list('a/', ''), unknown(/answers with something else than a list$/));
	}
	for (const answer of [
		list(no + item('a/2') + item('a/1')),
		list(no + item('a/1') + item('a/1')),
		list(no + item('b/1')),
		list(no + item('a/000')),
	]) {
		const {store} = await answering(context, 'GET', answer);
		await assert.rejects(store.list('a/', 'a/001'), refused(/not in their order$/, /as S3 does/));
	}
	const empty = await answering(context, 'GET', list(yes));
	await assert.rejects(empty.store.list('a/', ''), unknown(/empty part/));
	const same = await answering(context, 'GET', list(yes + item('a/X')), list(yes + item('a/X')));
	await assert.rejects(same.store.list('a/', ''), refused(/not in their order$/, /./));
});

test("names that are nobody's keys are passed over, however many there are", async context => {
	const fake = await fakeS3(context, {page: 2});
	const store = s3By(context, s3At(fake.origin));
	for (const name of ['a/', 'a/A', 'a/B', 'a/C', 'a/D & <E>', 'a/__', 'a/x.txt', 'a/k1', 'a/k2', 'a/k3'])
		fake.objects.set(`some/where/${name}`, bytes);
	const first = await store.list('a/', '');
	assert.deepEqual(first, ['a/k1', 'a/k2']);
	assert.deepEqual(await store.list('a/', 'a/k2'), ['a/k3']);
	assert.deepEqual(await store.list('a/', 'a/k3'), []);
	for (let count = 0; count < 250; count++)
		fake.objects.set(`some/where/junk/${String(count).padStart(3, '0')}.txt`, bytes);
	await assert.rejects(store.list('junk/', ''), unknown(/nobody's without an end$/));
});

test('a fake that ignores the condition, and one that is not atomic, are refused by the probe', async context => {
	const ignoring = await fakeS3(context, {condition: 'ignored'});
	assert.deepEqual(await probe(s3By(context, s3At(ignoring.origin)), 'x'), {
		broken: 'one-winner',
		how: '16 of 16 that created the same object were told that they did',
	});
	const hasty = await fakeS3(context, {condition: 'hasty'});
	assert.deepEqual(await probe(s3By(context, s3At(hasty.origin)), 'x'), {
		broken: 'one-winner',
		how: '2 of 16 that created the same object were told that they did',
	});
});

test('no secret is in what is said', async context => {
	const echo = (got: Got): Said =>
		s3Error(403, 'AccessDenied', `<Echo>${got.headers.authorization} ${s3Key.secret}</Echo>`);
	const fake = await fakeS3(context, {says: echo});
	const store = s3By(context, s3At(fake.origin));
	await assert.rejects(store.create(key, bytes), (error: PharmerError) => {
		assert.ok(!`${error.message}${error.hint}${error.stack}`.includes(s3Key.secret));
		return true;
	});
});
