import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join as pathOf} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryStore} from '../../source/stores/memory.js';
import {sync} from '../../source/team/sync.js';
import {passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {deleteCredentials, getByName} from '../../source/vault/operations.js';
import {awsContent} from '../helpers/credentials.js';
import {type FileDevice, fileDevice, filesOf, reopened} from '../helpers/file-device.js';
import {conflictsOf, countedStore, edit, label, labelsOf, logOf, settle, timesLabelled} from '../helpers/fleet.js';
import {passphrase} from '../helpers/quick-vault.js';
import {join, share} from '../helpers/team.js';
import {ownSlotOf, temporaryFolder} from '../helpers/vault-samples.js';

const now = new Date('2026-11-30T08:00:00Z');

/** Two devices with vaults in files, and the storage that they share. */
async function two(context: TestContext) {
	const folder = temporaryFolder(context);
	const store = countedStore(memoryStore());
	const ana = await share(await fileDevice(pathOf(folder, 'ana'), store));
	await edit(ana, 'aws');
	await edit(ana, 'gone');
	await sync(ana);
	const ben = await join(ana, await fileDevice(pathOf(folder, 'ben'), store), 'ben');
	return {folder, store, ana, ben};
}

async function assertEndsWell(devices: readonly FileDevice[], labels: readonly string[]): Promise<void> {
	await settle(devices);
	for (const one of devices) {
		assert.deepEqual(await labelsOf(one, 'aws'), labels.toSorted());
		assert.deepEqual(await conflictsOf(one), []);
	}
	for (const [each, count] of timesLabelled(await logOf(devices[0] as FileDevice))) assert.equal(count, 1, each);
}

test('a vault with a new key makes its base anew', async context => {
	const {ana, ben} = await two(context);
	await label(ben, 'aws', 'before');
	await sync(ben);
	await ben.vault.rekey(
		new Map([[ownSlotOf(ben.vault), passphraseSlot(new Secret(passphrase))]]),
		await ben.vault.slots(),
	);
	const next = await reopened(ben);
	assert.equal(await next.base.read(), undefined);
	await label(next, 'aws', 'after');
	await label(ana, 'aws', 'of-ana');
	await sync(ana);
	await assertEndsWell([ana, next], ['before', 'after', 'of-ana']);
	assert.notEqual(await (await reopened(next)).base.read(), undefined);
});

test('a base that is lost, garbled, older or of another vault is made anew', async context => {
	const {folder, ana, ben} = await two(context);
	const old = filesOf(ben).base;
	const other = await share(await fileDevice(pathOf(folder, 'other'), memoryStore()));
	await edit(other, 'other');
	await sync(other);
	const labels: string[] = [];
	const bases = {
		lost: undefined,
		empty: Buffer.alloc(0),
		garbled: Buffer.from(filesOf(ben).base.toString().replace(/.{9}$/, '000000000')),
		noise: Buffer.from('{"format":1}'),
		old,
		other: filesOf(other).base,
	};
	for (const [name, bytes] of Object.entries(bases)) {
		await label(ben, 'aws', `own-${name}`);
		await label(ana, 'aws', `ana-${name}`);
		labels.push(`own-${name}`, `ana-${name}`);
		await sync(ana);
		if (bytes === undefined) fs.rmSync(`${ben.file}.base`);
		else fs.writeFileSync(`${ben.file}.base`, bytes);
		const next = await reopened(ben);
		await sync(next);
		await assertEndsWell([ana, next], labels);
		await next.vault.close();
	}
});

test('a base of another team of the same vault is not taken for one of this team', async context => {
	const {ana, ben} = await two(context);
	const base = filesOf(ana).base;
	const {withTeam} = await import('../../source/team/section.js');
	await ana.vault.change(content => ({content: withTeam(content, undefined), result: undefined}));
	ana.base.remove();
	const elsewhere = await share({...(await reopened(ana)), store: memoryStore()});
	await sync(elsewhere);
	fs.writeFileSync(`${ana.file}.base`, base);
	const next = {...(await reopened(elsewhere)), store: elsewhere.store};
	await label(next, 'aws', 'elsewhere');
	const {went} = await sync(next);
	assert.equal(went, 1);
	await sync(ben);
	assert.deepEqual(await labelsOf(ben, 'aws'), []);
});

for (const withBase of ['its newer base', 'its own base', 'no base']) {
	test(`an older vault that is put back with ${withBase} goes on where the team is`, async context => {
		const {ana, ben} = await two(context);
		await label(ben, 'aws', 'first');
		await sync(ben);
		await edit(ben, 'unsent', old => ({...old, note: 'made before the copy'}));
		const old = filesOf(ben);
		await sync(ben);
		await label(ben, 'aws', 'second');
		await edit(ben, 'aws', one => ({...one, data: awsContent('aws', {secretAccessKey: 'pushed'}).data}));
		await ben.vault.change(content => deleteCredentials(content, [getByName(content, 'gone')], now));
		await sync(ben);
		await label(ana, 'aws', 'of-ana');
		await sync(ana);
		await ben.vault.close();
		fs.writeFileSync(ben.file, old.vault);
		if (withBase === 'its own base') fs.writeFileSync(`${ben.file}.base`, old.base);
		if (withBase === 'no base') fs.rmSync(`${ben.file}.base`);
		const next = await reopened(ben, {acceptRollback: true});
		await label(next, 'aws', 'after');
		await assertEndsWell([ana, next], ['first', 'second', 'of-ana', 'after']);
		const {credentials} = await ana.vault.read();
		assert.deepEqual(credentials.map(({name}) => name).sort(), ['aws', 'unsent']);
		assert.equal(
			getByName(await next.vault.read(), 'aws')
				.data.get('secretAccessKey')
				?.reveal(),
			'pushed',
		);
	});
}

test('an older vault that is put back and edited otherwise does not lose what was shared', async context => {
	const {ana, ben} = await two(context);
	await edit(ben, 'aws', one => ({...one, note: 'first'}));
	await sync(ben);
	const old = filesOf(ben);
	await edit(ben, 'aws', one => ({...one, note: 'pushed'}));
	await sync(ben);
	await ben.vault.close();
	fs.writeFileSync(ben.file, old.vault);
	const next = await reopened(ben, {acceptRollback: true});
	await edit(next, 'aws', one => ({...one, note: 'other'}));
	await settle([ana, next]);
	assert.equal(getByName(await ana.vault.read(), 'aws').note, 'pushed');
	const [conflict, ...others] = await conflictsOf(next);
	assert.deepEqual([conflict?.unit, conflict?.mine.get('note')?.reveal(), others], [['note'], 'other', []]);
});

test('two processes of one device share each change once', async context => {
	const {ana, ben} = await two(context);
	const other = await reopened(ben);
	const labels: string[] = [];
	for (let turn = 0; turn < 6; turn++) {
		await label(turn % 2 === 0 ? ben : other, 'aws', `turn-${turn}`);
		labels.push(`turn-${turn}`);
		if (turn === 3) {
			await label(ana, 'aws', 'of-ana');
			labels.push('of-ana');
			await sync(ana);
		}
		await Promise.all([sync(ben), sync(other), sync(ben, 'poll')]);
	}
	await assertEndsWell([ana, ben, other], labels);
});

test('a vault that was copied to a second machine shares what each does, once', async context => {
	const {folder, store, ana, ben} = await two(context);
	const file = pathOf(folder, 'copy', 'vault.json');
	fs.mkdirSync(pathOf(folder, 'copy'));
	fs.copyFileSync(ben.file, file);
	const copy = await reopened({store, file});
	const labels: string[] = [];
	for (let turn = 0; turn < 4; turn++) {
		await label(ben, 'aws', `ben-${turn}`);
		await label(copy, 'aws', `copy-${turn}`);
		labels.push(`ben-${turn}`, `copy-${turn}`);
		await Promise.all([sync(ben), sync(copy)]);
	}
	await edit(ben, 'aws', one => ({...one, note: 'of the original'}));
	await sync(ben);
	await assertEndsWell([ana, ben, copy], labels);
	await edit(ben, 'aws', one => ({...one, note: 'again'}));
	await edit(copy, 'aws', one => ({...one, note: 'of the copy'}));
	await sync(ben);
	await sync(copy);
	assert.equal((await conflictsOf(copy)).length, 1);
	await settle([ana, ben, copy]);
	assert.equal(getByName(await copy.vault.read(), 'aws').note, 'again');
});
