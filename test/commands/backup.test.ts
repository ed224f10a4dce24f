import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential, deleteCredentials, getByName, replaceCredential} from '../../source/vault/operations.js';
import {readSealedVault} from '../../source/vault/sealed-vault.js';
import {runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {changePassphrase, draft, ofCode, quick, temporaryFolder} from '../helpers/vault-samples.js';

const own = new Secret(usualPassphrase);
const nobody = {PHARMER_PASSPHRASE: undefined};

/** A vault of `a` and `b`, and a command line over it. */
async function withVault(t: TestContext) {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'vault', 'v');
	const place = fileVaultPlace(file, {...quick, now: () => new Date('2026-11-29T12:00:00Z')});
	const vault = await place.create(own);
	for (const name of ['a', 'b'])
		await vault.change(content => addCredential(content, draft(name, {token: `secret of ${name}`}), new Date()));
	const run = (words: readonly string[], world: Partial<World> = {}) => runCommandLine(words, {place, ...world});
	const backup = path.join(folder, 'backup');
	const names = async (): Promise<string> => {
		const opened = await place.unlock(own);
		return (await opened.read()).credentials.map(({name}) => name).join();
	};
	return {folder, file, place, vault, run, backup, names};
}

/** Changes `b`, deletes `a`, and adds `c`, so that a backup from before has a conflict and something that is gone. */
async function diverge(vault: Awaited<ReturnType<typeof withVault>>['vault']): Promise<void> {
	await vault.change(content =>
		replaceCredential(content, getByName(content, 'b'), draft('b', {token: 'newer secret'}), new Date()),
	);
	await vault.change(content => deleteCredentials(content, [getByName(content, 'a')], new Date()));
	await vault.change(content => addCredential(content, draft('c'), new Date()));
}

test('backup writes the vault as it is and asks for nothing', async t => {
	const {file, backup, run} = await withVault(t);
	const {code, stdout, stderr, asked} = await run(['backup', backup], {environment: nobody, answers: []});
	assert.deepEqual([code, stdout, asked], [0, '', []]);
	assert.match(stderr, /^wrote the vault to `.*backup`, sealed as it is/);
	assert.ok(fs.readFileSync(backup).equals(fs.readFileSync(file)));
});

test('a vault that is gone is not taken for one that never was', async t => {
	const {file, run} = await withVault(t);
	fs.rmSync(file);
	const listed = await run(['get', 'credentials']);
	assert.equal(listed.code, 13);
	assert.match(listed.stderr, /the vault `.*` is gone\nput it back, or a copy, which `pharmer doctor` names/);
	const made = await run(['create', 'box', '-p', 'hetzner', '--from-env'], {
		environment: {HCLOUD_TOKEN: 'x'.repeat(64)},
	});
	assert.match(
		made.stderr,
		/^A new vault is made at .*\nwarning: a vault was there before and is gone: `pharmer restore/,
	);
});

test('backup overwrites nothing and refuses what is no name for one', async t => {
	const {folder, file, backup, run} = await withVault(t);
	fs.writeFileSync(backup, 'mine');
	const cases: readonly (readonly [target: string, code: number, message: RegExp])[] = [
		[backup, 9, /exists already\nnothing is overwritten/],
		[file, 9, /exists already/],
		[folder, 9, /is a directory\nname a file in it: `.*vault\.json`/],
		[path.join(folder, 'nowhere', 'x'), 9, /its directory does not exist/],
		['-', 2, /a backup is a file/],
		['', 2, /the path of FILE is empty/],
		[`${file}.next`, 2, /a name that pharmer uses itself/],
		[`${file}.2026-12-24`, 2, /a name that pharmer uses itself/],
	];
	for (const [target, code, message] of cases) {
		const outcome = await run(['backup', target]);
		assert.equal(outcome.code, code, target);
		assert.match(outcome.stderr, message);
	}
	assert.equal(fs.readFileSync(backup, 'utf8'), 'mine');
	assert.equal((await run(['backup'])).code, 2);
});

test('backup takes no vault that is damaged, rolled back or not there', async t => {
	const {file, place, backup, run, vault} = await withVault(t);
	const older = fs.readFileSync(file);
	await vault.change(content => addCredential(content, draft('c'), new Date()));
	fs.writeFileSync(file, older);
	assert.equal((await run(['backup', backup])).code, 8);
	assert.equal((await run(['backup', backup, '--accept-rollback'])).code, 0);
	fs.rmSync(backup);
	fs.writeFileSync(file, older.subarray(0, 900));
	assert.equal((await run(['backup', backup])).code, 8);
	fs.rmSync(file);
	assert.equal((await run(['backup', backup])).code, 13);
	assert.equal(fs.existsSync(backup), false);
	assert.equal(place.exists(), false);
});

test('without a vault, restore-vault puts FILE in place, without a question', async t => {
	const {file, backup, run, names} = await withVault(t);
	await run(['backup', backup]);
	fs.rmSync(path.dirname(file), {recursive: true});
	const {code, stderr, asked} = await run(['restore-vault', backup], {environment: nobody, answers: []});
	assert.deepEqual([code, asked], [0, []]);
	assert.match(stderr, /^put `.*backup` in place as the vault `.*v`; its passphrase opens it/);
	assert.equal(await names(), 'a,b');
});

test('a lost vault comes back from the copy of a day, although a newer one is remembered', async t => {
	const {file, run, names} = await withVault(t);
	fs.rmSync(file);
	assert.equal((await run(['restore-vault', `${file}.2026-11-29`])).code, 0);
	assert.equal(await names(), 'a');
});

test('restore-vault adds what is not there, and asks nothing where the key of the vault opens FILE', async t => {
	const {backup, run, names, vault} = await withVault(t);
	await run(['backup', backup]);
	await vault.change(content => deleteCredentials(content, [getByName(content, 'a')], new Date()));
	const {code, stderr, asked} = await run(['restore-vault', backup], {answers: []});
	assert.deepEqual([code, asked], [0, []]);
	assert.equal(stderr, 'brought back `a`, deleted here before\n');
	assert.equal(await names(), 'b,a');
	const again = await run(['restore-vault', backup]);
	assert.deepEqual([again.code, again.stderr], [0, `nothing new: the vault has all that \`${backup}\` holds\n`]);
});

test('without a terminal conflicts are listed without a value, the rest is added, and the code is 12', async t => {
	const {backup, run, names, vault} = await withVault(t);
	await run(['backup', backup]);
	await diverge(vault);
	const {code, stdout, stderr, opened} = await run(['restore-vault', backup]);
	assert.deepEqual([code, stdout, opened], [12, '', []]);
	assert.match(stderr, /^brought back `a`/);
	assert.match(stderr, /^conflict: `b` differs in `token`$/m);
	assert.match(
		stderr,
		/1 credential in `.*backup` differs from the vault's, and nothing was done about it; what has no conflict is merged\nrun it in a terminal/,
	);
	assert.doesNotMatch(stderr, /secret/);
	assert.equal(await names(), 'b,c,a');
});

test('on a terminal the app decides about conflicts, and nothing is written before', async t => {
	const {file, backup, run, vault} = await withVault(t);
	await run(['backup', backup]);
	await diverge(vault);
	const before = fs.readFileSync(file);
	const {code, opened} = await run(['restore-vault', backup], {answers: [], app: {kind: 'quit'}});
	assert.equal(code, 0);
	const [request] = opened;
	assert.deepEqual(request?.start, {kind: 'merge', file: backup});
	assert.ok(request?.opened !== undefined);
	assert.deepEqual(
		request.takeOther?.()?.credentials.map(({name}) => name),
		['a', 'b'],
	);
	assert.equal(request.takeOther?.(), undefined, 'it is handed over once');
	assert.ok(fs.readFileSync(file).equals(before));
	const left = await run(['restore-vault', backup], {answers: [], app: {kind: 'cancelled'}});
	assert.equal(left.code, 3);
	assert.match(left.stderr, /nothing was merged/);
});

/** Another vault, with its own passphrase. */
async function another(folder: string, passphrase: string): Promise<string> {
	const file = path.join(folder, 'another');
	const vault = await fileVaultPlace(file, quick).create(new Secret(passphrase));
	await vault.change(content => addCredential(content, draft('from-another', {token: 'its secret'}), new Date()));
	return file;
}

test("FILE's passphrase comes from its descriptor, its variable, or a question of its own", async t => {
	const {folder, run, names} = await withVault(t);
	const file = await another(folder, 'other words');
	const needed = await run(['restore-vault', file]);
	assert.equal(needed.code, 2);
	assert.match(needed.stderr, /the passphrase of `.*another` is needed[\s\S]*give --file-passphrase-fd N/);
	const wrong = await run(['restore-vault', file, '--file-passphrase-fd', '4'], {descriptors: {4: 'wrong'}});
	assert.equal(wrong.code, 6);
	assert.match(wrong.stderr, /that is not the passphrase of `.*another`\nnothing was changed/);
	assert.equal(await names(), 'a,b');
	const given = await run(['restore-vault', file, '--file-passphrase-fd', '4'], {descriptors: {4: 'other words\n'}});
	assert.deepEqual([given.code, given.stderr], [0, 'added `from-another`\n']);
	const variable = await run(['restore-vault', file], {environment: {PHARMER_FILE_PASSPHRASE: 'other words'}});
	assert.match(variable.stderr, /^nothing new/);
	const asked = await run(['restore-vault', file], {answers: ['', 'wrong', 'other words']});
	assert.equal(asked.code, 0);
	assert.deepEqual(asked.asked, Array(3).fill(`Passphrase of ${file}: `));
	const never = await run(['restore-vault', file], {answers: ['one', 'two', 'three', 'four']});
	assert.equal(never.code, 6);
});

test('a backup from before a new key asks for the passphrase that it had', async t => {
	const {backup, run, vault} = await withVault(t);
	await run(['backup', backup]);
	await changePassphrase(vault, 'new words');
	const environment = {PHARMER_PASSPHRASE: 'new words'};
	const {code, asked} = await run(['restore-vault', backup], {environment, answers: [usualPassphrase]});
	assert.deepEqual([code, asked], [0, [`Passphrase of ${backup}: `]]);
});

test('--replace asks for a word to be typed, keeps what was there, and is not taken for a rollback', async t => {
	const {file, place, backup, run, names, vault} = await withVault(t);
	await run(['backup', backup]);
	await diverge(vault);
	const newer = fs.readFileSync(file);
	const alone = await run(['restore-vault', backup, '--replace']);
	assert.equal(alone.code, 2);
	assert.match(alone.stderr, /add --yes/);
	const no = await run(['restore-vault', backup, '--replace'], {answers: ['yes']});
	assert.deepEqual([no.code, no.asked], [3, ['Type replace to do it: ']]);
	assert.ok(fs.readFileSync(file).equals(newer));
	const yes = await run(['restore-vault', backup, '--replace'], {environment: nobody, answers: ['replace']});
	assert.equal(yes.code, 0);
	assert.match(
		yes.stderr,
		/^warning: `.*` is an older state of this vault, \d of \d: what was changed since is not in it$/m,
	);
	assert.match(yes.stderr, /what was there is `.*v\.replaced-2026-11-29`: remove it when you are sure/);
	assert.equal(await names(), 'a,b');
	assert.ok(fs.readFileSync(`${file}.replaced-2026-11-29`).equals(newer));
	const same = await run(['restore-vault', backup, '--replace', '--yes']);
	assert.deepEqual([same.code, /what was there/.test(same.stderr)], [0, false]);
	await vault.close();
	const changed = await (await place.unlock(own)).change(content => addCredential(content, draft('d'), new Date()));
	assert.equal(changed.name, 'd');
	const again = await run(['restore-vault', backup, '--replace', '--yes']);
	assert.match(again.stderr, /v\.replaced-2026-11-29-2/);
});

test('--replace puts a backup in place of a damaged vault', async t => {
	const {file, backup, run, names} = await withVault(t);
	await run(['backup', backup]);
	fs.writeFileSync(file, 'rubbish');
	const damaged = await run(['restore-vault', backup]);
	assert.equal(damaged.code, 8);
	assert.match(damaged.stderr, /is not a pharmer vault/);
	const {code, stderr} = await run(['restore-vault', backup, '--replace', '-y'], {environment: nobody});
	assert.equal(code, 0, stderr);
	assert.equal(await names(), 'a,b');
	assert.equal(fs.readFileSync(`${file}.replaced-2026-11-29`, 'utf8'), 'rubbish');
});

test('restore-vault refuses what can not be meant, and leaves everything as it is', async t => {
	const {folder, file, run} = await withVault(t);
	const rubbish = path.join(folder, 'rubbish');
	fs.writeFileSync(rubbish, 'rubbish');
	const before = fs.readFileSync(file);
	const cases: readonly (readonly [words: readonly string[], code: number, message: RegExp])[] = [
		[[], 2, /FILE is missing/],
		[['-'], 2, /not standard input/],
		[[''], 2, /the path of FILE is empty/],
		[[file, '--yes'], 2, /`--yes` needs `--replace`/],
		[[file, '--replace', '--yes'], 2, /is the vault itself/],
		[[file, '--replace', '--file-passphrase-fd', '4'], 2, /needs no passphrase/],
		[[file, '--passphrase-fd', '4', '--file-passphrase-fd', '4'], 2, /can't be the same/],
		[[path.join(folder, 'nothing')], 9, /there is no file at/],
		[[folder], 9, /it is a directory/],
		[[rubbish], 8, /is not a pharmer vault\nchoose another copy/],
		[[rubbish, '--replace', '--yes'], 8, /is not a pharmer vault/],
	];
	for (const [words, code, message] of cases) {
		const outcome = await run(['restore-vault', ...words]);
		assert.equal(outcome.code, code, words.join(' '));
		assert.match(outcome.stderr, message);
	}
	assert.ok(fs.readFileSync(file).equals(before));
	assert.throws(() => readSealedVault(rubbish), ofCode('damaged'));
});

test('a new key names the copies that are made and removed', async t => {
	const {file, run} = await withVault(t);
	fs.copyFileSync(file, `${file}.replaced-2026-11-28`);
	const {code, stderr} = await run(['rekey'], {answers: []});
	assert.equal(code, 0, stderr);
	assert.match(stderr, /kept a copy of the vault as it is now: `.*v\.2026-11-29`/);
	assert.match(stderr, /removed `.*v\.replaced-2026-11-28`, which the old key opened/);
});
