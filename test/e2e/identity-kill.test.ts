import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {awsAccount} from '../helpers/clouds/aws-account.js';
import {fakeCloud, type Handler} from '../helpers/fake-cloud.js';
import {type Result, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, usualVault} from '../helpers/quick-vault.js';
import {size} from '../helpers/rounds.js';

type Account = ReturnType<typeof awsAccount>;

/** When the program is killed: at that request, before or after the provider has done what it asks. */
type Moment = {readonly at: number; readonly isDone: boolean};

/** The program with a vault of the account's administrator, and of a user's key, and what kills it. */
async function programAt(context: TestContext, account: Account) {
	const home = temporaryHome(context);
	const key = account.addKey(account.addUser('me'));
	await putVault(
		usualVault(home),
		['admin', 'aws', account.admin],
		['old', 'aws', {accessKeyID: key.id, secretAccessKey: key.secret}],
	);
	let kill: (() => void) | undefined;
	let moment: Moment | undefined;
	let requests = 0;
	const killed =
		(handler: Handler): Handler =>
		async request => {
			if (requests++ !== moment?.at) return handler(request);
			if (moment.isDone) await handler(request);
			kill?.();
			return {status: 599};
		};
	const handlers = Object.fromEntries(Object.entries(account.handlers).map(([host, each]) => [host, killed(each)]));
	const fake = await fakeCloud(context, handlers);
	const run = (line: string, at?: Moment): Promise<Result> => {
		moment = at;
		requests = 0;
		return runProgram({
			home,
			environment: {PHARMER_PASSPHRASE: passphrase, ...fake.environment},
			args: line.split(' '),
			started: each => {
				kill = each;
			},
		});
	};
	return {run, requests: () => requests, key};
}

/** All moments, or one of five. */
async function moments(context: TestContext, line: string): Promise<readonly Moment[]> {
	const {run, requests} = await programAt(context, awsAccount(Date.now));
	assert.equal((await run(line)).code, 0);
	const all = Array.from({length: requests() * 2}, (_, at) => ({at: at >> 1, isDone: at % 2 === 1}));
	return all.filter((_, at) => at % size(5, 1) === 0);
}

const storyOf = ({at, isDone}: Moment): string => `killed at request ${at}, ${isDone ? 'done' : 'not done'}`;

test('killed at any request, issue goes on with what it began, and makes nothing twice', async context => {
	const line = 'issue work --with admin --yes';
	for (const moment of await moments(context, line)) {
		const account = awsAccount(Date.now);
		const {run} = await programAt(context, account);
		assert.equal((await run(line, moment)).code, 128, storyOf(moment));
		const {code, stderr} = await run(line);
		assert.equal(code, 0, `${storyOf(moment)}: ${stderr}`);
		assert.deepEqual([...account.users.keys()], ['admin', 'me', 'pharmer'], storyOf(moment));
		const {data} = JSON.parse((await run('get credential work -o json')).stdout).spec;
		assert.equal(account.opens(data), true, storyOf(moment));
		assert.deepEqual([...(account.users.get('pharmer')?.keys.keys() ?? [])], [data.accessKeyID], storyOf(moment));
		assert.equal(account.groups.get('pharmer')?.attached.size, 4, storyOf(moment));
	}
});

for (const line of ['revoke old --yes', 'revoke old --with admin --yes']) {
	test(`killed at any request, \`${line}\` goes on, and deletes that key and no other`, async context => {
		for (const moment of await moments(context, line)) {
			const account = awsAccount(Date.now);
			const {run} = await programAt(context, account);
			assert.equal((await run(line, moment)).code, 128, storyOf(moment));
			const {code, stderr} = await run(line);
			assert.equal(code, 0, `${storyOf(moment)}: ${stderr}`);
			assert.equal(account.users.get('me')?.keys.size, 0, storyOf(moment));
			assert.equal(account.opens(account.admin), true, storyOf(moment));
			assert.match((await run('trash')).stdout, /^old/m, storyOf(moment));
		}
	});
}
