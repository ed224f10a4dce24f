import assert from 'node:assert/strict';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {openProgram, temporaryHome} from '../helpers/program.js';

const windows = process.platform === 'win32' ? 'SKIPPED: Windows has no such signals' : false;

/** What the program has sent to the terminal's own clipboard (OSC 52), the last time; empty for a clear. */
function sent(written: string): string | undefined {
	const all = [...written.matchAll(/\u001b\]52;c;([^\u0007\u001b]*)/g)];
	const last = all.at(-1)?.[1];
	return last === undefined ? undefined : Buffer.from(last, 'base64').toString();
}

/** The demo over ssh, with the secret of the first credential copied. */
async function copied(context: Pick<TestContext, 'after'>) {
	const app = openProgram(context, {
		home: temporaryHome(context),
		args: ['--demo'],
		environment: {SSH_TTY: '/dev/pts/9'},
		columns: 120,
	});
	await app.see(/Credentials 20/);
	app.press('y');
	await app.see(/clipboard 4\d s/);
	return app;
}

test('a copy over ssh goes to the terminal, is reported as sent, and is cleared on quit', async context => {
	const app = await copied(context);
	await app.see(/Sent, cleared in \d+ s: Secret access key of backups, to the terminal/);
	assert.doesNotMatch(app.text(), /Copied/);
	assert.match(sent(app.written()) ?? '', /^EXAMPLE\/BACKUPS2E/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	assert.equal(sent(app.written()), '');
});

for (const signal of ['SIGTERM', 'SIGHUP']) {
	test(`${signal} clears the clipboard`, {skip: windows}, async context => {
		const app = await copied(context);
		app.kill(signal);
		await app.ended();
		assert.equal(sent(app.written()), '');
	});
}

test('the demo writes neither an export nor settings', async context => {
	const home = temporaryHome(context);
	const app = openProgram(context, {home, args: ['--demo'], columns: 100});
	await app.see(/pharmer --demo/);
	app.press('x', join(home, 'out.yaml'), 'enter');
	await app.see(/this is the demo: nothing is written/);
	app.press('esc', 'esc', ',', 'right');
	await app.see(/< light >/);
	app.press('esc', 'q');
	assert.equal(await app.ended(), 0);
	assert.ok(!existsSync(join(home, 'out.yaml')));
	assert.ok(!existsSync(join(home, '.config')));
});

test('settings persist across runs, and only its owner can read an export', async context => {
	const home = temporaryHome(context);
	const environment = {PHARMER_PASSPHRASE: 'correct horse battery staple'};
	const first = openProgram(context, {home, environment});
	await first.see(/No credentials yet/);
	first.press(',', 'down', 'right');
	await first.see(/< 60 seconds >/);
	first.press(
		'esc',
		'n',
		'generic',
		'enter',
		'one',
		'enter',
		'enter',
		'token',
		'enter',
		'a-secret-token',
		'enter',
		'enter',
	);
	await first.see(/review/);
	first.press('enter');
	await first.see(/one is in the vault/);
	first.press('enter', 'x', '~/out.yaml', 'enter');
	await first.see(/One manifest, secrets in clear, in \//);
	first.press('q');
	assert.equal(await first.ended(), 0);
	assert.match(readFileSync(join(home, 'out.yaml'), 'utf8'), /token: a-secret-token/);
	if (process.platform !== 'win32') assert.equal(statSync(join(home, 'out.yaml')).mode & 0o777, 0o600);

	const second = openProgram(context, {home, environment});
	await second.see(/Credentials 1/);
	second.press(',');
	await second.see(/clipboard +60 seconds/);
	second.press('esc', 'q');
	assert.equal(await second.ended(), 0);
});

test('a click and the wheel select once the mouse is turned on in the settings', async context => {
	const app = openProgram(context, {home: temporaryHome(context), args: ['--demo'], columns: 100});
	await app.see(/❯ backups/);
	assert.doesNotMatch(app.written(), /\u001b\[\?1000h/);
	app.press(',', 'down', 'down', 'down', 'down', 'down', 'down', 'right');
	await app.see(/mouse +< on >/);
	app.press('esc');
	await app.see(/❯ backups/);
	app.press('\u001b[<0;6;6M');
	await app.see(/❯ ci-temporary/);
	app.press('\u001b[<65;6;6M');
	await app.see(/❯ do-kubernetes/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	assert.match(app.written(), /\u001b\[\?1006l\u001b\[\?1000l/);
});
