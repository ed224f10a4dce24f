import '../helpers/long.js';
import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {type BareRepository, bareRepository} from '../helpers/bare-repository.js';
import {passphrase, typedAws} from '../helpers/quick-vault.js';
import {ended, given, type HomeWithAgent, homeWithAgent, onlyLinux, syncingOf, until} from '../helpers/real-agent.js';

const skip = onlyLinux;

/** Two homes that share a vault with the credential `prod`, neither unlocked. */
async function sharedHomes(context: TestContext, {remote}: BareRepository) {
	const [ana, ben] = [await homeWithAgent(context, typedAws('prod')), await homeWithAgent(context, typedAws('prod'))];
	const url = `git+${remote}`;
	const run = async ({run: start}: HomeWithAgent, ...args: readonly string[]) => {
		const result = await start(args, {environment: given});
		assert.equal(result.code, 0, result.stderr);
		return result;
	};
	await run(ana, 'team', 'init', url, '--name', 'ana', '--no-recovery');
	const card = await ben.run(['team', 'join', url, '--name', 'ben', '--yes'], {environment: given});
	const words = /Its six words: (.*)/.exec(card.stderr)?.[1] ?? '';
	const back = await run(ana, 'team', 'add', card.stdout.trim(), '--yes', '--words', words);
	const [, number = '', told = ''] = /Number: (\d+)\nWords: {2}(.*)/.exec(back.stdout) ?? [];
	await run(ben, 'team', 'join', url, '--at', number, '--words', told, '--yes');
	return {ana, ben, run};
}

async function noteOf({run}: HomeWithAgent): Promise<unknown> {
	const {stdout} = await run(['get', 'credential', 'prod', '-o', 'json']);
	return JSON.parse(stdout).metadata.annotations?.note;
}

test('the agents share what a command has changed, and take it in', {skip}, async context => {
	const remote = bareRepository(context);
	if (remote === undefined) return;
	const {ana, ben} = await sharedHomes(context, remote);
	const commits = (): number => Number(remote.git('rev-list', '--all', '--count'));
	await ana.unlock();
	const before = commits();
	const changed = await ana.run(['edit', 'prod', '--note', 'of ana']);
	assert.equal(changed.code, 0, changed.stderr);
	assert.doesNotMatch(changed.stderr, /not shared/);
	await until(() => commits() > before, 'the agent to share it');
	await ben.unlock();
	await until(async () => (await noteOf(ben)) === 'of ana', 'the other agent to take it in');
});

test('what stops an agent from sharing is told after a change, and does not stop the change', {skip}, async context => {
	const remote = bareRepository(context);
	if (remote === undefined) return;
	const {ana} = await sharedHomes(context, remote);
	await ana.unlock([], {environment: {PHARMER_OFFLINE: '1'}});
	await until(async () => {
		const {code, stderr} = await ana.run(['edit', 'prod', '--note', 'of ana']);
		assert.equal(code, 0, stderr);
		return /^1 is not shared yet: `pharmer team sync`$/m.test(stderr);
	}, 'word of it');
	assert.equal(await noteOf(ana), 'of ana');
	const {code, stdout} = await ana.run(['team', 'status']);
	assert.equal(code, 0);
	assert.match(stdout, /^failed +the agent's last sync: nothing is asked offline$/m);
});

test('a lock ends the process that syncs and what it has started, and neither is told a secret', {
	skip,
}, async context => {
	const remote = bareRepository(context);
	if (remote === undefined) return;
	const {ana, run} = await sharedHomes(context, remote);
	const {stdout: key} = await run(ana, 'get', 'prod', '--field', 'secretAccessKey');
	const {child, git} = await hanging(ana, remote);
	for (const pid of [child, git]) {
		const told = ['cmdline', 'environ'].map(file => readFileSync(`/proc/${pid}/${file}`, 'latin1')).join();
		for (const secret of [passphrase, key.trim()]) assert.ok(!told.includes(secret));
	}
	assert.equal((await ana.run(['lock'])).code, 0);
	await ended(child);
	await ended(git);
});

test('an agent that is killed leaves no process that syncs', {skip}, async context => {
	const remote = bareRepository(context);
	if (remote === undefined) return;
	const {ana} = await sharedHomes(context, remote);
	const {child, git} = await hanging(ana, remote);
	process.kill(ana.agent(), 'SIGKILL');
	await ended(child);
	await ended(git);
});

/** Unlocks a home whose git never ends, and waits until its agent syncs: the ids of the process and of its git. */
async function hanging(home: HomeWithAgent, {folder: root}: BareRepository) {
	const folder = join(root, 'bin');
	const started = join(folder, 'started');
	mkdirSync(folder);
	writeFileSync(join(folder, 'git'), `#!/bin/sh\necho $$ > ${started}\nexec sleep 300\n`);
	chmodSync(join(folder, 'git'), 0o755);
	await home.unlock([], {environment: {PATH: `${folder}:${process.env.PATH}`}});
	await until(() => existsSync(started) && readFileSync(started, 'utf8').endsWith('\n'), 'git');
	const [child = 0, ...more] = syncingOf(home.home);
	assert.ok(child > 0);
	assert.deepEqual(more, []);
	return {child, git: Number(readFileSync(started, 'utf8'))};
}
