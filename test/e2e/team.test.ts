import '../helpers/long.js';
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {bareRepository} from '../helpers/bare-repository.js';
import {gofakes3} from '../helpers/gofakes3.js';
import {openProgram, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';

/** Two homes, the first with a credential in its vault, and what runs the built program in each. */
async function twoHomes(context: TestContext, environment: Record<string, string> = {}) {
	const [ana, ben] = [temporaryHome(context), temporaryHome(context)];
	await putVault(usualVault(ana), typedAws('prod'));
	await putVault(usualVault(ben));
	const given = {PHARMER_PASSPHRASE: passphrase, ...environment};
	const run = (home: string, ...args: readonly string[]) => runProgram({home, args, environment: given});
	const ask = (home: string, ...args: readonly string[]) =>
		openProgram(context, {home, args, environment, columns: 140, rows: 40});
	return {ana, ben, run, ask};
}

const note = async (run: Awaited<ReturnType<typeof twoHomes>>['run'], home: string): Promise<string> =>
	JSON.parse((await run(home, 'get', 'credential', 'prod', '-o', 'json')).stdout).metadata.annotations?.note ?? '';

test('two people share a vault through a repository, at their terminals', async context => {
	const remote = bareRepository(context);
	if (remote === undefined) return;
	const url = `git+${remote.remote}`;
	const {ana, ben, run, ask} = await twoHomes(context);

	const init = ask(ana, 'team', 'init', url, '--name', 'ana');
	await init.see(/Passphrase:/);
	init.press(passphrase, 'enter');
	await init.see(/Enter goes on/);
	const words = new Map([...init.text().matchAll(/(\d+) {2}([a-z]+)/g)].map(([, at, word]) => [at, word ?? '']));
	assert.equal(words.size, 24);
	init.press('enter');
	for (const count of [1, 2, 3]) {
		await init.see(new RegExp(`(?:Word \\d+:[\\s\\S]*){${count}}`));
		const [, at] = [...init.text().matchAll(/Word (\d+):/g)][count - 1] ?? [];
		init.press(words.get(at) ?? '', 'enter');
	}
	assert.equal(await init.ended(), 0, init.text());
	assert.match(
		init.text(),
		/shared as `ana`: 1 credential lies sealed.*\n.*beside the words.*\n {2}Number: 3\n {2}Words: {2}(\w+ ){5}\w+\n/,
	);
	for (const word of words.values()) assert.doesNotMatch(init.text(), new RegExp(`Word \\d+: .*${word}`));

	const joining = ask(ben, 'team', 'join', url, '--name', 'ben');
	await joining.see(/Passphrase:/);
	joining.press(passphrase, 'enter');
	await joining.see(/Number:$/);
	const card = /pharmer1\.ben\.[\w-]{86}/.exec(joining.text())?.[0] ?? '';
	const spoken = /Its six words: (.*)/.exec(joining.text())?.[1] ?? '';

	const add = ask(ana, 'team', 'add', card);
	await add.see(/Passphrase:/);
	add.press(passphrase, 'enter');
	await add.see(/\[y\/N\]$/);
	assert.ok(add.text().includes(spoken));
	add.press('y', 'enter');
	assert.equal(await add.ended(), 0, add.text());
	const [, number = '', told = ''] = /Number: (\d+)\nWords: {2}(.*)/.exec(add.text()) ?? [];

	joining.press(number, 'enter');
	await joining.see(/Words:$/);
	joining.press('abandon ability able about above absent', 'enter');
	await joining.see(/Try again\.[\s\S]*Number:$/);
	joining.press(number, 'enter');
	await joining.see(/Try again\.[\s\S]*Words:$/);
	joining.press(told, 'enter');
	assert.equal(await joining.ended(), 0, joining.text());
	assert.match(joining.text(), /joined as `ben`: 3 members/);

	await run(ana, 'edit', 'prod', '--note', 'of ana');
	await run(ben, 'edit', 'prod', '--note', 'of ben');
	assert.equal((await run(ana, 'team', 'sync')).code, 0);
	assert.equal((await run(ben, 'team', 'sync')).code, 12);
	assert.equal((await run(ben, 'team', 'conflicts', 'prod', '--keep', 'mine')).code, 0);
	assert.equal((await run(ben, 'team', 'sync')).code, 0);
	assert.equal((await run(ana, 'team', 'sync')).code, 0);
	assert.equal(await note(run, ana), 'of ben');
	const [one, other] = await Promise.all([ana, ben].map(home => run(home, 'team', 'status', '-o', 'json')));
	assert.equal(JSON.parse(one?.stdout ?? '').words, JSON.parse(other?.stdout ?? '').words);

	const job = temporaryHome(context);
	const key = join(job, 'ci.key');
	assert.equal((await run(ana, 'team', 'add', '--key-file', key, '--name', 'ci')).code, 0);
	const ci = (...args: readonly string[]) => runProgram({home: job, args, environment: {PHARMER_MEMBER_KEY_FILE: key}});
	const read = await ci('exec', 'prod', '--', 'sh', '-c', 'echo "$AWS_ACCESS_KEY_ID:$PHARMER_MEMBER_KEY_FILE"');
	assert.deepEqual([read.code, read.stderr], [0, '']);
	assert.match(read.stdout, /^AKIA\w+:\n$/);
	assert.deepEqual(readdirSync(job), ['ci.key']);

	const removed = await run(ana, 'team', 'remove', 'ben', '--yes');
	assert.equal(removed.code, 0, removed.stderr);
	assert.equal((await run(ana, 'health', '--exit-code')).code, 14);
	await run(ana, 'edit', 'prod', '--note', 'after the removal');
	await run(ana, 'team', 'sync');
	assert.match((await run(ben, 'team', 'sync')).stderr, /this device was removed from the team/);
	assert.equal(await note(run, ben), 'of ben');
});

test('two homes share a vault in a bucket, by a key that stays on its device', async context => {
	const origin = await gofakes3(context, 'team');
	if (origin === undefined) return;
	const url = `s3://team/vault?endpoint=${origin}`;
	const keys = {AWS_ACCESS_KEY_ID: 'AKIAINVENTED', AWS_SECRET_ACCESS_KEY: 'not-a-real-secret'};
	const {ana, ben, run} = await twoHomes(context);
	const both = await twoHomes(context, keys);
	assert.equal((await run(ana, 'team', 'init', url, '--no-recovery')).code, 2, 'nothing signs in');
	const bucket = await runProgram({
		home: ana,
		args: ['create', 'credential', 'bucket', '-p', 'generic', '-f', '-'],
		input: JSON.stringify({accessKeyID: 'AKIAINVENTED', secretAccessKey: 'not-a-real-secret'}),
		environment: {PHARMER_PASSPHRASE: passphrase},
	});
	assert.equal(bucket.code, 0, bucket.stderr);
	const init = await run(ana, 'team', 'init', url, '--with', 'bucket', '--name', 'ana', '--no-recovery');
	assert.equal(init.code, 0, init.stderr);
	const card = await both.run(ben, 'team', 'join', url, '--name', 'ben');
	const words = /Its six words: (.*)/.exec(card.stderr)?.[1] ?? '';
	const back = await run(ana, 'team', 'add', card.stdout.trim(), '--yes', '--words', words);
	const [, number = '', told = ''] = /Number: (\d+)\nWords: {2}(.*)/.exec(back.stdout) ?? [];
	const joined = await both.run(ben, 'team', 'join', url, '--at', number, '--words', told);
	assert.equal(joined.code, 0, joined.stderr);
	assert.equal((await run(ben, 'get', 'credentials', '-o', 'name')).stdout, 'prod\n');
	assert.equal((await both.run(ana, 'team', 'status', '--probe')).code, 0);
	const file = readFileSync(usualVault(ben), 'utf8');
	assert.ok(!file.includes('INVENTED'));
});
