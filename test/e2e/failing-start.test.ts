import assert from 'node:assert/strict';
import {cpSync, mkdirSync, readdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';

const passedOver = [{}, {NODE_OPTIONS: '--unhandled-rejections=none'}, {NODE_OPTIONS: '--unhandled-rejections=warn'}];

test('a start that fails ends with 1 and a line of why, also where Node.js passes over rejections', async context => {
	const home = temporaryHome(context);
	const folder = join(home, 'dist');
	cpSync(dirname(program), folder, {recursive: true});
	rmSync(join(folder, 'core.js'));
	for (const environment of passedOver) {
		const options = {home, environment, script: join(folder, 'cli.js'), args: ['delete', 'credential', 'aws', '-y']};
		assert.deepEqual(await runProgram(options), {
			code: 1,
			stdout: '',
			stderr: 'pharmer: a part of it is gone: was it updated just now?\n',
		});
	}
});

test('an app of which a part is gone says so, with code 9, and leaves a clean terminal', async context => {
	const home = temporaryHome(context);
	const folder = join(home, 'dist');
	cpSync(dirname(program), folder, {recursive: true});
	const parts = readdirSync(folder).filter(name => name.startsWith('ui-effect-runner.'));
	assert.equal(parts.length, 1);
	for (const name of parts) rmSync(join(folder, name));
	const app = openProgram(context, {home, command: [process.execPath, join(folder, 'cli.js'), '--demo']});
	assert.equal(await app.ended(), 9);
	assert.match(app.text(), /^pharmer: a part of pharmer is gone: it was updated meanwhile\nstart the app again$/);
	assert.equal(app.isAlternate(), false);
});

const skip = process.platform === 'win32' ? 'SKIPPED: Windows does not remove a directory that is in use' : false;

test('a working directory that is gone is no success, with the agent and without', {skip}, async context => {
	const home = temporaryHome(context);
	for (const environment of passedOver) {
		const gone = join(home, 'gone');
		mkdirSync(gone);
		const line = ['sh', '-c', 'cd "$1" && rmdir "$1" && shift && exec "$@"', 'sh', gone, process.execPath, program];
		for (const agent of [true, undefined] as const) {
			mkdirSync(gone, {recursive: true});
			const args = [...line.slice(2), '--vault', 'relative', 'get', 'aws', '-o', 'json'];
			const options = {home, environment, node: 'sh', script: '-c', args};
			const {code, stdout, stderr} = await runProgram(agent ? {...options, agent} : options);
			assert.equal(stdout, '');
			assert.ok(code !== 0 && stderr.startsWith('pharmer: '), `${code} ${stderr}`);
		}
	}
});
