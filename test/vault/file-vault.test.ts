import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import fc from 'fast-check';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {addCredential, deleteCredentials, replaceCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {decryptVault} from '../helpers/independent-decryptor.js';
import {
	anyContent,
	changePassphrase,
	draft,
	namesBeside,
	ofCode,
	passphrase,
	plain,
	quick,
	temporaryFolder,
} from '../helpers/vault-samples.js';

const now = new Date('2024-05-06T07:08:09Z');
const posix = process.platform !== 'win32';

const add = (vault: Vault, name: string, data?: Record<string, string>) =>
	vault.change(content => addCredential(content, draft(name, data), now));

test('a vault is made, changed and opened again', async t => {
	const file = path.join(temporaryFolder(t), 'vault.json');
	const place = fileVaultPlace(file, quick);
	assert.equal(place.exists(), false);
	const vault = await place.create(passphrase);
	assert.equal(place.exists(), true);
	assert.deepEqual(await vault.read(), {credentials: [], trash: []});
	const added = await add(vault, 'aws', {accessKeyID: 'AKIA', secretAccessKey: '+/=\n<&>'});
	await place.inspect();
	const again = await fileVaultPlace(file, quick).unlock(passphrase);
	assert.deepEqual(plain(await again.read()), plain({credentials: [added], trash: []}));
	assert.deepEqual(plain(await vault.read()), plain(await again.read()));
	assert.deepEqual(namesBeside(path.dirname(file)), ['vault.json', 'vault.json.seen']);
});

test('any content can be stored', async t => {
	const vault = await fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick).create(passphrase);
	await fc.assert(
		fc.asyncProperty(anyContent, async content => {
			await vault.change(() => ({content, result: undefined}));
			assert.deepEqual(plain(await vault.read()), plain(content));
		}),
		{numRuns: 60},
	);
});

test('a written vault can be read without the program', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(new Secret('pa\u0308ss'));
	const {id, changed} = await add(vault, 'one', {token: 'to\ud800ken'});
	const data = [['token', 'to\ud800ken']];
	const expected = {id, revision: 1, name: 'one', provider: 'generic', data, labels: [], created: changed, changed};
	assert.deepEqual(decryptVault(file, 'p\u00e4ss'), {credentials: [expected], trash: [], sections: {}});
	assert.throws(() => decryptVault(file, 'pass'));
});

test('the file and its directory are accessible to their owner only', {skip: !posix}, async t => {
	const folder = path.join(temporaryFolder(t), 'new', 'deep');
	const file = path.join(folder, 'vault.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const modes = () => fs.readdirSync(folder).map(name => fs.statSync(path.join(folder, name)).mode & 0o777);
	assert.deepEqual(modes(), [0o600, 0o600]);
	assert.equal(fs.statSync(folder).mode & 0o777, 0o700);
	assert.equal(fs.statSync(path.dirname(folder)).mode & 0o777, 0o700);
	fs.chmodSync(file, 0o644);
	await add(vault, 'one');
	assert.deepEqual(modes(), [0o600, 0o600]);
});

for (const name of ['vault', '.hidden', 'a.b.c', 'with space', 'tëst-名', 'x.json', 'v.json.', '-']) {
	test(`a vault can be called ${name}`, async t => {
		const folder = temporaryFolder(t);
		const file = path.join(folder, name);
		await add(await fileVaultPlace(file, quick).create(passphrase), 'one');
		assert.deepEqual(fs.readdirSync(folder).sort(), [name, `${name}.seen`].sort());
		assert.equal((await (await fileVaultPlace(file, quick).unlock(passphrase)).read()).credentials.length, 1);
	});
}

test('a relative path starts where the program was started', () => {
	assert.equal(fileVaultPlace('a/b', quick).path, path.join(process.cwd(), 'a', 'b'));
});

test('a link to a vault is the same vault', {skip: !posix}, async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'real', 'vault.json');
	const link = path.join(folder, 'link.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	fs.symlinkSync(file, link);
	const linked = await fileVaultPlace(link, quick).unlock(passphrase);
	await Promise.all(Array.from({length: 10}, (_, index) => add(index % 2 ? vault : linked, `c${index}`)));
	assert.equal((await vault.read()).credentials.length, 10);
	assert.ok(fs.lstatSync(link).isSymbolicLink());
	assert.deepEqual(fs.readdirSync(folder).sort(), ['link.json', 'real']);
});

test('looking for a vault makes nothing', async t => {
	const folder = temporaryFolder(t);
	const place = fileVaultPlace(path.join(folder, 'none', 'vault.json'), quick);
	assert.equal(place.exists(), false);
	await assert.rejects(place.inspect(), ofCode('no-vault', /there is no vault at `.*vault\.json`/));
	await assert.rejects(place.unlock(passphrase), ofCode('no-vault'));
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('a vault is never made where something exists', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'something');
	fs.writeFileSync(file, 'mine');
	await assert.rejects(fileVaultPlace(file, quick).create(passphrase), ofCode('exists'));
	await assert.rejects(fileVaultPlace(folder, quick).create(passphrase), ofCode('exists'));
	assert.equal(fs.readFileSync(file, 'utf8'), 'mine');
	const twice = fileVaultPlace(path.join(folder, 'new'), quick);
	const results = await Promise.allSettled([twice.create(passphrase), twice.create(passphrase)]);
	assert.deepEqual(results.map(each => each.status).sort(), ['fulfilled', 'rejected']);
	assert.throws(() => {
		for (const each of results) if (each.status === 'rejected') throw each.reason;
	}, ofCode('exists'));
});

test('a passphrase is never empty', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	await assert.rejects(fileVaultPlace(file, quick).create(new Secret('')), ofCode('invalid'));
	assert.equal(fs.existsSync(file), false);
	assert.throws(() => passphraseSlot(new Secret('')), ofCode('invalid'));
});

test('nothing is written when the change itself fails', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const one = await add(vault, 'one');
	const before = fs.readFileSync(file, 'utf8');
	await assert.rejects(add(vault, 'ONE'), ofCode('exists'));
	await assert.rejects(
		vault.change(() => {
			throw new RangeError('own trouble');
		}),
		RangeError,
	);
	await assert.rejects(
		vault.change(({trash}) => ({content: {credentials: [{...one, id: 'x'}], trash}, result: 0})),
		ofCode('bug', /could not be read back/),
	);
	assert.equal(fs.readFileSync(file, 'utf8'), before);
	await add(vault, 'two');
});

test('a change based on an old copy is refused', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const one = await add(vault, 'one');
	const other = await fileVaultPlace(file, quick).unlock(passphrase);
	const newer = await other.change(content => replaceCredential(content, one, draft('one', {token: 'theirs'}), now));
	await assert.rejects(
		vault.change(content => replaceCredential(content, one, draft('one', {token: 'mine'}), now)),
		ofCode('conflict', /changed by somebody else/),
	);
	await assert.rejects(
		vault.change(content => deleteCredentials(content, [one], now)),
		ofCode('conflict'),
	);
	assert.deepEqual(plain(await vault.read()), plain({credentials: [newer], trash: []}));
});

test('concurrent changes in one process are all made', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const other = await fileVaultPlace(file, quick).unlock(passphrase);
	await Promise.all(Array.from({length: 60}, (_, index) => add(index % 2 ? vault : other, `c${index}`)));
	assert.equal(new Set((await vault.read()).credentials.map(each => each.name)).size, 60);
	assert.equal(JSON.parse(fs.readFileSync(file, 'utf8')).generation, 61);
});

test('a new passphrase opens the vault, the old one does not, and an open vault stays usable', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	await add(vault, 'one');
	const other = await place.unlock(passphrase);
	const before = JSON.parse(fs.readFileSync(file, 'utf8'));
	await changePassphrase(vault, 'new');
	const after = JSON.parse(fs.readFileSync(file, 'utf8'));
	assert.equal(after.slots[0].id, before.slots[0].id);
	assert.notEqual(after.slots[0].kdf.salt, before.slots[0].kdf.salt);
	await assert.rejects(place.unlock(passphrase), ofCode('wrong-passphrase'));
	await add(vault, 'two');
	assert.equal((await (await place.unlock(new Secret('new'))).read()).credentials.length, 2);
	// It has the old key, which opens nothing that is written from now on.
	for (const call of [() => other.read(), () => add(other, 'three'), () => changePassphrase(other, 'third')])
		await assert.rejects(call(), ofCode('rekeyed', /the vault has a new key/));
	await changePassphrase(vault, 'fourth');
	await place.unlock(new Secret('fourth'));
});

test('a new passphrase raises an old derivation to the current cost', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	await fileVaultPlace(file, quick).create(passphrase);
	const vault = await fileVaultPlace(file).unlock(passphrase);
	await changePassphrase(vault, 'new');
	assert.equal(JSON.parse(fs.readFileSync(file, 'utf8')).slots[0].kdf.n, 2 ** 17);
});

test('a vault that was removed or replaced while it was open is not made again', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'sub', 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const bytes = fs.readFileSync(file);
	fs.rmSync(path.dirname(file), {recursive: true});
	await assert.rejects(vault.read(), ofCode('no-vault'));
	await assert.rejects(add(vault, 'one'), ofCode('no-vault'));
	assert.deepEqual(fs.readdirSync(folder), []);
	const other = await fileVaultPlace(file, quick).create(passphrase);
	await assert.rejects(vault.read(), ofCode('other-vault', /another vault/));
	await assert.rejects(add(vault, 'one'), ofCode('other-vault'));
	assert.deepEqual(await other.read(), {credentials: [], trash: []});
	fs.writeFileSync(file, bytes);
	await add(vault, 'one');
});

test('the size of the file reveals nothing about a few small secrets', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const size = () => fs.statSync(file).size;
	await add(vault, 'one', {token: ''});
	const expected = size();
	for (let count = 2; count <= 7; count++) {
		await add(vault, `c${count}`, {token: 'x'.repeat(count * 30)});
		assert.equal(size(), expected);
	}
});

test('printing an open vault does not show its key', async t => {
	const vault = await fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick).create(passphrase);
	const {inspect} = await import('node:util');
	assert.ok(!/Buffer|key|salt/i.test(inspect(vault, {depth: 9, showHidden: true})));
	assert.deepEqual(Object.keys(vault), ['path', 'ownSlot']);
});
