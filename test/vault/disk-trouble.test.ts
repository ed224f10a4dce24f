import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {atEachCall, type Fault, failure, withFault} from '../helpers/disk-faults.js';
import {size} from '../helpers/rounds.js';
import {
	changePassphrase,
	draft,
	namesBeside,
	ofCode,
	passphrase,
	quick,
	temporaryFolder,
} from '../helpers/vault-samples.js';

const posix = process.platform !== 'win32';
const add = (vault: Vault, name: string) =>
	vault.change(content => addCredential(content, draft(name, {token: 'x'.repeat(5000)}), new Date()));
const names = async (vault: Vault) => (await vault.read()).credentials.map(each => each.name);

for (const code of ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EINTR']) {
	test(`${code} at any call of a change leaves the old or the new vault`, async t => {
		const file = path.join(temporaryFolder(t), 'v');
		const vault = await fileVaultPlace(file, {...quick, waitMs: 40}).create(passphrase);
		let saved: string[] = [];
		let refusals = 0;
		let unconfirmed = 0;
		await atEachCall(
			code,
			at => add(vault, `c${at}`),
			async (error, at) => {
				const found = await names(vault);
				if (error === undefined) {
					assert.deepEqual(found, [...saved, `c${at}`], `call ${at}`);
				} else {
					assert.ok(error instanceof PharmerError && error.code === 'file', `call ${at}: ${error}`);
					assert.match(
						error.message,
						/disk is full|input or output error|read-only|permission denied|interrupted|disk cut/,
					);
					const isPlaced = /is written, but the disk has not confirmed it/.test(error.message);
					assert.deepEqual(found, isPlaced ? [...saved, `c${at}`] : saved, `call ${at}`);
					assert.equal(/the change is in the file/.test(error.hint ?? ''), isPlaced);
					if (isPlaced) unconfirmed++;
					else refusals++;
				}
				saved = found;
			},
		);
		assert.ok(refusals > 5, 'several calls matter');
		assert.ok(unconfirmed > 0, 'the directory matters');
		await add(vault, 'last');
		assert.deepEqual(await names(await fileVaultPlace(file, quick).unlock(passphrase)), [...saved, 'last']);
		// A claim to the lock that could not be removed stays as long as this process lives.
		const left = namesBeside(path.dirname(file)).filter(name => !name.startsWith('v.lock.try-'));
		assert.deepEqual(left, ['v', 'v.seen']);
	});
}

for (const code of ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EINTR'].slice(0, size(1, 5))) {
	test(`${code} at any call of a new key leaves the vault under the old key or the new one`, async t => {
		const file = path.join(temporaryFolder(t), 'v');
		const vault = await fileVaultPlace(file, {...quick, waitMs: 40}).create(passphrase);
		await add(vault, 'one');
		let [current, count] = [passphrase.reveal(), 0];
		const outcomes = {old: 0, new: 0};
		const opens = async (text: string): Promise<boolean> => {
			try {
				const opened = await fileVaultPlace(file, quick).unlock(new Secret(text));
				return (await names(opened)).join() === 'one';
			} catch (error) {
				if (error instanceof PharmerError && error.code === 'wrong-passphrase') return false;
				throw error;
			}
		};
		await atEachCall(
			code,
			() => changePassphrase(vault, `another ${++count}`),
			async (error, at) => {
				const next = `another ${count}`;
				const isNew = await opens(next);
				assert.ok(isNew !== (await opens(current)), `call ${at}: either opens it`);
				if (error === undefined) assert.ok(isNew, `call ${at}`);
				else assert.ok(error instanceof PharmerError && error.code === 'file', `call ${at}: ${error}`);
				outcomes[isNew ? 'new' : 'old']++;
				if (isNew) current = next;
				assert.deepEqual(await names(vault), ['one'], `call ${at}: it is open as before`);
				// A claim to the lock that could not be removed stays as long as this process lives, and costs calls.
				for (const name of fs.readdirSync(path.dirname(file)))
					if (name.startsWith('v.lock.try-')) fs.rmSync(path.join(path.dirname(file), name));
			},
			size(23, 1),
		);
		assert.ok(outcomes.old > 0 && outcomes.new > 1, `${outcomes.old} old, ${outcomes.new} new`);
		await add(vault, 'last');
		const left = namesBeside(path.dirname(file)).filter(name => !name.startsWith('v.lock.try-'));
		assert.deepEqual(left, ['v', 'v.seen']);
	});
}

test('a full disk is reported in words, with the assurance that nothing was lost', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const before = fs.readFileSync(file);
	const error = await withFault(
		() => add(vault, 'one'),
		(name, call) => {
			if (name === 'writeSync') throw failure('ENOSPC');
			return call();
		},
	);
	assert.ok(error instanceof PharmerError);
	assert.equal(error.exitCode, 9);
	assert.match(error.message, /the change was not saved in `.*`: the disk is full/);
	assert.match(error.hint ?? '', /as it was before/);
	assert.ok(fs.readFileSync(file).equals(before));
	assert.deepEqual(namesBeside(path.dirname(file)), ['v', 'v.seen']);
});

/** What a disk does that fills up during a write: it writes a part and reports how much, which is no error. */
const shortWrite: Fault = (name, call, parameters) => {
	const [handle, data] = parameters;
	if (name !== 'writeSync' || typeof data !== 'string') return call();
	return fs.writeSync(Number(handle), Buffer.from(data).subarray(0, 1000));
};

test('a write that the disk cuts short without an error is noticed and repaired', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	let cuts = 0;
	const error = await withFault(
		() => add(vault, 'one'),
		(name, call, parameters) => {
			if (name === 'renameSync' && fs.statSync(String(parameters[0])).size === 1000) cuts++;
			return shortWrite(name, call, parameters);
		},
	);
	assert.equal(error, undefined);
	assert.equal(cuts, 1);
	assert.deepEqual(await names(vault), ['one']);
	assert.deepEqual(await names(await fileVaultPlace(file, quick).unlock(passphrase)), ['one']);
	assert.deepEqual(namesBeside(path.dirname(file)), ['v', 'v.seen']);
});

test('a vault that a dying writer left cut short is read in full, and repaired by the next change', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	await withFault(
		() => add(vault, 'one'),
		(name, call, parameters) => {
			if (name === 'renameSync' && parameters[0] === `${file}.next`) throw failure('EIO');
			return shortWrite(name, call, parameters);
		},
	);
	assert.equal(fs.statSync(file).size, 1000);
	await place.inspect();
	const again = await place.unlock(passphrase);
	assert.deepEqual(await names(again), ['one']);
	assert.equal(fs.statSync(file).size, 1000);
	await add(again, 'two');
	assert.deepEqual(await names(vault), ['one', 'two']);
	assert.deepEqual(namesBeside(path.dirname(file)), ['v', 'v.seen']);
});

test('a newer file that a writer left is not used against other kinds of damage', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const place = fileVaultPlace(file, quick);
	await place.create(passphrase);
	const text = fs.readFileSync(file, 'utf8');
	fs.writeFileSync(`${file}.next`, text);
	fs.writeFileSync(file, text.replace('"generation": 1', '"generation": 2'));
	await assert.rejects(place.inspect(), ofCode('damaged'));
	fs.writeFileSync(file, text.slice(0, 500));
	fs.writeFileSync(`${file}.next`, text.slice(0, 600));
	await assert.rejects(place.inspect(), ofCode('damaged'));
});

test('a failure while a vault is made leaves no vault, and is reported as it is', async t => {
	const folder = temporaryFolder(t);
	for (const name of ['mkdirSync', 'writeSync', 'linkSync', 'openSync', 'fsyncSync']) {
		const file = path.join(folder, name, 'v');
		const place = fileVaultPlace(file, quick);
		const error = await withFault(
			() => place.create(passphrase),
			(called, call) => {
				if (called === name || (name === 'linkSync' && called === 'writeFileSync')) throw failure('ENOSPC');
				return call();
			},
		);
		assert.ok(error instanceof PharmerError && error.code === 'file', `${name}: ${error}`);
		assert.match(error.message, /can't make the vault `.*`: the disk is full/);
		assert.equal(place.exists(), false);
	}
});

/** A disk that fails to sync the names in a directory: `failing` is called with each directory. */
function directoryFault(failing: (directory: string) => void): Fault {
	const directories = new Map<unknown, string>();
	return (name, call, parameters) => {
		if (name === 'fsyncSync') {
			const directory = directories.get(parameters[0]);
			if (directory !== undefined) failing(directory);
		}
		const result = call();
		if (name === 'openSync' && parameters[1] === 'r') directories.set(result, String(parameters[0]));
		if (name === 'closeSync') directories.delete(parameters[0]);
		return result;
	};
}

test('a new vault is synced to disk with every directory that was made for it', {
	skip: !posix,
}, async t => {
	const folder = temporaryFolder(t);
	const synced = new Set<string>();
	const recording = directoryFault(directory => synced.add(path.relative(folder, directory)));
	const error = await withFault(
		() => fileVaultPlace(path.join(folder, 'a', 'b', 'v'), quick).create(passphrase),
		recording,
	);
	assert.equal(error, undefined);
	assert.deepEqual([...synced].sort(), ['', 'a', 'a/b']);
	synced.clear();
	await withFault(() => fileVaultPlace(path.join(folder, 'a', 'c', 'v'), quick).create(passphrase), recording);
	assert.deepEqual([...synced].sort(), ['a', 'a/c']);
});

test('a directory that cannot be synced is reported before a vault is said to be made', {skip: !posix}, async t => {
	const folder = temporaryFolder(t);
	const place = fileVaultPlace(path.join(folder, 'a', 'v'), quick);
	const trouble = (wanted: string) =>
		directoryFault(directory => {
			if (path.relative(folder, directory) === wanted) throw failure('EIO');
		});
	const first = await withFault(() => place.create(passphrase), trouble(''));
	assert.ok(ofCode('file', /can't make the vault.*input or output error/)(first));
	assert.equal(place.exists(), false);
	const second = await withFault(() => place.create(passphrase), trouble('a'));
	assert.ok(ofCode('file', /is written, but the disk has not confirmed it: the disk reports/)(second));
	assert.deepEqual(await names(await place.unlock(passphrase)), []);
});

test('a system that cannot sync directories is no obstacle', {skip: !posix}, async t => {
	for (const code of ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR']) {
		const file = path.join(temporaryFolder(t), 'a', 'v');
		const unable = directoryFault(() => {
			throw failure(code);
		});
		const error = await withFault(async () => {
			await add(await fileVaultPlace(file, quick).create(passphrase), 'one');
		}, unable);
		assert.equal(error, undefined, code);
		assert.deepEqual(await names(await fileVaultPlace(file, quick).unlock(passphrase)), ['one']);
	}
});

test('an unconfirmed change is kept, and further changes can build on it', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const broken = directoryFault(() => {
		throw failure('ENOSPC');
	});
	const error = await withFault(() => add(vault, 'one'), broken);
	assert.ok(ofCode('file', /not confirmed it: the disk is full/)(error));
	assert.equal((error as PharmerError).exitCode, 9);
	await add(vault, 'two');
	assert.deepEqual(await names(await fileVaultPlace(file, quick).unlock(passphrase)), ['one', 'two']);
	assert.deepEqual(namesBeside(path.dirname(file)), ['v', 'v.seen']);
});

test('a vault that cannot be read is reported with the reason', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	for (const [code, reason] of [
		['EACCES', /permission denied/],
		['EIO', /input or output error/],
		['EMFILE', /too many files/],
		['EXYZ', /the system says EXYZ/],
	] as const) {
		const refuse: Fault = (name, call, parameters) => {
			if (['readFileSync', 'openSync'].includes(name) && parameters[0] === file) throw failure(code);
			return call();
		};
		assert.ok(ofCode('file', reason)(await withFault(async () => await vault.read(), refuse)));
		assert.ok(ofCode('file', reason)(await withFault(async () => place.inspect(), refuse)));
		assert.ok(ofCode('file', reason)(await withFault(() => place.unlock(passphrase), refuse)));
		assert.ok(ofCode('file', reason)(await withFault(() => add(vault, 'one'), refuse)));
	}
	assert.deepEqual(await names(vault), []);
});

test('a vault in a read-only directory can be read, and refuses a change with the reason', {skip: !posix}, async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	const directory = path.join(folder, 'readonly');
	const file = path.join(directory, 'vault.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	await add(vault, 'one');
	const before = fs.readdirSync(directory);
	// Root may write everywhere, so when the test runs as root another user tries it.
	const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
	if (nobody !== undefined) {
		fs.chmodSync(folder, 0o755);
		for (const each of [file, `${file}.seen`]) fs.chownSync(each, nobody, nobody);
		t.diagnostic('running as root: a child of another user tries to write');
	}
	fs.chmodSync(directory, 0o555);
	try {
		const child = startChild(script, ['attempt', file], nobody);
		assert.equal((await child.ended).code, 0);
		assert.equal(child.lines[0], '1');
		assert.match(child.lines[1] ?? '', /^file the change was not saved in `.*vault\.json`: permission denied$/);
		assert.deepEqual(fs.readdirSync(directory), before);
	} finally {
		fs.chmodSync(directory, 0o755);
	}
});
