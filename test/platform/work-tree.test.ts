import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {isInWorkTree} from '../../source/platform/work-tree.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const onlyRoot = process.getuid?.() === 0 ? false : 'SKIPPED: only root can make files of others';

test('a file lies in a work tree when a `.git` is beside it or above, a directory or a file', context => {
	const folder = temporaryFolder(context);
	const file = join(folder, 'a', 'b', '.env');
	assert.equal(isInWorkTree(file), false);
	fs.mkdirSync(join(folder, 'a', 'b'), {recursive: true});
	fs.writeFileSync(join(folder, 'a', '.git'), 'gitdir: x\n');
	assert.equal(isInWorkTree(file), true);
	fs.rmSync(join(folder, 'a', '.git'));
	fs.mkdirSync(join(folder, 'a', 'b', '.git'));
	assert.equal(isInWorkTree(file), true);
});

test("somebody else's `.git` keeps no file from being closed, as in /tmp", {skip: onlyRoot}, context => {
	const folder = temporaryFolder(context);
	const git = join(folder, '.git');
	fs.mkdirSync(git);
	assert.equal(isInWorkTree(join(folder, '.env')), true);
	fs.chownSync(git, 4242, 4242);
	assert.equal(isInWorkTree(join(folder, '.env')), false);
});
