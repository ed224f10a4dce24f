import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import os from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {thisMachine} from '../../source/tasks/this-machine.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

test('a pipe that is typed as a path is refused, as it would hold up the end of the program', {
	skip: os.platform() === 'win32',
}, async context => {
	const pipe = join(temporaryFolder(context), 'pipe');
	execFileSync('mkfifo', [pipe]);
	const {read} = thisMachine({}, false);
	await assert.rejects(read(pipe), {code: 'file', message: `\`${pipe}\` is not a regular file`});
	await assert.rejects(read(`${pipe}-gone`), {code: 'file', message: `\`${pipe}-gone\` does not exist`});
});
