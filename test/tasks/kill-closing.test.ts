import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {settleClosed} from '../../source/tasks/closed-state.js';
import {reopenFile} from '../../source/tasks/reopen-file.js';
import {closedFiles, oldBytesOf} from '../../source/vault/closed/section.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {
	afterClosing,
	type ClosingHome,
	closingHome,
	closingIn,
	closingTime,
	dropClaims,
	snapshot,
} from '../helpers/closing-home.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {size} from '../helpers/rounds.js';
import {passphrase, quick} from '../helpers/vault-samples.js';

const isWindows = process.platform === 'win32';
const files = {
	'.aws/credentials': [`[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`, 0o600],
	'.config/doctl/config.yaml': [`access-token: dop_v1_${'a'.repeat(64)}\n`, 0o644],
	'.env': [`HCLOUD_TOKEN="${'h'.repeat(64)}"\n`, 0o640],
} as const;

/** What a killed process has left: which files are open and which closed. */
type Left = {readonly open: number; readonly closed: number};

/** A home that processes close and reopen until they are killed. */
async function killingHome(context: TestContext) {
	const home = await closingHome(context, files);
	const before = snapshot(home.home);
	const folder = path.dirname(home.home);
	const script = await bundleScript('closing-child.ts', folder);
	// What closing makes of the files.
	await startChild(script, ['die-in-close', home.home, home.file, '0']).ended;
	const after = snapshot(home.home);
	assert.deepEqual([...after.keys()], [...before.keys()]);
	for (const [name, text] of after) assert.notEqual(text, before.get(name));

	/** Checks each file and what the vault has of it, as another process reads it. */
	async function check(): Promise<Left> {
		const now = snapshot(home.home);
		const vault = await fileVaultPlace(home.file, quick).unlock(passphrase);
		const sealed = closedFiles(await vault.read()) ?? [];
		const left = {open: 0, closed: 0};
		for (const [name, old] of before) {
			const text = now.get(name);
			assert.ok(text === old || text === after.get(name), `${name} is neither old nor new: ${text}`);
			left[text === old ? 'open' : 'closed']++;
			if (text === old) continue;
			const [its, another] = sealed.filter(each => each.target === path.join(home.home, name));
			assert.ok(its !== undefined && another === undefined, `${name} is new, and its old text is not in the vault`);
			const bytes = oldBytesOf(its)?.toString() ?? old.replace(/^\d+ /, '');
			assert.equal(`${its.mode.toString(8)} ${bytes}`, old);
		}
		return left;
	}

	/** Settles what is there, puts everything back, and removes what the killed ones left beside the files. */
	async function putBack(): Promise<void> {
		const vault = await fileVaultPlace(home.file, quick).unlock(passphrase);
		const {machine}: ClosingHome = await closingIn({...home, vault});
		assert.deepEqual(await settleClosed(vault, machine, afterClosing), []);
		for (const each of (closedFiles(await vault.read()) ?? []).toReversed())
			await reopenFile(each, vault, machine, false, closingTime);
		await settleClosed(vault, machine, afterClosing);
		assert.deepEqual(closedFiles(await vault.read()), []);
		const names = fs
			.readdirSync(home.home, {recursive: true, encoding: 'utf8'})
			.filter(name => name.includes('.next-'));
		assert.deepEqual(names, [], 'no text is left beside a file');
		dropClaims(home.home, path.dirname(home.file));
		assert.deepEqual(snapshot(home.home), before);
	}
	await putBack();
	return {home, script, check, putBack};
}

for (const what of ['close', 'reopen'] as const) {
	test(`a process that dies at any call when it ${what}s leaves each file old or new`, async context => {
		if (isWindows) return context.skip('SKIPPED: Windows has no permission bits');
		const {home, script, check, putBack} = await killingHome(context);
		const outcomes: Record<string, number> = {};
		for (let call = 1; ; call += size(160, 1)) {
			if (what === 'reopen') await startChild(script, ['die-in-close', home.home, home.file, '0']).ended;
			const {code} = await startChild(script, [`die-in-${what}`, home.home, home.file, `${call}`, `${call % 2}`]).ended;
			const {open, closed} = await check();
			const key = `${open} open, ${closed} closed`;
			outcomes[key] = (outcomes[key] ?? 0) + 1;
			await putBack();
			if (code !== 0) continue;
			assert.equal(what === 'close' ? closed : open, 3);
			context.diagnostic(`died at one of ${call} calls: ${JSON.stringify(outcomes)}`);
			break;
		}
		assert.ok(Object.keys(outcomes).length > 2);
	});
}

test('a kill at any moment leaves each file old or new, and the old text of a new one in the vault', async context => {
	if (isWindows) return context.skip('SKIPPED: Windows has no permission bits');
	const {home, script, check, putBack} = await killingHome(context);
	const rounds = size(6, 300);
	const outcomes: Record<string, number> = {};
	for (let round = 0; round < rounds; round++) {
		const what = round % 2 === 0 ? 'close' : 'reopen';
		const child = startChild(script, [what, home.home, home.file]);
		await child.printed(1);
		child.process.stdin?.write('\n');
		await delay(Math.random() * 120);
		child.process.kill('SIGKILL');
		await child.ended;
		const {open, closed} = await check();
		const key = `${what}: ${open} open, ${closed} closed`;
		outcomes[key] = (outcomes[key] ?? 0) + 1;
		if (round % 10 === 9) await putBack();
	}
	await putBack();
	context.diagnostic(`${rounds} kills: ${JSON.stringify(outcomes)}`);
});
