import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {program, temporaryHome} from '../helpers/program.js';

/** More than a frame of 1,000 × 400 cells takes with its colours, and far less than one of 65,535 × 65,535. */
const mostBytes = 2_000_000;

for (const [columns, rows] of [
	[65_535, 65_535],
	[10_000, 10],
	[80, 10_000],
] as const) {
	test(`a window of ${columns}×${rows} is drawn only in part, and ctrl+c quits the app`, async context => {
		const home = temporaryHome(context);
		const pty = spawn(process.execPath, [program, '--demo'], {
			cols: 80,
			rows: 24,
			cwd: home,
			env: {PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', TERM: 'xterm-256color'},
		});
		let written = '';
		let code: number | undefined;
		pty.onData(data => {
			written += data;
		});
		pty.onExit(({exitCode, signal}) => {
			code = signal ? 128 + signal : exitCode;
		});
		context.after(() => {
			if (code === undefined) pty.kill('SIGKILL');
		});
		const until = async (done: () => boolean): Promise<void> => {
			for (let wait = 0; wait < 600 && !done(); wait++) await sleep(50);
			assert.ok(done(), `${written.length} bytes written, the last: ${JSON.stringify(written.slice(-200))}`);
		};
		await until(() => written.includes('Credentials'));
		written = '';
		pty.resize(columns, rows);
		// Unchanged rows are not written again.
		await until(() => written !== '');
		pty.write('\u0003');
		await until(() => code !== undefined);
		assert.equal(code, 0);
		assert.ok(written.length < mostBytes, `${written.length} bytes for one frame and the end`);
	});
}
