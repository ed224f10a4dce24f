import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {connect, createServer, type Socket} from 'node:net';
import {delimiter, dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {program, temporaryHome} from '../helpers/program.js';
import {typedAws, usualVault} from '../helpers/quick-vault.js';
import {homeWithAgent} from '../helpers/real-agent.js';
import {openShell, realShells, skipped} from '../helpers/shells.js';

/** Listens at a socket. */
async function listenAt(
	context: TestContext,
	socket: string,
	onConnection: (connection: Socket) => void,
): Promise<void> {
	const open = new Set<Socket>();
	const server = createServer(connection => {
		open.add(connection);
		connection.on('error', () => {});
		onConnection(connection);
	});
	await new Promise<void>(resolve => server.listen(socket, resolve));
	context.after(() => {
		for (const each of open) each.destroy();
		server.close();
	});
}

/** Stands before the agent at the socket `behind`, in a runtime directory, and notes what it is asked. */
async function watched(context: TestContext, runtime: string, behind: string): Promise<string[]> {
	const asked: string[] = [];
	const directory = join(runtime, 'pharmer');
	mkdirSync(directory, {recursive: true, mode: 0o700});
	await listenAt(context, join(directory, 'agent.sock'), connection => {
		const agent = connect(behind);
		agent.on('error', () => connection.destroy());
		connection.on('data', bytes => {
			asked.push(...bytes.toString().trimEnd().split('\n'));
			agent.write(bytes);
		});
		agent.pipe(connection);
		connection.on('close', () => agent.destroy());
	});
	return asked;
}

type Shell = Awaited<ReturnType<typeof openShell>>;

/** How often a name is asked for: on a busy machine the agent's answer may come too late. */
const tries = 20;

/** Checks what becomes of a line by tab. Returns how often it was pressed. */
async function becomes(
	open: Shell,
	line: string | readonly [string, number],
	...words: readonly string[]
): Promise<number> {
	for (let count = 1; ; count++) {
		const got = await (typeof line === 'string' ? open.complete(line) : open.complete(...line));
		if (got === undefined && count < tries) continue;
		// Behind the cursor, shells leave another space or none.
		assert.deepEqual(
			got?.filter(each => each !== ''),
			['pharmer', ...words],
			`${line}`,
		);
		return count;
	}
}

for (const shell of realShells) {
	test(`${shell} completes verbs, flags, values, providers and names, and asks the agent once`, {
		skip: skipped(shell),
	}, async context => {
		const {home, socket, unlock, vault} = await homeWithAgent(
			context,
			typedAws('prod'),
			typedAws('stage-1'),
			typedAws('stage-2'),
		);
		assert.equal((await unlock()).code, 0);
		const runtime = join(home, 'runtime');
		const asked = await watched(context, runtime, socket);
		const open = await openShell(context, shell, home, {XDG_RUNTIME_DIR: runtime});
		const lines: readonly (readonly [line: string, ...words: readonly string[]])[] = [
			['pharmer stat', 'status'],
			['pharmer get --filt', 'get', '--filter'],
			['pharmer get -o wi', 'get', '-o', 'wide'],
			['pharmer get --output=wi', 'get', '--output=wide'],
			['pharmer get -p digi', 'get', '-p', 'digitalocean'],
			['pharmer --no-color aws cred', '--no-color', 'aws', 'credential-process'],
			['pharmer import --from hcl', 'import', '--from', 'hcloud'],
			['pharmer completion pow', 'completion', 'powershell'],
			['pharmer show --hel', 'show', '--help'],
		];
		for (const [line, ...words] of lines) assert.equal(await becomes(open, line, ...words), 1);
		assert.deepEqual(asked, [], 'all of that is known without the agent');
		const named: typeof lines = [
			['pharmer delete pr', 'delete', 'prod'],
			['pharmer get credential prod sta', 'get', 'credential', 'prod', 'stage-'],
			['pharmer exec "pr', 'exec', 'prod'],
			["pharmer exec 'stage-2' pr", 'exec', 'stage-2', 'prod'],
			[`pharmer --vault=${vault} delete pr`, `--vault=${vault}`, 'delete', 'prod'],
			['pharmer --vault ~/.config/pharmer/vault.json delete pr', '--vault', vault, 'delete', 'prod'],
		];
		let presses = await becomes(open, ['pharmer delete pr --yes', ' --yes'.length], 'delete', 'prod', '--yes');
		for (const [line, ...words] of named) {
			presses += await becomes(open, line, ...words);
			assert.equal(asked.length, presses, `one request for each tab: ${line}`);
		}
		for (const request of asked) assert.equal(JSON.parse(request).ask, 'names');
		assert.equal(open.requests().length, lines.length + presses, 'one start of the program for each tab');
		assert.equal(open.errors(), '');
		assert.doesNotMatch(open.text(), /Passphrase/);
	});

	test(`${shell} runs nothing of what files and names are called, and quotes them`, {
		skip: skipped(shell),
	}, async context => {
		const home = temporaryHome(context);
		const names = [
			'a$(touch ran)',
			'b`touch ran`',
			"c'd e",
			'f"g',
			'h;touch ran;',
			'i>ran',
			'j k',
			'l\\m',
			'n*',
			'ü x',
		];
		mkdirSync(join(home, 'files'));
		const files = [...names, 'p\nq', 'r\u001b[31ms'];
		for (const name of files) writeFileSync(join(home, 'files', name), '');
		const socket = join(dirname(usualVault(home)), 'run', 'agent.sock');
		mkdirSync(dirname(socket), {recursive: true, mode: 0o700});
		await listenAt(context, socket, connection => {
			const all = [...files, '\u001b]0;title\u0007'].map(name => [`x${name}`, ['$(touch ran)']]);
			connection.on('data', () => connection.write(`${JSON.stringify({is: 'names', names: all})}\n`));
		});
		const open = await openShell(context, shell, home);
		for (const [index, name] of files.entries()) {
			const begin = [...name][0];
			const lines = ['pharmer import files/', 'pharmer create x -f files/', 'pharmer --vault=files/'];
			for (const line of index < 2 ? lines : lines.slice(0, 1)) {
				const got = await open.complete(line + begin);
				assert.equal(got?.at(-1)?.replace('--vault=', ''), `files/${name}`, line);
			}
		}
		for (const [index, name] of names.entries()) {
			const begin = [...name][0];
			for (const quote of index < 4 ? ['', "'", '"'] : [''])
				await becomes(open, `pharmer delete ${quote}x${begin}`, 'delete', `x${name}`);
		}
		// These can't be typed, and a terminal would obey them.
		assert.equal(await open.complete('pharmer delete xp'), undefined);
		assert.equal(await open.complete('pharmer delete xr'), undefined);
		// What is on the line is not run either. (On such a word itself, zsh's own tab expands it, for any program.)
		for (const line of [
			'pharmer delete $(touch ran) ',
			'pharmer --vault "`touch ran`" get x',
			'pharmer get --vault=$(touch ran) x',
			'pharmer exec x -- words $(touch ran) ma',
			'pharmer exec x -- words "$(touch ran)" ma',
			'pharmer exec x -- words (touch ran) ma',
		])
			open.press(line, 'tab', 'ctrl+e', 'ctrl+u');
		assert.deepEqual(await open.complete('pharmer stat'), ['pharmer', 'status']);
		for (const folder of [home, join(home, 'files')]) assert.equal(existsSync(join(folder, 'ran')), false);
		assert.ok(!open.written().includes('\u001b]0;title'));
	});

	test(`${shell} completes the line of the command that exec runs`, {skip: skipped(shell)}, async context => {
		const home = temporaryHome(context);
		writeFileSync(join(home, 'main.tf'), '');
		const open = await openShell(context, shell, home);
		await becomes(open, 'pharmer exec prod -- word', 'exec', 'prod', '--', 'words');
		await becomes(open, 'pharmer exec prod -- words mai', 'exec', 'prod', '--', 'words', 'main.tf');
		// Bash has that from bash-completion only.
		if (shell !== 'bash') await becomes(open, 'pharmer exec a -- pharmer stat', 'exec', 'a', '--', 'pharmer', 'status');
	});

	test(`${shell} has the words of the table where no agent runs, none answers or it is turned off`, {
		skip: skipped(shell),
	}, async context => {
		const home = temporaryHome(context);
		const open = await openShell(context, shell, home);
		const words = ['pharmer', 'get', 'credentials'];
		assert.deepEqual(await open.complete('pharmer get '), words);
		const socket = join(dirname(usualVault(home)), 'run', 'agent.sock');
		mkdirSync(dirname(socket), {recursive: true, mode: 0o700});
		let connections = 0;
		await listenAt(context, socket, () => {
			connections++;
		});
		assert.deepEqual(await open.complete('pharmer get '), words);
		assert.equal(connections, 1);
		assert.deepEqual(await open.complete('pharmer get --no-agent '), ['pharmer', 'get', '--no-agent', 'credentials']);
		assert.equal(connections, 1);
		assert.equal(existsSync(usualVault(home)), false);
		assert.equal(open.errors(), '');
	});
}

test('the script for PowerShell makes completion results, and runs no text', () => {
	const text = readFileSync(new URL('../../source/completion/pharmer.ps1', import.meta.url), 'utf8');
	assert.match(text, /Register-ArgumentCompleter -Native -CommandName 'pharmer'/);
	assert.match(text, /\[System\.Management\.Automation\.CompletionResult\]::new\(/);
	// A line with a character that means something to cmd.exe is not handed over.
	const [, allowed = ''] = /-notmatch '(.+)'/.exec(text) ?? [];
	for (const word of ['$(x)', '`x', 'a b', 'a&b', 'a|b', 'a"b', "a'b", '%x%', 'a^b', 'a;b', 'a\nb', '<', '>', '!'])
		assert.doesNotMatch(word, new RegExp(allowed.replace('\\z', '$')), word);
	assert.match('C:\\vaults/my-vault.json', new RegExp(allowed.replace('\\z', '$')));
	assert.doesNotMatch(text.replace(/^\s*#.*$/gm, ''), /Invoke-Expression|\biex\b|ExpandString|&\s*\{/i);
});

const hasPowershell = spawnSync('pwsh', ['-Version']).error === undefined;

test('PowerShell completes verbs and values', {
	skip: hasPowershell ? false : 'SKIPPED: POWERSHELL IS IN NO PACKAGE HERE, so its script was never run, only read',
}, context => {
	const home = temporaryHome(context);
	writeFileSync(join(home, 'pharmer'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, {mode: 0o755});
	const complete = (line: string): string =>
		`(TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText -join ' '`;
	const script = [
		'pharmer completion powershell | Out-String | Invoke-Expression',
		complete('pharmer stat'),
		complete('pharmer get -o wi'),
	];
	const env = {HOME: home, PATH: [home, process.env.PATH].join(delimiter), PHARMER_AGENT: 'off'};
	const {stdout} = spawnSync('pwsh', ['-NoProfile', '-Command', script.join('; ')], {env, encoding: 'utf8'});
	assert.deepEqual(stdout.trim().split(/\r?\n/), ['status', 'wide']);
});
