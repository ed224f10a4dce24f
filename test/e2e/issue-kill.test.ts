import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {awsAccount} from '../helpers/clouds/aws-account.js';
import {fieldsOf, killedAtRequest, momentsOf, storyOf} from '../helpers/killed-at-request.js';
import {size} from '../helpers/rounds.js';

/** An account of AWS in which somebody has a user and a group. */
function sharedAccount(now: () => number) {
	const account = awsAccount(now);
	const colleague = account.addUser('colleague');
	account.addKey(colleague);
	colleague.groups.add('others');
	account.groups.set('others', {attached: new Set(['arn:aws:iam::aws:policy/ReadOnlyAccess']), inline: new Map()});
	return account;
}

/** The program with the key of an administrator, and what kills it. */
async function programAt(context: TestContext) {
	const killed = await killedAtRequest(context, sharedAccount, ({admin}) => [['admin', 'aws', admin]]);
	const {groups, users} = killed.cloud;
	const things = (): readonly string[] =>
		[
			...[...groups].map(([name, {attached, inline}]) => `group ${name}: ${attached.size + inline.size} policies`),
			...[...users].map(([name, {groups, keys}]) => `user ${name}: in ${[...groups].join()}, ${keys.size} keys`),
		].sort();
	const state = async () => {
		const content = await killed.content();
		return {
			names: content.credentials.map(({name}) => name),
			opens: killed.cloud.opens(fieldsOf(content, 'work')),
			isUnderWay: content.sections?.journals !== undefined,
			things: things(),
		};
	};
	/** The next run, once a key whose answer was lost counts as nobody's; whoever runs it agrees that it goes. */
	const next = (line: readonly string[]) => {
		const ids = [...(users.get('pharmer')?.keys.keys() ?? [])];
		return killed.run([...line, ...ids.flatMap(id => ['--remove-orphan', id])], {after: 20});
	};
	const foreign = things();
	const own = ['group pharmer: 4 policies', 'user pharmer: in pharmer, 1 keys'];
	return {
		...killed,
		state,
		next,
		made: {names: ['admin', 'work'], opens: true, isUnderWay: false, things: [...foreign, ...own].sort()},
		unmade: {names: ['admin'], opens: false, isUnderWay: false, things: foreign},
	};
}

const make = ['issue', 'work', '--with', 'admin', '--yes'];
const undo = ['issue', 'work', '--undo', '--yes'];

test('killed at any request of an issue, the program goes on: one user, one key, and nothing of others is changed', async context => {
	const whole = await programAt(context);
	assert.equal((await whole.run(make)).code, 0);
	const moments = momentsOf(whole.requests());
	assert.ok(moments.length > 20);
	for (const moment of moments.filter((_, at) => at % size(7, 1) === 0)) {
		const {run, next, state, made} = await programAt(context);
		const story = storyOf(moment);
		assert.equal((await run(make, {at: moment})).code, 128, story);
		const {code, stderr} = await next(make);
		assert.equal(code, 0, `${story}: ${stderr}`);
		assert.deepEqual(await state(), made, story);
	}
});

test('killed at any request of an issue, it is taken back: what was made is gone, and nothing else', async context => {
	const whole = await programAt(context);
	await whole.run(make);
	for (const moment of momentsOf(whole.requests()).filter((_, at) => (at + 1) % size(7, 1) === 0)) {
		const {run, next, state, unmade} = await programAt(context);
		const story = storyOf(moment);
		await run(make, {at: moment});
		const isBegun = (await state()).isUnderWay;
		const {code, stderr} = await next(undo);
		assert.equal(code, isBegun ? 0 : 4, `${story}: ${stderr}`);
		assert.deepEqual(await state(), unmade, story);
	}
});

test('killed at any request while an issue is taken back, it is taken back by the next run, or made whole', async context => {
	const whole = await programAt(context);
	await whole.run(make);
	// The last request asks whether the key works: killed there, everything is made, and nothing is kept.
	const last = {at: whole.requests() - 1, isDone: true};
	const back = await programAt(context);
	await back.run(make, {at: last});
	assert.equal((await back.run(undo)).code, 0);
	const tries = momentsOf(back.requests()).flatMap(moment => [undo, make].map(next => ({moment, next})));
	for (const {moment, next} of tries.filter((_, at) => at % size(15, 1) === 0)) {
		const {run, state, made, unmade} = await programAt(context);
		const story = `${storyOf(moment)}, then ${next.join(' ')}`;
		await run(make, {at: last});
		assert.equal((await run(undo, {at: moment})).code, 128, story);
		const {code, stderr} = await run(next);
		assert.equal(code, 0, `${story}: ${stderr}`);
		assert.deepEqual(await state(), next === undo ? unmade : made, story);
	}
});
