import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {settle} from '../../source/commands/closing.js';
import type {ClosedFile} from '../../source/domain/closed-file.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {closeFile} from '../../source/tasks/close-file.js';
import {withClosedFiles} from '../../source/vault/closed/section.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content, VaultPlace} from '../../source/vault/vault.js';
import {afterClosing, closingHome, closingTime} from '../helpers/closing-home.js';
import {runCommandLine, usualPassphrase} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {fakeClosing} from '../helpers/fake-closing.js';

test('refuses lines that mean nothing', async () => {
	for (const [line, said] of [
		['import --close --reopen', /exclude each other/],
		['import --close --all', /`--all` and `--output` keep and list/],
		['import --close --dry-run -o json', /`--all` and `--output` keep and list/],
		['import --reopen --all', /`--all` and `--output` keep and list/],
		['import --reopen --from aws', /takes the paths of files/],
		['import --yes', /`--yes` is for `--close` and `--reopen`/],
		['import --close --force', /`--force` is for `--reopen`/],
	] as const) {
		const {code, stderr} = await runCommandLine(line.split(' '), {credentials: []});
		assert.equal(code, 2, line);
		assert.match(stderr, said, line);
	}
});

test('without a terminal --yes is needed, and without a vault there is nothing to close', async () => {
	for (const line of ['import --close', 'import --close-env', 'import --reopen']) {
		const asked = await runCommandLine(line.split(' '), {credentials: [storedCredential('aws')]});
		assert.deepEqual([asked.code, /add --yes to (close|reopen)/.test(asked.stderr)], [2, true], line);
		const none = await runCommandLine([...line.split(' '), '--yes']);
		assert.equal(none.code, 13, line);
	}
});

test('--reopen passes over what another machine has closed, and says how much that is', async () => {
	const closed = (machine: string, path: string): ClosedFile => ({
		id: path,
		machine,
		path,
		target: path,
		closing: 'references',
		mode: 0o600,
		closedMode: 0o600,
		owner: 1000,
		at: '2026-03-01T11:00:00Z',
		sha256: createHash('sha256').update('closed').digest('hex'),
		old: new Secret(Buffer.from('open').toString('base64')),
		size: 4,
		credentials: [],
		isDone: true,
	});
	const place = (...files: readonly ClosedFile[]): VaultPlace =>
		memoryVaultPlace(withClosedFiles<Content>({credentials: [], trash: []}, files), usualPassphrase);
	const {machine, written} = fakeClosing({'/a': 'closed', '/b': 'closed'});
	const run = (vault: VaultPlace, ...paths: readonly string[]) =>
		runCommandLine(['import', '--reopen', '--yes', ...paths], {place: vault, closing: machine});
	const vault = place(closed('here', '/a'), closed('there', '/b'));
	const unknown = await run(vault, '/b');
	assert.deepEqual(
		[unknown.code, /1 file was closed on another machine: reopen it there/.test(unknown.stderr)],
		[4, true],
	);
	const both = await run(vault);
	assert.equal(both.code, 0, both.stderr);
	assert.deepEqual([...written], [['/a', ['open', 0o600]]]);
	const {stderr} = await run(place(closed('there', '/a'), closed('elsewhere', '/b')));
	assert.match(stderr, /^2 files were closed on another machine: reopen them there\nno file of this machine is closed/);
});

test('a word of its own is answered with the flag', async () => {
	for (const word of ['close', 'reopen']) {
		const {code, stderr} = await runCommandLine([word]);
		assert.equal(code, 2);
		assert.match(stderr, /here it is `pharmer import/);
	}
});

test('the command that puts an interrupted file back has its path as one word of the shell', async context => {
	const {home, vault, machine, step} = await closingHome(context, {
		'.env': [`HCLOUD_TOKEN=${'h'.repeat(64)}\n`, 0o644],
	});
	const folder = join(home, 'a;touch x;$(id)');
	const path = join(folder, '.env');
	const usual = await step('.env');
	fs.mkdirSync(folder);
	fs.renameSync(usual.path, path);
	const file = machine.examine(path);
	assert.ok(file);
	const replace = async (): Promise<void> => {
		fs.writeFileSync(path, 'x');
		throw new PharmerError('file', 'the disk is gone');
	};
	const closing = closeFile({...usual, path, file}, vault, {...machine, replace}, closingTime);
	await assert.rejects(closing, /the disk is gone/);
	const said: string[] = [];
	const stderr = {write: (text: string) => said.push(text) > 0};
	await settle(vault, machine, {stderr, now: afterClosing});
	assert.match(
		said.join(''),
		/was interrupted.*`pharmer import --reopen --force '[^']+a;touch x;\$\(id\)[^']+'` puts it there/,
	);
});
