import assert from 'node:assert/strict';
import {chmodSync, chownSync, mkdirSync, renameSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';
import {given, homeWithAgent, onlyLinux} from '../helpers/real-agent.js';

const secret = 'hunter2-hunter2';
const text = `credentials: [prod]
env: {URL: "postgres://app:{{ pharmer://db/password }}@db"}
`;
const show = ['--', process.execPath, '-e', 'console.log(process.env.AWS_ACCESS_KEY_ID, process.env.URL)'];
const shown = /^AKIA\w+ postgres:\/\/app:hunter2-hunter2@db\n$/;

async function project(context: TestContext) {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws('prod'), ['db', 'generic', {password: secret}]);
	const root = join(home, 'shop');
	const below = join(root, 'a');
	mkdirSync(join(root, '.git'), {recursive: true, mode: 0o755});
	mkdirSync(below, {mode: 0o755});
	const file = join(root, '.pharmer.yaml');
	writeFileSync(file, text, {mode: 0o644});
	const run = (args: readonly string[], cwd = below) => runProgram({home, args, cwd, environment: given});
	return {home, root, below, file, run};
}

test('a file is trusted once, and again when it has changed', async context => {
	const {home, root, below, file, run} = await project(context);
	const untrusted = await run(['exec', ...show]);
	assert.deepEqual([untrusted.code, untrusted.stdout], [2, '']);
	assert.match(untrusted.stderr, /shop\/\.pharmer\.yaml` is not trusted\n/);
	assert.equal((await run(['trust'])).code, 2);
	const trusted = await run(['trust', '../shop/../shop', '--yes'], root);
	assert.equal(trusted.code, 0, trusted.stderr);
	for (const args of [
		['exec', ...show],
		['run', ...show],
	]) {
		const {code, stdout, stderr} = await run(args);
		assert.equal(code, 0, stderr);
		assert.match(stdout, shown);
		assert.equal(stderr, 'handing out `prod` and `db` (`../.pharmer.yaml`)\n');
	}
	const masked = await run(['exec', '--mask', ...show]);
	assert.doesNotMatch(masked.stdout + masked.stderr, new RegExp(secret));
	assert.match((await run(['trust', '--list'], home)).stdout, /shop\/\.pharmer\.yaml {2}\d{4}-/);
	writeFileSync(file, `${text}# more\n`);
	assert.match((await run(['env'])).stderr, /has changed since it was trusted/);
	assert.match((await run(['trust', '--list'], home)).stdout, /, changed\n$/);
	writeFileSync(file, text);
	const link = join(home, 'link');
	symlinkSync(below, link);
	assert.equal((await run(['env'], link)).code, 0);
	// The same file at another place is another file.
	renameSync(root, join(home, 'shop2'));
	assert.match((await run(['env'], join(home, 'shop2'))).stderr, /shop2\/\.pharmer\.yaml` is not trusted/);
	assert.match((await run(['trust', '--list'], home)).stdout, /, gone\n$/);
	assert.equal((await run(['trust', '--remove', file], home)).code, 0);
});

test('what somebody else could have written is refused by every command, by name and with 9', async context => {
	const {root, below, file, run} = await project(context);
	assert.equal((await run(['trust', '--yes'])).code, 0);
	const refused = async (message: RegExp): Promise<void> => {
		for (const args of [['exec', ...show], ['env'], ['run', ...show], ['trust', '--yes']]) {
			const {code, stdout, stderr} = await run(args);
			assert.deepEqual([code, stdout], [9, ''], stderr);
			assert.match(stderr, message);
			assert.doesNotMatch(stderr, new RegExp(secret));
		}
	};
	if (process.platform !== 'win32') {
		chmodSync(root, 0o775);
		await refused(
			/shop\/\.pharmer\.yaml` is not used: others can write in `[^`]*shop`, mode 0775\n`chmod go-w` closes it/,
		);
		assert.match((await run(['trust', '--list'])).stdout, /, refused\n$/);
		chmodSync(root, 0o755);
		if (process.getuid?.() === 0) {
			chownSync(file, 65_534, 65_534);
			await refused(/is not used: it belongs to user 65534/);
			chownSync(file, 0, 0);
		} else context.diagnostic('SKIPPED: only root can give a file to somebody else');
	}
	renameSync(file, join(root, 'real.yaml'));
	symlinkSync('real.yaml', file);
	await refused(/is not used: it is a symbolic link/);
	assert.equal((await run(['exec', 'prod', '--', 'true'])).code, 0, 'with a NAME the file is not looked at');
	assert.equal((await run(['env', 'prod'], below)).code, 0);
});

test('on a terminal the file is shown and asked about before the command runs', async context => {
	const {home} = await project(context);
	const line = `cd shop && exec '${process.execPath}' '${program}' exec -- sh -c 'echo ran=$URL'`;
	const open = openProgram(context, {home, command: ['sh', '-c', line], columns: 120});
	await open.see(/Passphrase:/);
	// Enter that was typed ahead is no answer.
	open.press(passphrase, 'enter');
	await open.see(
		/sets the variables\n {2}URL="postgres:.*\nhands out the credentials\n {2}prod\n {2}db \(in variables\)\n/,
	);
	await open.see(/Trust it, with prod, db and 1 variable\? \[y\/N\]/);
	open.press('y', 'enter');
	assert.equal(await open.ended(), 0);
	assert.match(open.text(), new RegExp(`ran=postgres://app:${secret}@db`));
});

test('an unlocked vault is enough: nobody is asked for the passphrase', {skip: onlyLinux}, async context => {
	const {home, run, unlock} = await homeWithAgent(context, typedAws('prod'), ['db', 'generic', {password: secret}]);
	const root = join(home, 'shop');
	mkdirSync(join(root, '.git'), {recursive: true, mode: 0o755});
	writeFileSync(join(root, '.pharmer.yaml'), text, {mode: 0o644});
	assert.equal((await unlock()).code, 0);
	assert.equal((await run(['trust', '--yes'], {cwd: root})).code, 0);
	const {code, stdout, stderr} = await run(['exec', ...show], {cwd: root});
	assert.equal(code, 0, stderr);
	assert.match(stdout, shown);
	assert.match((await run(['log'])).stdout, /^db +exec/m);
});

test('from a directory that is gone commands run as without a file', async context => {
	if (process.platform === 'win32') return context.skip('SKIPPED: Windows keeps the directory that somebody works in');
	const {home} = await project(context);
	const line = `mkdir d && cd d && rmdir ../d && exec '${process.execPath}' '${program}' run -- true`;
	const open = openProgram(context, {home, command: ['sh', '-c', line]});
	assert.equal(await open.ended(), 0, open.text());
	assert.match(open.text(), /no references: nothing is handed out$/m);
});
