import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {settle} from '../../source/commands/closing.js';
import {PharmerError} from '../../source/domain/errors.js';
import {closeFile} from '../../source/tasks/close-file.js';
import {closingHome} from '../helpers/closing-home.js';
import {runCommandLine} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

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
	const closing = closeFile({...usual, path, file}, vault, {...machine, replace}, () => new Date());
	await assert.rejects(closing, /the disk is gone/);
	const said: string[] = [];
	const stderr = {write: (text: string) => said.push(text) > 0};
	await settle(vault, machine, {stderr, now: () => new Date()});
	assert.match(
		said.join(''),
		/was interrupted.*`pharmer import --reopen --force '[^']+a;touch x;\$\(id\)[^']+'` puts it there/,
	);
});
