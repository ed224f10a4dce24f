import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join as pathOf} from 'node:path';
import {test} from 'node:test';
import {sync} from '../../source/team/sync.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {fileDevice, reopened} from '../helpers/file-device.js';
import {conflictsOf, edit, label, labelsOf, logOf, settle, timesLabelled} from '../helpers/fleet.js';
import {folderStore} from '../helpers/folder-store.js';
import {randomFrom} from '../helpers/losing.js';
import {isProving, seed, size} from '../helpers/rounds.js';
import {join, share} from '../helpers/team.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

/** From one call to the next. */
const step = isProving ? 3 : 37;

test('a process that is killed at any call to the file system while it syncs leaves nothing to repair', async context => {
	const rounds = size(12, 500);
	const random = randomFrom(seed);
	const folder = temporaryFolder(context);
	const script = await bundleScript('sync-child.ts', folder);
	const storage = pathOf(folder, 'storage');
	const store = folderStore(storage);
	const ana = await share(await fileDevice(pathOf(folder, 'ana'), store));
	await edit(ana, 'aws');
	await sync(ana);
	let ben = await join(ana, await fileDevice(pathOf(folder, 'ben'), store), 'ben');
	const labels: string[] = [];
	/** Each dies some calls later than the one before it, until one is through. */
	let [killed, at, furthest] = [0, 1, 0];
	for (let round = 0; round < rounds; round++) {
		const set = async (who: typeof ben, key: string): Promise<void> => {
			await label(who, 'aws', key);
			labels.push(key);
		};
		await set(ben, `ben-${round}`);
		await edit(ben, 'ben', old => ({...old, note: `before ${round}`}));
		if (random() < 0.5) {
			await set(ana, `ana-${round}`);
			await sync(ana);
		}
		await ben.vault.close();
		const child = startChild(script, [ben.file, storage, String(at), random() < 0.5 ? '0' : '1']);
		const {signal, code} = await child.ended;
		assert.ok(signal === 'SIGKILL' || code === 0, `it ended with ${code}`);
		ben = await reopened(ben);
		await edit(ben, 'ben', old => ({...old, note: `after ${round}`}));
		await settle([ben, ana]);
		assert.deepEqual(await labelsOf(ana, 'aws'), labels.toSorted());
		for (const one of [ana, ben]) assert.deepEqual(await conflictsOf(one), [], `call ${at}`);
		assert.deepEqual(
			fs.readdirSync(pathOf(folder, 'ben')).filter(name => name.endsWith('.part')),
			[],
		);
		furthest = Math.max(furthest, at);
		if (signal === 'SIGKILL') killed++;
		at = signal === 'SIGKILL' ? at + step : 1 + (round % step);
	}
	for (const [each, count] of timesLabelled(await logOf(ana))) assert.equal(count, 1, each);
	context.diagnostic(`${rounds} rounds, ${killed} killed, up to call ${furthest} to the file system`);
});
