import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {Unreachable} from '../../source/domain/exchange.js';
import {Secret} from '../../source/domain/secret.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {memberKeyText, parseMemberKey} from '../../source/team/member-key.js';
import {twoHomes} from '../helpers/team-command.js';

/** A team with a job in it, which runs commands with its key. */
async function teamWithJob(context: Parameters<typeof twoHomes>[0], store: Store = memoryStore()) {
	const team = await twoHomes(context, {store});
	const file = path.join(team.folder, 'ci.key');
	const added = await team.ana.run(`team add --key-file ${file} --name ci`);
	const line = readFileSync(file, 'utf8');
	const job = team.home('job');
	const environment = {PHARMER_PASSPHRASE: undefined, PHARMER_MEMBER_KEY_FILE: '/run/ci.key'};
	const files = {'/run/ci.key': line, '-': '{"token": "x"}'};
	return {...team, file, line, added, job, ci: (words: string) => job.run(words, {environment, files})};
}

test('the key of a job is one line in a new file that only its owner reads', async context => {
	const {added, file, line, ana, folder} = await teamWithJob(context);
	assert.equal(added.code, 0);
	assert.equal(added.stdout, '');
	assert.match(line, /^pharmer-member1\.[\w-]+\n$/);
	if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
	assert.ok(!added.stderr.includes(line.trim()));
	assert.match((await ana.run('team members')).stdout, /^ci +reader /m);
	assert.equal((await ana.run(`team add --key-file ${file} --name other`)).code, 9);
	assert.equal((await ana.run(`team add --key-file ${folder}/other.key --name ci`)).code, 5);
	assert.deepEqual(readdirSync(folder), ['ci.key']);
	assert.equal((await ana.run('team add --key-file x')).code, 2);
	assert.match(
		(await ana.run('team add --key-file - --name piped --role writer')).stdout,
		/^pharmer-member1\.[\w-]+\n$/,
	);
});

test('a job reads the shared vault as it is now, and leaves no vault', async context => {
	const {ana, ci, job} = await teamWithJob(context);
	const get = await ci('get prod --field token');
	assert.deepEqual([get.code, get.stdout, get.stderr], [0, 'first', '']);
	await ana.run('edit prod -f -', {files: {'-': '{"token": "second"}'}});
	await ana.run('team sync');
	assert.equal((await ci('get prod --field token')).stdout, 'second');
	assert.match((await ci('get credentials')).stdout, /^prod +generic/m);
	const exec = await ci('exec prod -- tool');
	assert.deepEqual([exec.code, exec.ran.length], [0, 1]);
	for (const line of [
		'env prod',
		'export prod -o json',
		'show prod',
		'run --env-file -- tool',
		'get credential prod -o json',
	])
		assert.match((await ci(line)).stderr, /^(?!.*shared vault)/s, line);
	assert.equal(job.place.exists(), false);
	const variable = await job.run('get prod --field token', {
		environment: {PHARMER_PASSPHRASE: undefined, PHARMER_MEMBER_KEY: (await teamWithJob(context)).line},
	});
	assert.equal(variable.code, 8, 'the key of another team');
});

test('a job refuses an older state, and changes nothing', async context => {
	const {ci} = await teamWithJob(context);
	assert.equal((await ci('get prod --field token --at-least 4')).stdout, 'first');
	const old = await ci('get prod --field token --at-least 5');
	assert.deepEqual([old.code, old.stdout], [8, '']);
	for (const line of [
		'create credential x -p generic -f -',
		'edit prod --note x',
		'delete prod --yes',
		'passphrase',
		'rekey',
		'slots add passphrase',
		'team sync',
		'team leave --yes',
		'team init s3://team/other --no-recovery',
	]) {
		const {code, stderr} = await ci(line);
		assert.equal(code, 2, `${line}: ${stderr}`);
	}
	assert.equal((await ci('get prod --field token --offline')).code, 11);
	assert.equal((await ci('--vault x get prod --field token')).code, 2);
});

test('a job that was removed, or finds nobody, says so by its exit code', async context => {
	let isDown = false;
	const inner = memoryStore();
	const store: Store = {
		...inner,
		get: (...given) => (isDown ? Promise.reject(new Unreachable('the storage is down')) : inner.get(...given)),
	};
	const {ana, ci} = await teamWithJob(context, store);
	isDown = true;
	assert.equal((await ci('get prod --field token')).code, 11);
	isDown = false;
	await ana.run('team remove ci --yes');
	const removed = await ci('get prod --field token');
	assert.deepEqual([removed.code, removed.stdout], [10, '']);
});

test('a key that is none is refused, and nothing of it is repeated', async context => {
	const {job, line} = await teamWithJob(context);
	const whole = line.trim();
	for (const text of [
		'hunter2',
		whole.slice(0, -9),
		`${whole}=`,
		whole.replace('1.', '2.'),
		'pharmer-member1.bnVsbA',
	]) {
		const {code, stderr} = await job.run('get prod', {environment: {PHARMER_MEMBER_KEY: text}});
		assert.equal(code, 7, text);
		assert.ok(!stderr.includes(text.slice(20, 40) || text), stderr);
	}
	const key = parseMemberKey(new Secret(` ${line}`));
	assert.equal(memberKeyText(key).reveal(), whole);
});
