import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {aws, awsEnvironment, isAwsMissing} from '../helpers/aws-command.js';
import {keyId} from '../helpers/credentials.js';
import {openProgram, program, type Result, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws} from '../helpers/quick-vault.js';
import {tokenService} from '../helpers/token-service.js';

/** A home with a vault that has a space in its path, and a profile that takes its keys from there. */
async function homeWithProfile(context: TestContext) {
	const home = temporaryHome(context);
	const vault = join(home, 'my vault.json');
	const run = (args: readonly string[]): Promise<Result> =>
		runProgram({args: ['--vault', vault, ...args], home, environment: {PHARMER_PASSPHRASE: passphrase}});
	const [, , fields] = typedAws();
	await putVault(vault, ['work', 'aws', {...fields, region: 'eu-west-1'}]);
	const setup = await run(['aws', 'setup', 'work']);
	assert.equal(setup.code, 0, setup.stderr);
	return {home, run, config: join(home, '.aws', 'config')};
}

function awsArguments(url: string): readonly string[] {
	return ['--profile', 'work', '--endpoint-url', url, 'sts', 'get-caller-identity', '--output', 'json'];
}

function runAws(home: string, url: string, more: Readonly<Record<string, string>>): Promise<Result> {
	return new Promise((resolve, reject) => {
		const child = spawn(aws ?? '', awsArguments(url), {
			env: awsEnvironment(home, more),
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: true,
		});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', text => {
			stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', text => {
			stderr += text;
		});
		child.on('error', reject);
		child.on('close', code => resolve({code: code ?? -1, stdout, stderr}));
	});
}

test('the aws command signs with the keys from the vault, in the region that setup wrote', async context => {
	if (isAwsMissing(context)) return;
	const {home, config} = await homeWithProfile(context);
	const {url, seen} = await tokenService(context);
	const {code, stdout, stderr} = await runAws(home, url, {PHARMER_PASSPHRASE: passphrase});
	assert.equal(code, 0, stderr);
	assert.equal(JSON.parse(stdout).Account, '123456789012');
	assert.deepEqual(seen, [{accessKeyId: keyId, region: 'eu-west-1', verifies: true}]);
	assert.doesNotMatch(readFileSync(config, 'utf8'), new RegExp(keyId));
});

test('the aws command shows the reason why it gets no keys', async context => {
	if (isAwsMissing(context)) return;
	const {home} = await homeWithProfile(context);
	const {url, seen} = await tokenService(context);
	const wrong = await runAws(home, url, {PHARMER_PASSPHRASE: 'wrong'});
	assert.notEqual(wrong.code, 0);
	assert.match(wrong.stderr, /that is not the passphrase/);
	const none = await runAws(home, url, {});
	assert.notEqual(none.code, 0);
	assert.match(none.stderr, /set PHARMER_PASSPHRASE or PHARMER_PASSPHRASE_FILE/);
	assert.deepEqual(seen, []);
});

test('the passphrase is asked for at the terminal although the aws command reads all output', async context => {
	if (isAwsMissing(context)) return;
	const {home} = await homeWithProfile(context);
	const {url, seen} = await tokenService(context);
	const terminal = openProgram(context, {
		home,
		command: [aws ?? '', ...awsArguments(url)],
		environment: awsEnvironment(home),
	});
	await terminal.see(/Passphrase of the pharmer vault:/);
	terminal.press(passphrase, 'enter');
	await terminal.see(/"Account": "123456789012"/);
	assert.equal(await terminal.ended(), 0);
	assert.deepEqual(seen, [{accessKeyId: keyId, region: 'eu-west-1', verifies: true}]);
	assert.equal(terminal.written().includes(passphrase), false);
});

test('setup follows a link to the config file, and names a linked program by its link', async context => {
	if (process.platform === 'win32') return context.skip('SKIPPED: links need rights on Windows');
	const {home, config} = await homeWithProfile(context);
	const real = join(home, 'dotfiles', 'aws-config');
	mkdirSync(join(home, 'dotfiles'));
	writeFileSync(real, '# mine\n[default]\noutput = json\n');
	const link = join(home, 'linked-config');
	symlinkSync(real, link);
	const pharmer = join(home, 'pharmer');
	symlinkSync(program, pharmer);
	const {code, stderr} = await runProgram({
		args: ['aws', 'setup', 'work', '--profile', 'default'],
		home,
		script: pharmer,
		environment: {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: join(home, 'my vault.json'), AWS_CONFIG_FILE: link},
	});
	assert.equal(code, 0, stderr);
	const words = `${process.execPath} ${pharmer} --vault "${join(home, 'my vault.json')}" aws credential-process work`;
	assert.equal(
		readFileSync(real, 'utf8'),
		`# mine\n[default]\ncredential_process = ${words}\nregion = eu-west-1\noutput = json\n`,
	);
	assert.ok(readFileSync(config, 'utf8').includes(`${process.execPath} ${program} --vault `));
});
