import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {keyId, secretKey} from '../helpers/credentials.js';
import {program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws} from '../helpers/quick-vault.js';
import {samplesOf} from '../helpers/samples.js';
import {inTwoLanes} from '../helpers/two-lanes.js';

const value = `it's "a" $x \`b\` 100 %\nand\\more\n漢`;

/** A home with a vault that holds an AWS credential, any fields, and a service account. */
async function homeWithVault(context: TestContext) {
	const home = temporaryHome(context);
	const environment = {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: join(home, 'vault.json')};
	const run = (args: readonly string[], input = '', more: Record<string, string> = {}) =>
		runProgram({args, home, input, environment: {...environment, ...more}});
	const [account] = samplesOf('gce');
	await putVault(
		environment.PHARMER_VAULT,
		typedAws(),
		['any', 'generic', {VALUE: value}],
		['gcp', 'gce', account ?? {}],
	);
	return {home, environment, run, account};
}

const dump = [process.execPath, '-e', 'process.stdout.write(JSON.stringify(process.env))'];

test('the command gets the variables to the byte, none that conflict, and no passphrase', async context => {
	const {run} = await homeWithVault(context);
	const more = {AWS_PROFILE: 'old', AWS_SESSION_TOKEN: 'old', AWS_REGION: 'eu-west-1', KEPT: 'yes', SNAP: '/snap/x'};
	const {code, stdout, stderr} = await run(['exec', 'aws', 'any', '--', ...dump], '', more);
	assert.equal(code, 0, stderr);
	const seen = JSON.parse(stdout) as Record<string, string>;
	assert.equal(seen.AWS_ACCESS_KEY_ID, keyId);
	assert.equal(seen.AWS_SECRET_ACCESS_KEY, secretKey);
	assert.equal(seen.VALUE, value);
	assert.deepEqual([seen.KEPT, seen.SNAP], ['yes', '/snap/x']);
	assert.equal(seen.AWS_REGION, 'eu-west-1', 'a credential without a region leaves the choice to the environment');
	for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'PHARMER_PASSPHRASE'])
		assert.equal(seen[name], undefined, name);
	assert.equal(stderr, '');
});

test('exit codes, signals and standard input pass through', async context => {
	const {home, run} = await homeWithVault(context);
	const node = (script: string) => run(['exec', 'aws', '--', process.execPath, '-e', script], 'from outside');
	assert.equal((await node('process.exit(7)')).code, 7);
	assert.equal((await node('process.kill(process.pid, "SIGKILL")')).code, 137);
	assert.equal((await node('process.stdin.pipe(process.stdout)')).stdout, 'from outside');
	const none = await run(['exec', 'aws', '--', 'no-such-command']);
	assert.equal(none.code, 127);
	assert.match(none.stderr, /there is no command `no-such-command`/);
	const plain = join(home, 'plain');
	writeFileSync(plain, 'x');
	chmodSync(plain, 0o600);
	const cannot = await run(['exec', 'aws', '--', plain]);
	assert.equal(cannot.code, 126);
	assert.match(cannot.stderr, /can't be run/);
});

test('the command runs with the umask of its caller', async context => {
	const {home, run} = await homeWithVault(context);
	const file = join(home, 'made');
	const umask = process.umask();
	await run(['exec', 'aws', '--', process.execPath, '-e', `require('fs').writeFileSync(${JSON.stringify(file)}, '')`]);
	assert.equal(statSync(file).mode & 0o777, 0o666 & ~umask);
});

test('the command inherits the given descriptors and no others, not the one of the passphrase', {
	skip: process.platform === 'linux' ? false : 'SKIPPED: only Linux tells which descriptors a process was given',
}, async context => {
	const {home, environment} = await homeWithVault(context);
	const secret = join(home, 'passphrase');
	writeFileSync(join(home, 'file'), 'from descriptor 5');
	writeFileSync(secret, passphrase);
	const run = (script: string): string => {
		const result = spawnSync('bash', ['-c', script, 'bash', process.execPath, program], {
			cwd: home,
			encoding: 'utf8',
			env: {...process.env, ...environment, HOME: home},
		});
		assert.equal(result.status, 0, result.stderr);
		return result.stdout;
	};
	for (const descriptor of [3, 5, 12, 17, 40]) {
		const command = `"$@" exec aws -- sh -c 'cat /dev/fd/${descriptor}' ${descriptor}<file`;
		assert.equal(run(command), 'from descriptor 5', command);
	}
	assert.equal(run('"$@" exec aws -- bash -c \'echo written >&7\' 7>out; cat out'), 'written\n');
	assert.equal(run('"$@" exec aws -- cat <(echo piped)'), 'piped\n');
	assert.equal(run('exec 4< <(echo piped); "$@" exec aws -- bash -c "cat <&4"'), 'piped\n');
	const seen = run('"$@" --passphrase-fd 6 exec aws -- ls /proc/self/fd 5<file 6<passphrase');
	const usual = run('ls /proc/self/fd 5<file');
	assert.equal(seen, usual, 'those of its starter, and not the one of the passphrase');
	const named = 'unset PHARMER_PASSPHRASE; PHARMER_PASSPHRASE_FILE=/dev/fd/6 "$@" exec aws -- ls /proc/self/fd';
	assert.equal(run(`${named} 5<file 6<passphrase 7<&6`), usual, 'nor where a variable names it');
});

/** Runs a command that says where its file is and then waits; gives the running program and that path. */
async function waiting(context: TestContext) {
	const {home, environment, account} = await homeWithVault(context);
	const script =
		'process.stdout.write(process.env.GOOGLE_APPLICATION_CREDENTIALS + " " + process.pid + "\\n"); setInterval(() => {}, 1000)';
	const child = spawn(process.execPath, [program, 'exec', 'gcp', '--files', '--', process.execPath, '-e', script], {
		env: {PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', ...environment},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	context.after(() => child.kill('SIGKILL'));
	const [said] = (await once(child.stdout, 'data')) as [Buffer];
	const [path = '', pid = ''] = said.toString().trim().split(' ');
	return {child, path, pid: Number(pid), account};
}

test('--files passes a service account in a private file in memory, and removes it afterwards', async context => {
	const {child, path, pid, account} = await waiting(context);
	assert.equal(readFileSync(path, 'utf8'), account?.serviceAccount);
	assert.equal(statSync(path).mode & 0o777, 0o600);
	assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
	if (process.platform === 'linux') assert.match(path, /^\/(dev\/shm|run)\//);
	assert.deepEqual(readdirSync(join(path, '..')).filter(name => !name.startsWith('.')).length, 1);
	process.kill(pid, 'SIGKILL');
	const [code] = (await once(child, 'exit')) as [number];
	assert.equal(code, 137);
	assert.ok(!existsSync(join(path, '..')));
});

test('the next run removes the files of a killed run', async context => {
	const {child, path, pid} = await waiting(context);
	child.kill('SIGKILL');
	await once(child, 'exit');
	process.kill(pid, 'SIGKILL');
	assert.ok(existsSync(path));
	const next = await waiting(context);
	assert.ok(!existsSync(join(path, '..')));
	assert.ok(existsSync(next.path));
	process.kill(next.pid, 'SIGKILL');
	await once(next.child, 'exit');
});

test('the next run keeps the files of a command that outlives a killed pharmer', async context => {
	const {child, path, pid} = await waiting(context);
	context.after(() => {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {}
	});
	child.kill('SIGKILL');
	await once(child, 'exit');
	const next = await waiting(context);
	assert.ok(existsSync(path), 'it may still need them');
	process.kill(next.pid, 'SIGKILL');
	await once(next.child, 'exit');
});

test('cleanup does not follow links that a command put in place of its file or folder', async context => {
	const {home, run} = await homeWithVault(context);
	const precious = join(home, 'precious');
	const folder = join(home, 'folder');
	writeFileSync(precious, 'mine');
	mkdirSync(folder);
	chmodSync(folder, 0o755);
	const shell = (script: string) =>
		run(['exec', 'gcp', '--files', '--', 'sh', '-c', script], '', {PRECIOUS: precious, FOLDER: folder});
	for (const script of [
		'ln -sf "$PRECIOUS" "$GOOGLE_APPLICATION_CREDENTIALS"',
		'd=$(dirname "$GOOGLE_APPLICATION_CREDENTIALS"); rm -r "$d"; ln -s "$FOLDER" "$d"; echo "$d"',
	]) {
		const {code, stdout, stderr} = await shell(script);
		assert.deepEqual([code, stderr], [0, ''], script);
		assert.equal(readFileSync(precious, 'utf8'), 'mine', script);
		assert.equal(statSync(folder).mode & 0o777, 0o755, script);
		assert.ok(stdout === '' || !existsSync(stdout.trim()), script);
	}
});

test('cleanup removes copies that a command hid in folders without permissions', async context => {
	const {home, environment} = await homeWithVault(context);
	// Root needs no permissions: the program then runs as nobody.
	const isRoot = process.getuid?.() === 0;
	if (isRoot) for (const each of ['', 'vault.json', 'vault.json.seen']) chownSync(join(home, each), 65_534, 65_534);
	const script =
		'd=$(dirname "$GOOGLE_APPLICATION_CREDENTIALS"); mkdir -p "$d/a/b"; cp "$GOOGLE_APPLICATION_CREDENTIALS" "$d/a/b/copy"; chmod 000 "$d/a/b" "$d/a" "$d"; echo "$d"';
	const {code, stdout, stderr} = await runProgram({
		args: ['exec', 'gcp', '--files', '--', 'sh', '-c', script],
		home,
		environment,
		...(isRoot ? {user: 65_534} : {}),
	});
	assert.deepEqual([code, stderr], [0, '']);
	assert.match(stdout, /pharmer-/);
	assert.ok(!existsSync(stdout.trim()));
});

test('cleanup removes the credential even when the folder is too deep to remove', async context => {
	const {run} = await homeWithVault(context);
	const script =
		'd=$(dirname "$GOOGLE_APPLICATION_CREDENTIALS"); echo "$d"; cd "$d"; n=$(printf "%0200d" 0); for i in $(seq 40); do mkdir "$n"; cd -P "$n" || exit; done';
	const {stdout, stderr} = await run(['exec', 'gcp', '--files', '--', 'bash', '-c', script]);
	const folder = stdout.trim();
	context.after(() => spawnSync('rm', ['-rf', folder]));
	assert.match(folder, /pharmer-/);
	// Whether a path of 8,000 characters can be removed depends on the system.
	if (!existsSync(folder)) return assert.equal(stderr, '');
	assert.match(stderr, /could not be removed/);
	assert.deepEqual(
		readdirSync(folder).filter(name => name.endsWith('.json')),
		[],
	);
});

test('a signal to pharmer ends the command and removes the files', async context => {
	const signals = [
		['SIGTERM', 143],
		['SIGINT', 130],
		['SIGHUP', 129],
		['SIGABRT', 134],
		['SIGSYS', 159],
	] as const;
	await inTwoLanes(signals, async ([signal, expected]) => {
		const {child, path, pid} = await waiting(context);
		child.kill(signal);
		const [code] = (await once(child, 'exit')) as [number];
		assert.equal(code, expected);
		assert.ok(!existsSync(path), signal);
		await sleep(0);
		assert.throws(() => process.kill(pid, 0), /ESRCH/, signal);
	});
});

test('an env file that is a pipe is refused, since Node.js reads it before pharmer does', async context => {
	if (process.platform === 'win32') return context.skip('SKIPPED: Windows has no pipes in the file system');
	const {home, environment} = await homeWithVault(context);
	const {status, stdout, stderr} = spawnSync(
		'bash',
		['-c', '"$@" run --env-file <(echo A=pharmer://any/token) -- env', 'bash', process.execPath, program],
		{env: {...environment, HOME: home, PATH: process.env.PATH}, encoding: 'utf8'},
	);
	assert.deepEqual([status, stdout], [9, '']);
	assert.match(stderr, /is not a regular file\n/);
});
