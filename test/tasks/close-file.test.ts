import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {type CredentialContent, contentOf} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import {importers} from '../../source/look/importers.js';
import {closeFile} from '../../source/tasks/close-file.js';
import {closedHere, settleClosed} from '../../source/tasks/closed-state.js';
import type {ClosingMachine} from '../../source/tasks/closing-machine.js';
import {reopenFile} from '../../source/tasks/reopen-file.js';
import {closedFiles, oldBytesOf} from '../../source/vault/closed/section.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {
	addCredentials,
	deleteCredentials,
	getByName,
	purgeTrash,
	purgeVersions,
	replaceCredential,
} from '../../source/vault/operations.js';
import {
	afterClosing,
	type ClosingHome,
	closingHome,
	closingTime,
	dropClaims,
	type HomeFiles,
	putFiles,
	snapshot,
} from '../helpers/closing-home.js';
import {fields} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {atEachCall} from '../helpers/disk-faults.js';
import {machineFiles} from '../helpers/machine.js';
import {size} from '../helpers/rounds.js';
import {ofCode, passphrase, quick} from '../helpers/vault-samples.js';

const isWindows = process.platform === 'win32';
const aws = `# mine\n[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\nregion = x\n`;
const doctl = `access-token: dop_v1_${'a'.repeat(64)}\n`;
const env = `HCLOUD_TOKEN="${'h'.repeat(64)}"\nA=1\n`;
const someFiles = {
	'.aws/credentials': [aws, 0o640],
	'.config/doctl/config.yaml': [doctl, 0o644],
	'.env': [env, 0o644],
} as const;

/** Somebody has used every tool: each file is open to others but those of AWS. */
const everyFile: HomeFiles = Object.fromEntries(
	Object.values(machineFiles).flatMap(files =>
		Object.entries(files).map(([name, text]) => [name, [text, name.startsWith('.aws') ? 0o600 : 0o644]] as const),
	),
);

async function closeAll({plan, vault, machine}: ClosingHome): Promise<number> {
	const steps = (await plan()).filter(each => each.closing !== undefined);
	for (const step of steps) await closeFile(step, vault, machine, closingTime);
	return steps.length;
}

async function reopenAll({vault, machine}: ClosingHome): Promise<void> {
	for (const each of (closedFiles(await vault.read()) ?? []).toReversed())
		await reopenFile(each, vault, machine, false, closingTime);
}

test("a home with all tools' files is closed, and reopened to the byte with all modes", async context => {
	if (isWindows) return context.skip('SKIPPED: Windows has no permission bits');
	const home = await closingHome(context, {...everyFile, '.env': [env, 0o644]});
	const before = snapshot(home.home);
	const steps = await home.plan();
	assert.deepEqual(
		steps.filter(each => each.closing === undefined).map(({path: file}) => file),
		[],
		'nothing is left',
	);
	assert.equal(steps.length >= importers.length, true, `${steps.length} files`);
	const count = await closeAll(home);
	const closed = snapshot(home.home);
	const rewritten = ['.aws/credentials', '.aws/config', '.env'];
	for (const name of steps.map(each => path.relative(home.home, each.path)).filter(each => !rewritten.includes(each)))
		assert.equal(closed.get(name), before.get(name)?.replace(/^\d+/, '600'), name);
	assert.equal(closed.get('.env'), `644 ${env.replace(/h{64}/, 'pharmer://hetzner/token')}`);
	assert.match(
		closed.get('.aws/credentials') ?? '',
		/credential_process = \/opt\/node \/opt\/pharmer aws credential-process /,
	);
	await reopenAll(home);
	assert.deepEqual(snapshot(home.home), before);
	assert.deepEqual(closedFiles(await home.vault.read()), []);
	context.diagnostic(`${count} files of ${importers.length} tools closed and reopened`);
});

test('the vault on the disk has the old text before the new one is in its place', async context => {
	const home = await closingHome(context, someFiles);
	for (const [name, old] of [
		['.aws/credentials', aws],
		['.env', env],
	] as const) {
		const step = await home.step(name);
		let checked = 0;
		await closeFile(
			step,
			home.vault,
			{
				...home.machine,
				async replace(file, bytes, mode) {
					const other = await fileVaultPlace(home.file, quick).unlock(passphrase);
					const sealed = closedFiles(await other.read())?.find(each => each.path === step.path);
					assert.ok(sealed);
					assert.deepEqual([oldBytesOf(sealed)?.toString(), sealed.isDone], [old, false]);
					assert.equal(fs.readFileSync(step.path, 'utf8'), old);
					checked++;
					return home.machine.replace(file, bytes, mode);
				},
			},
			closingTime,
		);
		assert.equal(checked, 1);
		assert.equal(closedFiles(await home.vault.read())?.find(each => each.path === step.path)?.isDone, true);
	}
});

test('a purge takes the old text of a file with it, wherever in the file a secret stood and whenever it was', async context => {
	const token = (character: string): string => character.repeat(64);
	const temporary = `[temp]\naws_access_key_id = ASIA${'A'.repeat(16)}\naws_secret_access_key = ${'x'.repeat(40)}\naws_session_token = ${'y'.repeat(40)}\n`;
	const text = `# ${token('n')} ${token('b')} ${token('t')}\n${aws}${temporary}`;
	const home = await closingHome(context, {'.aws/credentials': text});
	const {vault} = home;
	const hetzner = (name: string, character: string): CredentialContent =>
		contentOf(storedCredential(name, {provider: 'hetzner', data: fields({token: token(character)})}));
	const added = [hetzner('now', 'n'), hetzner('before', 'b'), hetzner('trashed', 't')];
	await vault.change(content => addCredentials(content, added, closingTime()));
	const before = getByName(await vault.read(), 'before');
	await vault.change(content => replaceCredential(content, before, hetzner('before', 'z'), closingTime()));
	await vault.change(content => deleteCredentials(content, [getByName(content, 'trashed')], closingTime()));
	await closeFile(await home.step('.aws/credentials'), vault, home.machine, closingTime);
	const content = await vault.read();
	const {credentials, trash} = content;
	assert.deepEqual(credentials.map(({name}) => name).sort(), ['aws', 'aws-temp', 'before', 'now']);
	for (const each of [...credentials, ...trash])
		assert.deepEqual(closedFiles(purgeVersions(content, each).content), [], each.name);
	assert.deepEqual(closedFiles(purgeTrash(content, trash).content), []);
});

test('a trial that gives other keys, or none, leaves the file', async context => {
	const home = await closingHome(context, someFiles);
	const before = snapshot(home.home);
	const step = await home.step('.aws/credentials');
	const given = await home.machine.tryProcess('x aws');
	assert.ok(given);
	for (const keys of [
		undefined,
		{...given, accessKeyId: 'AKIA'},
		{accessKeyId: given.accessKeyId, secretAccessKey: passphrase},
	])
		await assert.rejects(
			closeFile(step, home.vault, {...home.machine, tryProcess: async () => keys}, closingTime),
			ofCode('wrong-passphrase', /left as it is/),
		);
	assert.deepEqual(snapshot(home.home), before);
	assert.deepEqual(closedFiles(await home.vault.read()), []);
});

test('what changed meanwhile, in the file or in the vault, is left, and nothing is kept of it', async context => {
	const home = await closingHome(context, someFiles);
	const {vault, machine} = home;
	for (const name of Object.keys(someFiles)) {
		const step = await home.step(name);
		fs.appendFileSync(step.path, '# more\n');
		await assert.rejects(
			closeFile(step, vault, machine, closingTime),
			ofCode('conflict', /changed by somebody else meanwhile/),
		);
		assert.match(fs.readFileSync(step.path, 'utf8'), /# more\n$/);
	}
	const step = await home.step('.aws/credentials');
	const edited = getByName(await vault.read(), 'aws');
	await vault.change(content => replaceCredential(content, edited, {...edited, note: 'x'}, closingTime()));
	await assert.rejects(closeFile(step, vault, machine, closingTime), ofCode('conflict', /`aws` was changed/));
	assert.deepEqual(closedFiles(await vault.read()), []);
});

test('a file that is no more what was written is reopened only by force, also when it is gone', async context => {
	const home = await closingHome(context, someFiles);
	const {vault, machine} = home;
	const before = snapshot(home.home);
	await closeAll(home);
	const files = closedFiles(await vault.read()) ?? [];
	for (const each of files.filter(({closing}) => closing !== 'mode')) fs.appendFileSync(each.path, '# more\n');
	fs.appendFileSync(files.find(({closing}) => closing === 'mode')?.path ?? '', '# more\n');
	const after = snapshot(home.home);
	for (const each of files)
		await assert.rejects(
			reopenFile(each, vault, machine, false, closingTime),
			ofCode('conflict', /is not what was written/),
		);
	assert.deepEqual(snapshot(home.home), after);
	fs.rmSync(path.join(home.home, '.env'));
	const gone = files.find(each => each.path.endsWith('.env'));
	assert.ok(gone);
	await assert.rejects(
		reopenFile(gone, vault, machine, false, closingTime),
		ofCode('conflict', /is not there any more/),
	);
	for (const each of files.filter(({closing}) => closing !== 'mode'))
		await reopenFile(each, vault, machine, true, closingTime);
	const forced = snapshot(home.home);
	assert.deepEqual(
		['.aws/credentials', '.env'].map(name => forced.get(name)),
		['.aws/credentials', '.env'].map(name => before.get(name)),
	);
	const [mode, another] = closedFiles(await vault.read()) ?? [];
	assert.ok(mode !== undefined && another === undefined);
	await assert.rejects(reopenFile(mode, vault, machine, false, closingTime), {
		code: 'conflict',
		hint: /its mode was 0644, and `--force` forgets that$/,
	});
	assert.equal(await reopenFile(mode, vault, machine, true, closingTime), 'forgotten');
	assert.equal(snapshot(home.home).get('.config/doctl/config.yaml'), `600 ${doctl}# more\n`);
	assert.deepEqual(closedFiles(await vault.read()), []);
});

for (const name of ['.env', '.config/doctl/config.yaml']) {
	test(`what ${name} leads to instead of the file that was closed is left, also by force`, async context => {
		if (isWindows) return context.skip('SKIPPED: links need rights on Windows');
		const home = await closingHome(context, someFiles);
		const {vault, machine} = home;
		const [link, real, other] = [name, 'real', 'other'].map(each => path.join(home.home, each)) as [
			string,
			string,
			string,
		];
		fs.renameSync(link, real);
		fs.symlinkSync(real, link);
		await closeFile(await home.step(name), vault, machine, closingTime);
		const [closed] = closedFiles(await vault.read()) ?? [];
		assert.ok(closed);
		fs.copyFileSync(real, other);
		fs.rmSync(link);
		fs.symlinkSync(other, link);
		const before = snapshot(home.home);
		for (const isForced of [false, true])
			await assert.rejects(reopenFile(closed, vault, machine, isForced, closingTime), {
				code: 'conflict',
				hint: /make it lead to `.*real` again first/,
			});
		assert.deepEqual(snapshot(home.home), before);
		assert.equal(closedFiles(await vault.read())?.length, 1);
	});
}

for (const [what, meddle] of [
	['settles', ({vault, machine}: ClosingHome) => settleClosed(vault, machine, closingTime)],
	['settles a minute later', ({vault, machine}: ClosingHome) => settleClosed(vault, machine, afterClosing)],
	['reopens', reopenAll],
] as const) {
	test(`a process that ${what} while another closes a file takes no old text away`, async context => {
		const home = await closingHome(context, someFiles);
		const {vault, machine} = home;
		const before = snapshot(home.home);
		const count = {noted: 0, kept: 0};
		const meddled: ClosingMachine = {
			...machine,
			async replace(...file) {
				count.noted++;
				await meddle(home);
				count.kept += closedFiles(await vault.read())?.length ?? 0;
				return machine.replace(...file);
			},
		};
		await closeFile(await home.step('.env'), vault, meddled, closingTime);
		assert.deepEqual(count, {noted: 1, kept: what.endsWith('later') ? 0 : 1});
		assert.deepEqual(
			closedFiles(await vault.read())?.map(({isDone}) => isDone),
			[true],
		);
		await reopenAll(home);
		assert.deepEqual(snapshot(home.home), before);
	});
}

test('a secret that is purged while its file is being closed does not come back with the old text', async context => {
	const token = 'b'.repeat(64);
	const home = await closingHome(context, {'.aws/credentials': `# ${token}\n${aws}`});
	const {vault, machine} = home;
	const hetzner = (secret: string): CredentialContent =>
		contentOf(storedCredential('before', {provider: 'hetzner', data: fields({token: secret})}));
	await vault.change(content => addCredentials(content, [hetzner(token)], closingTime()));
	const before = getByName(await vault.read(), 'before');
	await vault.change(content => replaceCredential(content, before, hetzner('z'.repeat(64)), closingTime()));
	const purging: ClosingMachine = {
		...machine,
		async replace(...file) {
			await vault.change(content => purgeVersions(content, getByName(content, 'before')));
			return machine.replace(...file);
		},
	};
	await closeFile(await home.step('.aws/credentials'), vault, purging, closingTime);
	assert.deepEqual(closedFiles(await vault.read()), []);
});

test('one machine leaves what another has closed, also where it has the same files', async context => {
	const home = await closingHome(context, someFiles);
	const {vault, machine} = home;
	const count = await closeAll(home);
	putFiles(home.home, someFiles);
	for (const id of [undefined, 'another']) {
		const another = {...machine, id: () => id};
		assert.deepEqual(await settleClosed(vault, another, afterClosing), []);
		assert.deepEqual(closedHere(await vault.read(), another), {files: [], elsewhere: count});
	}
	assert.equal(closedHere(await vault.read(), machine).files.length, count);
});

test('a file of somebody else in the place of a closed one is left, also by force', async context => {
	const home = await closingHome(context, someFiles);
	const {vault, machine} = home;
	await closeAll(home);
	const after = snapshot(home.home);
	const foreign: ClosingMachine = {
		...machine,
		examine(path) {
			const file = machine.examine(path);
			return file && {...file, uid: file.uid + 1};
		},
	};
	for (const each of closedFiles(await vault.read()) ?? [])
		for (const isForced of [false, true])
			await assert.rejects(
				reopenFile(each, vault, foreign, isForced, closingTime),
				ofCode('conflict', /belongs to somebody else now/),
			);
	assert.deepEqual(snapshot(home.home), after);
	assert.equal(closedFiles(await vault.read())?.length, 3);
});

test('a link is followed, stays, and is not followed any more once it leads elsewhere', async context => {
	if (isWindows) return context.skip('SKIPPED: links need rights on Windows');
	const home = await closingHome(context, someFiles);
	const {vault, machine} = home;
	const link = path.join(home.home, '.env');
	fs.renameSync(link, path.join(home.home, 'real'));
	fs.symlinkSync('real', link);
	const before = snapshot(home.home);
	await closeFile(await home.step('.env'), vault, machine, closingTime);
	assert.match(snapshot(home.home).get('real') ?? '', /^644 HCLOUD_TOKEN="pharmer:\/\/hetzner\/token"\nA=1\n$/);
	assert.equal(snapshot(home.home).get('.env'), before.get('.env'));
	const [closed] = closedFiles(await vault.read()) ?? [];
	assert.ok(closed);
	fs.writeFileSync(path.join(home.home, 'other'), 'A=2\n');
	fs.rmSync(link);
	fs.symlinkSync('other', link);
	await assert.rejects(
		reopenFile(closed, vault, machine, false, closingTime),
		ofCode('conflict', /leads to `.*other` now/),
	);
	assert.equal(fs.readFileSync(path.join(home.home, 'other'), 'utf8'), 'A=2\n');
	fs.rmSync(link);
	fs.symlinkSync('real', link);
	fs.rmSync(path.join(home.home, 'other'));
	await reopenFile(closed, vault, machine, false, closingTime);
	assert.deepEqual(snapshot(home.home), before);
});

for (const code of ['ENOSPC', 'EIO', 'EACCES'].slice(0, size(1, 3))) {
	for (const name of Object.keys(someFiles)) {
		test(`${code} at any call leaves ${name} old or new, and in the vault what puts it back`, async context => {
			if (isWindows) return context.skip('SKIPPED: Windows has no permission bits');
			const home = await closingHome(context, someFiles);
			const {vault, machine} = home;
			const before = snapshot(home.home).get(name);
			const outcomes = {old: 0, new: 0, sealed: 0};
			let done: string | undefined;
			let step = await home.step(name);
			const calls = await atEachCall(
				code,
				() => closeFile(step, vault, machine, closingTime),
				async (error, at) => {
					dropClaims(home.home, path.dirname(home.file));
					if (error !== undefined) assert.ok(error instanceof PharmerError, `call ${at}: ${error}`);
					const found = snapshot(home.home).get(name);
					const sealed = closedFiles(await vault.read())?.filter(each => each.path === step.path) ?? [];
					const isOld = found === before;
					if (!isOld) {
						done ??= found;
						assert.equal(found, done, `call ${at}: neither the old nor the new file`);
						assert.equal(sealed.length, 1, `call ${at}`);
						if (step.closing !== 'mode')
							assert.equal(`${sealed[0]?.mode.toString(8)} ${oldBytesOf(sealed[0] ?? assert.fail())}`, before);
					}
					outcomes[isOld ? 'old' : 'new']++;
					if (sealed.length > 0) outcomes.sealed++;
					if (error === undefined) assert.ok(!isOld && sealed[0]?.isDone === true);
					assert.deepEqual(await settleClosed(vault, machine, afterClosing), []);
					const settled = closedFiles(await vault.read()) ?? [];
					assert.deepEqual(
						settled.map(({isDone}) => isDone),
						isOld ? [] : [true],
						`call ${at}`,
					);
					for (const each of settled) await reopenFile(each, vault, machine, false, closingTime);
					assert.equal(snapshot(home.home).get(name), before, `call ${at}: reopened`);
					step = await home.step(name);
				},
				size(9, 1),
			);
			context.diagnostic(`${calls} calls: ${JSON.stringify(outcomes)}`);
			assert.ok(outcomes.old > 1 && outcomes.new > 1);
		});

		test(`${code} at any call of reopening leaves ${name} closed or as it was`, async context => {
			if (isWindows) return context.skip('SKIPPED: Windows has no permission bits');
			const home = await closingHome(context, someFiles);
			const {vault, machine} = home;
			const before = snapshot(home.home).get(name);
			await closeFile(await home.step(name), vault, machine, closingTime);
			const closed = snapshot(home.home).get(name);
			const outcomes = {open: 0, closed: 0};
			await atEachCall(
				code,
				async () => {
					const [only] = closedFiles(await vault.read()) ?? [];
					await reopenFile(only ?? assert.fail(), vault, machine, false, closingTime);
				},
				async (error, at) => {
					dropClaims(home.home, path.dirname(home.file));
					if (error !== undefined) assert.ok(error instanceof PharmerError, `call ${at}: ${error}`);
					const found = snapshot(home.home).get(name);
					assert.ok(found === before || found === closed, `call ${at}: neither`);
					outcomes[found === before ? 'open' : 'closed']++;
					if (error === undefined) assert.equal(found, before);
					await settleClosed(vault, machine, afterClosing);
					const settled = closedFiles(await vault.read()) ?? [];
					assert.equal(settled.length, found === before ? 0 : 1, `call ${at}`);
					if (found === before) await closeFile(await home.step(name), vault, machine, closingTime);
				},
				size(9, 1),
			);
			context.diagnostic(JSON.stringify(outcomes));
			assert.ok(outcomes.open > 0 && outcomes.closed > 0);
		});
	}
}
