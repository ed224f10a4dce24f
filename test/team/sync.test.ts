import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {memoryStore} from '../../source/stores/memory.js';
import {teamIn} from '../../source/team/section.js';
import {sync} from '../../source/team/sync.js';
import {addCredential, getByName, replaceCredential} from '../../source/vault/operations.js';
import {type Device, founder, joined} from '../helpers/team.js';

const now = new Date('2026-11-30T08:00:00Z');

function put(one: Device, name: string, secret: string): Promise<unknown> {
	return one.vault.change(content => {
		const found = content.credentials.find(each => each.name === name);
		const next = {
			name: parseName(name),
			provider: 'aws',
			data: new Map([
				['accessKeyID', new Secret(`AKIA${secret}`)],
				['secretAccessKey', new Secret(secret)],
			]),
			labels: new Map<string, string>(),
		};
		return found === undefined ? addCredential(content, next, now) : replaceCredential(content, found, next, now);
	});
}

async function secretOf(one: Device, name: string): Promise<string | undefined> {
	return getByName(await one.vault.read(), name)
		.data.get('secretAccessKey')
		?.reveal();
}

test('what one shares is with the other after both have synced', async () => {
	const store = memoryStore();
	const one = await founder(store);
	await put(one, 'aws', 'first');
	const first = await sync(one);
	assert.equal(first.went, 1);
	const two = await joined(one, 'ben');
	assert.equal(await secretOf(two, 'aws'), 'first');
	await put(two, 'aws', 'second');
	await sync(two);
	const back = await sync(one);
	assert.equal(back.came, 1);
	assert.equal(await secretOf(one, 'aws'), 'second');
	assert.deepEqual(
		back.state.members.map(({name, role}) => [name, role]),
		[
			['ana', 'admin'],
			['ben', 'writer'],
		],
	);
});

test('what both have changed stays as theirs is, and mine is kept', async () => {
	const store = memoryStore();
	const one = await founder(store);
	await put(one, 'aws', 'first');
	await sync(one);
	const two = await joined(one, 'ben');
	await put(one, 'aws', 'of-one');
	await put(two, 'aws', 'of-two');
	await sync(one);
	const {state} = await sync(two);
	assert.equal(await secretOf(two, 'aws'), 'of-one');
	assert.equal(state.conflicts.length, 1);
	assert.equal(state.conflicts[0]?.by?.name, 'ana');
	assert.equal(state.conflicts[0]?.mine.get('data.secretAccessKey')?.reveal(), 'of-two');
	assert.equal(teamIn(await two.vault.read())?.conflicts.length, 1);
});
