import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws} from '../helpers/quick-vault.js';
import {size} from '../helpers/rounds.js';

const odd = `it's "a" $x \`b\` 100 %\nand a longer line\\more\n漢`;
const large = `begin ${randomBytes(37_000).toString('hex')} "end"\nof the large one`;
const token = 'tok-0123456789';

/** A home with a vault, and what runs scripts of Node.js in the program, masked. */
async function homeWithVault(context: TestContext) {
	const home = temporaryHome(context);
	const environment = {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: join(home, 'vault.json')};
	const fields = {VALUE: odd, LARGE: large, TOKEN: token, PIN: '1234'};
	await putVault(environment.PHARMER_VAULT, typedAws(), ['any', 'generic', fields], ['one', 'generic', {TOKEN: token}]);
	const args = (script: string) => ['exec', 'aws', 'any', '--mask', '--', process.execPath, '-e', script];
	const run = (script: string) => runProgram({args: args(script), home, environment});
	/** Runs a line of bash in which `"$@"` is the program. */
	const bash = (line: string) => {
		const env = {
			PATH: process.env.PATH,
			HOME: home,
			TMPDIR: home,
			LANG: 'C.UTF-8',
			PHARMER_AGENT: 'off',
			...environment,
		};
		return spawnSync('bash', ['-c', line, 'bash', process.execPath, program], {cwd: home, encoding: 'utf8', env});
	};
	return {home, environment, run, bash};
}

const tooShort = 'warning: `PIN` of `any` is too short to be masked\n';

test('no secret is printed: as it is, in JSON, percent-encoded or in base64', async context => {
	const {run} = await homeWithVault(context);
	const script = `
		const {VALUE, LARGE, TOKEN, AWS_SECRET_ACCESS_KEY, AWS_ACCESS_KEY_ID} = process.env;
		const all = [VALUE, LARGE, TOKEN, AWS_SECRET_ACCESS_KEY];
		console.log(AWS_ACCESS_KEY_ID);
		for (const each of all) {
			console.log('<' + each + '>');
			console.error('<' + each + '>');
			console.log(JSON.stringify({each}));
			console.log('<' + encodeURIComponent(each) + '>');
		}
		console.log('<' + Buffer.from(TOKEN.slice(0, 3) + LARGE).toString('base64').length + '>');
		for (const each of all) for (const kind of ['base64', 'base64url']) console.log(Buffer.from(each).toString(kind).slice(-4));
		for (const each of all) for (const kind of ['base64', 'base64url'])
			for (const before of ['', 'a', 'ab']) console.log(Buffer.from(before + each).toString(kind));
		console.log(VALUE.split('\\n')[1]);
	`;
	const {code, stdout, stderr} = await run(script);
	assert.equal(code, 0, stderr);
	const [id, ...lines] = stdout.split('\n');
	assert.match(id ?? '', /^AKIA/);
	const parts = ['<[redacted]>', '{"each":"[redacted]"}', '<[redacted]>'];
	assert.deepEqual(lines.slice(0, 12), [...parts, ...parts, ...parts, ...parts]);
	assert.equal(stderr, `${tooShort}${'<[redacted]>\n'.repeat(4)}`);
	assert.equal(
		lines.filter(each => /^[\w+/-]{0,4}\[redacted\][\w+/=-]{0,3}$/.test(each)).length,
		25,
		stdout.slice(0, 3000),
	);
	for (const each of [odd, large, token, secretKey]) assert.ok(!stdout.includes(each));
});

test('a secret is masked wherever the output is cut, and what begins no secret comes at once', async context => {
	const {home, environment} = await homeWithVault(context);
	// The command writes what comes before each border, and the rest when it is told to.
	const script = `
		const fs = require('fs');
		const {TOKEN} = process.env;
		for (let at = 0; at <= TOKEN.length; at++) {
			fs.writeSync(1, 'Password: ' + TOKEN.slice(0, at));
			fs.readSync(0, Buffer.alloc(1));
			fs.writeSync(1, TOKEN.slice(at) + ' at ' + at + '\\n');
		}
		fs.writeSync(1, TOKEN.slice(0, -1));
	`;
	const child = spawn(process.execPath, [program, 'exec', 'one', '--mask', '--', process.execPath, '-e', script], {
		env: {PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', PHARMER_AGENT: 'off', ...environment},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	let out = '';
	let answered = 0;
	for await (const chunk of child.stdout.setEncoding('utf8')) {
		out += chunk;
		if (out.endsWith('Password: ') || /Password: \[redacted\]$/.test(out)) {
			answered++;
			child.stdin.write('.');
		}
	}
	const lines = Array.from({length: token.length + 1}, (_, at) => `Password: [redacted] at ${at}\n`);
	assert.equal(out, lines.join('') + token.slice(0, -1));
	assert.equal(answered, token.length + 1);
});

test('binary output passes to the byte, and all of it', async context => {
	const {home, bash} = await homeWithVault(context);
	const file = join(home, 'bytes');
	writeFileSync(file, Buffer.concat([Buffer.from([...Array(256).keys()]), randomBytes(size(4, 64) * 1024 * 1024)]));
	const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
	for (const line of [
		'"$@" exec any --mask -- cat bytes | sha256sum',
		'"$@" exec any --mask -- cat bytes > copy && sha256sum < copy',
		'"$@" exec one --mask -- sh -c "cat bytes >&2" 2>&1 >/dev/null | sha256sum',
	]) {
		const {stdout, stderr} = bash(line);
		assert.equal(stdout, `${hash}  -\n`, `${line}: ${stderr}`);
	}
});

test('scripts write to /dev/stderr and /dev/stdout, and in one pipe the order of both stays', async context => {
	const {bash} = await homeWithVault(context);
	const script =
		'for n in 1 2 3 4 5; do echo "$n $TOKEN"; echo "$n error $TOKEN" > /dev/stderr; echo "$n more" | tee /dev/stderr > /dev/null; done';
	const {stdout} = bash(`"$@" exec one --mask -- sh -c '${script}' 2>&1 | cat`);
	const lines = [1, 2, 3, 4, 5].flatMap(n => [`${n} [redacted]`, `${n} error [redacted]`, `${n} more`]);
	assert.equal(stdout, `${lines.join('\n')}\n`);
});

test('the exit code is that of the command, also when its reader goes away', async context => {
	const {bash} = await homeWithVault(context);
	const code = (line: string): string => bash(`${line}; echo "$PIPESTATUS"`).stdout;
	assert.equal(code('"$@" exec one --mask -- sh -c "exit 7" | cat'), '7\n');
	assert.equal(code('"$@" exec one --mask -- sh -c "kill -9 \\$\\$" | cat'), '137\n');
	assert.equal(code('"$@" exec one --mask -- no-such-command | cat'), '127\n');
	assert.equal(code('"$@" exec one --mask -- yes | head -1'), 'y\n141\n');
	assert.equal(code('"$@" exec one -- yes | head -1'), 'y\n141\n', 'as without a mask');
	const gone = bash(
		'"$@" exec one --mask -- sh -c "trap \'\' PIPE; yes 2>/dev/null; echo on >&2; exit 5" | head -1; echo "$PIPESTATUS"',
	);
	assert.deepEqual([gone.stdout, gone.stderr], ['y\n5\n', 'on\n'], 'a command that goes on is waited for');
});

test('standard output that is full ends the command, and is said', {
	skip: process.platform === 'linux' ? false : 'SKIPPED: only Linux has a device that is always full',
}, async context => {
	const {bash} = await homeWithVault(context);
	const {stdout, stderr} = bash('"$@" exec one --mask -- yes >/dev/full; echo $?');
	assert.equal(stdout, '9\n');
	assert.match(stderr, /standard output can't be written: ENOSPC/);
});

test('a stream that is a terminal passes as it is, and one line says so', async context => {
	const {home, environment} = await homeWithVault(context);
	const script = 'test -t 1 && test -t 2 && echo "a terminal, $TOKEN"';
	const both = openProgram(context, {home, environment, args: ['exec', 'one', '--mask', '--', 'sh', '-c', script]});
	assert.equal(await both.ended(), 0);
	assert.match(both.text(), /^warning: a terminal is not masked: standard output and standard error\n/);
	assert.match(both.text(), /a terminal, tok-0123456789/);
	const line = `'${process.execPath}' '${program}' exec one --mask -- sh -c 'test -t 2 && echo "$TOKEN"; echo "$TOKEN" >&2' > out`;
	const one = openProgram(context, {home, environment, command: ['sh', '-c', line]});
	assert.equal(await one.ended(), 0);
	assert.equal(readFileSync(join(home, 'out'), 'utf8'), '[redacted]\n');
	assert.match(one.text(), /^warning: a terminal is not masked: standard error\ntok-0123456789$/);
});

test('output that others of the command still write is waited for', async context => {
	const {bash} = await homeWithVault(context);
	const {stdout} = bash(
		`mkfifo wait; ("$@" exec one --mask -- sh -c '(read x < wait; echo "late $TOKEN") & echo first' | while read line; do echo "$line"; [ "$line" = first ] && echo go > wait; done)`,
	);
	assert.equal(stdout, 'first\nlate [redacted]\n');
});

test('where no pipe can be made, sockets do, and a command that is not there is said', {
	skip: process.platform === 'win32' ? 'SKIPPED: Windows needs its own PATH' : false,
}, async context => {
	const {home, environment} = await homeWithVault(context);
	mkdirSync(join(home, 'bin'));
	symlinkSync('/bin/sh', join(home, 'bin', 'sh'));
	const bare = {...environment, PATH: join(home, 'bin')};
	const run = (...command: readonly string[]) =>
		runProgram({args: ['exec', 'one', '--mask', '--', ...command], home, environment: bare});
	const {code, stdout, stderr} = await run('sh', '-c', 'echo "<$TOKEN>"; echo "<$TOKEN>" >&2; exit 3');
	assert.deepEqual([code, stdout, stderr], [3, '<[redacted]>\n', '<[redacted]>\n']);
	const none = await run('no-such-command');
	assert.deepEqual([none.code, none.stdout], [127, '']);
	assert.match(none.stderr, /there is no command `no-such-command`/);
});
