import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {spawn} from '@lydell/node-pty';
import {openProgram, program} from '../helpers/program.js';

const question = '\u001b]11;?';

function folder(context: TestContext): string {
	const home = mkdtempSync(join(tmpdir(), 'background-'));
	context.after(() => rmSync(home, {recursive: true, force: true}));
	return home;
}

function open(context: TestContext, script?: string) {
	const command = script === undefined ? {} : {command: ['/bin/sh', '-c', script]};
	return openProgram(context, {home: folder(context), args: ['--demo'], ...command});
}

test('the terminal is asked for its background once, after the first frame, and a light one changes the colours', async context => {
	const terminal = open(context);
	await terminal.see(/billing/);
	assert.equal(terminal.written().split(question).length, 2);
	assert.ok(terminal.written().indexOf('pharmer') < terminal.written().indexOf(question));
	const before = terminal.written().length;
	// Blue, where another background has cyan.
	assert.doesNotMatch(terminal.written(), /\u001b\[34m/);
	terminal.answer(Buffer.from('\u001b]11;rgb:fdfd/f6f6/e3e3\u0007'));
	terminal.press('?');
	await terminal.see(/Keys and commands/);
	assert.match(terminal.written().slice(before), /\u001b\[34m/);
	assert.doesNotMatch(terminal.text(), /rgb|fdfd/);
	terminal.press('ctrl+c', 'ctrl+c');
	assert.equal(await terminal.ended(), 0);
});

test('a terminal without colour, the console of Linux and a screen reader are not asked', async context => {
	for (const variable of ['NO_COLOR=1', 'TERM=linux', 'ACCESSIBLE=1']) {
		const terminal = open(context, `${variable} ${process.execPath} ${program} --demo`);
		await terminal.see(/billing|keys: /);
		terminal.press('ctrl+c');
		await terminal.ended();
		assert.ok(!terminal.written().includes(question), variable);
	}
});

test('a slow answer of the terminal never reaches the shell, also when the app is left at once', {
	skip: process.platform === 'win32' && 'there is no sh',
}, async context => {
	const home = folder(context);
	// Afterwards the shell shows what is left to read.
	const left = "stty -icanon -echo min 0 time 3; printf 'LEFT:'; dd bs=1 count=50 2>/dev/null | od -c; echo END";
	const pty = spawn('/bin/sh', ['-c', `${process.execPath} ${program} --demo; ${left}`], {
		name: 'xterm-256color',
		env: {PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', PHARMER_AGENT: 'off'},
		cwd: home,
	});
	context.after(() => pty.kill('SIGKILL'));
	const written = await new Promise<string>(resolve => {
		let text = '';
		let sent = 0;
		pty.onData(data => {
			text += data;
			// It answers once the app was asked to leave, and has drawn that it does.
			if (sent === 1) pty.write('\u001b]11;rgb:ffff/ffff/ffff\u0007\u001b[?62;22c');
			if (sent > 0) sent++;
			if (sent === 0 && text.includes(question)) {
				sent = 1;
				pty.write('\u0003');
			}
			if (/END/.test(text)) resolve(text);
		});
	});
	assert.match(written, /LEFT:0000000\r?\nEND/);
});
