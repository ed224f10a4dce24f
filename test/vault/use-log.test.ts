import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {useKinds} from '../../source/domain/use.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {logKey, sealedLine} from '../../source/vault/use-log.js';
import {logSample} from '../helpers/use-log-sample.js';
import {at, small, vaultId, vaultKey} from '../helpers/use-log-values.js';
import {changePassphrase, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const posix = process.platform !== 'win32';

test('a use is a line of 256 bytes, which tells nothing without the key', async context => {
	const {log, open, ids, note} = logSample(context);
	assert.deepEqual(await open().read(), {since: undefined, list: []}, 'nothing is noted yet');
	for (const [index, kind] of useKinds.entries()) await note('prod', kind, index);
	const text = fs.readFileSync(log, 'latin1');
	assert.equal(text.length, useKinds.length * 256);
	for (const line of text.split('\n').slice(0, -1)) assert.match(line, /^[A-Za-z0-9+/]{255}$/);
	assert.deepEqual(await open().read(), {
		since: '2026-01-02T00:00:00Z',
		list: useKinds.map((kind, index) => ({id: 'prod', kind, at: `2026-01-02T00:00:0${index}Z`})).reverse(),
	});
	assert.deepEqual(await ids(Buffer.alloc(32, 8)), [], 'another key');
	for (const id of ['first', 'second']) await note(id, 'exec', 20);
	assert.deepEqual((await ids()).slice(0, 2), ['second', 'first'], 'in the same second the later line is newer');
	if (posix) assert.equal(fs.statSync(log).mode & 0o777, 0o600);
});

test('no two lines are the same, and what was noted twice is told once', async context => {
	const {lines, ids, note} = logSample(context);
	for (let round = 0; round < 3; round++) await note('prod');
	assert.equal(new Set(lines()).size, 3);
	assert.deepEqual(await ids(), ['prod']);
});

test('a line that was cut short at any byte costs itself only', async context => {
	const {log, ids, note} = logSample(context);
	for (let length = 0; length < 256; length++) {
		fs.rmSync(log, {force: true});
		await note('one');
		const [line] = fs.readFileSync(log, 'latin1').split('\n');
		fs.appendFileSync(log, `${line}\n`.slice(0, length));
		await note('two', 'exec', 1);
		await note('three', 'exec', 2);
		assert.deepEqual(await ids(), ['three', 'two', 'one'], `${length} bytes`);
	}
});

test('lines of another vault, another program or nobody are passed over', async context => {
	const {log, open, ids, note, lines} = logSample(context);
	await note('one');
	await open(undefined, vaultKey, 'another vault').note(['hers'], 'exec', at(0));
	await open(undefined, Buffer.alloc(32, 9)).note(['other key'], 'exec', at(0));
	const key = logKey(vaultKey);
	for (const kind of ['teleport', ''])
		fs.appendFileSync(log, sealedLine(key, vaultId, {id: 'one', kind, at: '2026-01-02T00:00:09Z'}));
	fs.appendFileSync(log, sealedLine(key, vaultId, {id: 'one', kind: 'exec', at: 'yesterday'}));
	const [line = ''] = lines();
	for (let index = 0; index < 255; index += 15) {
		const flipped = line[index] === 'A' ? 'B' : 'A';
		fs.appendFileSync(log, `${line.slice(0, index)}${flipped}${line.slice(index + 1)}\n`);
	}
	fs.appendFileSync(log, `\n\0\0\n${'='.repeat(255)}\n{"id":"one"}\n${'x'.repeat(3000)}\n`);
	await note('two', 'exec', 1);
	assert.deepEqual(await ids(), ['two', 'one']);
	assert.deepEqual(
		(await open(undefined, vaultKey, 'another vault').read()).list.map(({id}) => id),
		['hers'],
	);
});

test('it is shortened to the newest of each credential and kind, and keeps what others can read', async context => {
	const {log, open} = logSample(context);
	const other = open(small, vaultKey, 'another vault');
	await other.note(['hers'], 'exec', at(0));
	const key = logKey(vaultKey);
	fs.appendFileSync(log, sealedLine(key, vaultId, {id: 'prod', kind: 'teleport', at: '2026-01-02T00:00:09Z'}));
	for (let second = 0; second < 100; second++) {
		await open(small).note([second % 2 === 0 ? 'prod' : 'dns'], second % 4 < 2 ? 'exec' : 'env', at(second));
		assert.ok(fs.statSync(log).size <= small.step, `second ${second}`);
		assert.deepEqual(fs.existsSync(`${log}.old`), false);
	}
	const {since, list} = await open(small).read();
	assert.equal(since, '2026-01-02T00:00:00Z', 'everything since the first line is known');
	assert.deepEqual(
		new Map(list.toReversed().map(({id, kind, at: moment}) => [`${id} ${kind}`, moment])),
		new Map([
			['prod exec', '2026-01-02T00:01:36Z'],
			['dns exec', '2026-01-02T00:01:37Z'],
			['prod env', '2026-01-02T00:01:38Z'],
			['dns env', '2026-01-02T00:01:39Z'],
		]),
	);
	assert.deepEqual(
		(await other.read()).list.map(({id}) => id),
		['hers'],
	);
	assert.ok(fs.readFileSync(log, 'latin1').includes('\n'));
});

test('lines about credentials that are gone are dropped with the next shortening', async context => {
	const {open} = logSample(context);
	const known = new Set(['prod']);
	await open(small).note(['gone', 'prod'], 'exec', at(0), known);
	for (let second = 1; second < 20; second++) await open(small).note(['prod'], 'exec', at(second), known);
	const {since, list} = await open(small).read();
	assert.deepEqual([...new Set(list.map(({id}) => id))], ['prod']);
	assert.equal(since, '2026-01-02T00:00:00Z');
});

test('a log of more credentials than it may hold keeps those used last, and says since when', async context => {
	const {open, log} = logSample(context);
	const many = Array.from({length: 400}, (_, index) => `c${index}`);
	for (const [second, id] of many.entries()) await open(small).note([id], 'exec', at(second));
	for (let second = 400; second < 1000; second++) await open(small).note(['c399'], 'exec', at(second));
	const {since = '', list} = await open(small).read();
	const ids = new Set(list.map(({id}) => id));
	assert.equal(ids.has('c399'), true);
	assert.ok(ids.size >= 250 && ids.size < 400, `${ids.size} are left`);
	assert.ok(!ids.has('c0') && since > '2026-01-02T00:00:00Z', since);
	assert.ok(fs.statSync(log).size < small.most);
});

test('what is not a file of ours in its place is neither followed, nor waited for, nor changed', {
	skip: posix ? false : 'SKIPPED: Windows has no named pipes in folders',
}, async context => {
	const {folder, log, open, note, ids} = logSample(context);
	const target = path.join(folder, 'target');
	fs.writeFileSync(target, 'mine');
	const makers: readonly ((place: string) => void)[] = [
		place => assert.equal(spawnSync('mkfifo', [place]).status, 0),
		place => fs.symlinkSync('/dev/zero', place),
		place => fs.symlinkSync(target, place),
		place => fs.symlinkSync(path.join(folder, 'nowhere'), place),
		place => fs.linkSync(target, place),
		place => fs.mkdirSync(place),
	];
	for (const make of makers) {
		make(log);
		const before = fs.lstatSync(log).ino;
		await note('one');
		await open().renew(Buffer.alloc(32, 8));
		assert.deepEqual(await ids(), []);
		assert.equal(fs.lstatSync(log).ino, before);
		fs.rmSync(log, {recursive: true});
		// Beside a log that is to be shortened, only a directory is in the way.
		make(`${log}.old`);
		for (let second = 0; second < 40; second++) await open(small).note(['two'], 'exec', at(second));
		assert.deepEqual([...new Set(await ids())], ['two']);
		fs.rmSync(`${log}.old`, {recursive: true, force: true});
		fs.rmSync(log);
	}
	assert.equal(fs.readFileSync(target, 'utf8'), 'mine');
	assert.equal(fs.existsSync(path.join(folder, 'nowhere')), false);
});

test('a log that is renewed opens with the new key only, and so does what a killed process left', async context => {
	const {log, open, ids, note} = logSample(context);
	await note('one');
	fs.renameSync(log, `${log}.old`);
	await note('two', 'exec', 1);
	await open(undefined, Buffer.alloc(32, 6)).note(['older key'], 'exec', at(2));
	const newKey = Buffer.alloc(32, 8);
	const renewed = open();
	await renewed.renew(newKey);
	assert.deepEqual(await ids(), []);
	assert.deepEqual(await ids(newKey), ['two', 'one']);
	assert.deepEqual(await ids(Buffer.alloc(32, 6)), []);
	assert.equal(fs.existsSync(`${log}.old`), false);
	await renewed.note(['three'], 'get', at(3));
	assert.deepEqual(await ids(newKey), ['three', 'two', 'one'], 'it goes on under that key');
});

test('a closed log notes and tells nothing', async context => {
	const {log, open} = logSample(context);
	const closed = open();
	await closed.note(['one'], 'exec', at(0));
	const reading = closed.read();
	closed.close();
	assert.deepEqual((await reading).list, []);
	await closed.note(['two'], 'exec', at(0));
	assert.equal(fs.statSync(log).size, 256);
});

test("a vault's log is in the folder of the real file, and lives on under a new key of the vault", async context => {
	const folder = temporaryFolder(context);
	const file = path.join(folder, 'vault.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const link = path.join(temporaryFolder(context), 'link.json');
	fs.symlinkSync(file, link);
	const through = await fileVaultPlace(link, quick).unlock(passphrase);
	const log = through.openUseLog();
	await through.close();
	await log.note(['prod'], 'exec', at(0));
	assert.deepEqual(
		(await log.read()).list.map(({id}) => id),
		['prod'],
		'it outlives the vault',
	);
	const before = fs.readFileSync(`${file}.used`);
	await changePassphrase(vault, 'another passphrase');
	assert.deepEqual(
		(await vault.openUseLog().read()).list.map(({id}) => id),
		['prod'],
	);
	assert.deepEqual((await log.read()).list, []);
	assert.equal(fs.readFileSync(`${file}.used`).includes(before.subarray(0, 255)), false);
	await vault.close();
	assert.throws(() => vault.openUseLog(), {code: 'bug'});
});
