import assert from 'node:assert/strict';
import {test} from 'node:test';
import {issue as issueCommand} from '../../source/commands/issue.js';
import type {Credential} from '../../source/domain/credential.js';
import {issuers} from '../../source/providers/issuers.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {verdictsOf} from '../../source/vault/verdicts.js';
import {awsAccount} from '../helpers/clouds/aws-account.js';
import {fields, now, runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {directNetwork, type Fate} from '../helpers/direct-network.js';

type Account = ReturnType<typeof awsAccount>;

const clock = (): number => now.getTime();
const adminOf = ({admin}: Account): Credential =>
	storedCredential('admin', {data: fields({...admin, region: 'eu-central-1'})});
const placeOf = (account: Account, ...more: readonly Credential[]) =>
	memoryVaultPlace({credentials: [adminOf(account), ...more], trash: []}, usualPassphrase);
const actionOf = (body = ''): string => new URLSearchParams(body).get('Action') ?? '';
const four = ['AmazonEC2FullAccess', 'AmazonRoute53FullAccess', 'IAMFullAccess', 'AmazonVPCFullAccess'].map(
	name => `arn:aws:iam::aws:policy/${name}`,
);

async function run(line: string, account: Account, world: World, fateOf?: (request: {readonly body?: string}) => Fate) {
	const network = directNetwork(account.handlers, clock, fateOf);
	const outcome = await runCommandLine(line.split(' '), {network: {network, wait: async () => {}}, ...world});
	const content = await outcome.content();
	const made = content?.credentials.find(({name}) => name !== 'admin');
	const data = Object.fromEntries([...(made?.data ?? [])].map(([key, value]) => [key, value.reveal()]));
	return {...outcome, made, data, journals: content?.sections?.journals};
}

/** What is there of an identity. */
function state({groups, users}: Account, name = 'pharmer') {
	const [group, user] = [groups.get(name), users.get(name)];
	return {
		attached: group === undefined ? undefined : [...group.attached],
		inline: group === undefined ? undefined : [...group.inline.values()],
		memberOf: user === undefined ? undefined : [...user.groups],
		keys: user === undefined ? undefined : [...user.keys.keys()],
	};
}

test('group, policies, user, membership and key are made, and the key is stored once it works', async () => {
	const account = awsAccount(clock, 3);
	const {code, stdout, stderr, made, data, journals, content} = await run('issue work -p aws --with admin', account, {
		place: placeOf(account),
		answers: ['y'],
	});
	assert.deepEqual([code, stdout], [0, ''], stderr);
	const {keys, ...rest} = state(account);
	assert.deepEqual(rest, {attached: four, inline: [], memberOf: ['pharmer']});
	assert.deepEqual(keys, [data.accessKeyID]);
	assert.equal(account.opens(data), true);
	assert.deepEqual([made?.name, data.region, made?.labels.size], ['work', 'eu-central-1', 0]);
	assert.match(account.users.get('pharmer')?.tags.get('pharmer') ?? '', /^[0-9a-f]{8}$/);
	assert.equal(journals, undefined);
	assert.deepEqual(
		verdictsOf((await content()) ?? {credentials: [], trash: []})?.verdicts.map(({id, is}) => [id === made?.id, is]),
		[[true, 'valid']],
	);
	assert.match(
		stderr,
		/At Amazon Web Services, signed by `admin`, this makes:\n {2}the group pharmer\n {2}the policy AmazonEC2FullAccess on it\n/,
	);
	assert.match(stderr, /IAMFullAccess lets the key grant itself any access\.\n/);
	assert.ok(!stderr.includes(data.secretAccessKey ?? 'x'));
});

test('a no, a taken name and a missing terminal make nothing', async () => {
	const account = awsAccount(clock);
	const place = placeOf(account, storedCredential('work'));
	const lines: readonly (readonly [line: string, code: number, world: World])[] = [
		['issue new --with admin', 3, {answers: ['n']}],
		['issue work --with admin --yes', 5, {}],
		['issue new --with admin', 2, {}],
		['issue new --yes', 2, {}],
		['issue new -p gce --with admin --yes', 2, {}],
		['issue new --with nobody --yes', 4, {}],
		['issue new --with admin --user a/b --yes', 7, {}],
		['issue new --with admin --policy arn:nothing --yes', 7, {}],
		['issue new --with admin --policy bad.json --yes', 7, {files: {'bad.json': '{"Version": "2012-10-17"}'}}],
		['issue new --with admin --yes --offline', 11, {}],
		['issue new --undo --yes', 4, {}],
	];
	for (const [line, code, world] of lines) {
		const outcome = await run(line, account, {place, ...world});
		assert.equal(outcome.code, code, `${line}: ${outcome.stderr}`);
		assert.deepEqual([account.users.size, account.groups.size, outcome.journals], [1, 0, undefined], line);
	}
});

test('a policy is an ARN or a file, and the user has another name', async () => {
	const account = awsAccount(clock);
	const document = '{"Version": "2012-10-17", "Statement": []}';
	const line = `issue dns --with admin --user dns --policy dns.json --policy ${four[1]} --yes`;
	const {code, stderr} = await run(line, account, {place: placeOf(account), files: {'dns.json': document}});
	assert.equal(code, 0, stderr);
	const {attached, inline, memberOf} = state(account, 'dns');
	assert.deepEqual([attached, inline, memberOf], [[four[1]], [document], ['dns']]);
	assert.ok(!stderr.includes('any access'), 'that is said of IAMFullAccess only');
});

test('a user that somebody else made is used after a yes only, and never taken back', async () => {
	const account = awsAccount(clock);
	const other = account.addKey(account.addUser('pharmer'));
	const place = placeOf(account);
	const refused = await run('issue work --with admin --yes', account, {place});
	assert.equal(refused.code, 5, refused.stderr);
	assert.match(refused.stderr, /AWS has a user `pharmer` that this did not make/);
	const no = await run('issue work --with admin', account, {place, answers: ['n']});
	assert.deepEqual([no.code, account.groups.size], [3, 0]);
	const isProbe = (body?: string): boolean => actionOf(body) === 'GetCallerIdentity';
	const lost = await run('issue work --with admin', account, {place, answers: ['y', 'y']}, ({body}) =>
		isProbe(body) ? 'request-lost' : undefined,
	);
	assert.equal(lost.code, 11, lost.stderr);
	assert.equal(lost.asked[0], 'Use the user `pharmer` that is there? [y/N] ');
	assert.equal(account.users.get('pharmer')?.keys.size, 2);
	const {code, journals} = await run('issue work --undo', account, {place, answers: ['y']});
	assert.deepEqual([code, journals], [0, undefined]);
	assert.deepEqual(state(account), {attached: undefined, inline: undefined, memberOf: [], keys: [other.id]});
});

test('a user that somebody makes meanwhile keeps its key when what was made is taken back', async () => {
	const account = awsAccount(clock);
	const place = placeOf(account);
	const {code, stderr} = await run('issue work --with admin --yes', account, {place}, ({body}) => {
		if (actionOf(body) === 'CreateUser') account.addKey(account.addUser('pharmer'));
		return undefined;
	});
	assert.equal(code, 10, stderr);
	const undone = await run('issue work --undo --yes', account, {place});
	assert.deepEqual([undone.code, undone.journals], [0, undefined]);
	assert.equal(account.users.get('pharmer')?.keys.size, 1);
});

test('a group that somebody else made is named, with what it has, and changed after a yes only', async () => {
	const policy = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
	for (const world of [{}, {answers: ['n']}, {answers: ['y', 'y']}] satisfies World[]) {
		const account = awsAccount(clock);
		account.groups.set('pharmer', {attached: new Set([policy]), inline: new Map([['own', '{}']])});
		const flag = 'answers' in world ? '' : ' --yes';
		const outcome = await run(`issue work --with admin${flag}`, account, {place: placeOf(account), ...world});
		assert.match(outcome.stderr, /a group `pharmer` with the policies ReadOnlyAccess and own/);
		const isAgreed = outcome.code === 0;
		assert.deepEqual(
			[outcome.code, isAgreed],
			[!('answers' in world) ? 5 : isAgreed ? 0 : 3, world.answers?.[0] === 'y'],
		);
		assert.deepEqual(state(account).attached, isAgreed ? [policy, ...four] : [policy]);
	}
});

test('a group with just these policies is used without a question', async () => {
	const account = awsAccount(clock);
	account.groups.set('pharmer', {attached: new Set(four), inline: new Map()});
	const {code, stderr} = await run('issue work --with admin --yes', account, {place: placeOf(account)});
	assert.equal(code, 0);
	assert.match(stderr, /the group pharmer \(is there\)/);
});

test('with what was begun other flags are refused; a name that is taken meanwhile costs nothing', async () => {
	const account = awsAccount(clock);
	const place = placeOf(account);
	const isProbe = (body?: string): boolean => actionOf(body) === 'GetCallerIdentity';
	const lost = await run('issue work --with admin --yes', account, {place}, ({body}) =>
		isProbe(body) ? 'answer-lost' : undefined,
	);
	assert.equal(lost.code, 11);
	for (const flags of ['--user other', `--policy ${four[0]}`, '-p gce', '--with other']) {
		const {code, stderr} = await run(`issue work --yes ${flags}`, account, {place});
		assert.equal(code, 2, stderr);
	}
	const environment = {AWS_ACCESS_KEY_ID: 'AKIAOTHEROTHEROTHER2', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40)};
	await run('create credential work -p aws --from-env', account, {place, environment});
	const taken = await run('issue WORK --yes', account, {place});
	assert.equal(taken.code, 5, taken.stderr);
	assert.match(taken.stderr, /`pharmer issue work --name OTHER`/);
	const isUserMade = (body?: string): boolean => actionOf(body) === 'CreateUser';
	await run('issue second --with admin --user second --yes', account, {place}, ({body}) =>
		isUserMade(body) ? 'request-lost' : undefined,
	);
	for (const [name, exit] of [
		['ADMIN', 5],
		['second', 12],
	] as const) {
		const refused = await run(`issue work --name ${name} --yes`, account, {place});
		assert.equal(refused.code, exit, refused.stderr);
		assert.match(refused.stderr, new RegExp(`\`${name}\``, 'i'));
	}
	const {code, content} = await run('issue work --name mine --yes', account, {place});
	assert.equal(code, 0);
	assert.deepEqual(
		(await content())?.credentials.map(({name}) => name),
		['admin', 'work', 'mine'],
	);
	assert.equal(account.users.get('pharmer')?.keys.size, 1);
});

test('its help names the providers that it is for, and others are told where to make one', async () => {
	for (const provider of issuers.keys())
		assert.match(issueCommand.more?.join(' ') ?? '', new RegExp(`\\b${provider}\\b`));
	const account = awsAccount(clock);
	const credentials = [storedCredential('box', {provider: 'hetzner', data: fields({token: 'x'.repeat(64)})})];
	const {code, stderr} = await run('issue new --with box --yes', account, {credentials});
	assert.equal(code, 7);
	assert.match(stderr, /can't make an identity at Hetzner Cloud\nmake one at https:/);
});

test('what the admin may not do is said, and nothing is under way', async () => {
	const account = awsAccount(clock);
	const poor = account.addKey(account.addUser('poor'));
	const credentials = [storedCredential('poor', {data: fields({accessKeyID: poor.id, secretAccessKey: poor.secret})})];
	const {code, stderr, journals} = await run('issue work --with poor --yes', account, {credentials});
	assert.deepEqual([code, journals], [10, undefined]);
	assert.match(stderr, /needs iam:/);
});
