import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {Secret} from '../../../source/domain/secret.js';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import type {Vault} from '../../../source/vault/vault.js';
import {clockOf} from '../../helpers/clock.js';
import {type AwsKey, awsAccount} from '../../helpers/clouds/aws-account.js';
import {issuingClouds} from '../../helpers/clouds/issuing-clouds.js';
import type {Fate} from '../../helpers/direct-network.js';
import {fieldsMade, issue, issueIn, type Making, takeBack} from '../../helpers/issued.js';
import {adminId as otherId, vaultWith} from '../../helpers/rotated.js';

type Request = {readonly body?: string; readonly url: string; readonly isOnce?: boolean};

/** What is answered but for questions about keys, which nobody is there to answer. */
const plansOnly = ({kind}: {readonly kind: string}) => (kind === 'plan' ? 'yes' : 'nobody');

const lost =
	(pattern: RegExp, fate: Fate = 'request-lost') =>
	({body = ''}: Request): Fate =>
		pattern.test(body) ? fate : undefined;

async function codeOf(work: Promise<unknown>): Promise<string> {
	return work.then(
		() => 'done',
		error => (error instanceof PharmerError ? error.code : assert.fail(String(error))),
	);
}

async function awsMaking(more: Partial<Making> = {}) {
	const clock = clockOf('2026-11-30T10:00:00Z');
	const account = awsAccount(clock.now);
	const vault = await vaultWith({provider: 'aws', data: account.admin});
	const making: Making = {handlers: account.handlers, now: clock.now, vault, answer: plansOnly, ...more};
	const user = (name = 'pharmer') => account.users.get(name) ?? assert.fail('there is no user');
	/** A key that a colleague makes in the console, and uses. */
	const foreignKey = (): AwsKey => {
		const key = account.addKey(user());
		key.lastUsed = clock.now();
		return key;
	};
	return {clock, account, vault, making, user, foreignKey};
}

const copyOf = async (vault: Vault): Promise<Vault> => memoryVaultPlace(await vault.read()).unlock(new Secret(''));

for (const [name, make] of issuingClouds) {
	test(`a copy of the vault that goes on, or takes back, leaves the key that the original has of ${name}`, async () => {
		for (const last of [issue, takeBack]) {
			for (let nth = 1; nth < 9; nth++) {
				const clock = clockOf('2026-11-30T10:00:00Z');
				const {provider, admin, handlers, policies, opens} = make(clock.now);
				const vault = await vaultWith({provider, data: admin});
				const making: Making = {handlers, now: clock.now, vault, policies, answer: plansOnly};
				let sent = 0;
				const fateOf = ({isOnce, url}: Request): Fate =>
					isOnce && !/auth\/tokens|identity\/token/.test(url) && ++sent === nth ? 'request-lost' : undefined;
				await codeOf(issue({...making, fateOf}));
				if (issueIn(await vault.read()) === undefined) break;
				const copy = await copyOf(vault);
				// Both have what is chosen here: it is one key.
				const isShared = issueIn(await copy.read())?.fresh !== undefined;
				await issue(making);
				clock.add(86_400 * 3);
				await codeOf(last({...making, vault: copy}));
				const made = fieldsMade(await vault.read()) ?? assert.fail('it is made');
				if (!isShared) assert.equal(await opens(made), true, `${last.name} after the loss of request ${nth}`);
			}
		}
	});
}

test('a key that somebody makes for a user that was made here is named, and never deleted', async () => {
	const {clock, making, user, foreignKey} = await awsMaking();
	await codeOf(issue({...making, fateOf: lost(/Action=CreateAccessKey/)}));
	const {id} = foreignKey();
	clock.add(86_400);
	await assert.rejects(issue({...making, answer: () => 'yes'}), {code: 'conflict', message: new RegExp(id)});
	assert.equal(await codeOf(takeBack({...making, answer: () => 'yes'})), 'done');
	assert.deepEqual([...user().keys.keys()], [id]);
	assert.deepEqual([...user().groups], ['pharmer'], 'and it may do what it could');
});

test('a key that nobody has used goes once it had the time, after a yes, and unless it is used by then', async () => {
	for (const last of [issue, takeBack]) {
		for (const end of ['deleted', 'used', 'kept'] as const) {
			const {clock, making, user, vault} = await awsMaking();
			await codeOf(issue({...making, fateOf: lost(/Action=CreateAccessKey/, 'answer-lost')}));
			const [key] = user().keys.values();
			assert.ok(key);
			assert.equal(await codeOf(last(making)), 'conflict', 'it is too new');
			clock.add(1000);
			assert.equal(await codeOf(last(making)), 'usage', 'nobody is there to ask');
			const answer: Making['answer'] = ({kind}) => {
				if (kind === 'orphan' && end === 'used') key.lastUsed = clock.now();
				return kind === 'orphan' && end === 'kept' ? 'no' : 'yes';
			};
			const code = await codeOf(last({...making, answer}));
			assert.equal(code, last === issue && end !== 'deleted' ? 'conflict' : 'done', end);
			const isThere = vault !== undefined && awsKeyIsThere(user, key);
			assert.equal(isThere, end !== 'deleted', end);
		}
	}
});

test('a key that the trash of the vault holds is not taken for a lost one', async () => {
	const {making, user, vault, account} = await awsMaking();
	await codeOf(issue({...making, fateOf: lost(/Action=CreateAccessKey/)}));
	const key = account.addKey(user());
	const deleted = '2026-11-30T10:00:00Z';
	const data = new Map([
		['accessKeyID', new Secret(key.id)],
		['secretAccessKey', new Secret(key.secret)],
	]);
	await vault.change(content => {
		const [admin] = content.credentials;
		assert.ok(admin);
		return {content: {...content, trash: [{...admin, id: otherId, deleted, data}]}, result: undefined};
	});
	assert.equal(await codeOf(issue(making)), 'done');
	assert.equal(user().keys.has(key.id), true);
});

/** Whether the user, if it is still there, has the key. */
function awsKeyIsThere(user: () => {readonly keys: ReadonlyMap<string, AwsKey>}, {id}: AwsKey): boolean {
	try {
		return user().keys.has(id);
	} catch {
		return false;
	}
}

test('a user that somebody has made again under its name keeps its keys', async () => {
	for (const last of [issue, takeBack]) {
		const {clock, making, account, user} = await awsMaking();
		await codeOf(issue({...making, fateOf: lost(/Action=CreateAccessKey/)}));
		account.users.delete('pharmer');
		const {id} = account.addKey(account.addUser('pharmer', [['team', 'ops']]));
		clock.add(86_400);
		assert.equal(await codeOf(last({...making, answer: () => 'yes'})), last === issue ? 'refused' : 'done');
		assert.deepEqual([...user().keys.keys()], [id]);
	}
});

test('a group, a policy on it or a membership that somebody else made stays where an answer was lost', async () => {
	for (const action of ['CreateGroup', 'AttachGroupPolicy', 'AddUserToGroup']) {
		const {making, account} = await awsMaking();
		const fateOf = ({body = ''}: Request): Fate => {
			if (!body.includes(`Action=${action}`)) return undefined;
			// Somebody has deleted what there was, and makes it again.
			const four = new Set(['arn:aws:iam::aws:policy/AmazonEC2FullAccess']);
			account.groups.set('pharmer', {attached: four, inline: new Map()});
			account.users.delete('pharmer');
			account.addUser('pharmer').groups.add('pharmer');
			return 'request-lost';
		};
		await codeOf(issue({...making, fateOf}));
		assert.equal(await codeOf(takeBack(making)), 'done', action);
		const {groups, users} = account;
		assert.equal(groups.get('pharmer')?.attached.size, 1, action);
		assert.deepEqual([...(users.get('pharmer')?.groups ?? [])], ['pharmer'], action);
	}
});

for (const name of ['gce', 'oci', 'ibm'])
	test(`a key that was chosen here and whose answer was lost is taken back at ${name}`, async () => {
		const {now} = clockOf('2026-11-30T10:00:00Z');
		const cloud = issuingClouds.get(name)?.(now) ?? assert.fail(name);
		const vault = await vaultWith({provider: cloud.provider, data: cloud.admin});
		const first = await vaultWith({provider: cloud.provider, data: cloud.admin});
		const making: Making = {handlers: cloud.handlers, now, vault};
		await issue({...making, vault: first});
		const before = cloud.things();
		const fateOf = ({method, url}: {readonly method: string; readonly url: string}): Fate =>
			method === 'POST' && /\/apiKeys|keys:upload|\/v1\/apikeys(?:\?|$)/.test(url) ? 'answer-lost' : undefined;
		assert.equal(await codeOf(issue({...making, fateOf})), 'network');
		assert.equal(await codeOf(takeBack(making)), 'done');
		assert.deepEqual(cloud.things().toSorted(), before.toSorted());
	});

test('what its provider wants to be asked for later, or does not know yet, stays under way', async () => {
	for (const reply of [
		{status: 400, body: '<?xml version="1.0"?><R><Error><Code>Throttling</Code></Error></R>'},
		{status: 404, body: '<?xml version="1.0"?><R><Error><Code>NoSuchEntity</Code></Error></R>'},
	]) {
		const {making, vault} = await awsMaking();
		const handlers = Object.fromEntries(
			Object.entries(making.handlers).map(([host, handler]) => [
				host,
				(request: Parameters<typeof handler>[0]) =>
					request.body.includes('Action=CreateGroup')
						? {...reply, headers: {'content-type': 'text/xml'}}
						: handler(request),
			]),
		);
		assert.equal(await codeOf(issue({...making, handlers})), 'refused');
		assert.equal(issueIn(await vault.read())?.provider, 'aws');
	}
});

test('two policies of AWS with one name and other paths are two', async () => {
	const {making, account} = await awsMaking();
	const policies = ['ReadOnlyAccess', 'job-function/ReadOnlyAccess'].map(each => `arn:aws:iam::aws:policy/${each}`);
	assert.equal(await codeOf(issue({...making, policies})), 'refused', 'the account does not have the second one');
	assert.deepEqual([...(account.groups.get('pharmer')?.attached ?? [])], [policies[0]]);
});

test('what an undo has begun, and was gone on with only to stop, is all taken back at last, with the lost key', async () => {
	const {clock, account, making} = await awsMaking({answer: () => 'yes'});
	// The key is made, and its answer lost.
	assert.equal(await codeOf(issue({...making, fateOf: lost(/Action=CreateAccessKey/, 'answer-lost')})), 'network');
	assert.equal(await codeOf(takeBack(making)), 'conflict', "the key is too new to be nobody's");
	assert.equal(await codeOf(issue({...making, fateOf: lost(/Action=CreateGroup/)})), 'network');
	clock.add(1000);
	assert.equal(await codeOf(takeBack(making)), 'done');
	assert.deepEqual([account.users.has('pharmer'), account.groups.has('pharmer')], [false, false]);
});
