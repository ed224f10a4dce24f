import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {keyId, secretKey} from '../helpers/credentials.js';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws} from '../helpers/quick-vault.js';
import {size} from '../helpers/rounds.js';

const odd = `it's "a" $x \`b\` \${y} {{ pharmer://aws/none }} 100 %\n\tand\\more\r\n漢 `;
const large = randomBytes(50_000).toString('hex');

async function homeWithVault(context: TestContext) {
	const home = temporaryHome(context);
	const environment = {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: join(home, 'vault.json')};
	await putVault(environment.PHARMER_VAULT, typedAws(), ['any', 'generic', {VALUE: odd, LARGE: large}]);
	const run = (args: readonly string[], more: Record<string, string> = {}, input = '') =>
		runProgram({args, home, input, cwd: home, environment: {...environment, ...more}});
	const all = {
		PATH: process.env.PATH ?? '',
		HOME: home,
		TMPDIR: home,
		LANG: 'C.UTF-8',
		PHARMER_AGENT: 'off',
		...environment,
	};
	/** Runs a line of bash in which `"$@"` is the program; its output is bytes. */
	const bash = (line: string) =>
		spawnSync('bash', ['-c', line, 'bash', process.execPath, program], {cwd: home, env: all, maxBuffer: 2 ** 26});
	return {home, environment, run, bash, all};
}

const dump = [process.execPath, '-e', 'process.stdout.write(JSON.stringify(process.env))'];

test('run hands secrets to the command to the byte, and takes nothing away', async context => {
	const {home, run} = await homeWithVault(context);
	writeFileSync(
		join(home, '.env'),
		"VALUE=pharmer://any/VALUE\nexport LARGE='pharmer://any/LARGE'\nIN='<{{ pharmer://any/VALUE }}|{{pharmer://aws/accessKeyID}}>'\nPLAIN='a $b'\nAWS_REGION=eu-west-1\n",
	);
	const more = {KEY: 'pharmer://aws/secretAccessKey', AWS_PROFILE: 'old', AWS_REGION: 'us-east-1', SNAP: '/snap/x'};
	const {code, stdout, stderr} = await run(['run', '--env-file', '.env', '--', ...dump], more);
	assert.equal(code, 0, stderr);
	const seen = JSON.parse(stdout) as Record<string, string>;
	assert.equal(seen.VALUE, odd);
	assert.equal(seen.LARGE, large);
	assert.equal(seen.IN, `<${odd}|${keyId}>`);
	assert.deepEqual([seen.KEY, seen.PLAIN, seen.AWS_REGION], [secretKey, 'a $b', 'eu-west-1']);
	assert.deepEqual([seen.AWS_PROFILE, seen.SNAP], ['old', '/snap/x'], 'as they were');
	assert.equal(seen.PHARMER_PASSPHRASE, undefined);
	assert.equal(stderr, 'handing out `aws` and `any`\n');
});

test('run keeps exit codes, signals, standard input and descriptors', async context => {
	const {run, bash, all, home} = await homeWithVault(context);
	const more = {KEY: 'pharmer://aws/accessKeyID'};
	const code = async (...command: readonly string[]) => (await run(['run', '--', ...command], more)).code;
	assert.equal(await code('sh', '-c', 'exit 7'), 7);
	assert.equal(await code('sh', '-c', 'kill -9 $$'), 137);
	assert.equal(await code('no-such-command'), 127);
	assert.equal(await code(join(home, 'vault.json')), 126);
	assert.equal((await run(['run', '--', 'cat'], more, 'from outside')).stdout, 'from outside');
	if (process.platform === 'linux') {
		const tooLarge = await run(['run', '--', 'true'], {TWICE: '{{pharmer://any/LARGE}}{{pharmer://any/LARGE}}'});
		assert.equal(tooLarge.code, 126);
		assert.match(tooLarge.stderr, /`true` can't be run: its environment is too large\n.*`pharmer inject`/);
		writeFileSync(join(home, 'file'), 'from descriptor 5');
		assert.equal(bash('"$@" run -- sh -c "cat <&5" 5<file').stdout.toString(), 'from descriptor 5');
	}
	const script = 'trap "echo got it; exit 9" TERM; echo ready; while :; do sleep 0.05; done';
	for (const flags of [[], ['--mask']]) {
		const child = spawn(process.execPath, [program, 'run', ...flags, '--', 'sh', '-c', script], {
			env: {...all, ...more},
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		let out = '';
		child.stdout.setEncoding('utf8').on('data', text => {
			out += text;
			if (out === 'ready\n') child.kill('SIGTERM');
		});
		const [ended] = (await once(child, 'close')) as [number];
		assert.deepEqual([ended, out], [9, 'ready\ngot it\n'], flags.join());
	}
});

test('run runs nothing when a reference leads nowhere, or stands in the command', async context => {
	const {home, run} = await homeWithVault(context);
	const made = join(home, 'made');
	writeFileSync(join(home, '.env'), 'A=pharmer://aws/accessKeyID\nB=pharmer://aws/nope\nC=pharmer://none/x\n');
	const {code, stdout, stderr} = await run(['run', '--env-file', '.env', '--', 'touch', made]);
	assert.deepEqual([code, stdout], [4, '']);
	assert.match(stderr, /^`.env` line 2 \(`B`\): .*\n`.env` line 3 \(`C`\): .*\npharmer: 2 mistakes/);
	assert.equal((await run(['run', '--', 'touch', made, 'pharmer://aws/accessKeyID'])).code, 2);
	assert.throws(() => statSync(made));
});

test('run --mask masks what it hands out, also inside of larger values', async context => {
	const {run} = await homeWithVault(context);
	const more = {URL: 'http://u:{{ pharmer://any/VALUE }}@h', KEY: 'pharmer://aws/secretAccessKey'};
	const script = 'printf "%s\\n" "$URL" "$KEY"; printf %s "$KEY" | base64 >&2';
	const {code, stdout, stderr} = await run(['run', '--mask', '--', 'sh', '-c', script], more);
	assert.equal(code, 0);
	assert.equal(stdout, 'http://u:[redacted] @h\n[redacted]\n', 'white space at its end is no part of it');
	assert.match(stderr, /^handing out `any` and `aws`\n\[redacted\][\w=]{0,3}\n$/);
});

test('inject keeps every byte, from files and pipes into files and pipes', async context => {
	const {home, bash} = await homeWithVault(context);
	const noise = randomBytes(300_000);
	const template = Buffer.concat([
		Buffer.from([...Array(256).keys()]),
		Buffer.from('\r\n{{ pharmer://any/VALUE }}\u0000{{pharmer://any/LARGE}}'),
		noise,
	]);
	const expected = Buffer.concat([Buffer.from([...Array(256).keys()]), Buffer.from(`\r\n${odd}\u0000${large}`), noise]);
	writeFileSync(join(home, 'tpl'), template);
	for (const line of [
		'"$@" inject -i tpl',
		'"$@" inject -i - < tpl',
		'cat tpl | "$@" inject -i - --to out 2>/dev/null && cat out',
		'"$@" inject -i <(cat tpl) --to out --force 2>/dev/null && cat out',
		'"$@" inject -i tpl --to - | cat',
	]) {
		const {stdout, stderr, status} = bash(line);
		assert.equal(status, 0, `${line}: ${stderr}`);
		assert.ok(stdout.equals(expected), line);
	}
	assert.equal(statSync(join(home, 'out')).mode & 0o777, 0o600);
	assert.equal(bash('"$@" inject -i tpl | head -c 1; echo "$PIPESTATUS"').stdout.subarray(-2).toString(), '0\n');
});

test('a disk that is full leaves the old file, and nothing beside it', async context => {
	const {home, bash} = await homeWithVault(context);
	mkdirSync(join(home, 'folder'));
	writeFileSync(join(home, 'folder', 'out'), 'old');
	writeFileSync(join(home, 'tpl'), `{{ pharmer://aws/accessKeyID }}${'x'.repeat(500_000)}`);
	for (const flags of ['--to folder/out --force', '--to folder/new']) {
		const {status, stderr} = bash(`ulimit -f 100; "$@" inject -i tpl ${flags}`);
		assert.equal(status, 9, stderr.toString());
		assert.match(stderr.toString(), /^pharmer: `folder\/(out|new)` can't be written: /);
		assert.deepEqual(readdirSync(join(home, 'folder')), ['out']);
		assert.equal(readFileSync(join(home, 'folder', 'out'), 'utf8'), 'old');
	}
});

test('inject asks for the passphrase on the terminal while the template comes through a pipe', async context => {
	const {home} = await homeWithVault(context);
	const line = `printf 'id: {{ pharmer://aws/accessKeyID }}' | '${process.execPath}' '${program}' inject -i - > out`;
	const opened = openProgram(context, {
		home,
		environment: {PHARMER_VAULT: join(home, 'vault.json')},
		command: ['sh', '-c', line],
	});
	await opened.see(/Passphrase:/);
	opened.press(passphrase, 'enter');
	assert.equal(await opened.ended(), 0);
	assert.equal(readFileSync(join(home, 'out'), 'utf8'), `id: ${keyId}`);
	const shown = openProgram(context, {
		home,
		environment: {PHARMER_VAULT: join(home, 'vault.json'), PHARMER_PASSPHRASE: passphrase},
		args: ['inject', '-i', 'tpl'],
	});
	assert.equal(await shown.ended(), 2);
	assert.match(shown.text(), /would be shown on this terminal/);
});

test('inject --force that is killed leaves the old file or the new one, and the next leaves nothing else', async context => {
	const {home, run} = await homeWithVault(context);
	const folder = join(home, 'folder');
	const [file, template] = [join(folder, 'out'), join(home, 'tpl')];
	mkdirSync(folder);
	const old = 'old'.repeat(500_000);
	const made = `${keyId}${'new'.repeat(500_000)}`;
	writeFileSync(template, made.replace(keyId, '{{ pharmer://aws/accessKeyID }}'));
	const args = ['inject', '-i', template, '--to', file, '--force'];
	const start = performance.now();
	writeFileSync(file, old);
	assert.equal((await run(args)).code, 0);
	const took = performance.now() - start;
	const rounds = size(10, 300);
	let kept = 0;
	for (let round = 0; round < rounds; round++) {
		writeFileSync(file, old, {mode: 0o640});
		const timers: NodeJS.Timeout[] = [];
		await runProgram({
			args,
			home,
			environment: {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: join(home, 'vault.json')},
			// Most of the time goes by before it writes.
			started: kill => timers.push(setTimeout(kill, took * (0.7 + (0.4 * round) / rounds))),
		});
		for (const each of timers) clearTimeout(each);
		const text = readFileSync(file, 'utf8');
		assert.ok(text === old || text === made, `${text.length} characters in round ${round}`);
		if (text === old) kept++;
	}
	context.diagnostic(`${rounds} kills, ${kept} left the old file`);
	// A claim to the lock that was not written out has to be old first.
	for (const name of readdirSync(folder)) if (name.includes('.try-')) utimesSync(join(folder, name), 1, 1);
	assert.equal((await run(args)).code, 0);
	assert.equal(readFileSync(file, 'utf8'), made);
	assert.deepEqual(readdirSync(folder), ['out']);
});
