import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {assertTidied, counterAt, numberIn} from '../helpers/counter-vault.js';
import {size} from '../helpers/rounds.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const kills = size(8, 200);

test('a writer that is killed again and again leaves the old or the new vault, with all it had confirmed', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	let inTheAct = 0;
	async function lane(name: string, count: number): Promise<void> {
		const file = path.join(folder, name, 'vault.json');
		const vault = await counterAt(file);
		let last = 1;
		let next = startChild(script, ['count', file]);
		for (let round = 0; round < count; round++) {
			const child = next;
			// Says that it could open what the previous writer left.
			await child.printed(1);
			// The next one starts up to its first write while this one writes.
			next = startChild(script, ['count', file]);
			child.process.stdin?.write('\n');
			await child.printed(1 + (round % 4));
			await delay(Math.random() * 12);
			child.process.kill('SIGKILL');
			await child.ended;
			if (fs.existsSync(`${file}.lock`)) inTheAct++;
			const acknowledged = Number(child.lines.at(-1)) || last;
			const found = numberIn(await vault.read());
			assert.ok(found === acknowledged || found === acknowledged + 1, `${found} after ${acknowledged}`);
			last = found;
		}
		next.process.kill('SIGKILL');
		await next.ended;
		await assertTidied(file, vault);
	}
	await Promise.all([lane('a', kills / 2), lane('b', kills / 2)]);
	t.diagnostic(`${inTheAct} of ${kills} were killed in the middle of a write`);
	assert.ok(inTheAct > 0, 'some were killed in the middle of a write');
});
