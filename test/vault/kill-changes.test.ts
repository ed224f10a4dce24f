import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {digestOf} from '../helpers/content-digest.js';
import {counterAt} from '../helpers/counter-vault.js';
import {size} from '../helpers/rounds.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const kills = size(12, 1000);

test('a kill in an edit, undo, redo, label, delete or purge leaves what was there before it or after it', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	const outcomes = {before: 0, after: 0};
	async function lane(name: string, count: number): Promise<void> {
		const file = path.join(folder, name, 'vault.json');
		const vault = await counterAt(file);
		let known = digestOf(await vault.read());
		let turn = 0;
		let next = startChild(script, ['change', file, '0']);
		for (let round = 0; round < count; round++) {
			const child = next;
			await child.printed(1);
			child.process.stdin?.write('\n');
			await child.printed(2 + 2 * (round % 5));
			await delay(Math.random() * 12);
			child.process.kill('SIGKILL');
			await child.ended;
			// What was said to be written last, and what was to be written then.
			const said = child.lines.slice(1);
			const done = said.findLastIndex(line => line.startsWith('done '));
			const before = said[done - 1]?.replace('next ', '') ?? known;
			const after = said.findLast(line => line.startsWith('next '))?.replace('next ', '');
			const found = digestOf(await vault.read());
			assert.ok(found === before || found === after, `neither the old nor the new content, after ${said.slice(-4)}`);
			outcomes[found === before ? 'before' : 'after']++;
			turn = Number(said[done]?.replace('done ', '') ?? turn - 1) + (found === before ? 1 : 2);
			known = found;
			next = startChild(script, ['change', file, String(turn)]);
		}
		next.process.kill('SIGKILL');
		await next.ended;
	}
	await Promise.all([lane('a', kills / 2), lane('b', kills / 2)]);
	t.diagnostic(`${kills} kills; contents left: ${outcomes.before} as before the change, ${outcomes.after} as after it`);
});
