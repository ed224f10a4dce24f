import assert from 'node:assert/strict';
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {newerNode} from '../helpers/newer-node.js';
import {openProgram, program} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {homeWithAgent, isRunning, onlyLinux, until} from '../helpers/real-agent.js';

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
	assert.match(words.join(' '), /^(--disable-sigusr1 )?\/.*\/agent\.mjs$/);
	assert.equal(readlinkSync(`/proc/${pid}/cwd`), '/');
	assert.match(of(pid, 'limits'), /^Max core file size +0 +0 /m);
	assert.equal(of(pid, 'coredump_filter').trim(), '00000000');
	// Its own session, without a terminal: session and terminal follow state, parent and group.
	const [, , group, session, terminal] = of(pid, 'stat')
		.replace(/^.*\) /, '')
		.split(' ');
	assert.deepEqual([group, session, terminal], [String(pid), String(pid), '0']);
	const descriptors = () =>
		readdirSync(`/proc/${pid}/fd`).map(number => [Number(number), readlinkSync(`/proc/${pid}/fd/${number}`)] as const);
	const first = () => descriptors().filter(([number]) => number < 3);
	// The pipe that its key came through goes once the key is read.
	await until(
		() => first().length === 3 && first().every(([, path]) => path === '/dev/null'),
		'no stream but /dev/null',
	);
	const open = descriptors();
	for (const [number, path] of open.filter(([each]) => each > 2))
		assert.match(path, /^(anon_inode|socket|pipe):|^\/dev\/(null|urandom)$/, `descriptor ${number}`);
});

test('a pipe of which both ends were open is not kept open by the agent', {skip}, async context => {
	const {home, agent} = await homeWithAgent(context);
	const script = `exec 40< <(:); exec 41>/proc/self/fd/40; readlink /proc/self/fd/40 >"$HOME/pipe"
		"${process.execPath}" "${program}" unlock`;
	const shell = openProgram(context, {
		home,
		agent: true,
		command: ['/bin/bash', '-c', script],
		environment: {PHARMER_PASSPHRASE: passphrase},
	});
	assert.equal(await shell.ended(), 0, shell.text());
	const pipe = readFileSync(join(home, 'pipe'), 'utf8').trim();
	assert.match(pipe, /^pipe:\[\d+\]$/);
	const pid = agent();
	const open = readdirSync(`/proc/${pid}/fd`).map(number => readlinkSync(`/proc/${pid}/fd/${number}`));
	assert.equal(open.includes(pipe), false);
});

/** Each Node.js to run the program with. */
const nodes = [process.execPath, newerNode()].filter(node => node !== undefined);

test('a signal opens no debugger in the agent', {skip}, async context => {
	for (const node of nodes) {
		const {agent, unlock, get} = await homeWithAgent(context);
		assert.equal((await unlock([], {node})).code, 0);
		const pid = agent();
		// A debugger listens with the first TCP socket that the process has.
		const inodes = (): readonly string[] =>
			readdirSync(`/proc/${pid}/fd`).flatMap(
				number => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${number}`))?.[1] ?? [],
			);
		const tcp = () => `${of(pid, 'net/tcp')}${of(pid, 'net/tcp6')}`;
		process.kill(pid, 'SIGUSR1');
		for (let request = 0; request < 3; request++) assert.equal((await get({node})).code, 0);
		for (const inode of inodes()) assert.ok(!tcp().includes(` ${inode} `), node);
		assert.ok(isRunning(pid));
	}
});
