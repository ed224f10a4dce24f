import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {longestTotal} from '../../source/agent/protocol.js';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import {keyOf, locked, testAgent, vaultWith, version} from '../helpers/agent.js';
import {changePassphrase, draft, quick, temporaryFolder} from '../helpers/vault-samples.js';

const times = {total: longestTotal};
const unreadable = {is: 'no', why: 'unreadable'};

/** An agent that holds a vault with the credential `one`, and has read it. */
async function reading(context: TestContext) {
	const vault = await vaultWith(context, 'one');
	const agent = testAgent(context);
	agent.hold(vault, times);
	assert.equal((await agent.read(vault, 'one')).is, 'credential');
	return {...agent, held: vault};
}

type Reading = Awaited<ReturnType<typeof reading>>;

test('what another process writes is read at the next request', async context => {
	const {held, read, names} = await reading(context);
	await held.vault.change(content => addCredential(content, draft('two', {user: 'me', token: 'b'}), new Date(0)));
	const answer = await read(held, 'two');
	assert.equal(answer.is === 'credential' && answer.format, 2);
	assert.match(JSON.stringify(answer), /"data":\[\["user","me"\],\["token","b"\]\]/);
	assert.deepEqual(await names(held), {
		is: 'names',
		names: [
			['one', ['token']],
			['two', ['user', 'token']],
		],
	});
});

test('a vault that did not change is not read again', async context => {
	const {held, images, read, names, status} = await reading(context);
	for (let round = 0; round < 10; round++) {
		assert.equal((await read(held, 'one')).is, 'credential');
		assert.equal((await names(held)).is, 'names');
		assert.equal((await status(held)).is, 'unlocked');
	}
	assert.equal(images.length, 1);
	await held.vault.change(content => addCredential(content, draft('two'), new Date(0)));
	await Promise.all(Array.from({length: 10}, () => read(held, 'two')));
	assert.equal(images.length, 2);
});

test('another vault in the place of one takes its key away', async context => {
	for (const ask of ['read', 'status', 'key'] as const) {
		const {agent, clock, held, read, status, key} = await reading(context);
		const other = await vaultWith(context, 'other');
		fs.renameSync(other.file, held.file);
		const atItsPlace = {...other, file: held.file};
		const answers = {
			read: () => read(held, 'one'),
			status: () => status(held),
			key: async () => ((await key(atItsPlace)) === undefined ? locked : undefined),
		};
		assert.deepEqual(await answers[ask](), locked);
		assert.equal(await key(held), undefined);
		clock.pass(6);
		assert.equal(agent.look(), false, ask);
	}
});

test('a vault that got another key is not held with the old one, but with the new one', async context => {
	const {held, hold, read, key} = await reading(context);
	await changePassphrase(held.vault, 'another passphrase');
	assert.deepEqual(await read(held, 'one'), locked);
	const renewed = {...held, key: await keyOf(held.vault)};
	hold(renewed, times);
	assert.equal((await read(held, 'one')).is, 'credential');
	assert.deepEqual(await key(held), renewed.key);
});

test('a new key takes the place of an older one, also of one that is gone already, but not after a lock', async context => {
	for (const isAsked of [false, true]) {
		const {answer, held, read, agent} = await reading(context);
		await changePassphrase(held.vault, 'another passphrase');
		if (isAsked) assert.deepEqual(await read(held, 'one'), locked);
		const renewed = await keyOf(held.vault);
		const request = {ask: 'add', version, path: held.file, id: held.id, ...times, renews: true} as const;
		assert.deepEqual(await answer({...request, id: 'of another'}, Buffer.from(renewed)), locked);
		assert.deepEqual(await answer(request, Buffer.from(renewed)), {is: 'added'});
		assert.equal((await read(held, 'one')).is, 'credential');
		agent.close();
		assert.deepEqual(await answer(request, Buffer.from(renewed)), locked);
		assert.deepEqual(await read(held, 'one'), locked);
	}
});

test('a key that opens nothing any more is gone at once, and the agent with it soon', async context => {
	const {agent, clock, held, read} = await reading(context);
	await changePassphrase(held.vault, 'another passphrase');
	assert.deepEqual(await read(held, 'one'), locked);
	assert.equal(agent.look(), true);
	clock.pass(6);
	assert.equal(agent.look(), false);
});

test('a vault that was moved away is answered for when it is back', async context => {
	const {agent, held, read, status} = await reading(context);
	const moved = `${held.file}.moved`;
	fs.renameSync(held.file, moved);
	assert.deepEqual(await read(held, 'one'), unreadable);
	assert.deepEqual(await read({file: moved}, 'one'), locked);
	assert.deepEqual(await status(held), unreadable);
	assert.equal(agent.look(), true);
	fs.renameSync(moved, held.file);
	assert.equal((await read(held, 'one')).is, 'credential');
});

test('what was read is filled with zero when it is over, locked, moved, replaced or read again', async context => {
	const isWiped = (bytes: Buffer | undefined): boolean => bytes?.every(byte => byte === 0) ?? false;
	const ends = {
		over: async ({clock, agent}: Reading) => {
			clock.pass(longestTotal);
			agent.look();
		},
		slept: async ({clock, agent}: Reading) => {
			clock.sleep(60);
			agent.look();
		},
		locked: ({agent}: Reading) => agent.answer({ask: 'lock'}, undefined),
		moved: ({held, read}: Reading) => {
			fs.renameSync(held.file, `${held.file}.moved`);
			return read(held, 'one');
		},
		replaced: async ({held, read}: Reading) => {
			fs.renameSync((await vaultWith(context)).file, held.file);
			return read(held, 'one');
		},
		changed: async ({held, read}: Reading) => {
			await held.vault.change(content => addCredential(content, draft('two'), new Date(0)));
			return read(held, 'two');
		},
		'held again': async ({held, hold}: Reading) => hold(held, times),
	};
	for (const [why, end] of Object.entries(ends)) {
		const world = await reading(context);
		const [image] = world.images;
		assert.match(String(image), /"one"/);
		await end(world);
		assert.ok(isWiped(image), why);
	}
});

test('a vault that is older than it was is not read', async context => {
	const {held, read, names} = await reading(context);
	const older = fs.readFileSync(held.file);
	await held.vault.change(content => addCredential(content, draft('two'), new Date(0)));
	const newer = fs.readFileSync(held.file);
	assert.equal((await read(held, 'two')).is, 'credential');
	fs.writeFileSync(held.file, older);
	assert.deepEqual(await read(held, 'one'), unreadable);
	assert.deepEqual(await names(held), unreadable);
	fs.writeFileSync(held.file, newer);
	assert.equal((await read(held, 'two')).is, 'credential');
});

test('the agent remembers the newest state that it read', async context => {
	const {held, read} = await reading(context);
	const older = fs.readFileSync(held.file);
	await held.vault.change(content => addCredential(content, draft('two'), new Date(0)));
	fs.rmSync(`${held.file}.seen`);
	assert.equal((await read(held, 'two')).is, 'credential');
	fs.writeFileSync(held.file, older);
	assert.deepEqual(await read(held, 'one'), unreadable);
});

test('a damaged vault is not answered for until it is whole again', async context => {
	const {agent, held, read} = await reading(context);
	const whole = fs.readFileSync(held.file);
	for (const damaged of [whole.subarray(0, 100), Buffer.from('{}'), Buffer.alloc(0)]) {
		fs.writeFileSync(held.file, damaged);
		assert.deepEqual(await read(held, 'one'), unreadable);
		assert.equal(agent.look(), true);
	}
	fs.writeFileSync(held.file, whole);
	assert.equal((await read(held, 'one')).is, 'credential');
});

test('a vault is held by its real path, whatever link leads to it', async context => {
	const {held, read, key} = await reading(context);
	const link = join(temporaryFolder(context), 'link.json');
	fs.symlinkSync(held.file, link);
	assert.equal((await read({file: link}, 'one')).is, 'credential');
	assert.deepEqual(await key({...held, file: link}), held.key);
});

test('a vault with another id at a held path replaces it, and a new key fills the old one with zero', async context => {
	const [one, two] = [await vaultWith(context, 'one'), await vaultWith(context, 'two')];
	const {agent, key} = testAgent(context);
	const keys = [one.key, one.key, two.key].map(each => Buffer.from(each));
	const zero = Buffer.alloc(32);
	const [first = zero, second = zero, third = zero] = keys;
	agent.hold({path: one.file, id: one.id, ...times}, first);
	agent.hold({path: one.file, id: one.id, ...times}, second);
	assert.deepEqual([first, second], [zero, one.key]);
	fs.renameSync(two.file, one.file);
	agent.hold({path: one.file, id: two.id, ...times}, third);
	assert.deepEqual([second, third], [zero, two.key]);
	assert.equal(await key(one), undefined);
	agent.close();
	assert.deepEqual(third, zero);
});

test('a vault of version 1 is read as it is', async context => {
	const file = join(temporaryFolder(context), 'vault.json');
	fs.copyFileSync(fileURLToPath(new URL('../fixtures/vault-v1.json', import.meta.url)), file);
	fs.chmodSync(file, 0o600);
	const vault = await fileVaultPlace(file, quick).unlock(new Secret('pässword – contraseña 密码 🔑'));
	context.after(() => vault.close());
	const {hold, read} = testAgent(context);
	hold({file, id: vault.id, key: await keyOf(vault)}, times);
	const answer = await read({file}, 'AWS');
	assert.equal(answer.is === 'credential' && answer.format, 1);
	assert.match(JSON.stringify(answer), /"note":"first line\\nzweite Zeile — 三行目"/);
});

test('a vault that others can get at is left to the client, which warns', async context => {
	const {held, read, names, key} = await reading(context);
	fs.chmodSync(held.file, 0o644);
	assert.deepEqual(await read(held, 'one'), {is: 'no', why: 'exposed'});
	assert.deepEqual(await names(held), {is: 'no', why: 'exposed'});
	assert.deepEqual(await key(held), held.key);
});

test('reads of a vault that changes all the while are of one of its states', async context => {
	const {agent, held, read} = await reading(context);
	const answers = [read(held, 'one')];
	for (let round = 0; round < 20; round++) {
		await held.vault.change(content => addCredential(content, draft(`new-${round}`), new Date(0)));
		answers.push(read(held, 'one'), read(held, `new-${round}`));
	}
	for (const answer of await Promise.all(answers)) assert.equal(answer.is, 'credential');
	const last = [read(held, 'one'), agent.answer({ask: 'lock'}, undefined), read(held, 'one')] as const;
	const [before, , after] = await Promise.all(last);
	assert.ok(before.is === 'credential' || before.is === 'no');
	assert.deepEqual(after, locked);
	assert.equal(
		(await agent.answer({ask: 'hello'}, undefined)).line.toString(),
		`{"is":"hello","version":"${version}","pid":7}\n`,
	);
});
