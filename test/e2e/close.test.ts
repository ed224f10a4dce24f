import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {aws, awsEnvironment, isAwsMissing} from '../helpers/aws-command.js';
import {putFiles, snapshot} from '../helpers/closing-home.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {machineFiles} from '../helpers/machine.js';
import {openProgram, type Result} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {given, homeWithAgent, onlyLinux} from '../helpers/real-agent.js';
import {tokenService} from '../helpers/token-service.js';

const skip = onlyLinux;
const token = 'h'.repeat(64);
const awsText = `# mine\r\n[default]\r\naws_access_key_id = ${keyId}\r\naws_secret_access_key = ${secretKey}\r\nregion = eu-west-1\r\n`;
const usual = {
	'.aws/credentials': awsText,
	'.config/hcloud/cli.toml': [`active_context = "x"\n[[contexts]]\nname = "x"\ntoken = "${token}"\n`, 0o644],
	'.env': [`LINODE_TOKEN='${'1'.repeat(64)}'\nA=1\n`, 0o640],
} as const;

/** A home with those files, whose vault holds what is in them. The vault lies in it too, and is no part of the files. */
async function importedHome(context: TestContext, files: Parameters<typeof putFiles>[1] = usual) {
	const home = await homeWithAgent(context, ['other', 'generic', {token: 'x'}]);
	putFiles(home.home, files);
	const all = await home.run(['import', '--all'], {environment: given});
	assert.equal(all.code, 0, all.stderr);
	const own = dirname(home.vault).slice(home.home.length + 1);
	const seen = () => new Map([...snapshot(home.home)].filter(([name]) => !name.startsWith(own)));
	return {...home, seen, before: seen(), import: (...args: readonly string[]) => home.run(['import', ...args])};
}

/** What of these is in a text. */
const secrets = new RegExp(`${secretKey}|${token}|1{64}`);

test('a home with the files of every tool is closed with the real program, and reopened to the byte', {
	skip,
}, async context => {
	const files = Object.fromEntries(
		Object.values(machineFiles).flatMap(each =>
			Object.entries(each).map(([name, text]) => [name, [text, 0o644]] as const),
		),
	);
	const home = await importedHome(context, {...files, '.env': [usual['.env'][0], 0o644]});
	await home.unlock();
	const dry = await home.import('--close-env', '--dry-run');
	assert.deepEqual([dry.code, home.seen()], [0, home.before]);
	const closed = await home.import('--close-env', '--yes');
	assert.equal(closed.code, 0, closed.stderr);
	assert.match(closed.stderr, /\d\d files can be closed, 0 are left/);
	const after = home.seen();
	const open = [...after].filter(([name, text]) => Object.keys(files).includes(name) && text.startsWith('644'));
	assert.deepEqual(open.map(([name]) => name).sort(), ['.aws/config', '.azure/azureProfile.json', '.env']);
	assert.match(after.get('.aws/credentials') ?? '', /^600 [\s\S]*aws_session_token/, 'temporary keys stay');
	assert.doesNotMatch(after.get('.env') ?? '', /1{64}/);
	const again = await home.import('--reopen', '--yes');
	assert.equal(again.code, 0, again.stderr);
	assert.deepEqual(home.seen(), home.before);
	const none = await home.import('--reopen', '--yes');
	assert.match(none.stderr, /^no file is closed/);
});

test('the aws command takes its keys from the vault once its file is closed, and fails with a hint while that is locked', {
	skip,
}, async context => {
	if (isAwsMissing(context)) return;
	const home = await importedHome(context);
	await home.unlock();
	const {url, seen} = await tokenService(context);
	const ask = (): Promise<Result> => runAws(home.home, ['--endpoint-url', url, 'sts', 'get-caller-identity']);
	const signed = {accessKeyId: keyId, region: 'eu-west-1', verifies: true};
	assert.equal((await ask()).code, 0);
	const {code, stderr} = await home.import('--close', '--from', 'aws', '--yes');
	assert.equal(code, 0, stderr);
	const text = fs.readFileSync(join(home.home, '.aws/credentials'), 'utf8');
	assert.match(
		text,
		/^# mine\r\n\[default\]\r\ncredential_process = \S+ \S+ aws credential-process aws\r\nregion = eu-west-1\r\n$/,
	);
	const closed = await ask();
	assert.equal(closed.code, 0, closed.stderr);
	assert.deepEqual(seen, [signed, signed]);
	await home.run(['lock']);
	const locked = await ask();
	assert.notEqual(locked.code, 0);
	assert.match(locked.stderr, /run `pharmer unlock` in a terminal/);
	await home.run(['import', '--reopen', '--yes'], {environment: given});
	assert.equal((await ask()).code, 0);
	assert.deepEqual(seen, [signed, signed, signed]);
	assert.deepEqual(home.seen(), home.before);
});

/** Runs the aws command as one that has no terminal. */
function runAws(home: string, args: readonly string[]): Promise<Result> {
	return new Promise(resolve => {
		const options = {env: awsEnvironment(home), detached: true} as const;
		const child = spawn(aws ?? '', args, {...options, stdio: ['ignore', 'pipe', 'pipe']});
		const texts = {stdout: '', stderr: ''};
		for (const name of ['stdout', 'stderr'] as const)
			child[name].setEncoding('utf8').on('data', (text: string) => {
				texts[name] += text;
			});
		child.on('close', code => resolve({code: code ?? -1, ...texts}));
	});
}

test('without an agent nothing of AWS is replaced, though a passphrase is given here', {skip}, async context => {
	const home = await importedHome(context);
	const {code, stderr} = await home.run(['import', '--close', '--from', 'aws', '--yes'], {environment: given});
	assert.equal(code, 6);
	assert.match(stderr, /would not get the same keys for `default`: run `pharmer unlock` first/);
	assert.deepEqual(home.seen(), home.before);
	const reopened = await home.run(['import', '--reopen', '--yes'], {environment: given});
	assert.match(reopened.stderr, /^no file is closed/, 'nothing of it is kept');
});

test('references in a closed .env are filled in by run, and nothing is found in it any more', {skip}, async context => {
	const home = await importedHome(context);
	await home.unlock();
	assert.equal((await home.import('--close-env', '--from', 'dotenv', '--yes')).code, 0);
	const file = join(home.home, '.env');
	assert.equal(fs.readFileSync(file, 'utf8'), "LINODE_TOKEN='pharmer://linode/token'\nA=1\n");
	const run = await home.run(['run', '--env-file', file, '--', 'printenv', 'LINODE_TOKEN', 'A']);
	assert.equal(run.stdout, `${'1'.repeat(64)}\n1\n`);
	const dry = await home.import('--dry-run', '--from', 'dotenv');
	assert.equal(dry.stdout, '');
	assert.equal((await home.import('--reopen', '--yes')).code, 0);
	assert.match((await home.run(['log', 'linode'])).stdout, /linode +export [\s\S]*linode +run /);
});

test('each file is asked for on a terminal, and no secret is shown', {skip}, async context => {
	const home = await importedHome(context);
	await home.unlock();
	const terminal = openProgram(context, {
		home: home.home,
		args: ['import', '--close', '--close-env'],
		agent: true,
		columns: 100,
		rows: 60,
	});
	await terminal.see(/hcloud\/cli\.toml[\s\S]*Close it\? \[y\/n\/q\]|credentials[\s\S]*Close it\? \[y\/n\/q\]/);
	assert.match(terminal.text(), /\.aws\/credentials\n {2}read by {2}AWS CLI and SDKs\n {2}holds {4}aws\n {2}step/);
	terminal.press('n', 'enter');
	await terminal.see(/left `.*credentials` as it is[\s\S]*`chmod 0600` keeps other users out[\s\S]*Close it\?/);
	terminal.press('y', 'enter');
	await terminal.see(/closed `.*cli\.toml`[\s\S]*references take the place[\s\S]*Close it\?/);
	terminal.press('q', 'enter');
	assert.equal(await terminal.ended(), 3);
	assert.match(terminal.text(), /these have lain in clear[\s\S]*hetzner-x: https:\/\/\S+/);
	assert.match(terminal.text(), /cancelled: 1 file closed before/);
	assert.doesNotMatch(terminal.written(), secrets);
	const after = home.seen();
	assert.deepEqual(
		[...after].filter(([name, text]) => home.before.get(name) !== text).map(([name]) => name),
		['.config/hcloud/cli.toml'],
	);
	const back = openProgram(context, {home: home.home, args: ['import', '--reopen'], agent: true, columns: 120});
	await back.see(/cli\.toml: kept from other users, just now[\s\S]*Put it back\?/);
	back.press('n', 'enter');
	assert.equal(await back.ended(), 0);
	assert.match(back.text(), /left `.*cli\.toml` as it is/);
	assert.deepEqual(home.seen(), after);
	assert.equal((await home.import('--reopen', '--yes')).code, 0);
	assert.deepEqual(home.seen(), home.before);
});

test('what is not ours to close is left, and named: a work tree, what the vault lacks, a foreign file behind a link', {
	skip,
}, async context => {
	const home = await importedHome(context);
	const at = (name: string): string => join(home.home, name);
	putFiles(home.home, {
		'project/.env': `HCLOUD_TOKEN=${token}\n`,
		'project/.git/HEAD': 'x',
		'.civo.json': '{"apikeys":{"x":"abcdefghijklmnop"},"meta":{}}',
	});
	const {stdout} = await home.run(['import', '--close', '--dry-run', at('project/.env'), at('.civo.json')], {
		environment: given,
	});
	assert.match(stdout, /project\/\.env\n.*\n.*\n {2}left {5}lies in a git work tree/);
	assert.match(stdout, /\.civo\.json\n.*\n {2}left {5}holds keys that the vault lacks: `x`/);
	if (process.getuid?.() !== 0) return context.skip('SKIPPED: only root can make files of others');
	fs.renameSync(at('.env'), at('foreign'));
	fs.chownSync(at('foreign'), 65_534, 65_534);
	fs.symlinkSync('foreign', at('.env'));
	const linked = await home.run(['import', '--close-env', '--yes', '--from', 'dotenv'], {environment: given});
	assert.match(linked.stderr, /left {5}can't be closed: `.*\.env` belongs to somebody else/);
	assert.equal(fs.statSync(at('foreign')).uid, 65_534);
	assert.match(fs.readFileSync(at('foreign'), 'utf8'), /1{64}/);
});

test('--force puts a file back where something else is by now, and without it nothing is touched', {
	skip,
}, async context => {
	const home = await importedHome(context);
	await home.unlock();
	await home.import('--close-env', '--from', 'dotenv', '--yes');
	const file = join(home.home, '.env');
	fs.appendFileSync(file, 'B=2\n');
	const refused = await home.import('--reopen', '--yes', file);
	assert.equal(refused.code, 12);
	assert.match(refused.stderr, /is not what was written when it was closed: it was left as it is; `--force`/);
	assert.match(fs.readFileSync(file, 'utf8'), /B=2\n$/);
	assert.equal((await home.import('--reopen', '--force', '--yes', file)).code, 0);
	assert.deepEqual(home.seen(), home.before);
});

test('passphrases are asked for by the program itself when no agent runs', {skip}, async context => {
	const home = await importedHome(context);
	const terminal = openProgram(context, {home: home.home, args: ['import', '--close', '--from', 'hcloud']});
	await terminal.see(/Passphrase:/);
	terminal.press(passphrase, 'enter');
	await terminal.see(/Close it\?/);
	terminal.press('y', 'enter');
	assert.equal(await terminal.ended(), 0);
	assert.equal(fs.statSync(join(home.home, '.config/hcloud/cli.toml')).mode & 0o777, 0o600);
});

test('the app closes the file of a row, and says how it comes back', {skip}, async context => {
	const home = await importedHome(context);
	await home.unlock();
	const app = openProgram(context, {home: home.home, agent: true, columns: 100, rows: 30});
	await app.see(/pharmer/);
	app.press('H');
	await app.see(/3 keys in plaintext on this machine/);
	app.press('i');
	await app.see(/❯ \[ \] aws /);
	app.press('c');
	await app.see(/Close this file\?[\s\S]*y close it/);
	app.press('y');
	await app.see(/❯ \[ \] aws .*closed/);
	app.press('esc', 'z');
	await app.see(/Closing a file can't be undone with z: `pharmer import --reopen` does that/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	assert.doesNotMatch(app.written(), secrets);
	assert.match(home.seen().get('.aws/credentials') ?? '', /credential_process = /);
	assert.equal((await home.import('--reopen', '--yes')).code, 0);
	assert.deepEqual(home.seen(), home.before);
});
