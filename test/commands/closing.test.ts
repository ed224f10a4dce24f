import assert from 'node:assert/strict';
import {test} from 'node:test';
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
