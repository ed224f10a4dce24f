import assert from 'node:assert/strict';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {importWorld} from '../../source/look/this-machine.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

test('lists near files first, without those of programs and the system', async context => {
	const folder = temporaryFolder(context);
	for (const each of ['b/deep', 'node_modules/x', '.git']) mkdirSync(join(folder, each), {recursive: true});
	for (const each of ['z', 'b/a', 'b/deep/c', 'node_modules/x/d', '.git/e']) writeFileSync(join(folder, each), '');
	const world = importWorld({});
	assert.deepEqual(await world.list(folder, 8), {paths: ['z', 'b/a', 'b/deep/c'], whole: true});
	assert.deepEqual((await world.list(folder, 1))?.paths, ['z', 'b/a']);
	assert.equal(await world.list(join(folder, 'z'), 1), undefined);
	assert.equal(await world.list(join(folder, 'none'), 1), undefined);
	if (process.platform === 'linux') assert.deepEqual((await world.list('/proc/.', 1))?.paths, []);
});

test('within a directory, reads nothing outside of it and follows no link out', async context => {
	const folder = temporaryFolder(context);
	mkdirSync(join(folder, 'in/deep'), {recursive: true});
	mkdirSync(join(folder, 'inner'));
	writeFileSync(join(folder, 'secret'), 'outside');
	writeFileSync(join(folder, 'inner/secret'), 'beside');
	writeFileSync(join(folder, 'in/deep/file'), 'inside');
	symlinkSync(join(folder, 'secret'), join(folder, 'in/out'));
	symlinkSync('deep/file', join(folder, 'in/link'));
	symlinkSync(join(folder, 'in'), join(folder, 'alias'));
	symlinkSync('nowhere', join(folder, 'in/dangling'));
	const world = importWorld({});
	for (const base of ['in', 'alias']) {
		const within = world.within(join(folder, base));
		const read = async (path: string) => (await within.read(join(folder, path)))?.text;
		assert.equal(await read(`${base}/link`), 'inside');
		assert.equal(await read('in/deep/file'), 'inside');
		for (const path of [`${base}/out`, 'secret', 'inner/secret', `${base}/../secret`, `${base}/dangling`]) {
			assert.equal(await read(path), undefined, path);
		}
		assert.equal(await within.list(folder, 1), undefined);
		assert.deepEqual((await within.list(join(folder, 'in/deep'), 1))?.paths, ['file']);
	}
	assert.equal((await world.read(join(folder, 'in/out')))?.text, 'outside');
});

test('refuses a file over the given size', async context => {
	const folder = temporaryFolder(context);
	writeFileSync(join(folder, 'a'), 'x'.repeat(2048));
	const world = importWorld({});
	assert.equal((await world.read(join(folder, 'a'), 2048))?.text.length, 2048);
	await assert.rejects(world.read(join(folder, 'a'), 1024), /`.*a` is larger than 1 KiB/);
});
