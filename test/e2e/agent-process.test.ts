import assert from 'node:assert/strict';
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import process from 'node:process';
import {test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {openProgram, program} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {homeWithAgent, isRunning, onlyLinux} from '../helpers/real-agent.js';

const skip = onlyLinux;
const of = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'latin1');

test('the agent has no secret in what the system shows of it, and inherits nothing', {skip}, async context => {
	const {home, agent} = await homeWithAgent(context);
	// Descriptors that a shell has open, and a pipe whose reader waits for its end.
	const command = [
		'/bin/bash',
		'-c',
		`exec 40</etc/passwd 251>&1; { "${process.execPath}" "${program}" unlock; } | cat`,
	];
	const environment = {PHARMER_PASSPHRASE: passphrase, SOME_TOKEN: secretKey};
	const shell = openProgram(context, {home, agent: true, command, environment});
	assert.equal(await shell.ended(), 0, shell.text());
	const pid = agent();
	assert.deepEqual(
		of(pid, 'environ')
			.split('\0')
			.filter(Boolean)
			.map(each => each.split('=')[0])
			.sort(),
		['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR'],
	);
	for (const file of ['environ', 'cmdline', 'maps'])
		for (const secret of [passphrase, secretKey]) assert.ok(!of(pid, file).includes(secret), file);
	const [, ...words] = of(pid, 'cmdline').split('\0').filter(Boolean);
	assert.match(words.join(' '), /^(--disable-sigusr1 )?\/.*\/agent\.js$/);
	assert.equal(readlinkSync(`/proc/${pid}/cwd`), '/');
	assert.match(of(pid, 'limits'), /^Max core file size +0 +0 /m);
	assert.equal(of(pid, 'coredump_filter').trim(), '00000000');
	// Its own session, without a terminal: session and terminal follow state, parent and group.
	const [, , group, session, terminal] = of(pid, 'stat')
		.replace(/^.*\) /, '')
		.split(' ');
	assert.deepEqual([group, session, terminal], [String(pid), String(pid), '0']);
	const open = readdirSync(`/proc/${pid}/fd`).map(
		number => [Number(number), readlinkSync(`/proc/${pid}/fd/${number}`)] as const,
	);
	const first = open.filter(([number]) => number < 3).map(([, path]) => path);
	assert.deepEqual(first, ['/dev/null', '/dev/null', '/dev/null']);
	for (const [number, path] of open.filter(([each]) => each > 2))
		assert.match(path, /^(anon_inode|socket|pipe):|^\/dev\/(null|urandom)$/, `descriptor ${number}`);
});

test('a signal opens no debugger in the agent', {skip}, async context => {
	const {agent, unlock, get} = await homeWithAgent(context);
	assert.equal((await unlock()).code, 0);
	const pid = agent();
	const sockets = (): number =>
		of(pid, 'net/tcp')
			.split('\n')
			.filter(line => / 0A /.test(line) && /:240D /i.test(line)).length;
	const before = sockets();
	process.kill(pid, 'SIGUSR1');
	assert.equal((await get()).code, 0);
	assert.equal(sockets(), before);
	assert.ok(isRunning(pid));
});
