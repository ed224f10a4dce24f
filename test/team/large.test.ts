import '../helpers/long.js';
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {test} from 'node:test';
import type {Credential} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {beginJoining, finishJoining} from '../../source/team/joining.js';
import {sealedSnapshot} from '../../source/team/log/snapshot.js';
import {sixWords} from '../../source/team/log/words.js';
import {add} from '../../source/team/members.js';
import {ownKeys, teamIn} from '../../source/team/section.js';
import {sync} from '../../source/team/sync.js';
import {credentialRecord} from '../../source/vault/format/credential-record.js';
import {awsContent} from '../helpers/credentials.js';
import {conflictsOf, countedStore, edit, label, labelsOf} from '../helpers/fleet.js';
import {randomFrom} from '../helpers/losing.js';
import {seed, size} from '../helpers/rounds.js';
import {device, founder, joined} from '../helpers/team.js';
import {VirtualTime} from '../helpers/virtual-time.js';

const mebibyte = 1024 * 1024;
const many = 10_000;

/** As many credentials, each of 700 bytes. */
function credentials(count: number): readonly Credential[] {
	const random = randomFrom(seed);
	const noise = (length: number): string => {
		let text = '';
		while (text.length < length) text += Math.floor(random() * 2 ** 32).toString(36);
		return text.slice(0, length);
	};
	return Array.from({length: count}, (_, index) => ({
		...awsContent(`service-${index}`, {secretAccessKey: noise(40)}),
		labels: new Map([['team', noise(20)]]),
		note: noise(376),
		id: randomUUID(),
		revision: 1,
		created: '2026-01-02T03:04:05Z',
		changed: '2026-01-02T03:04:05Z',
	}));
}

/** A storage each of whose answers takes a second of that time. */
function distant(store: Store, time: VirtualTime): Store {
	const late = async <Result>(call: () => Promise<Result>): Promise<Result> => {
		await time.sleep(1000);
		return call();
	};
	return {
		get: (key, most) => late(() => store.get(key, most)),
		create: (key, bytes) => late(() => store.create(key, bytes)),
		list: (prefix, after) => late(() => store.list(prefix, after)),
		close() {},
	};
}

test('a newcomer reads a snapshot and 252 entries behind it in 16 round trips beside those of the start', async context => {
	const [time, counted] = [new VirtualTime(), countedStore(memoryStore())];
	const ana = await founder(counted);
	await edit(ana, 'one');
	await sync(ana);
	const one = await device(counted);
	const keys = await beginJoining(one.vault, {url: 'memory:', opener: undefined});
	const {seq, words} = await add(ana, {name: parseName('ben'), keys}, 'writer');
	const behind = 252;
	for (let turn = 0; turn < behind; turn++) {
		await label(ana, 'one', `turn-${turn}`);
		await sync(ana, 'poll');
	}
	counted.clear();
	const start = time.now().getTime();
	const far = {...one, store: distant(counted, time), now: time.now, wait: time.sleep};
	await time.run(finishJoining(far, {seq, isHash: hash => sixWords(hash) === words}));
	const trips = (time.now().getTime() - start) / 1000;
	context.diagnostic(`${trips} round trips, ${counted.asked.get} gets, ${counted.asked.list} lists`);
	assert.equal((await labelsOf(one, 'one')).length, behind);
	// To find the vault, its roster and its snapshot, and to look for what came meanwhile.
	assert.ok(trips <= 16 + 11, `${trips} round trips`);
	assert.ok(counted.asked.get <= behind + 16 + 8);
});

test('10,000 credentials: what the members move in a day is little beside the whole file', async context => {
	const members = size(3, 10);
	const list = credentials(many);
	const [first] = list;
	assert.ok(first);
	const bytes = Buffer.byteLength(JSON.stringify(credentialRecord(first)));
	assert.ok(bytes > 680 && bytes < 720, `${bytes} bytes`);
	const counted = countedStore(memoryStore());
	const ana = await founder(counted, {credentials: list, trash: []});
	counted.clear();
	await sync(ana);
	const {create, bytesOut} = counted.asked;
	context.diagnostic(`first sharing: ${create} entries, ${(bytesOut / mebibyte).toFixed(1)} MiB`);
	assert.ok(create <= 20);
	const devices = [ana];
	while (devices.length < members) {
		counted.clear();
		devices.push(await joined(ana, `dev-${devices.length}`));
	}
	const {get, list: lists, bytesIn} = counted.asked;
	context.diagnostic(`a newcomer and its admin: ${get} gets, ${lists} lists, ${(bytesIn / mebibyte).toFixed(1)} MiB`);
	for (const one of devices) await sync(one);
	counted.clear();
	const [changes, asked] = [50, counted.asked];
	let byAuthors = 0;
	for (let turn = 0; turn < changes; turn++) {
		const author = devices[turn % members] ?? ana;
		await edit(author, `service-${turn * 7}`, old => ({...old, note: `${old.note?.slice(20)} changed on day ${turn}`}));
		const before = asked.bytesIn;
		await sync(author, 'poll');
		byAuthors += asked.bytesIn - before;
		for (const one of devices) if (one !== author) await sync(one, 'poll');
	}
	const {state} = ana.memory;
	const team = teamIn(await ana.vault.read());
	assert.ok(state && team);
	const snapshot = sealedSnapshot(state, ownKeys(team)).length;
	// What the others read, as nine of them would.
	const byOthers = ((asked.bytesIn - byAuthors) * 9) / (members - 1);
	const day = asked.bytesOut + byAuthors + byOthers + (snapshot * changes) / 256;
	context.diagnostic(
		`snapshot ${(snapshot / mebibyte).toFixed(1)} MiB; 50 changes of 10 members: ${(day / 1e6).toFixed(2)} MB, ${asked.bytesOut / changes} bytes a change`,
	);
	assert.ok(day <= 3e6, `${day} bytes`);
	for (const one of devices) assert.deepEqual(await conflictsOf(one), []);
});
