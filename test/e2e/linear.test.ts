import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {openProgram, temporaryHome} from '../helpers/program.js';

const windows = process.platform === 'win32' ? 'SKIPPED: Windows has no such signals' : false;

test('screen reader mode writes lines, without the alternate screen', async context => {
	const app = openProgram(context, {
		home: temporaryHome(context),
		args: ['--demo'],
		environment: {INK_SCREEN_READER: 'true'},
	});
	await app.see(/keys: enter open/);
	app.press('down');
	await app.see(/2 of\s20\n/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	assert.match(app.text(), /Credentials, 20\n(.*\n)*.*2 of\s20\nLeft pharmer\.$/);
	assert.doesNotMatch(app.written(), /\u001b\[\?1049h|\u001b\[2J/);
});

test('SIGTERM in screen reader mode removes a shown secret and keeps the lines before it', {
	skip: windows,
}, async context => {
	const app = openProgram(context, {home: temporaryHome(context), args: ['--demo'], environment: {ACCESSIBLE: '1'}});
	await app.see(/keys: enter open/);
	app.press('enter', 'r');
	await app.see(/Shown on the last line/);
	await app.see(/Secret access key: (?!hidden)/);
	app.kill('SIGTERM');
	assert.equal(await app.ended(), 143);
	assert.doesNotMatch(app.text(), /Secret access key: (?!hidden)/);
	assert.match(app.text(), /Shown on the last line for 15 seconds\.$/);
});
