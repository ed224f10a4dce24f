import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {AgentClient} from '../../source/agent/client.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {now} from '../helpers/command-line.js';
import {fakeAgent} from '../helpers/fake-agent.js';
import {twoHomes} from '../helpers/team-command.js';

const later = (minutes: number) => ({now: () => new Date(now.getTime() + minutes * 60_000)});
const files = {'-': '{"token": "second"}'};

/** Ana has shared a change that Ben has not taken in. `store` is what Ben's commands reach. */
async function changed(context: TestContext, wrap: (store: Store) => Store = store => store) {
	const store = memoryStore();
	let isWrapped = false;
	const reached: Store = {
		get: (...given) => (isWrapped ? wrap(store) : store).get(...given),
		create: (...given) => store.create(...given),
		list: (...given) => store.list(...given),
		close() {},
	};
	const team = await twoHomes(context, {store: reached, kind: 'in files'});
	await team.ana.run('edit prod -f -', {files});
	await team.ana.run('team sync');
	isWrapped = true;
	return team;
}

test('a command that reads says on standard error how old its copy is, from a minute on', async context => {
	const {ben} = await changed(context);
	const young = await ben.run('get prod --field token', later(0.9));
	assert.deepEqual([young.code, young.stdout, young.stderr], [0, 'first', '']);
	const old = await ben.run('get prod --field token', later(180));
	assert.deepEqual([old.code, old.stdout], [0, 'first']);
	assert.equal(old.stderr, 'the copy of the shared vault is 3 hours old: `pharmer team sync`, or --sync\n');
	for (const line of [
		'get credentials -o json',
		'env prod',
		'export prod -o json',
		'exec prod -- true',
		'copy prod token',
	])
		assert.match((await ben.run(line, later(180))).stderr, /copy of the shared vault is 3 hours old/, line);
});

test('with --sync, or by the settings, what others have shared is taken in first', async context => {
	const {ben} = await changed(context);
	const offline = await ben.run('get prod --field token --offline', {...later(5), settings: {sync: true}});
	assert.equal(offline.stdout, 'first');
	const forbidden = await ben.run('get prod --field token --sync', {...later(5), environment: {PHARMER_OFFLINE: '1'}});
	assert.equal(forbidden.stdout, 'first');
	const asked = await ben.run('get prod --field token --sync', later(5));
	assert.deepEqual([asked.code, asked.stdout, asked.stderr], [0, 'second', '']);
	assert.equal((await ben.run('get prod --sync --offline')).code, 2);
});

test('the setting syncs first, and a conflict is told', async context => {
	const {ben} = await changed(context);
	await ben.run('edit prod -f -', {files: {'-': '{"token": "other"}'}});
	const {code, stdout, stderr} = await ben.run('get prod --field token', {...later(5), settings: {sync: true}});
	assert.deepEqual([code, stdout], [0, 'second']);
	assert.match(stderr, /theirs stays.*\n1 conflict to decide: `pharmer team conflicts`\n$/);
});

test('a storage that is slow or down keeps nobody from reading, and it is said', async context => {
	const slow = await changed(context, store => ({...store, get: () => new Promise(() => {})}));
	const waits: number[] = [];
	const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
	const late = await slow.ben.run('get prod --field token --sync', {...later(5), wait});
	assert.deepEqual([late.code, late.stdout, waits], [0, 'first', [2000]]);
	assert.equal(
		late.stderr,
		'warning: the storage did not answer within two seconds: this is the copy of 5 minutes ago\n',
	);
	const down = await changed(context, store => ({
		...store,
		get: () => Promise.reject(new Unreachable('the storage is down')),
	}));
	const failed = await down.ben.run('get prod --field token --sync', {...later(5), wait: () => new Promise(() => {})});
	assert.deepEqual([failed.code, failed.stdout], [0, 'first']);
	assert.equal(failed.stderr, 'warning: the storage is down: this is the copy of 5 minutes ago\n');
});

test('a storage that shows another line than before stops a command that asks for it', async context => {
	const {ben} = await changed(context, store => ({...store, get: async () => undefined}));
	const {code, stdout} = await ben.run('get prod --field token --sync', {wait: () => new Promise(() => {})});
	assert.deepEqual([code, stdout], [8, '']);
});

test('a shared vault that is older than --at-least is refused', async context => {
	const {ben} = await changed(context);
	const old = await ben.run('get prod --field token --at-least 4');
	assert.deepEqual([old.code, old.stdout], [8, '']);
	assert.match(old.stderr, /is at entry 3 here, and not at 4 or later/);
	const fresh = await ben.run('get prod --field token --at-least 4 --sync');
	assert.deepEqual([fresh.code, fresh.stdout], [0, 'second']);
	assert.equal((await ben.run('get prod --at-least 0')).code, 2);
});

test('an agent that holds the vault shares what a command changes, and says of no copy that it is old', async context => {
	const {ben} = await changed(context);
	const vault = await ben.opened();
	const key = await vault.lendKey(async bytes => Buffer.from(bytes));
	const synced: string[] = [];
	const agent = (failure?: string): AgentClient => ({
		...fakeAgent(),
		key: async () => Buffer.from(key),
		async sync(path) {
			synced.push(path);
			return {isShared: true, ...(failure !== undefined && {failure})};
		},
	});
	const environment = {PHARMER_PASSPHRASE: undefined};
	const edited = await ben.run('edit prod --note x', {agent: agent(), environment});
	assert.deepEqual([edited.stderr, synced], ['changed `prod`\n', [ben.file]]);
	assert.equal((await ben.run('get prod --field token', {...later(180), agent: agent(), environment})).stderr, '');
	const failing = await ben.run('edit prod --note y', {agent: agent('the storage is down'), environment});
	assert.match(failing.stderr, /\n1 is not shared yet: `pharmer team sync`\n$/);
});

test('a vault that nobody shares says nothing, and is not slower', async context => {
	const {home} = await changed(context);
	const alone = home('alone');
	await alone.put();
	const {stderr} = await alone.run('create credential x -p generic -f - --no-agent', {files});
	assert.equal(stderr, 'created `x`\n');
	assert.equal((await alone.run('get x', later(180))).stderr, '');
	assert.equal((await alone.run('get x --at-least 3')).code, 2);
});

test('a command that syncs first reads on when that shows that its device was removed, with a warning each time', async context => {
	const {ana, ben} = await changed(context);
	await ana.run('team remove ben --yes');
	for (const line of ['get prod --field token --sync', 'get prod --field token --sync', 'get prod --field token']) {
		const {code, stdout, stderr} = await ben.run(line);
		assert.deepEqual([code, stdout], [0, 'second'], line);
		assert.match(stderr, /^warning: this device was removed from the team: .*\n$/, line);
	}
	assert.equal((await ben.run('team status')).code, 14);
});
