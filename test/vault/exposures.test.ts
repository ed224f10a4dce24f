import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {exposureWarning} from '../../source/domain/exposure.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const onPosix = {skip: process.platform === 'win32'};
const onlyRoot = {skip: process.getuid?.() === 0 ? false : 'only root gives files away'};
const user = 65_534;

test('there is no warning for a private vault, nor for one that does not exist', onPosix, async t => {
	const place = fileVaultPlace(path.join(temporaryFolder(t), 'a', 'v'), quick);
	assert.deepEqual(place.exposures(), []);
	await place.create(passphrase);
	assert.deepEqual(place.exposures(), []);
	for (const impossible of ['a\0b', path.join(place.path, 'x', 'y')])
		assert.deepEqual(fileVaultPlace(impossible, quick).exposures(), []);
});

test(
	'access that permission bits give to others is reported, and ended by changing only those bits',
	onPosix,
	async t => {
		const folder = temporaryFolder(t);
		const file = path.join(folder, 'v');
		const place = fileVaultPlace(file, quick);
		await place.create(passphrase);
		for (const [directoryMode, fileMode, warnings] of [
			[0o755, 0o600, []],
			[0o777, 0o600, [`others can write in \`${folder}\`: \`chmod go-w\` closes it`]],
			[0o2775, 0o600, [`others can write in \`${folder}\`: \`chmod go-w\` closes it`]],
			[0o700, 0o640, [`others can read \`${file}\`: \`chmod go-rwx\` closes it`]],
			[0o700, 0o602, [`others can write to \`${file}\`: \`chmod go-rwx\` closes it`]],
			[
				0o707,
				0o666,
				[
					`others can write in \`${folder}\`: \`chmod go-w\` closes it`,
					`others can read and write to \`${file}\`: \`chmod go-rwx\` closes it`,
				],
			],
			[0o1777, 0o600, [`others can write in \`${folder}\`: move the vault to a directory of yours`]],
		] as const) {
			fs.chmodSync(folder, directoryMode);
			fs.chmodSync(file, fileMode);
			const found = place.exposures();
			assert.deepEqual(found.map(exposureWarning), warnings);
			for (const each of found) place.protect(each);
			const isSticky = (directoryMode & 0o1000) !== 0;
			assert.equal(fs.statSync(folder).mode & 0o7777, isSticky ? directoryMode : directoryMode & ~0o022);
			assert.equal(fs.statSync(file).mode & 0o077, 0);
		}
		fs.chmodSync(folder, 0o700);
	},
);

test('the directory of a link to a vault matters too', onPosix, async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'real', 'v');
	await fileVaultPlace(file, quick).create(passphrase);
	fs.mkdirSync(path.join(folder, 'links'));
	fs.chmodSync(path.join(folder, 'links'), 0o777);
	fs.symlinkSync(file, path.join(folder, 'links', 'v'));
	const place = fileVaultPlace(path.join(folder, 'links', 'v'), quick);
	assert.deepEqual(
		place.exposures().map(each => each.path),
		[path.join(folder, 'links')],
	);
	fs.symlinkSync(path.join(folder, 'links'), path.join(folder, 'way'));
	assert.equal(fileVaultPlace(path.join(folder, 'way', 'v'), quick).exposures().length, 1);
});

test('a file or directory of somebody else is left as it is: only moving the vault helps', onlyRoot, async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const place = fileVaultPlace(file, quick);
	await place.create(passphrase);
	fs.chownSync(folder, user, user);
	assert.deepEqual(place.exposures().map(exposureWarning), [
		`others can write in \`${folder}\`: move the vault to a directory of yours`,
	]);
	fs.chownSync(folder, 0, 0);
	fs.chownSync(file, user, user);
	fs.chmodSync(file, 0o644);
	const [exposure] = place.exposures();
	assert.ok(exposure !== undefined && exposure.remedy === undefined);
	assert.match(exposureWarning(exposure), /others can read `.*`: move the vault/);
	place.protect(exposure);
	assert.equal(fs.statSync(file).mode & 0o777, 0o644);
});

test('something that replaced the examined file is left alone', onPosix, async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const place = fileVaultPlace(file, quick);
	await place.create(passphrase);
	fs.chmodSync(file, 0o644);
	const [exposure = assert.fail()] = place.exposures();
	const other = path.join(folder, 'other');
	fs.writeFileSync(other, '', {mode: 0o644});
	fs.chmodSync(other, 0o644);
	fs.rmSync(file);
	fs.symlinkSync(other, file);
	assert.throws(() => place.protect(exposure), ofCode('file', /can't change the mode/));
	fs.rmSync(file);
	fs.mkdirSync(file, {mode: 0o755});
	assert.throws(() => place.protect(exposure), ofCode('file', /something else in the place/));
	fs.rmdirSync(file);
	assert.throws(() => place.protect(exposure), ofCode('file', /can't change the mode/));
	assert.equal(fs.statSync(other).mode & 0o777, 0o644);
});
