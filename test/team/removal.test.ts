import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {PharmerError} from '../../source/domain/errors.js';
import {parseName} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import {beginJoining, finishJoining} from '../../source/team/joining.js';
import {openedData} from '../../source/team/log/entry.js';
import {logText} from '../../source/team/log/text.js';
import {sixWords} from '../../source/team/log/words.js';
import {add, remove, setRole} from '../../source/team/members.js';
import {epochKeys, ownKeys, teamIn} from '../../source/team/section.js';
import {sync} from '../../source/team/sync.js';
import {deleteCredentials, getByName} from '../../source/vault/operations.js';
import {awsContent} from '../helpers/credentials.js';
import {started} from '../helpers/cut-device.js';
import {conflictsOf, countedStore, edit, label, labelsOf, settle} from '../helpers/fleet.js';
import {type Device, founder, joined} from '../helpers/team.js';

const now = new Date('2026-11-30T08:00:00Z');

async function idOf(one: Device): Promise<string> {
	const team = teamIn(await one.vault.read());
	assert.ok(team);
	return ownKeys(team).id;
}

async function exposedOn(one: Device): Promise<readonly string[]> {
	const [{state}, {credentials}] = [await sync(one), await one.vault.read()];
	const nameOf = (id: string): string => credentials.find(each => each.id === id)?.name ?? id;
	return state.exposed.map(({id, members}) => `${nameOf(id)} ${members.join(' ')}`).sort();
}

const isRefused = (error: PharmerError): boolean => error.code === 'refused';
const hasNoAdmin = (error: PharmerError): boolean => error.code === 'invalid';

/** A team of two admins and a writer with two credentials. */
async function team(store = memoryStore()) {
	const ana = await founder(store);
	await edit(ana, 'one');
	await edit(ana, 'two');
	await sync(ana);
	const ben = await joined(ana, 'ben');
	const cleo = await joined(ana, 'cleo', 'admin');
	await settle([ana, ben, cleo]);
	return {store, ana, ben, cleo};
}

test('a removed device reads nothing that is shared later, with all its keys and the whole storage', async () => {
	const {store, ana, ben, cleo} = await team();
	const before = await ben.vault.read();
	await remove(ana, await idOf(ben));
	await edit(ana, 'new', old => ({...old, note: 'not for ben'}));
	await settle([ana, cleo]);
	await edit(ben, 'one', old => ({...old, note: 'of ben'}));
	const {state, went, came} = await sync(ben);
	assert.deepEqual([state.isRemoved, went, state.self], [true, 0, undefined]);
	assert.deepEqual(await exposedOn(ben), [], 'it is no danger to itself');
	assert.equal(came <= 1, true);
	const content = await ben.vault.read();
	assert.deepEqual(
		content.credentials.map(({name}) => name),
		before.credentials.map(({name}) => name),
	);
	const known = teamIn(content);
	assert.ok(known?.log);
	const self = ownKeys(known);
	const anas = teamIn(await ana.vault.read())?.log;
	assert.ok(anas);
	const isOpenedBy = (log: typeof anas, sealed: {readonly h: object; readonly data: string}): boolean =>
		[...epochKeys(log).values()].some(key => openedData(sealed.data, key, logText(sealed.h)) !== undefined);
	let sealed = 0;
	for (let after = ''; ; ) {
		const names = await store.list('', after);
		for (const key of names) {
			const bytes = (await store.get(key, 2 ** 24))?.bytes ?? Buffer.alloc(0);
			const number = Number(/(\d{12})/.exec(key)?.[1]);
			if (number <= known.log.place.seq - 1) continue;
			sealed++;
			const {h, data} = JSON.parse(bytes.toString('latin1'));
			assert.ok(!isOpenedBy(known.log, {h, data}));
			assert.ok(isOpenedBy(anas, {h, data}));
			const wraps = (h.members ?? []).filter(({id}: {id: string}) => id === self.id);
			assert.equal(wraps.length, 0);
		}
		const last = names.at(-1);
		if (last === undefined) break;
		after = last;
	}
	assert.ok(sealed >= 3);
	const counted = countedStore(store);
	const again = await sync({...started(ben), store: counted});
	assert.deepEqual([again.came, again.went, again.state.isRemoved], [0, 0, true]);
	assert.equal(counted.asked.create, 0);
	await edit(ben, 'one', old => ({...old, note: 'still of ben'}));
	const lost = started(ben);
	lost.base.lose();
	assert.equal((await sync(lost)).state.isRemoved, true);
});

test('what a removed member could read is listed until it is changed, here too before that is shared', async () => {
	const {store, ana, ben, cleo} = await team();
	assert.deepEqual(await exposedOn(ana), []);
	await edit(ana, 'two', old => ({...old, note: 'only a note'}));
	await remove(ana, await idOf(ben));
	await edit(ana, 'three');
	await sync(ana);
	assert.deepEqual(await exposedOn(ana), ['one ben', 'two ben']);
	assert.deepEqual(await exposedOn(cleo), ['one ben', 'two ben']);
	const dora = await joined(cleo, 'dora', 'writer', undefined, store);
	const [first] = await exposedOn(dora);
	assert.match(first ?? '', /^one /);
	assert.equal((await exposedOn(dora)).length, 2);
	await edit(dora, 'one', old => ({...old, note: 'a note is no new secret'}));
	assert.equal((await exposedOn(dora)).length, 2);
	await edit(dora, 'one', old => ({...old, data: awsContent('one', {secretAccessKey: 'new'}).data}));
	assert.equal((await sync(dora)).state.exposed.length, 1);
	await ana.vault.change(content => deleteCredentials(content, [getByName(content, 'two')], now));
	assert.deepEqual(await exposedOn(ana), []);
	await settle([ana, cleo, dora]);
	for (const one of [ana, cleo, dora]) assert.deepEqual(await exposedOn(one), []);
});

test('of several who were removed each is named that could read it as it is', async () => {
	const {ana, ben, cleo} = await team();
	await remove(ana, await idOf(ben));
	await edit(ana, 'one', old => ({...old, data: awsContent('one', {secretAccessKey: 'new'}).data}));
	await sync(ana);
	await remove(ana, await idOf(cleo));
	assert.deepEqual(await exposedOn(ana), ['one cleo', 'two ben cleo']);
});

test('what a removed member could read is listed again when it comes back from the trash, or as an older version', async () => {
	const {ana, ben, cleo} = await team();
	await remove(ana, await idOf(ben));
	await settle([ana, cleo]);
	assert.deepEqual(await exposedOn(ana), ['one ben', 'two ben']);
	const {credentials: before} = await ana.vault.read();
	await ana.vault.change(content => deleteCredentials(content, content.credentials, now));
	await settle([ana, cleo]);
	assert.deepEqual(await exposedOn(ana), []);
	await ana.vault.change(content => ({content: {...content, credentials: before, trash: []}, result: undefined}));
	assert.deepEqual(await exposedOn(ana), ['one ben', 'two ben']);
	await settle([ana, cleo]);
	for (const one of [ana, cleo]) assert.deepEqual(await exposedOn(one), ['one ben', 'two ben']);
	const old = getByName(await ana.vault.read(), 'one');
	await edit(ana, 'one', each => ({...each, data: awsContent('one', {secretAccessKey: 'new'}).data}));
	await settle([ana, cleo]);
	assert.deepEqual(await exposedOn(cleo), ['two ben']);
	await edit(cleo, 'one', each => ({...each, data: old.data}));
	await settle([ana, cleo]);
	for (const one of [ana, cleo]) assert.deepEqual(await exposedOn(one), ['one ben', 'two ben']);
});

test('a member that was removed and comes back keeps its own changes, and brings nothing back', async () => {
	for (const isBaseLost of [false, true]) {
		const {ana, ben, cleo} = await team();
		const id = await idOf(ben);
		await remove(ana, id);
		await label(ben, 'one', 'of-ben');
		await edit(ben, 'of-ben');
		await sync(ben);
		await label(ana, 'one', 'of-ana');
		await ana.vault.change(content => deleteCredentials(content, [getByName(content, 'two')], now));
		await sync(ana);
		const next = started(ben);
		if (isBaseLost) next.base.lose();
		const keys = await beginJoining(next.vault, {url: 'memory:', opener: undefined});
		assert.equal(keys.id, id);
		const {seq, words} = await add(cleo, {name: parseName('ben'), keys}, 'writer');
		await finishJoining(next, {seq, isHash: hash => sixWords(hash) === words});
		await settle([ana, next, cleo]);
		assert.deepEqual(await labelsOf(ana, 'one'), ['of-ana', 'of-ben']);
		assert.deepEqual((await ana.vault.read()).credentials.map(({name}) => name).sort(), ['of-ben', 'one']);
		assert.deepEqual(await conflictsOf(next), []);
		assert.deepEqual(await exposedOn(ana), [], 'whoever is a member again may read it');
		await remove(ana, id);
		assert.deepEqual(await exposedOn(ana), ['of-ben ben', 'one ben']);
	}
});

test('two admins who change the members at once both count', async () => {
	const {ana, ben, cleo} = await team();
	const [dora] = await Promise.all([joined(cleo, 'dora'), remove(ana, await idOf(ben))]);
	await settle([ana, cleo, dora]);
	const {state} = await sync(ana);
	assert.deepEqual(state.members.map(({name}) => name).sort(), ['ana', 'cleo', 'dora']);
	const other = await team();
	await Promise.allSettled([remove(other.ana, await idOf(other.cleo)), remove(other.cleo, await idOf(other.ana))]);
	const {members} = (await sync(other.ben)).state;
	assert.equal(members.filter(({role}) => role === 'admin').length, 1);
});

test('an admin may remove itself, but the last one neither that nor become a writer', async () => {
	const {ana, ben, cleo} = await team();
	await remove(ana, await idOf(ana));
	assert.equal((await sync(ana)).state.isRemoved, true);
	await label(cleo, 'one', 'after');
	await settle([cleo, ben]);
	assert.deepEqual(await labelsOf(ana, 'one'), []);
	await assert.rejects(remove(cleo, await idOf(cleo)), hasNoAdmin);
	await assert.rejects(setRole(cleo, await idOf(cleo), 'reader'), hasNoAdmin);
	await assert.rejects(remove(ben, await idOf(cleo)), isRefused);
	await joined(cleo, 'dora');
});

test('an admin may make itself a reader, and its snapshot is left to others', async () => {
	const {ana, ben, cleo} = await team();
	await setRole(ana, await idOf(ana), 'reader');
	await label(ana, 'one', 'of-a-reader');
	const {state, went} = await sync(ana);
	assert.deepEqual([went, state.pending, state.self?.role], [0, 1, 'reader']);
	await settle([ben, cleo]);
	const dora = await joined(cleo, 'dora');
	assert.deepEqual(await labelsOf(dora, 'one'), []);
	await assert.rejects(add(ana, {name: parseName('eve'), keys: {ed: '', x: ''}}, 'writer'), isRefused);
	await setRole(cleo, await idOf(ana), 'writer');
	await sync(ana);
	await settle([ben, cleo, dora, ana]);
	assert.deepEqual(await labelsOf(dora, 'one'), ['of-a-reader']);
});

test('what a member writes at the moment of its removal counts, or does not come in', async () => {
	const {ana, ben, cleo} = await team();
	await label(ben, 'one', 'of-ben');
	await Promise.all([sync(ben), remove(ana, await idOf(ben))]);
	await settle([ana, cleo]);
	const isIn = (await labelsOf(ana, 'one')).includes('of-ben');
	assert.equal((await sync(ben)).state.isRemoved, true);
	assert.equal((await labelsOf(cleo, 'one')).includes('of-ben'), isIn);
});
