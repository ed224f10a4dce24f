import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {keyId, secretKey} from '../helpers/credentials.js';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';

const canaries = [
	secretKey,
	passphrase,
	Buffer.from(secretKey).toString('base64').slice(0, 40),
	Buffer.from(secretKey).toString('hex'),
];

/** Where every byte that leaves the process goes through: written, sent, or handed to another program. */
const calls =
	'trace=execve,write,pwrite64,writev,pwritev,sendto,sendmsg,rename,renameat2,link,linkat,symlink,symlinkat,mkdir,openat';

/** Whether system calls can be watched here. Where CI is set they have to be. */
function canTrace(): boolean {
	const works = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0;
	if (!works && process.env.CI) throw new Error('strace is needed and does not work here');
	return works;
}

const skip = canTrace() ? false : 'SKIPPED: strace is not installed, so nothing is known of what the program writes';

function traced(home: string, args: readonly string[]): readonly string[] {
	return [
		'strace',
		'-f',
		'-qq',
		'-s',
		'100000',
		'-e',
		calls,
		'-o',
		join(home, 'trace'),
		process.execPath,
		program,
		...args,
	];
}

function assertNoCanary(home: string, what: string): void {
	const trace = readFileSync(join(home, 'trace'), 'utf8');
	assert.match(trace, /execve\(/);
	assert.match(trace, /vault\.json/, 'the trace saw the vault being written');
	for (const line of trace.split('\n')) {
		for (const canary of canaries) assert.ok(!line.includes(canary), `${what}: ${line.slice(0, 80)}`);
	}
}

async function runTraced(
	context: TestContext,
	home: string,
	args: readonly string[],
	environment: Readonly<Record<string, string>>,
): Promise<number> {
	return openProgram(context, {home, environment, command: traced(home, args)}).ended();
}

test('create, edit, delete and run leak no secret through system calls', {skip}, async context => {
	const home = temporaryHome(context);
	const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey, PHARMER_PASSPHRASE: passphrase};
	assert.equal(await runTraced(context, home, ['create', 'credential', 'aws', '--from-env'], environment), 0);
	assertNoCanary(home, 'create');
	assert.equal(await runTraced(context, home, ['edit', 'credential', 'aws', '--note', 'x'], environment), 0);
	assertNoCanary(home, 'edit');
	assert.equal(await runTraced(context, home, ['delete', 'credential', 'aws', '--yes'], environment), 0);
	assertNoCanary(home, 'delete');
	assert.equal(await runTraced(context, home, ['restore', 'credential', 'aws'], environment), 0);
	assertNoCanary(home, 'restore');
	const referring = {
		...environment,
		KEY: 'pharmer://aws/secretAccessKey',
		URL: '<{{ pharmer://aws/secretAccessKey }}>',
	};
	assert.equal(await runTraced(context, home, ['run', '--', 'sh', '-c', 'exit 0'], referring), 0);
	assertNoCanary(home, 'run');
	const masked = ['run', '--mask', '--', 'sh', '-c', 'echo "$KEY" | cat >&2'];
	const line = ['sh', '-c', '"$@" 2>/dev/null | cat', 'sh', ...traced(home, masked)];
	await openProgram(context, {home, environment: referring, command: line}).ended();
	const trace = readFileSync(join(home, 'trace'), 'utf8').split('\n');
	const pharmer = /^\d+/.exec(trace[0] ?? '')?.[0] ?? '';
	const own = trace.filter(each => each.startsWith(`${pharmer} `));
	assert.ok(own.some(each => each.includes('[redacted]')));
	assert.ok(
		!own.some(each => canaries.some(canary => each.includes(canary))),
		'the program writes what is masked only',
	);
	assert.equal(await runTraced(context, home, ['get', 'credentials', 'aws', '-o', 'yaml'], environment), 0);
	assert.ok(
		readFileSync(join(home, 'trace'), 'utf8').includes(secretKey),
		'a secret that is asked for is seen, so one that leaks would be',
	);
});

test('the app leaks no typed secret through system calls', {skip}, async context => {
	const home = temporaryHome(context);
	const app = openProgram(context, {home, command: traced(home, [])});
	await app.see(/Welcome to pharmer/);
	app.press(passphrase, 'enter', passphrase, 'enter');
	await app.see(/No credentials yet/);
	app.press('n', 'enter', 'aws', 'enter', 'enter', keyId, 'enter', secretKey, 'enter', 'enter', 'enter');
	await app.see(/aws is in the vault/);
	app.press('enter', 'd');
	await app.see(/y delete {2}esc/);
	app.press('y');
	await app.see(/Deleted aws/);
	app.press('z');
	await app.see(/aws is back/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	assertNoCanary(home, 'the app');
});

test('a revealed secret is gone from the terminal however the app ends', async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	for (const leave of ['q', 'ctrl+c', 'SIGTERM', 'SIGHUP']) {
		const app = openProgram(context, {home, columns: 120});
		await app.see(/vault is locked/);
		app.press(passphrase, 'enter');
		await app.see(/Credentials 1/);
		app.press('r');
		await app.see(new RegExp(secretKey));
		if (leave.startsWith('SIG')) app.kill(leave);
		else app.press(leave);
		await app.ended();
		assert.equal(app.isAlternate(), false, leave);
		assert.ok(!app.text().includes(secretKey), leave);
		assert.match(app.written(), /\u001b\[\?25h(?![\s\S]*\u001b\[\?25l)/, `${leave}: the cursor is shown again`);
		// Not every terminal takes the app's screen away: nothing of it may be left there either.
		const last = app.written().slice(app.written().lastIndexOf(secretKey));
		assert.match(
			last.slice(0, last.lastIndexOf('\u001b[?1049l')),
			leave.startsWith('SIG') ? /\u001b\[2J/ : /leaving…/,
			leave,
		);
	}
});

test('an editor gets the manifest in a private file in memory, which is removed afterwards', async context => {
	if (process.platform !== 'linux') return context.skip('SKIPPED: only Linux has a file system in memory to look at');
	const home = temporaryHome(context);
	const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey, PHARMER_PASSPHRASE: passphrase};
	await putVault(usualVault(home), typedAws());
	const editor = join(home, 'editor.sh');
	writeFileSync(
		editor,
		`#!/bin/sh\necho "$1" > ${home}/seen; stat -c '%a %T' "$1" >> ${home}/seen; stat -f -c %T "$1" >> ${home}/seen; env > ${home}/environment\nsed -i 's/${keyId}/AKIAZZZZZZZZZZZZZZZZ/' "$1"\n`,
		{mode: 0o755},
	);
	const {code, stderr} = await runProgram({
		args: ['edit', 'credential', 'aws', '--editor'],
		home,
		environment: {...environment, EDITOR: `${editor} `},
	});
	assert.equal(code, 0, stderr);
	const [path = '', mode, kind] = readFileSync(join(home, 'seen'), 'utf8').split('\n');
	assert.match(mode ?? '', /^600 /);
	assert.equal(kind, 'tmpfs');
	assert.equal(existsSync(path), false);
	assert.equal(existsSync(dirname(path)), false);
	assert.ok(
		!readFileSync(join(home, 'environment'), 'utf8').includes(passphrase),
		'the editor does not get the passphrase',
	);
	const {stdout} = await runProgram({args: ['get', 'credentials', 'aws', '-o', 'json'], home, environment});
	assert.equal(JSON.parse(stdout).spec.data.accessKeyID, 'AKIAZZZZZZZZZZZZZZZZ');
});

test('text typed while the command line tries a passphrase is not echoed', async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	const terminal = openProgram(context, {args: ['get', 'credentials'], home});
	await terminal.see(/Passphrase:/);
	terminal.press('wrong', 'enter', passphrase, 'enter');
	assert.equal(await terminal.ended(), 0);
	assert.match(terminal.text(), /Try again[\s\S]*aws +aws/);
	assert.ok(!terminal.written().includes(passphrase));
	assert.ok(!terminal.text().includes('horse'));
});

test('the vault is replaced by a rename even when SNAP is set', {skip}, async context => {
	const home = temporaryHome(context);
	const environment = {
		AWS_ACCESS_KEY_ID: keyId,
		AWS_SECRET_ACCESS_KEY: secretKey,
		PHARMER_PASSPHRASE: passphrase,
		SNAP: '/snap/x/1',
	};
	assert.equal(await runTraced(context, home, ['create', 'credential', 'aws', '--from-env'], environment), 0);
	const trace = readFileSync(join(home, 'trace'), 'utf8');
	assert.match(trace, /rename\("[^"]*vault\.json\.tmp-[^"]*", "[^"]*vault\.json"\)/);
	assert.doesNotMatch(trace, /vault\.json", O_WRONLY\|O_CREAT\|O_TRUNC/);
});
