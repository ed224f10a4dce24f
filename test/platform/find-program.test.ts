import assert from 'node:assert/strict';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {findProgram} from '../../source/platform/find-program.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const skip = process.platform === 'win32' ? 'SKIPPED: Windows has no permission to run a file' : false;

test('a program is what a shell would start: not a directory, nor a file that may not be run', {skip}, context => {
	const folder = temporaryFolder(context);
	const [one, two] = ['one', 'two'].map(name => join(folder, name));
	assert.ok(one && two);
	for (const each of [one, two, join(one, 'tool')]) mkdirSync(each);
	writeFileSync(join(one, 'text'), '', {mode: 0o644});
	for (const name of ['tool', 'text']) writeFileSync(join(two, name), '', {mode: 0o755});
	symlinkSync(join(two, 'tool'), join(two, 'link'));
	symlinkSync('nowhere', join(one, 'lost'));
	const find = (name: string, list = `${one}:${two}`) => findProgram(name, {PATH: list}, 'linux');
	assert.equal(find('tool'), join(two, 'tool'));
	assert.equal(find('text'), join(two, 'text'));
	assert.equal(find('link'), join(two, 'link'));
	assert.equal(find('lost'), undefined);
	assert.equal(find(join(two, 'tool'), ''), join(two, 'tool'));
	assert.equal(find(join(one, 'tool')), undefined);
	assert.equal(find('tool', 'two:.:'), undefined, 'in another directory it would be another one');
	assert.equal(findProgram('tool', {}, 'linux'), undefined);
	assert.equal(findProgram('sh', {}, 'linux')?.endsWith('/bin/sh'), true, 'without PATH a shell looks there');
	assert.equal(
		find(`./${relative(process.cwd(), join(two, 'tool'))}`),
		join(two, 'tool'),
		'never a name to look up again',
	);
});

test('on Windows the endings of programs are tried', context => {
	const folder = temporaryFolder(context);
	writeFileSync(join(folder, 'tool.CMD'), '', {mode: 0o755});
	assert.equal(findProgram('tool', {Path: folder}, 'win32'), join(folder, 'tool.CMD'));
	assert.equal(findProgram('tool', {PATH: folder, PATHEXT: '.EXE'}, 'win32'), undefined);
});
