import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {holderText} from '../../source/files/lock-holder.js';
import {makeScratchFolder} from '../../source/platform/scratch-file.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

/** Makes and removes a scratch folder of this process below `parent`, which is on a disk. */
function passBy(context: TestContext, parent: string): void {
	const {TMPDIR, TEMP} = process.env;
	context.after(() => Object.assign(process.env, {TMPDIR: TMPDIR ?? '', TEMP: TEMP ?? ''}));
	Object.assign(process.env, {TMPDIR: parent, TEMP: parent});
	const platform = Object.getOwnPropertyDescriptor(process, 'platform');
	// Only Linux has a place in memory.
	Object.defineProperty(process, 'platform', {value: 'freebsd'});
	try {
		const {folder, onDisk, remove} = makeScratchFolder({});
		assert.ok(onDisk && folder.startsWith(parent));
		remove();
		assert.ok(!existsSync(folder));
	} finally {
		if (platform !== undefined) Object.defineProperty(process, 'platform', platform);
	}
}

test('the next scratch folder removes what a killed process left, and nothing else', context => {
	const parent = temporaryFolder(context);
	const mine = JSON.parse(holderText('x', new Date()));
	const dead = {...mine, pid: spawnSync(process.execPath, ['-e', '']).pid, started: '1'};
	const leave = (name: string, owner: string | undefined): void => {
		mkdirSync(join(parent, name));
		writeFileSync(join(parent, name, 'key.json'), 'a secret');
		if (owner !== undefined) writeFileSync(join(parent, name, '.owner'), owner);
	};
	leave('pharmer-dead', JSON.stringify(dead));
	leave('pharmer-later', JSON.stringify({...mine, started: '1'}));
	leave('pharmer-running', JSON.stringify(mine));
	leave('pharmer-elsewhere', JSON.stringify({...dead, host: 'another'}));
	leave('pharmer-container', JSON.stringify({...dead, space: 'pid:[1]'}));
	leave('pharmer-nobody', undefined);
	leave('pharmer-odd', 'no owner');
	leave('other', JSON.stringify(dead));
	leave('linked', JSON.stringify(dead));
	symlinkSync(join(parent, 'linked'), join(parent, 'pharmer-link'));
	const mode = statSync(join(parent, 'linked')).mode;
	passBy(context, parent);
	// Only Linux says when a process started.
	const later = existsSync('/proc/self/stat') ? [] : ['pharmer-later'];
	assert.deepEqual(
		readdirSync(parent),
		[
			'linked',
			'other',
			'pharmer-container',
			'pharmer-elsewhere',
			...later,
			'pharmer-link',
			'pharmer-nobody',
			'pharmer-odd',
			'pharmer-running',
		].sort(),
	);
	assert.deepEqual(readdirSync(join(parent, 'linked')).sort(), ['.owner', 'key.json']);
	assert.equal(statSync(join(parent, 'linked')).mode, mode);
});
