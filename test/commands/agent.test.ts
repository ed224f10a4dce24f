import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {workOf} from '../../source/domain/under-way-work.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';
import {rotationOf} from '../helpers/journals.js';

const passphrase = 'open sesame';
const none = {PHARMER_PASSPHRASE: undefined};

/** A vault, and an agent that reads it. */
function unlockable() {
	const credentials = [storedCredential('prod'), storedCredential('Test')];
	const place = memoryVaultPlace({credentials, trash: []}, passphrase);
	const agent = fakeAgent(credentials);
	const run = (line: string, world: World = {}) =>
		runCommandLine(line.split(' '), {place, agent, environment: none, ...world});
	return {place, agent, run};
}

test('unlock asks once, and then no command asks', async () => {
	const {agent, run} = unlockable();
	const {code, stdout, stderr, asked} = await run('unlock --for 8h', {answers: [passphrase]});
	assert.deepEqual([code, stdout, asked.length], [0, '', 1], stderr);
	assert.match(stderr, /^unlocked `.*` for 8 hours\n$/);
	assert.deepEqual([agent.held?.total, agent.held?.idle], [8 * 3600, undefined]);
	for (const line of [
		'get prod -o json',
		'get credentials',
		'get prod',
		'env test',
		'export prod -o json',
		'delete prod -y',
	])
		assert.equal((await run(line)).code, 0, line);
	assert.equal((await run('create cred new -f -', {files: {'-': '{"token": "x"}'}})).code, 7);
});

test('without a time it stays unlocked as long as it is used, by the setting', async () => {
	const {agent, run} = unlockable();
	const {stderr} = await run('unlock', {answers: [passphrase], settings: {agentMinutes: 30}});
	assert.match(stderr, /until it is not used for 30 minutes, for 12 hours at most\n$/);
	assert.deepEqual([agent.held?.total, agent.held?.idle], [12 * 3600, 30 * 60]);
});

test('a time is at least a second and at most 12 hours', async () => {
	const {agent, run} = unlockable();
	for (const time of ['0s', '13h', '8', 'h', '-1h', '1h1', '1d', '12h1s'])
		assert.equal((await run(`unlock --for ${time}`, {answers: [passphrase]})).code, 2, time);
	assert.deepEqual(agent.asked, []);
	for (const [time, seconds] of [
		['12h', 43_200],
		['1h30m', 5400],
		['90s', 90],
	] as const) {
		await run(`unlock --for ${time}`, {answers: [passphrase]});
		assert.equal(agent.held?.total, seconds);
	}
});

test('unlock takes a given passphrase, and refuses a wrong one', async () => {
	const {agent, run} = unlockable();
	assert.equal((await run('unlock', {environment: {PHARMER_PASSPHRASE: 'wrong'}})).code, 6);
	assert.equal((await run('unlock')).code, 2);
	assert.equal(agent.held, undefined);
	assert.equal((await run('unlock', {environment: {PHARMER_PASSPHRASE: passphrase}})).code, 0);
	assert.notEqual(agent.held, undefined);
	assert.equal((await runCommandLine(['unlock'], {agent})).code, 13);
});

test('status tells in words, in JSON and by its exit code', async () => {
	const {run, agent} = unlockable();
	const locked = await run('status');
	assert.deepEqual([locked.code, locked.stderr], [6, '']);
	assert.match(locked.stdout, /^`.*` is locked\n$/);
	await run('unlock --for 1h', {answers: [passphrase]});
	const unlocked = await run('status');
	assert.deepEqual([unlocked.code, unlocked.stdout.endsWith('is unlocked for 1 hour\n')], [0, true]);
	const {vault, ...json} = JSON.parse((await run('status -o json')).stdout);
	assert.equal(typeof vault, 'string');
	assert.deepEqual(json, {state: 'unlocked', secondsLeft: 3600, unusedSecondsLeft: 3600, waiting: []});
	const absent = await runCommandLine(['status', '-o', 'json'], {agent});
	assert.deepEqual([absent.code, JSON.parse(absent.stdout).state], [13, 'none']);
	assert.equal((await runCommandLine(['status'], {agent})).code, 13);
});

test('status calls no file locked that no passphrase opens', async () => {
	const {place, run} = unlockable();
	const damaged = {
		...place,
		async inspect() {
			throw new PharmerError('damaged', 'it is damaged');
		},
	};
	assert.equal((await run('status', {place: damaged})).code, 8);
});

test('what waits is said by status, whether the vault is locked or not', async () => {
	const {place, run} = unlockable();
	const exposed = {...place, exposures: () => [{path: '/v', what: 'file', others: 'read'} as const]};
	const locked = await run('status', {place: exposed});
	assert.deepEqual([locked.code, /is locked\n.*read/.test(locked.stdout)], [14, true]);
	assert.match(JSON.parse((await run('status -o json', {place: exposed})).stdout).waiting[0], /read/);
});

test('what was begun at a provider waits for somebody, as far as an agent knows', async () => {
	const {agent, run} = unlockable();
	const work = workOf(rotationOf('id-of-prod', {step: 'off', until: '2026-02-28T12:00:00Z'}), false);
	agent.underWay = [{work, name: 'prod'}];
	assert.equal((await run('status')).code, 6, 'it is locked');
	await run('unlock --for 1h', {answers: [passphrase]});
	const line = '`prod` has an old key to delete since 2026-02-28 12:00 UTC: `pharmer rotate prod --resume` goes on';
	const {code, stdout} = await run('status');
	assert.deepEqual([code, stdout.split('\n').slice(1)], [14, [line, '']]);
	assert.deepEqual(JSON.parse((await run('status -o json')).stdout).waiting, [line]);
	agent.underWay = [{work: {...work, isHeld: true}, name: 'prod'}];
	const held = await run('status');
	assert.deepEqual([held.code, held.stdout.split('\n').length], [0, 2], 'somebody goes on with it');
	const silent = {...agent, works: async () => undefined};
	assert.equal((await run('status', {agent: silent})).code, 0);
});

test('lock ends the agent, and says when there is none', async () => {
	const {agent, run} = unlockable();
	await run('unlock', {answers: [passphrase]});
	assert.deepEqual((await run('lock')).stderr, 'locked\n');
	assert.equal(agent.held, undefined);
	assert.deepEqual((await run('lock')).stderr, 'nothing is unlocked here\n');
	const silent = await run('lock', {agent: {...agent, end: async () => 'silent'}});
	assert.deepEqual([silent.code, /does not answer/.test(silent.stderr)], [12, true]);
	assert.equal((await run('get prod')).code, 2);
});

test('a given passphrase, --no-agent and PHARMER_AGENT=off do without the agent', async () => {
	const {agent, run} = unlockable();
	await run('unlock', {answers: [passphrase]});
	agent.asked.length = 0;
	assert.equal((await run('get prod -o json', {environment: {PHARMER_PASSPHRASE: 'wrong'}})).code, 6);
	assert.equal((await run('get prod -o json', {environment: {PHARMER_PASSPHRASE: passphrase}})).code, 0);
	assert.equal((await run('get prod -o json --passphrase-fd 4', {descriptors: {4: passphrase}})).code, 0);
	assert.equal((await run('get prod -o json --no-agent')).code, 2);
	for (const off of ['off', 'OFF', '0', 'no', 'false', ' off ', 'never', 'n']) {
		const environment = {...none, PHARMER_AGENT: off};
		assert.equal((await run('get credentials', {environment})).code, 2, off);
		assert.equal((await run('unlock', {environment, answers: [passphrase]})).code, 2, off);
	}
	assert.deepEqual(agent.asked, []);
});

test('what a passer-by must not do asks for the passphrase', async () => {
	for (const line of ['passphrase', 'rekey', 'slots add passphrase', 'slots add recovery', 'slots remove x']) {
		const {run} = unlockable();
		await run('unlock', {answers: [passphrase]});
		assert.equal((await run(line)).code, 2, line);
	}
	const {run} = unlockable();
	await run('unlock', {answers: [passphrase]});
	const {asked} = await run('rekey', {answers: [passphrase]});
	assert.deepEqual(asked, ['Passphrase: ']);
});

test('the agent gets the new key of a vault that it holds, for the rest of its time', async () => {
	const {agent, run} = unlockable();
	await run('unlock --for 1h', {answers: [passphrase]});
	const before = agent.held?.key.toString('hex');
	assert.equal((await run('rekey', {answers: [passphrase]})).code, 0);
	assert.notEqual(agent.held?.key.toString('hex'), before);
	assert.deepEqual([agent.held?.total, agent.held?.idle], [3600, undefined]);
	assert.equal((await run('get credentials')).code, 0);
	await run('lock');
	assert.equal((await run('rekey', {answers: [passphrase]})).code, 0);
	assert.equal(agent.held, undefined);
});

test('a lock while a new key is made stays', async () => {
	for (const line of ['rekey', 'passphrase']) {
		const {agent, run} = unlockable();
		await run('unlock', {answers: [passphrase]});
		const {left} = agent;
		agent.left = async path => {
			const before = await left(path);
			await agent.end();
			return before;
		};
		assert.equal((await run(line, {answers: [passphrase, 'four other words here', 'four other words here']})).code, 0);
		assert.equal(agent.held, undefined, line);
	}
});

test('an agent with an older key is asked in vain: the passphrase is asked for', async () => {
	const {agent, run} = unlockable();
	await run('unlock', {answers: [passphrase]});
	assert.ok(agent.held);
	agent.held.key.fill(7);
	const {code, asked} = await run('get credentials', {answers: [passphrase]});
	assert.deepEqual([code, asked], [0, ['Passphrase: ']]);
});

test('a name that the agent does not know is answered as the vault would', async () => {
	for (const line of ['get prd -o json', 'get prod Tst nix -o json', 'env tets', 'exec prof -- true']) {
		const {run} = unlockable();
		const by = await run(line, {environment: {PHARMER_PASSPHRASE: passphrase}});
		await run('unlock', {answers: [passphrase]});
		const agent = await run(line);
		assert.deepEqual([agent.code, agent.stderr], [by.code, by.stderr], line);
		assert.equal(agent.code, 4, line);
	}
});
