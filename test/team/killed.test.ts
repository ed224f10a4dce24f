import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import {beginJoining, finishJoining} from '../../source/team/joining.js';
import {memberKeys} from '../../source/team/log/member-keys.js';
import {sixWords} from '../../source/team/log/words.js';
import {add, remove} from '../../source/team/members.js';
import {sync} from '../../source/team/sync.js';
import {journalLines, withJournalLines} from '../../source/vault/journals.js';
import {deleteCredentials, getByName, purgeTrash, restoreCredentials} from '../../source/vault/operations.js';
import {awsContent} from '../helpers/credentials.js';
import {Killed, killedAt, started} from '../helpers/cut-device.js';
import {conflictsOf, edit, label, labelsOf, logOf, settle, timesLabelled} from '../helpers/fleet.js';
import {randomFrom} from '../helpers/losing.js';
import {seed, size} from '../helpers/rounds.js';
import {type Device, device, founder, joined} from '../helpers/team.js';

const now = new Date('2026-11-30T08:00:00Z');

async function trash({vault}: Device, name: string): Promise<void> {
	await vault.change(content => deleteCredentials(content, [getByName(content, name)], now));
}

/** What a person does on a device, without a conflict with what others do. */
type Deed = (one: Device, own: string, turn: number) => Promise<unknown>;

const secretOf = (value: string) => awsContent('any', {secretAccessKey: value}).data;

const deeds: readonly Deed[] = [
	(one, own, turn) => label(one, 'all', `${own}-${turn}`),
	(one, own, turn) => edit(one, own, old => ({...old, data: secretOf(`secret ${turn}`)})),
	(one, own, turn) => edit(one, own, old => ({...old, note: `note ${turn}`})),
	(one, own, turn) => edit(one, `${own}-new-${turn}`),
	async (one, own) => {
		const gone = (await one.vault.read()).credentials.find(({name}) => name.startsWith(`${own}-new`));
		if (gone !== undefined) await trash(one, gone.name);
	},
	async (one, own) => {
		const back = (await one.vault.read()).trash.find(({name}) => name.startsWith(`${own}-new`));
		if (back !== undefined) await one.vault.change(content => restoreCredentials(content, [back], now));
	},
	(one, own, turn) => edit(one, `${own}-to-rename`, old => ({...old, note: `kept ${turn}`})),
	({vault}) => vault.change(content => purgeTrash(content, content.trash)),
];

/** Whether it was killed. */
function syncUntil(one: Device, at: number): Promise<boolean> {
	return isKilledIn(sync(killedAt(one, at)));
}

test('a device that is killed at any step of a sync goes on as if it had not been', async context => {
	const rounds = size(25, 500);
	const random = randomFrom(seed);
	const pick = (most: number): number => Math.floor(random() * most);
	let [killed, cuts] = [0, 0];
	const first = await founder(memoryStore());
	await edit(first, 'all');
	await sync(first);
	const devices = [first, await joined(first, 'ben'), await joined(first, 'cleo')];
	for (let round = 0; round < rounds; round++) {
		const done: string[] = [];
		const act = async (index: number): Promise<void> => {
			const one = devices[index];
			const deed = deeds[pick(deeds.length)];
			assert.ok(one && deed);
			const turn = round * 100 + done.length;
			await deed(one, `own-${index}`, turn);
			if (deed === deeds[0]) done.push(`all own-${index}-${turn}`);
			else done.push('');
		};
		for (let acts = 1 + pick(3); acts > 0; acts--) await act(0);
		if (random() < 0.6) {
			await act(1);
			await sync(devices[1] ?? first);
		}
		for (let times = 1 + pick(3); times > 0; times--) {
			cuts++;
			if (await syncUntil(devices[0] ?? first, pick(14))) killed++;
			devices[0] = started(devices[0] ?? first);
			if (random() < 0.5) await act(0);
			if (random() < 0.3) {
				await act(2);
				await sync(devices[2] ?? first);
			}
		}
		await settle(devices);
		for (const one of devices) {
			assert.deepEqual(await conflictsOf(one), [], `round ${round}`);
			const labels = await labelsOf(one, 'all');
			for (const each of done) if (each !== '') assert.ok(labels.includes(each.slice(4)), `${each} is lost`);
		}
	}
	const times = timesLabelled(await logOf(first));
	for (const [each, count] of times) assert.equal(count, 1, `${each} was shared ${count} times`);
	context.diagnostic(`${rounds} rounds, ${cuts} syncs, ${killed} of them killed`);
});

test('a journal step that was shared before a kill is never put back by the step before it', async () => {
	for (let at = 0; ; at++) {
		const first = await founder(memoryStore());
		await edit(first, 'aws');
		await sync(first);
		const id = getByName(await first.vault.read(), 'aws').id;
		const step = (number: number): Promise<unknown> =>
			first.vault.change(content => ({
				content: withJournalLines(content, new Map([[id, JSON.stringify({id, step: number})]])),
				result: undefined,
			}));
		const second = await joined(first, 'ben');
		await step(1);
		const isKilled = await syncUntil(first, at);
		await step(2);
		const next = started(first);
		await settle([next, second]);
		assert.equal(journalLines(await second.vault.read())?.get(id), JSON.stringify({id, step: 2}), `${at}`);
		for (const one of [next, second]) assert.deepEqual(await conflictsOf(one), []);
		if (!isKilled) break;
	}
});

test('an admin that is killed while it adds a member gives the invitation again', async () => {
	for (let at = 0; ; at++) {
		const first = await founder(memoryStore());
		await edit(first, 'aws');
		const card = {name: parseName('ben'), keys: memberKeys(Buffer.alloc(32, 7))};
		const newcomer = await device(first.store);
		await beginJoining(newcomer.vault, {url: 'memory:', opener: undefined}, Buffer.alloc(32, 7));
		const isKilled = await isKilledIn(add(killedAt(first, at), card, 'writer'));
		const next = started(first);
		const {seq, words} = await add(next, card, 'writer');
		const anchor = {seq, isHash: (hash: string) => sixWords(hash) === words};
		const isCut = await isKilledIn(finishJoining(killedAt(newcomer, at), anchor));
		const joiner = started(newcomer);
		if (isCut) await finishJoining(joiner, anchor);
		await settle([next, joiner]);
		assert.equal((await logOf(next)).filter(({kind}) => kind === 'roster').length, 2);
		if (!isKilled && !isCut) break;
	}
});

test('an admin that is killed while it removes a member has removed it, or does so again', async () => {
	for (let at = 0; ; at++) {
		const first = await founder(memoryStore());
		await edit(first, 'aws');
		const second = await joined(first, 'ben');
		const third = await joined(first, 'cleo');
		const {id} = (await sync(second)).state.self ?? {};
		const isKilled = await isKilledIn(remove(killedAt(first, at), id ?? ''));
		const next = started(first);
		await remove(next, id ?? '').catch((error: {code?: string}) => assert.equal(error.code, 'not-found'));
		await label(next, 'aws', 'after');
		await settle([next, third]);
		assert.equal((await sync(second)).state.isRemoved, true);
		assert.deepEqual(await labelsOf(second, 'aws'), []);
		if (!isKilled) break;
	}
});

async function isKilledIn(work: Promise<unknown>): Promise<boolean> {
	try {
		await work;
		return false;
	} catch (error) {
		if (error instanceof Killed) return true;
		throw error;
	}
}
