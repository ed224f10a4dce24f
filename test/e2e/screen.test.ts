import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {keyId, secretKey} from '../helpers/credentials.js';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';
import {isColour, styleCodes} from '../helpers/style-codes.js';

const keys = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey};

async function homeWith(context: TestContext, ...names: readonly string[]) {
	const home = temporaryHome(context);
	const vault = usualVault(home);
	await putVault(vault, ...names.map(name => typedAws(name)));
	return {home, vault};
}

test('a damaged, newer or rolled-back vault is reported before the passphrase is asked for', async context => {
	const {home, vault} = await homeWith(context, 'first');
	const older = readFileSync(vault);
	const environment = {...keys, PHARMER_PASSPHRASE: passphrase};
	assert.equal(
		(await runProgram({args: ['create', 'credential', 'second', '-p', 'aws', '-l'], home, environment})).code,
		0,
	);
	const good = readFileSync(vault);
	const open = () => openProgram(context, {home});

	writeFileSync(vault, good.subarray(0, 500));
	const damaged = open();
	await damaged.see(/The vault is damaged/);
	writeFileSync(vault, good);
	damaged.press('ctrl+r');
	await damaged.see(/The vault is locked/);
	damaged.press('esc');
	assert.equal(await damaged.ended(), 0);

	writeFileSync(vault, good.toString().replace('"version": 2', '"version": 9'));
	const newer = open();
	await newer.see(/of a newer pharmer/);
	newer.press('ctrl+o', 'esc');
	assert.equal(await newer.ended(), 0);

	writeFileSync(vault, older);
	const rolledBack = open();
	await rolledBack.see(/older than it was/);
	rolledBack.press('banana split, quick\r');
	await rolledBack.see(/older than it was/);
	rolledBack.press('ctrl+o');
	await rolledBack.see(/The vault is locked/);
	rolledBack.press(passphrase, 'enter');
	await rolledBack.see(/Credentials 1/);
	rolledBack.press('q');
	await rolledBack.ended();
	assert.ok(readFileSync(vault).equals(older), 'nothing was written');
});

test('a credential that a command creates appears in the open list', async context => {
	const {home} = await homeWith(context, 'first');
	const app = openProgram(context, {home});
	await app.see(/vault is locked/);
	app.press(passphrase, 'enter');
	await app.see(/Credentials 1/);
	const environment = {...keys, PHARMER_PASSPHRASE: passphrase};
	assert.equal(
		(await runProgram({args: ['create', 'credential', 'second', '-p', 'aws', '-l'], home, environment})).code,
		0,
	);
	await app.see(/Credentials 2/);
	app.press('q');
	await app.ended();
});

test('a passphrase from the environment unlocks the app, and a wrong one is reported', async context => {
	const {home} = await homeWith(context, 'first');
	const right = openProgram(context, {home, environment: {PHARMER_PASSPHRASE: passphrase}});
	await right.see(/Credentials 1/);
	right.press('q');
	await right.ended();
	const wrong = openProgram(context, {home, environment: {PHARMER_PASSPHRASE: 'nope'}});
	await wrong.see(/passphrase that was given is wrong/);
	wrong.press('ctrl+c');
	assert.equal(await wrong.ended(), 0);
});

test('a window that is too small says so, and a larger one shows the draft again', async context => {
	const {home} = await homeWith(context, 'first');
	const app = openProgram(context, {home, environment: {PHARMER_PASSPHRASE: passphrase}});
	await app.see(/Credentials 1/);
	app.press('n', 'enter', 'half-typed');
	await app.see(/half-typed is free/);
	app.resize(30, 6);
	await app.see(/make the window/);
	app.resize(100, 30);
	await app.see(/half-typed is free/);
	app.press('ctrl+c');
	await app.see(/Discard the draft/);
	app.press('ctrl+c');
	assert.equal(await app.ended(), 0);
});

test('NO_COLOR and --no-color turn off colour, and CI does not turn off the app', async context => {
	const {home} = await homeWith(context, 'first');
	const runs: readonly (readonly [args: readonly string[], environment: Readonly<Record<string, string>>])[] = [
		[[], {NO_COLOR: '1'}],
		[[], {NO_COLOR: '1', CI: 'true'}],
		[['--no-color'], {}],
	];
	for (const [args, environment] of runs) {
		const app = openProgram(context, {args, home, environment: {...environment, PHARMER_PASSPHRASE: passphrase}});
		await app.see(/❯ first/);
		app.press('d');
		await app.see(/Delete first/);
		app.press('ctrl+c');
		await app.ended();
		const codes = [...styleCodes(app.written())];
		assert.deepEqual(codes.filter(isColour), []);
		assert.ok(codes.includes(7), 'the selection is inverse without colour too');
	}
	const coloured = openProgram(context, {home, environment: {PHARMER_PASSPHRASE: passphrase}});
	await coloured.see(/❯ first/);
	coloured.press('q');
	await coloured.ended();
	assert.ok(styleCodes(coloured.written()).has(36));
});

test('Ctrl-Z locks and suspends the app, and fg returns to the same credential', async context => {
	if (process.platform === 'win32') return context.skip('SKIPPED: Windows has no job control');
	if (spawnSync('bash', ['--version']).status !== 0) {
		if (process.env.CI) throw new Error('bash is needed');
		return context.skip('SKIPPED: bash is not installed');
	}
	const {home} = await homeWith(context, 'first', 'second');
	const shell = openProgram(context, {
		home,
		environment: {PHARMER_PASSPHRASE: passphrase, PS1: 'ready> '},
		command: ['bash', '--norc', '-i'],
	});
	await shell.see(/ready>/);
	shell.press(`"${process.execPath}" "${program}"\r`);
	await shell.see(/Credentials 2/);
	shell.press('down', 'r');
	await shell.see(new RegExp(secretKey));
	shell.press('ctrl+z');
	await shell.see(/Stopped/);
	assert.ok(!shell.text().includes(secretKey));
	shell.press('echo still here\r');
	await shell.see(/^still here/m);
	shell.resize(90, 28);
	shell.press('fg\r');
	await shell.see(/The vault is locked/);
	shell.press(passphrase, 'enter');
	await shell.see(/› second/);
	assert.ok(!shell.text().includes(secretKey), 'hidden before the stop, and still');
	shell.press('esc');
	await shell.see(/❯ second/);
	shell.press('q');
	await shell.see(/ready> *$/);
	shell.press('exit\r');
	await shell.ended();
});

test('the app starts and quits with DEV in the environment', async context => {
	const {home} = await homeWith(context, 'first');
	const app = openProgram(context, {home, environment: {DEV: 'true', PHARMER_PASSPHRASE: passphrase}});
	await app.see(/❯ first/);
	app.press('q');
	assert.equal(await app.ended(), 0);
});

test('the app reports that it was updated while it runs, and continues', async context => {
	const {home} = await homeWith(context, 'first');
	const copy = join(home, 'program');
	cpSync(dirname(program), join(copy, 'dist'), {recursive: true});
	writeFileSync(join(copy, 'package.json'), '{"type": "module"}');
	const app = openProgram(context, {home, command: [process.execPath, join(copy, 'dist', basename(program))]});
	await app.see(/The vault is locked/);
	app.press(passphrase, 'enter');
	await app.see(/Credentials 1/);
	rmSync(join(copy, 'dist'), {recursive: true});
	app.press('i');
	await app.see(/a part of pharmer is gone: it was updated meanwhile; start the app again/);
	app.press('esc', '/', 'fir');
	await app.see(/❯ first/);
	app.press('esc', 'q');
	assert.equal(await app.ended(), 0);
});
