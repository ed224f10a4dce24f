import assert from 'node:assert/strict';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {Secret} from '../../../source/domain/secret.js';
import {fileVaultPlace} from '../../../source/vault/file-vault.js';
import type {Vault} from '../../../source/vault/vault.js';
import {clockOf} from '../../helpers/clock.js';
import {awsCloud} from '../../helpers/clouds/aws.js';
import {fieldsIn, resume, rotate, rotationIn, vaultWith} from '../../helpers/rotated.js';
import {passphrase, quick, temporaryFolder} from '../../helpers/vault-samples.js';

const troubles = [
	new PharmerError('file', 'no space is left'),
	new PharmerError('other-vault', 'the file is another vault now'),
	new PharmerError('busy', 'another process holds the lock'),
	new PharmerError('bug', 'the vault was closed'),
];

test('where a step can not be written, nothing more is asked of the provider, and it goes on later', async () => {
	for (const trouble of troubles) {
		// Begin, store, exchange, switch off: each write in turn is refused, and those after it.
		for (let good = 0; good < 4; good++) {
			const clock = clockOf('2026-11-30T10:00:00Z');
			const cloud = awsCloud(clock.now);
			const vault = await vaultWith(cloud);
			let [writes, sent] = [0, 0];
			const failing: Vault = {
				...vault,
				async change(operation) {
					if (writes++ < good) return vault.change(operation);
					sent = 0;
					throw trouble;
				},
			};
			const how = {cloud, now: clock.now, fateOf: () => void sent++};
			await assert.rejects(rotate({...how, vault: failing}), {code: trouble.code});
			assert.equal(sent, 0, `${trouble.message}: nothing is sent after write ${good} has failed`);
			assert.equal(cloud.opens(fieldsIn(await vault.read())), true);
			clock.add(3600);
			const again = {...how, vault};
			const isBegun = rotationIn(await vault.read()) !== undefined;
			assert.equal(isBegun, good > 0);
			assert.equal((isBegun ? await resume(again) : await rotate(again)).is, 'waiting');
			clock.add(86_400);
			assert.deepEqual(await resume(again), {is: 'done'});
			assert.equal(cloud.keys().length, 1);
			assert.equal(cloud.opens(fieldsIn(await vault.read())), true);
		}
	}
});

test('a vault that another one has taken the place of between two steps stops it, and the old file goes on', async t => {
	const folder = temporaryFolder(t);
	const place = fileVaultPlace(path.join(folder, 'v'), quick);
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = awsCloud(clock.now);
	const vault = await place.create(passphrase);
	const content = await (await vaultWith(cloud)).read();
	await vault.change(() => ({content, result: undefined}));
	const file = path.join(folder, 'v');
	let saved = Buffer.alloc(0);
	const taking: Promise<void>[] = [];
	const takeItsPlace = async (): Promise<void> => {
		saved = readFileSync(file);
		rmSync(file);
		await (await place.create(new Secret('another passphrase'))).close();
	};
	const how = {cloud, vault, now: clock.now};
	const changing = {
		...how,
		vault: {
			...vault,
			read: () => vault.read(),
			async change<Result>(operation: Parameters<typeof vault.change<Result>>[0]) {
				await Promise.all(taking);
				return vault.change(operation);
			},
		},
		onStep: ({step}: {step: string}) => void (step === 'stored' && taking.push(takeItsPlace())),
	};
	await assert.rejects(rotate(changing), (error: unknown) => error instanceof PharmerError && error.code !== 'bug');
	assert.equal(cloud.opens(cloud.data), true, 'the old key was not touched');
	await vault.close();
	writeFileSync(file, saved);
	const again = await place.unlock(passphrase, {acceptRollback: true});
	assert.equal(rotationIn(await again.read())?.step, 'stored');
	assert.equal((await resume({...how, vault: again})).is, 'waiting');
	assert.equal(cloud.opens(fieldsIn(await again.read())), true);
	await again.close();
});
