import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {openNetwork} from '../../source/network/network.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {verdictsOf} from '../../source/vault/verdicts.js';
import {fields, now, runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {secretKey, storedCredential} from '../helpers/credentials.js';
import {type FakeCloud, fakeCloud, type Handler, type Reply} from '../helpers/fake-cloud.js';
import {checkSignature} from '../helpers/sigv4.js';

const date = now.toUTCString();
const xml = (status: number, body: string): Reply => ({status, headers: {date}, body: `<Response>${body}</Response>`});
const error = (status: number, code: string): Reply => xml(status, `<Error><Code>${code}</Code></Error>`);
const identity = xml(200, '<Arn>arn:aws:iam::123456789012:user/me</Arn><Account>123456789012</Account>');

const aws: Handler = request =>
	checkSignature(request, secretKey).verifies ? identity : error(403, 'SignatureDoesNotMatch');

const works = storedCredential('works', {labels: new Map()});
const wrong = storedCredential('wrong', {
	data: fields({accessKeyID: 'AKIAWRONGWRONGWRONG2', secretAccessKey: secretKey.toLowerCase()}),
});
const down = storedCredential('down', {
	data: fields({accessKeyID: 'AKIADOWNDOWNDOWNDOW2', secretAccessKey: secretKey, region: 'eu-west-9'}),
});
const bare = storedCredential('bare', {provider: 'generic', data: fields({token: 'hush'})});

/** Runs `verify` with fake providers behind it. */
async function verify(context: TestContext, line: string, world: World = {}, handlers: Record<string, Handler> = {}) {
	const cloud: FakeCloud = await fakeCloud(context, {'sts.amazonaws.com': aws, ...handlers});
	const wait = async (): Promise<void> => {};
	const environment = {...cloud.environment, ...world.environment};
	const network = openNetwork({environment, offline: false, now: () => now.getTime(), wait, ca: cloud.ca});
	const outcome = await runCommandLine(['verify', ...line.split(' ').filter(word => word !== '')], {
		credentials: [works, wrong, down, bare],
		...world,
		network: {network, wait},
	});
	return {...outcome, cloud};
}

test('verify says what a provider says, keeps it, and changes nothing else', async context => {
	const {code, stdout, stderr, content, cloud} = await verify(context, 'works');
	assert.deepEqual(
		[code, stdout, stderr],
		[
			0,
			'NAME   VERDICT  WHO                    EXPIRES  WHY\n' +
				'works  valid    user/me, 123456789012  -        AWS knows it\n',
			'',
		],
	);
	assert.deepEqual(cloud.connected, ['sts.amazonaws.com:443', 'iam.amazonaws.com:443']);
	const after = await content();
	assert.ok(after !== undefined);
	assert.deepEqual(after.credentials, [works, wrong, down, bare]);
	const [kept, ...others] = verdictsOf(after)?.verdicts ?? [];
	assert.deepEqual(others, []);
	const {digest, ...rest} = kept ?? {digest: ''};
	assert.match(digest, /^[\w-]{43}$/);
	assert.deepEqual(rest, {
		id: works.id,
		is: 'valid',
		why: 'AWS knows it',
		who: {account: '123456789012', user: 'user/me'},
		host: 'sts.amazonaws.com, iam.amazonaws.com',
		at: '2026-03-01T12:00:00Z',
	});
});

test('verify ends with 10 when one is refused, else with 11 when one is unreachable', async context => {
	const codes = await Promise.all(
		['works bare', 'works down', 'works wrong', 'wrong down'].map(line => verify(context, line).then(({code}) => code)),
	);
	assert.deepEqual(codes, [0, 11, 10, 10]);
});

test('what is unreachable leaves what is known', async context => {
	const before = await verify(context, 'works');
	const known = await before.content();
	assert.ok(known !== undefined);
	const {content, stdout} = await verify(
		context,
		'works',
		{place: memoryVaultPlace(known, usualPassphrase)},
		{'sts.amazonaws.com': () => ({status: 502, body: '<html>'})},
	);
	assert.match(stdout, /^works {2}unreachable/m);
	assert.deepEqual(verdictsOf((await content()) ?? known)?.verdicts, verdictsOf(known)?.verdicts);
});

test('as JSON, one is an object and several are a list, without a secret', async context => {
	const one = JSON.parse((await verify(context, 'works -o json')).stdout);
	assert.deepEqual(
		[one.name, one.provider, one.verdict, one.who.account, one.host],
		['works', 'aws', 'valid', '123456789012', 'sts.amazonaws.com, iam.amazonaws.com'],
	);
	const {stdout} = await verify(context, '--all -o json');
	const all = JSON.parse(stdout);
	assert.deepEqual(
		all.map((each: {name: string; verdict: string}) => [each.name, each.verdict]),
		[
			['bare', 'unsupported'],
			['down', 'unreachable'],
			['works', 'valid'],
			['wrong', 'invalid'],
		],
	);
	assert.ok(!stdout.includes(secretKey) && !stdout.includes('hush'));
});

test('offline, nothing is asked and the vault stays shut', async context => {
	for (const [line, environment] of [
		['works --offline', {}],
		['works', {PHARMER_OFFLINE: '1'}],
	] as const) {
		const {code, stderr, cloud, places} = await verify(context, line, {environment});
		assert.deepEqual([code, cloud.connected, places], [11, [], []]);
		assert.match(stderr, /nothing is asked offline/);
	}
});

test('a variable of a tool leads nowhere without consent', async context => {
	const environment = {AWS_ENDPOINT_URL: 'https://sts.evil.example'};
	const {code, stderr, cloud} = await verify(context, 'works', {environment});
	assert.deepEqual([code, cloud.connected], [2, []]);
	assert.match(stderr, /`AWS_ENDPOINT_URL` names sts\.evil\.example.*for `works`\n.*--endpoint-from-env/);
});

test('with consent it is asked there, once a host, and what it says is not kept', async context => {
	const environment = {AWS_ENDPOINT_URL: 'https://sts.evil.example'};
	const handlers = {'sts.evil.example': () => identity};
	const {code, stdout, asked, content, cloud} = await verify(
		context,
		'works wrong',
		{environment, answers: ['y']},
		handlers,
	);
	assert.equal(code, 0);
	assert.deepEqual(asked, [
		'For `works` and `wrong`, AWS_ENDPOINT_URL names sts.evil.example. Send it a request that is signed with the secret key? A yes is remembered. [y/N] ',
	]);
	assert.match(stdout, /^works .*AWS knows it; asked at sts\.evil\.example$/m);
	assert.deepEqual([...new Set(cloud.connected)], ['sts.evil.example:443']);
	const after = await content();
	assert.ok(after !== undefined);
	const origin = 'https://sts.evil.example';
	assert.deepEqual(verdictsOf(after), {
		verdicts: [],
		consents: [
			{id: works.id, origin, sends: 'a request that is signed with the secret key'},
			{id: wrong.id, origin, sends: 'a request that is signed with the secret key'},
		],
	});
	const place = memoryVaultPlace(after, usualPassphrase);
	const again = await verify(context, 'works', {environment, answers: [], place}, handlers);
	assert.deepEqual([again.code, again.asked], [0, []]);
});

test('a yes is for what is sent: another secret of the credential, and of others, is asked about', async context => {
	const stack = (name: string, data: Record<string, string>) =>
		storedCredential(name, {
			provider: 'openstack',
			labels: new Map(),
			data: fields({authURL: 'https://stack.example/v3', ...data}),
		});
	const application = {applicationCredentialID: 'id', applicationCredentialSecret: 'application-secret'};
	const user = {username: 'me', password: 'password-of-me', projectName: 'p', userDomainName: 'Default'};
	const handlers = {'stack.example': () => ({status: 500})};
	const both = {credentials: [stack('one', application), stack('two', user)], answers: ['y', 'n']};
	const {asked, cloud, content} = await verify(context, '--all', both, handlers);
	assert.deepEqual(asked, [
		'For `one`, authURL names stack.example. Send it the secret of the application credential? A yes is remembered. [y/N] ',
		'For `two`, authURL names stack.example. Send it the password? A yes is remembered. [y/N] ',
	]);
	assert.ok(cloud.received.length > 0 && cloud.received.every(({body}) => !body.includes('password-of-me')));
	const before = await content();
	assert.ok(before !== undefined);
	const changed = {...before, credentials: [{...stack('one', user), revision: 2}]};
	const again = await verify(
		context,
		'one',
		{place: memoryVaultPlace(changed, usualPassphrase), answers: ['n']},
		handlers,
	);
	assert.deepEqual([again.asked.length, again.cloud.connected], [1, []]);
});

test('what a server repeats of a secret is neither shown nor kept', async context => {
	const vultr = storedCredential('vultr', {
		provider: 'vultr',
		labels: new Map(),
		data: fields({token: 'a-secret-of-vultr'}),
	});
	const echo = {account: {email: 'x a-secret-of-vultr', name: 'shop', acls: ['a', 'a-secret-of-vultr']}};
	const {stdout, content} = await verify(
		context,
		'vultr -o json',
		{credentials: [vultr]},
		{'api.vultr.com': () => ({status: 200, body: echo})},
	);
	assert.deepEqual(JSON.parse(stdout).who, {account: 'shop'});
	assert.deepEqual(verdictsOf((await content()) ?? {})?.verdicts[0]?.who, {account: 'shop'});
});

test('a no sends nothing', async context => {
	const environment = {AWS_ENDPOINT_URL: 'https://sts.evil.example'};
	const {code, stdout, cloud} = await verify(context, 'works', {environment, answers: ['n']});
	assert.deepEqual([code, cloud.connected], [3, []]);
	assert.match(stdout, /^works {2}unsupported .*you did not agree to sts\.evil\.example$/m);
});

test('plain http is asked on this machine alone, and with the flag alone', async context => {
	const far = {AWS_ENDPOINT_URL: 'http://sts.evil.example'};
	const refused = await verify(context, 'works --endpoint-from-env', {environment: far});
	assert.deepEqual([refused.code, refused.cloud.connected], [0, []]);
	assert.match(refused.stdout, /unsupported .*AWS_ENDPOINT_URL names sts\.evil\.example without TLS/);
	const near = {AWS_ENDPOINT_URL: 'http://127.0.0.1:1'};
	const local = await verify(context, 'works bare', {environment: near, answers: ['y']});
	assert.deepEqual([local.code, local.asked], [0, []]);
	assert.match(
		local.stdout,
		/^works .*AWS_ENDPOINT_URL names 127\.0\.0\.1:1 without TLS, where `--endpoint-from-env` asks$/m,
	);
	const asked = await verify(context, 'works --endpoint-from-env', {environment: near});
	assert.equal(asked.code, 11);
	const json = await verify(context, 'works --endpoint-from-env -o json', {environment: near});
	assert.equal(JSON.parse(json.stdout).endpoint, 'http://127.0.0.1:1');
	assert.match(asked.stdout, /127\.0\.0\.1:1 can't be reached \(ECONNREFUSED\); asked at 127\.0\.0\.1:1/);
});

test('on a terminal a column that says nothing takes no room', async context => {
	const {stdout} = await verify(context, 'works', {stdoutIsTerminal: true, columns: 80});
	assert.match(stdout, /NAME {3}VERDICT {2}WHO +WHY\u001b/);
});

test('on a narrow terminal the reasons stand below, whole', async context => {
	const {stdout} = await verify(context, 'wrong works', {
		stdoutIsTerminal: true,
		columns: 50,
		environment: {NO_COLOR: '1'},
	});
	assert.match(
		stdout,
		/^NAME +VERDICT +WHO\nwrong +invalid .*\nworks +valid .*\nwrong: the secret key is not the one of this key id\n$/,
	);
});

test('what was answered before ctrl+c is shown and kept', async context => {
	const stop = new AbortController();
	const cloud = await fakeCloud(context, {
		'sts.amazonaws.com': aws,
		'sts.eu-west-9.amazonaws.com': () => {
			setTimeout(() => stop.abort(130), 300);
			return new Promise<Reply>(() => {});
		},
	});
	const wait = async (): Promise<void> => {};
	const {environment, ca} = cloud;
	const network = openNetwork({environment, offline: false, now: () => now.getTime(), wait, ca, signal: stop.signal});
	let released = 0;
	const {code, stdout, content} = await runCommandLine(['verify', 'works', 'down'], {
		credentials: [works, down],
		network: {network, wait, signal: stop.signal, release: () => released++},
	});
	assert.deepEqual([code, released], [130, 1]);
	assert.match(stdout, /^works +valid/m);
	assert.doesNotMatch(stdout, /^down/m);
	assert.deepEqual(
		verdictsOf((await content()) ?? {})?.verdicts.map(({id}) => id),
		[works.id],
	);
});

test('without a name and a terminal verify says what to do', async context => {
	assert.equal((await verify(context, '')).code, 2);
	const {code, stderr} = await verify(context, 'credentials');
	assert.equal(code, 2);
	assert.match(stderr, /NAME is missing\n.*`pharmer verify --all`/);
	assert.equal((await verify(context, '--all works')).code, 2);
	assert.equal((await verify(context, 'nobody')).code, 4);
	assert.equal((await verify(context, '', {picks: 'works'})).code, 0);
});
