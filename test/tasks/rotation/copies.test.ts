import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {Secret} from '../../../source/domain/secret.js';
import {journalOf, withJournal, withoutJournal} from '../../../source/vault/journals.js';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import type {Vault} from '../../../source/vault/vault.js';
import {clockOf} from '../../helpers/clock.js';
import {clouds} from '../../helpers/clouds/clouds.js';
import type {KeyCloud} from '../../helpers/clouds/key-cloud.js';
import {fieldsIn, type How, ownId, resume, rotate, rotationIn, vaultWith} from '../../helpers/rotated.js';

const start = '2026-11-30T10:00:00Z';

async function begun(provider: string) {
	const clock = clockOf(start);
	const cloud = (clouds.get(provider) ?? assert.fail())(clock.now);
	const vault = await vaultWith(cloud);
	const how: How = {cloud, vault, now: clock.now};
	return {clock, cloud, vault, how};
}

/** Another vault with the same content, as a copy of its file is. */
async function copyOf(vault: Vault): Promise<Vault> {
	return memoryVaultPlace(await vault.read()).unlock(new Secret(''));
}

const ids = (cloud: KeyCloud): readonly string[] => cloud.keys().map(({id}) => id);

test('a vault that forgets the rotation while a person is asked keeps its old key', async () => {
	for (const provider of ['aws', 'upcloud', 'linode']) {
		const {clock, cloud, vault, how} = await begun(provider);
		const before = await vault.read();
		await rotate(how);
		clock.add(86_400);
		cloud.addKey();
		// Somebody puts an older copy of the vault in its place while the question stands.
		let isReplaced = false;
		const answer = () => {
			isReplaced = true;
			return 'yes' as const;
		};
		const replaced: Vault = {
			...vault,
			read: async () => (isReplaced ? before : vault.read()),
			change: async operation => (isReplaced ? operation(before).result : vault.change(operation)),
		};
		await assert.rejects(resume({...how, vault: replaced, answer}), {code: 'conflict'});
		assert.ok(ids(cloud).includes(rotationIn(await vault.read())?.oldId ?? ''), `${provider}: the old key is there`);
	}
});

test('fields that are not those of the new key keep the old one from being deleted', async () => {
	for (const provider of ['aws', 'linode', 'ibm']) {
		const {clock, cloud, vault, how} = await begun(provider);
		const old = (await vault.read()).credentials[0] ?? assert.fail();
		await rotate(how);
		clock.add(86_400);
		// An older program, which knows nothing of rotations, has put the old fields back.
		await vault.change(content => ({
			content: {...content, credentials: content.credentials.map(each => (each.id === old.id ? old : each))},
			result: undefined,
		}));
		await assert.rejects(resume(how), {code: 'conflict', message: /does not have the new key/});
		assert.equal(ids(cloud).length, 2, provider);
		assert.deepEqual(await resume(how, {isBack: true}), {is: 'undone'});
		assert.equal(cloud.opens(fieldsIn(await vault.read())), true, provider);
	}
});

test('the new key is not deleted while the old one is not there', async () => {
	for (const provider of ['aws', 'linode', 'azure', 'exoscale']) {
		const {cloud, vault, how} = await begun(provider);
		await rotate(how);
		const {oldId} = rotationIn(await vault.read()) ?? assert.fail();
		// It was going back, and has just made the old key the credential's again.
		let isNext = false;
		const stopping: How = {
			...how,
			onStep: ({step}) => {
				isNext = step === 'undone';
			},
			fateOf: () => (isNext ? 'request-lost' : undefined),
		};
		await assert.rejects(resume(stopping, {isBack: true}), {code: 'network'});
		assert.equal(rotationIn(await vault.read())?.step, 'undone');
		cloud.dropKey(oldId);
		await assert.rejects(resume(how), {code: 'conflict', message: /the old key can't come back/});
		assert.equal(cloud.opens(fieldsIn(await vault.read())), true, `${provider}: the new key is the credential's again`);
		assert.equal((await resume({...how, now: () => how.now() + 86_400_000})).is, 'done');
	}
});

test('of two copies of a vault, none takes the new key of the other for one that was lost', async () => {
	for (const provider of ['linode', 'cloudflare', 'scaleway', 'exoscale']) {
		const {cloud, vault, how} = await begun(provider);
		let count = 0;
		const fateOf = ({isOnce}: {isOnce?: true}) => (isOnce && count++ === 0 ? ('request-lost' as const) : undefined);
		await assert.rejects(rotate({...how, fateOf}), {code: 'network'});
		const copy = await copyOf(vault);
		assert.equal((await resume(how)).is, 'waiting');
		const mine = fieldsIn(await vault.read());
		await assert.rejects(resume({...how, vault: copy, answer: () => 'nobody'}), PharmerError);
		assert.equal(cloud.opens(mine), true, `${provider}: the key of the other is there`);
	}
});

test('a change is not sent twice because a clock is off', async () => {
	const {cloud, vault, how} = await begun('ovh');
	const changes: string[] = [];
	const off = {...how, now: () => how.now() - 600_000};
	await rotate({...off, fateOf: ({isOnce, url}) => void (isOnce && changes.push(url))}).catch(() => {});
	assert.equal(new Set(changes).size, changes.length, changes.join('\n'));
	assert.ok(cloud.opens(fieldsIn(await vault.read())));
});

test('the old key stays as long as its provider does not say that the new one works', async () => {
	const {clock, cloud, how} = await begun('linode');
	await rotate(how);
	clock.add(86_400);
	const odd = Object.fromEntries(
		Object.entries(cloud.handlers).map(([host, handler]) => [
			host,
			(request: Parameters<typeof handler>[0]) =>
				request.target.includes('/profile') && !request.target.includes('/tokens')
					? {status: 418, body: {errors: [{reason: 'teapot'}]}}
					: handler(request),
		]),
	);
	await assert.rejects(resume({...how, cloud: {...cloud, handlers: odd}}), {message: /the old key stays/});
	assert.equal(ids(cloud).length, 2);
});

test('what a person answers is looked at once more before it is done', async () => {
	const {clock, cloud, how} = await begun('linode');
	await rotate(how);
	clock.add(86_400);
	cloud.addKey();
	const asked: string[] = [];
	const answer = ({keys}: {keys: readonly {id: string}[]}) => {
		asked.push(...keys.map(({id}) => id));
		// Somebody makes another one while the question stands.
		if (asked.length === 1) cloud.addKey();
		return 'yes' as const;
	};
	assert.deepEqual(await resume({...how, answer}), {is: 'done'});
	assert.equal(asked.length, 2, 'the second one is asked about, too');
});

test('what a journal can not have is none, and what is not known keeps others from the credential', async () => {
	const {vault, how} = await begun('linode');
	await rotate(how);
	const rotation = rotationIn(await vault.read()) ?? assert.fail();
	for (const damage of [{mark: ''}, {until: undefined}, {step: 'turned'}, {fresh: undefined}]) {
		const content = withoutJournal(await vault.read(), ownId);
		const damaged = withJournal(content, {...rotation, ...damage} as never);
		assert.equal(journalOf(damaged, ownId), undefined, JSON.stringify(damage));
		const copy = await memoryVaultPlace(damaged).unlock(new Secret(''));
		await assert.rejects(rotate({...how, vault: copy}), {code: 'busy', message: /this pharmer does not know/});
	}
});
