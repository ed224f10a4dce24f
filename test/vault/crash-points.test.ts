import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {assertTidied, counterAt, numberIn, touch} from '../helpers/counter-vault.js';
import {size} from '../helpers/rounds.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

/** From one call to the next at which a writer dies: at every one of them, or at so many that it takes seconds. */
const step = size(10, 1);

test('a writer that dies at any file system call leaves the old or the new vault', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	const outcomes = {old: 0, new: 0, copies: 0};
	/**
	 * Lets writers die, each some calls later than the one before it, until one is through. Returns how many calls
	 * there are.
	 */
	async function lane(name: string, isAfter: boolean, deadLock: string | undefined): Promise<number> {
		const file = path.join(folder, name, 'vault.json');
		const vault = await counterAt(file);
		let last = 1;
		for (let call = 1; ; call += step) {
			if (deadLock !== undefined) fs.writeFileSync(`${file}.lock`, deadLock);
			for (const copy of copiesIn(path.dirname(file))) fs.rmSync(copy);
			const before = fs.readFileSync(file);
			const child = startChild(script, ['die', file, String(call), isAfter ? '1' : '0']);
			const {code} = await child.ended;
			for (const copy of copiesIn(path.dirname(file))) {
				assert.ok(fs.readFileSync(copy).equals(before), 'a copy is the whole vault as it was before');
				outcomes.copies++;
			}
			const found = numberIn(await vault.read());
			assert.ok(found === last || found === last + 1, `${found} after ${last}`);
			outcomes[found === last ? 'old' : 'new']++;
			last = found;
			await touch(vault);
			assert.equal(numberIn(await vault.read()), last);
			if (code !== 0) continue;
			await assertTidied(file, vault);
			return call - 1;
		}
	}
	const calls = await Promise.all([lane('a', false, undefined), lane('b', true, await lockOfTheDead(folder, script))]);
	t.diagnostic(
		`died at every ${step === 1 ? '' : `${step}th `}of ${calls.join(' and ')} calls; vaults left: ${outcomes.old} old, ${outcomes.new} new; ${outcomes.copies} copies of the day`,
	);
	assert.ok(Math.min(...calls) > 20 && outcomes.old > 5 && outcomes.new > 5 && outcomes.copies > 5);
});

/** The copies of days in a folder. */
function copiesIn(folder: string): readonly string[] {
	return fs
		.readdirSync(folder)
		.filter(name => /\.\d{4}-\d\d-\d\d$/.test(name))
		.map(name => path.join(folder, name));
}

/** The lock of a process that died while it held it. */
async function lockOfTheDead(folder: string, script: string): Promise<string> {
	const file = path.join(folder, 'number');
	fs.writeFileSync(file, '0');
	await startChild(script, ['exclude', file, '1', '0']).ended;
	return fs.readFileSync(`${file}.lock`, 'utf8');
}
