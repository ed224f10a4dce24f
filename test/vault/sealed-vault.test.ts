import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {passphraseOpener} from '../../source/vault/keys/passphrase.js';
import {addCredential} from '../../source/vault/operations.js';
import {openSealedVault, readSealedVault, writeBackup} from '../../source/vault/sealed-vault.js';
import {atEachCall, failure, shortWrite, withFault} from '../helpers/disk-faults.js';
import {changePassphrase, draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const codes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EINTR'] as const;
const options = {...quick, waitMs: 40, now: () => new Date('2026-11-29T12:00:00Z')};

/** A vault with two credentials, and a backup of it when it had one. */
async function withBackup(t: TestContext) {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'vault', 'v');
	const place = fileVaultPlace(file, options);
	const vault = await place.create(passphrase);
	await vault.change(content => addCredential(content, draft('one'), new Date()));
	const backup = path.join(folder, 'backup');
	writeBackup(backup, await place.sealed());
	await vault.change(content => addCredential(content, draft('two'), new Date()));
	return {folder, file, place, vault, backup};
}

const namesIn = async (file: string): Promise<readonly string[]> => {
	const content = await openSealedVault(readSealedVault(file), passphraseOpener(passphrase));
	return (content ?? assert.fail('it does not open')).credentials.map(({name}) => name);
};

/** What a writer may leave that is in use, or remembers. */
const usual = (name: string): boolean => /^v(\.seen|\.2026-11-29|\.lock(\.try-.*)?)?$/.test(name);

/** Whether a writer left its draft, which it may only where removing it is what failed; nothing else may be left. */
function leftIn(folder: string, at: number): number {
	const left = fs.readdirSync(folder).filter(name => !usual(name) && !name.startsWith('v.replaced-'));
	assert.ok(left.length === 0 || left.join() === 'v.next', `call ${at}: ${left}`);
	return left.length;
}

test('a backup has the bytes of the vault, for its owner alone, and opens by its passphrase', async t => {
	const {folder, file, place} = await withBackup(t);
	const target = path.join(folder, 'again');
	writeBackup(target, await place.sealed());
	assert.ok(fs.readFileSync(target).equals(fs.readFileSync(file)));
	if (process.platform !== 'win32') assert.equal(fs.statSync(target).mode & 0o777, 0o600);
	assert.deepEqual(await namesIn(target), ['one', 'two']);
	assert.deepEqual(fs.readdirSync(folder).sort(), ['again', 'backup', 'vault']);
});

test('a backup overwrites nothing, and follows no link', async t => {
	const {folder, place} = await withBackup(t);
	const bytes = await place.sealed();
	const file = path.join(folder, 'mine');
	fs.writeFileSync(file, 'mine');
	fs.symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'link'));
	fs.mkdirSync(path.join(folder, 'directory'));
	for (const name of ['mine', 'link', 'directory'])
		assert.throws(() => writeBackup(path.join(folder, name), bytes), ofCode('file', /exists already|is a directory/));
	assert.equal(fs.readFileSync(file, 'utf8'), 'mine');
	assert.deepEqual(fs.readdirSync(folder).sort(), ['backup', 'directory', 'link', 'mine', 'vault']);
});

for (const code of codes) {
	test(`${code} at any call of a backup leaves a whole one or none, with a clear error`, async t => {
		const {folder, file, place} = await withBackup(t);
		const bytes = fs.readFileSync(file);
		let failed = 0;
		await atEachCall(
			code,
			async at => writeBackup(path.join(folder, `b${at}`), await place.sealed()),
			async (error, at) => {
				const target = path.join(folder, `b${at}`);
				if (error === undefined) assert.ok(fs.readFileSync(target).equals(bytes), `call ${at}`);
				else {
					failed++;
					assert.ok(error instanceof PharmerError && error.code === 'file', `call ${at}: ${error}`);
					assert.match(error.message, /^can't (read the vault|read|write the backup) `.*`: (the|permission)/);
					assert.equal(fs.existsSync(target), false, `call ${at}`);
				}
			},
		);
		assert.ok(failed > 5, `${failed} calls matter`);
		// Its draft stays only where removing it is what failed.
		const left = fs.readdirSync(folder).filter(name => !/^(b\d+|backup|vault)$/.test(name));
		assert.ok(left.length <= 2 && left.every(name => name.endsWith('.part')), left.join());
		assert.ok(fs.readFileSync(file).equals(bytes));
	});

	test(`${code} at any call of putting a backup in place leaves the old or the new vault`, async t => {
		const {file, place, backup} = await withBackup(t);
		const folder = path.dirname(file);
		const newer = fs.readFileSync(file);
		const older = fs.readFileSync(backup);
		let [failed, leftovers] = [0, 0];
		await atEachCall(
			code,
			async () => {
				await place.supplant(readSealedVault(backup));
			},
			async (error, at) => {
				const found = fs.readFileSync(file);
				const kept = fs.readdirSync(folder).filter(name => name.startsWith('v.replaced-'));
				if (error === undefined || /has not confirmed it/.test(String(error))) {
					assert.ok(found.equals(older), `call ${at}`);
					assert.deepEqual(kept, ['v.replaced-2026-11-29'], `call ${at}`);
					assert.ok(fs.readFileSync(path.join(folder, 'v.replaced-2026-11-29')).equals(newer));
					// It is taken for the newest, though it is older.
					await place.inspect();
				} else {
					failed++;
					assert.ok(error instanceof PharmerError && error.code === 'file', `call ${at}: ${error}`);
					assert.ok(found.equals(newer), `call ${at}: ${error.message}`);
					assert.deepEqual(kept, [], `call ${at}`);
				}
				leftovers += leftIn(folder, at);
				for (const name of kept) fs.rmSync(path.join(folder, name));
				fs.writeFileSync(file, newer);
				fs.rmSync(`${file}.seen`, {force: true});
			},
		);
		assert.ok(failed > 10, `${failed} calls matter`);
		assert.ok(leftovers <= 4, `${leftovers} times something was left`);
	});

	test(`${code} at any call of putting a backup where no vault is leaves none or the whole one`, async t => {
		const {file, place, backup} = await withBackup(t);
		const older = fs.readFileSync(backup);
		const folder = path.dirname(file);
		fs.rmSync(file);
		let leftovers = 0;
		await atEachCall(
			code,
			() => place.put(readSealedVault(backup)),
			async (error, at) => {
				const isThere = fs.existsSync(file);
				if (error === undefined) assert.ok(isThere, `call ${at}`);
				else assert.ok(error instanceof PharmerError && error.code === 'file', `call ${at}: ${error}`);
				if (isThere) {
					assert.ok(fs.readFileSync(file).equals(older), `call ${at}`);
					await place.inspect();
				}
				leftovers += leftIn(folder, at);
				fs.rmSync(file, {force: true});
			},
		);
		assert.ok(leftovers <= 4, `${leftovers} times something was left`);
	});
}

test('a backup that the disk cuts short without an error is none', async t => {
	const {folder, place} = await withBackup(t);
	const bytes = await place.sealed();
	const error = await withFault(async () => writeBackup(path.join(folder, 'short'), bytes), shortWrite);
	assert.ok(ofCode('file', /can't write the backup `.*`: the disk is full/)(error));
	assert.deepEqual(fs.readdirSync(folder).sort(), ['backup', 'vault']);
});

test('a disk without links takes a backup, and none is half', async t => {
	const {folder, place} = await withBackup(t);
	const bytes = await place.sealed();
	const target = path.join(folder, 'on-a-stick');
	let writes = 0;
	const half = await withFault(
		async () => writeBackup(target, bytes),
		(name, call) => {
			if (name === 'linkSync') throw failure('EPERM');
			if (name === 'writeSync' && ++writes === 2) throw failure('ENOSPC');
			return call();
		},
	);
	assert.ok(ofCode('file', /the disk is full/)(half));
	assert.equal(fs.existsSync(target), false);
	await withFault(
		async () => writeBackup(target, bytes),
		(name, call) => {
			if (name === 'linkSync') throw failure('EPERM');
			return call();
		},
	);
	assert.ok(fs.readFileSync(target).equals(bytes));
});

test('a backup takes the place of a damaged vault, which is kept', async t => {
	const {file, place, backup} = await withBackup(t);
	const newer = fs.readFileSync(file);
	for (const damaged of [newer.subarray(0, 700), Buffer.from('nothing of ours'), Buffer.alloc(0)]) {
		fs.writeFileSync(file, damaged);
		await assert.rejects(place.inspect(), ofCode('damaged'));
		const kept = (await place.supplant(readSealedVault(backup))) ?? assert.fail();
		assert.ok(fs.readFileSync(kept).equals(damaged));
		assert.deepEqual(await namesIn(file), ['one']);
		const opened = await place.unlock(passphrase);
		await opened.change(content => addCredential(content, draft('three'), new Date()));
		assert.deepEqual(await namesIn(file), ['one', 'three']);
	}
});

test('what a writer left beside a damaged vault is not lost for a backup', async t => {
	const {file, place, backup} = await withBackup(t);
	const newer = fs.readFileSync(file);
	fs.writeFileSync(`${file}.next`, newer);
	fs.writeFileSync(file, 'nothing of ours');
	await assert.rejects(place.supplant(readSealedVault(backup)), ofCode('file', /may be the last good copy/));
	assert.ok(fs.readFileSync(`${file}.next`).equals(newer));
	assert.equal(fs.readFileSync(file, 'utf8'), 'nothing of ours');
});

test('nothing is written beside a file that is only looked at', async t => {
	const {folder, backup} = await withBackup(t);
	const before = fs.readdirSync(folder);
	assert.deepEqual(await namesIn(backup), ['one']);
	const wrong = await openSealedVault(readSealedVault(backup), {open: async () => undefined});
	assert.equal(wrong, undefined);
	assert.deepEqual(fs.readdirSync(folder), before);
});

test('a file that is no whole vault is refused', async t => {
	const {folder, backup} = await withBackup(t);
	const bytes = fs.readFileSync(backup);
	const file = path.join(folder, 'other');
	for (const [text, code] of [
		[bytes.subarray(0, 2000), 'damaged'],
		[Buffer.from('x'), 'damaged'],
		[Buffer.from(bytes.toString().replace('"version": 2', '"version": 9')), 'newer-version'],
	] as const) {
		fs.writeFileSync(file, text);
		assert.throws(() => readSealedVault(file), ofCode(code));
	}
	assert.throws(() => readSealedVault(path.join(folder, 'nothing')), ofCode('file', /there is no file at/));
	assert.throws(() => readSealedVault(folder), ofCode('file', /it is a directory/));
});

test('a backup from before a new key opens by the passphrase it had', async t => {
	const {vault, backup} = await withBackup(t);
	await changePassphrase(vault, 'another one');
	assert.deepEqual(await namesIn(backup), ['one']);
});
