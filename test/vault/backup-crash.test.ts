import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import {readSealedVault, writeBackup} from '../../source/vault/sealed-vault.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {counterAt} from '../helpers/counter-vault.js';
import {rounds, size} from '../helpers/rounds.js';
import {draft, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

/** From one call to the next at which a process dies: every one of them, or so many that it takes seconds. */
const step = size(10, 1);

/** A vault, and a backup of a state of it with something that it has no more. */
async function withBackup(t: TestContext) {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	const file = path.join(folder, 'home', 'vault.json');
	const place = fileVaultPlace(file, quick);
	const vault = await counterAt(file);
	await vault.change(content => addCredential(content, draft('lost'), new Date()));
	const backup = path.join(folder, 'home.backup');
	writeBackup(backup, await place.sealed());
	await vault.change(content => ({
		content: {...content, credentials: content.credentials.filter(({name}) => name !== 'lost')},
		result: undefined,
	}));
	const state = {vault: fs.readFileSync(file), seen: fs.readFileSync(`${file}.seen`), backup: fs.readFileSync(backup)};
	const putBack = (): void => {
		fs.rmSync(path.dirname(file), {recursive: true});
		fs.mkdirSync(path.dirname(file), {mode: 0o700});
		fs.writeFileSync(file, state.vault);
		fs.writeFileSync(`${file}.seen`, state.seen);
	};
	/** Lets processes die at one call after the other, until one is through; `check` sees what each has left. */
	async function each(task: string, check: (isThrough: boolean) => Promise<void>): Promise<number> {
		for (let call = 1; ; call += step) {
			putBack();
			const {code} = await startChild(script, [task, file, String(call), String((call + rounds) % 2)]).ended;
			await check(code === 0);
			if (code === 0) return call;
		}
	}
	const namesNow = async (): Promise<string> =>
		(await (await place.unlock(passphrase)).read()).credentials.map(({name}) => name).join();
	return {folder, file, place, backup, state, each, namesNow};
}

test('a backup that is killed at any call leaves a whole file of that name or none', async t => {
	const {folder, file, backup, state, each} = await withBackup(t);
	fs.rmSync(backup);
	const outcomes = {none: 0, whole: 0};
	const calls = await each('die-in-backup', async isThrough => {
		const isThere = fs.existsSync(backup);
		outcomes[isThere ? 'whole' : 'none']++;
		assert.ok(isThere || !isThrough);
		if (isThere) assert.ok(fs.readFileSync(backup).equals(state.vault));
		assert.ok(fs.readFileSync(file).equals(state.vault));
		fs.rmSync(backup, {force: true});
		for (const name of fs.readdirSync(folder)) if (name.endsWith('.part')) fs.rmSync(path.join(folder, name));
		assert.deepEqual(fs.readdirSync(folder).sort(), ['home', 'vault-child.cjs']);
	});
	t.diagnostic(`died at one of ${calls} calls; ${outcomes.none} times none, ${outcomes.whole} times a whole backup`);
});

test('a merge that is killed at any call leaves the vault as it was, or with all that was merged', async t => {
	const {file, place, each, namesNow} = await withBackup(t);
	const outcomes: Record<string, number> = {counter: 0, 'counter,lost': 0};
	const calls = await each('die-in-merge', async isThrough => {
		const names = await namesNow();
		assert.ok(names in outcomes, names);
		outcomes[names] = (outcomes[names] ?? 0) + 1;
		assert.ok(!isThrough || names === 'counter,lost');
		const vault = await place.unlock(passphrase);
		await vault.change(content => addCredential(content, draft('next'), new Date()));
		for (const name of fs.readdirSync(path.dirname(file)))
			assert.match(name, /^vault\.json(\.seen|\.\d{4}-\d\d-\d\d|\.lock\.try-.*)?$/);
	});
	t.diagnostic(`died at one of ${calls} calls: ${JSON.stringify(outcomes)}`);
	assert.ok(Object.values(outcomes).every(count => count > 0));
});

test('a replacement that is killed at any call leaves the old or the new vault, never taken for rolled back', async t => {
	const {file, state, each, namesNow} = await withBackup(t);
	const outcomes = {old: 0, new: 0};
	const calls = await each('die-in-replace', async isThrough => {
		const isNew = fs.readFileSync(file).equals(state.backup);
		assert.ok(isNew || fs.readFileSync(file).equals(state.vault));
		assert.ok(isNew || !isThrough);
		outcomes[isNew ? 'new' : 'old']++;
		const kept = fs.readdirSync(path.dirname(file)).filter(name => name.includes('.replaced-'));
		for (const name of kept)
			assert.ok(readSealedVault(path.join(path.dirname(file), name)).bytes.equals(state.vault), 'a whole one');
		if (isNew) assert.equal(kept.length, 1);
		assert.equal(await namesNow(), isNew ? 'counter,lost' : 'counter');
	});
	t.diagnostic(`died at one of ${calls} calls: ${outcomes.old} old, ${outcomes.new} new`);
	assert.ok(outcomes.old > 3 && outcomes.new > 0);
});
