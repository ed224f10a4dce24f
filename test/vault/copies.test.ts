import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {atEachCall, failure, shortWrite, withFault} from '../helpers/disk-faults.js';
import {changePassphrase, draft, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const add = (vault: Vault, name: string, size = 10) =>
	vault.change(content => addCredential(content, draft(name, {token: 'x'.repeat(size)}), new Date()));
const namesIn = async (file: string): Promise<readonly string[]> => {
	const folder = fs.mkdtempSync(path.join(path.dirname(file), 'opened-'));
	try {
		const copy = path.join(folder, 'v');
		fs.copyFileSync(file, copy);
		const vault = await fileVaultPlace(copy, quick).unlock(passphrase);
		return (await vault.read()).credentials.map(({name}) => name);
	} finally {
		fs.rmSync(folder, {recursive: true});
	}
};

/** A vault with one credential, on a day that the test sets. */
async function vaultOn(t: TestContext, day: string) {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const clock = {day, time: '12:00:00'};
	const told: string[] = [];
	const place = fileVaultPlace(file, {
		...quick,
		waitMs: 40,
		now: () => new Date(`${clock.day}T${clock.time}Z`),
		onUnkept: why => told.push(why),
	});
	const vault = await place.create(passphrase);
	await add(vault, 'first');
	const copies = (): readonly string[] =>
		fs
			.readdirSync(folder)
			.filter(name => name.startsWith('v.2') || name.startsWith('v.r'))
			.sort();
	return {folder, file, clock, told, place, vault, copies};
}

test('the first change of a day keeps the vault as it was before it', async t => {
	const {folder, file, clock, vault, copies, told} = await vaultOn(t, '2026-11-28');
	assert.deepEqual(copies(), [], 'nothing was in it before');
	clock.day = '2026-11-29';
	const before = fs.readFileSync(file);
	await add(vault, 'second');
	await add(vault, 'third');
	assert.deepEqual(copies(), ['v.2026-11-29']);
	const copy = path.join(folder, 'v.2026-11-29');
	assert.ok(fs.readFileSync(copy).equals(before));
	if (process.platform !== 'win32') assert.equal(fs.statSync(copy).mode & 0o777, 0o600);
	clock.day = '2026-11-30';
	await add(vault, 'fourth');
	assert.deepEqual(copies(), ['v.2026-11-29', 'v.2026-11-30']);
	assert.deepEqual(await namesIn(path.join(folder, 'v.2026-11-30')), ['first', 'second', 'third']);
	assert.deepEqual(told, []);
});

test("a copy is opened by the vault's passphrase after its file is lost", async t => {
	const {folder, file, clock, vault} = await vaultOn(t, '2026-11-28');
	clock.day = '2026-11-29';
	await add(vault, 'second');
	fs.rmSync(file);
	assert.deepEqual(await namesIn(path.join(folder, 'v.2026-11-29')), ['first']);
});

test('seven days have a copy, however long nothing changed between them', async t => {
	const {clock, vault, copies} = await vaultOn(t, '2026-01-01');
	const days = ['02-01', '02-02', '02-28', '03-01', '03-02', '05-05', '11-28', '11-29', '11-30'];
	for (const day of days) {
		clock.day = `2026-${day}`;
		await add(vault, `on-${day}`);
	}
	assert.deepEqual(
		copies(),
		days.slice(-7).map(day => `v.2026-${day}`),
	);
});

test('a clock that goes backwards loses no newer copy and makes none again and again', async t => {
	const {folder, clock, vault, copies} = await vaultOn(t, '2026-01-01');
	for (let day = 10; day < 18; day++) {
		clock.day = `2026-11-${day}`;
		await add(vault, `on-${day}`);
	}
	clock.day = '2020-02-02';
	await add(vault, 'early');
	const after = copies();
	assert.deepEqual(after, ['v.2020-02-02', ...[12, 13, 14, 15, 16, 17].map(day => `v.2026-11-${day}`)]);
	const {ino} = fs.statSync(path.join(folder, 'v.2020-02-02'));
	await add(vault, 'again');
	assert.deepEqual([copies(), fs.statSync(path.join(folder, 'v.2020-02-02')).ino], [after, ino]);
	clock.day = '2099-01-01';
	await add(vault, 'late');
	clock.day = '2026-11-18';
	await add(vault, 'back');
	assert.deepEqual(copies(), ['v.2020-02-02', ...[14, 15, 16, 17, 18].map(day => `v.2026-11-${day}`), 'v.2099-01-01']);
});

test('what somebody else has at the name of a copy is neither followed nor overwritten', async t => {
	const {folder, clock, vault, copies, told} = await vaultOn(t, '2026-11-28');
	const target = path.join(folder, 'target');
	fs.writeFileSync(target, 'mine');
	fs.symlinkSync(target, path.join(folder, 'v.2026-11-29'));
	fs.writeFileSync(path.join(folder, 'v.2026-11-29-2'), 'foreign');
	fs.mkdirSync(path.join(folder, 'v.2026-11-29-3'));
	fs.symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'v.2026-11-29-4'));
	const other = path.join(folder, 'other');
	const place = fileVaultPlace(other, quick);
	await place.create(passphrase);
	fs.copyFileSync(other, path.join(folder, 'v.2026-11-29-5'));
	clock.day = '2026-11-29';
	await add(vault, 'second');
	await add(vault, 'third');
	assert.deepEqual(await namesIn(path.join(folder, 'v.2026-11-29-6')), ['first']);
	assert.equal(copies().length, 6);
	assert.equal(fs.readFileSync(target, 'utf8'), 'mine');
	assert.equal(fs.readFileSync(path.join(folder, 'v.2026-11-29-2'), 'utf8'), 'foreign');
	assert.ok(fs.readFileSync(path.join(folder, 'v.2026-11-29-5')).equals(fs.readFileSync(other)));
	assert.equal(fs.existsSync(path.join(folder, 'nowhere')), false);
	assert.deepEqual(told, []);
});

test('when all names of a day are taken, the change is made, and that is said once a day', async t => {
	const {file, folder, clock, vault, told} = await vaultOn(t, '2026-11-28');
	for (const number of ['', '-2', '-3', '-4', '-5', '-6', '-7', '-8', '-9'])
		fs.writeFileSync(path.join(folder, `v.2026-11-29${number}`), 'foreign');
	clock.day = '2026-11-29';
	await add(vault, 'second');
	await add(vault, 'third');
	assert.equal(told.length, 1);
	assert.match(told[0] ?? '', /can't be kept at `.*v\.2026-11-29`: something else is there/);
	assert.deepEqual(await namesIn(file), ['first', 'second', 'third']);
});

test('half a copy, as a file system without links can leave, is made anew', async t => {
	const {folder, file, clock, vault, copies} = await vaultOn(t, '2026-11-28');
	const before = fs.readFileSync(file);
	fs.writeFileSync(path.join(folder, 'v.2026-11-29'), before.subarray(0, 900));
	clock.day = '2026-11-29';
	await add(vault, 'second');
	assert.deepEqual(copies(), ['v.2026-11-29']);
	assert.ok(fs.readFileSync(path.join(folder, 'v.2026-11-29')).equals(before));
});

test('a file system without links has copies, too', async t => {
	const {folder, file, clock, vault, told} = await vaultOn(t, '2026-11-28');
	const before = fs.readFileSync(file);
	clock.day = '2026-11-29';
	const error = await withFault(
		() => add(vault, 'second'),
		(name, call) => {
			if (name === 'linkSync') throw failure('EPERM');
			return call();
		},
	);
	assert.equal(error, undefined);
	assert.ok(fs.readFileSync(path.join(folder, 'v.2026-11-29')).equals(before));
	assert.deepEqual(told, []);
});

test('a new key makes a copy, and removes the others of this vault', async t => {
	const {folder, file, clock, vault, copies} = await vaultOn(t, '2026-11-27');
	for (const day of ['28', '29']) {
		clock.day = `2026-11-${day}`;
		await add(vault, `on-${day}`);
	}
	fs.copyFileSync(file, `${file}.v1`);
	fs.copyFileSync(file, `${file}.replaced-2026-11-20`);
	fs.copyFileSync(file, path.join(folder, 'a-backup-of-mine'));
	fs.writeFileSync(`${file}.2026-11-20`, 'foreign');
	const real = fs.realpathSync(file);
	const {kept, unkept, removed, left} = await changePassphrase(vault, 'new');
	assert.deepEqual([kept, unkept, left], [`${real}.2026-11-29`, undefined, []]);
	assert.deepEqual([...removed].sort(), [`${real}.2026-11-28`, `${real}.replaced-2026-11-20`, `${real}.v1`]);
	assert.deepEqual(copies(), ['v.2026-11-20', 'v.2026-11-29']);
	assert.ok(fs.readFileSync(`${file}.2026-11-29`).equals(fs.readFileSync(file)));
	assert.ok(fs.existsSync(path.join(folder, 'a-backup-of-mine')));
});

test('where no new copy can be made after a new key, the older ones stay and are named', async t => {
	const {file, clock, vault} = await vaultOn(t, '2026-11-28');
	clock.day = '2026-11-29';
	await add(vault, 'second');
	clock.day = '2026-11-30';
	let rekeyed: Awaited<ReturnType<typeof changePassphrase>> | undefined;
	const error = await withFault(
		async () => {
			rekeyed = await changePassphrase(vault, 'new');
		},
		(name, call, [, target]) => {
			if (name === 'linkSync' && String(target).endsWith('v.2026-11-30')) throw failure('EIO');
			return call();
		},
	);
	assert.equal(error, undefined);
	assert.deepEqual(
		[rekeyed?.kept, rekeyed?.removed, rekeyed?.left],
		[undefined, [], [`${fs.realpathSync(file)}.2026-11-29`]],
	);
	assert.match(rekeyed?.unkept ?? '', /can't be kept at `.*`: the disk reports an input or output error/);
});

for (const code of ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EINTR']) {
	test(`${code} at any call of a change that keeps a copy leaves the old or the new vault, and no half copy`, async t => {
		const {folder, file, clock, vault, told} = await vaultOn(t, '2026-01-01');
		let saved = ['first'];
		let before = fs.readFileSync(file);
		let unkept = 0;
		const start = Date.parse('2026-02-01T00:00:00Z');
		await atEachCall(
			code,
			at => {
				// Every try is the first of its day.
				clock.day = new Date(start + at * 86_400_000).toISOString().slice(0, 10);
				return add(vault, `c${at}`, 5000);
			},
			async (error, at) => {
				const found = (await vault.read()).credentials.map(({name}) => name);
				const isNew = found.length > saved.length;
				assert.deepEqual(found, isNew ? [...saved, `c${at}`] : saved, `call ${at}`);
				if (error !== undefined) {
					assert.ok(error instanceof PharmerError && error.code === 'file', `call ${at}: ${error}`);
					assert.equal(/has not confirmed it/.test(error.message), isNew, `call ${at}: ${error.message}`);
				} else assert.ok(isNew, `call ${at}`);
				const copy = path.join(folder, `v.${clock.day}`);
				const isKept = fs.existsSync(copy);
				if (isKept) assert.ok(fs.readFileSync(copy).equals(before), `call ${at}`);
				if (isNew) assert.equal(!isKept, told.length > unkept, `call ${at}: ${told.at(-1)}`);
				unkept = told.length;
				saved = found;
				before = fs.readFileSync(file);
			},
		);
		assert.ok(unkept > 3, `${unkept} times the copy failed and the change did not`);
		await add(vault, 'last');
		assert.deepEqual(await namesIn(file), [...saved, 'last']);
		const left = fs.readdirSync(folder).filter(name => !/^v(\.seen|\.\d{4}-\d\d-\d\d|\.lock\.try-.*)?$/.test(name));
		assert.deepEqual(left, []);
	});
}

test('a disk that has room for the change but not for the copy takes the change', async t => {
	const {file, folder, clock, vault, told} = await vaultOn(t, '2026-11-28');
	clock.day = '2026-11-29';
	const copy = `${fs.realpathSync(file)}.2026-11-29`;
	const error = await withFault(
		() => add(vault, 'second'),
		(name, call) => {
			if (name === 'writeSync' && fs.existsSync(copy)) throw failure('ENOSPC');
			return call();
		},
	);
	assert.equal(error, undefined);
	assert.deepEqual(await namesIn(file), ['first', 'second']);
	assert.equal(fs.existsSync(copy), false);
	assert.match(told.join(), /can't be kept at .*: the disk is full/);
	assert.deepEqual(fs.readdirSync(folder).sort(), ['v', 'v.seen']);
});

test('a copy that the disk cuts short without an error is none', async t => {
	const {file, folder, clock, vault, told} = await vaultOn(t, '2026-11-28');
	clock.day = '2026-11-29';
	const error = await withFault(() => add(vault, 'second'), shortWrite);
	assert.equal(error, undefined);
	assert.deepEqual(await namesIn(file), ['first', 'second']);
	assert.match(told.join(), /can't be kept at .*: the disk is full/);
	assert.deepEqual(fs.readdirSync(folder).sort(), ['v', 'v.seen']);
});
