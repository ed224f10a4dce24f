import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {awsCloud} from '../helpers/clouds/aws.js';
import type {KeyCloud} from '../helpers/clouds/key-cloud.js';
import {fakeCloud, type Handler} from '../helpers/fake-cloud.js';
import {program, type Result, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, usualVault} from '../helpers/quick-vault.js';
import {size} from '../helpers/rounds.js';

const canShift = spawnSync('faketime', ['--version']).status === 0;
if (!canShift && process.env.CI) throw new Error('faketime is needed');
const skip = canShift ? false : 'SKIPPED: faketime is not here, so no time passes between the runs';

/** When the program is killed: at that request, before or after the provider has done what it asks. */
type Moment = {readonly at: number; readonly isDone: boolean};

/** The program with a vault of the cloud's key, and what kills it. */
async function programAt(context: TestContext, cloud: KeyCloud) {
	const home = temporaryHome(context);
	await putVault(usualVault(home), ['key', 'aws', cloud.data]);
	let kill: (() => void) | undefined;
	let moment: Moment | undefined;
	let requests = 0;
	const killed =
		(handler: Handler): Handler =>
		async request => {
			const isNow = requests++ === moment?.at;
			if (!isNow) return handler(request);
			if (moment?.isDone) await handler(request);
			kill?.();
			return {status: 599};
		};
	const handlers = Object.fromEntries(Object.entries(cloud.handlers).map(([host, each]) => [host, killed(each)]));
	const fake = await fakeCloud(context, handlers);
	const run = (args: readonly string[], later = 0, at?: Moment): Promise<Result> => {
		moment = at;
		requests = 0;
		return runProgram({
			home,
			environment: {PHARMER_PASSPHRASE: passphrase, ...fake.environment},
			node: 'faketime',
			script: '-f',
			args: [`+${later}m`, process.execPath, program, ...args],
			started: each => {
				kill = each;
			},
		});
	};
	const fields = async (): Promise<Readonly<Record<string, string>>> => {
		const {stdout, stderr} = await run(['get', 'credential', 'key', '-o', 'json']);
		assert.equal(stderr, '');
		return JSON.parse(stdout).spec.data;
	};
	return {run, fields, requests: () => requests};
}

test('killed at any request of a rotation, the program goes on, and neither loses a key nor leaves one', {
	skip,
}, async context => {
	const whole = await programAt(context, awsCloud(Date.now));
	assert.equal((await whole.run(['rotate', 'key', '--now', '--yes'])).code, 0);
	const count = whole.requests();
	assert.ok(count > 8);
	const moments = Array.from({length: count * 2}, (_, at) => ({at: at >> 1, isDone: at % 2 === 1}));
	const step = size(5, 1);
	for (const moment of moments.filter((_, at) => at % step === 0 || at === 3)) {
		const cloud = awsCloud(Date.now);
		const {run, fields} = await programAt(context, cloud);
		const story = `killed at request ${moment.at}, ${moment.isDone ? 'done' : 'not done'}`;
		const first = await run(['rotate', 'key', '--now', '--yes'], 0, moment);
		assert.equal(first.code, 128, story);
		assert.equal(cloud.opens(await fields()), true, `${story}: what the vault has works`);
		const orphans = cloud.keys().flatMap(({id}) => ['--remove-orphan', id]);
		const args = (await fields()) && ['rotate', 'key', '--resume', '--now', '--yes', ...orphans];
		const resumed = await run(args, 20);
		const began = resumed.code === 4 ? await run(['rotate', 'key', '--now', '--yes'], 20) : resumed;
		assert.equal(began.code, 0, `${story}: ${began.stderr}`);
		assert.equal(cloud.opens(await fields()), true, story);
		assert.equal(cloud.keys().length, 1, `${story}: no key is left over`);
		assert.notDeepEqual(await fields(), cloud.data, story);
	}
});
