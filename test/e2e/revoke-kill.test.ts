import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {awsCloud, awsCloudWithAdmin} from '../helpers/clouds/aws.js';
import type {MakeCloud} from '../helpers/clouds/key-cloud.js';
import {killedAtRequest, momentsOf, storyOf} from '../helpers/killed-at-request.js';
import {size} from '../helpers/rounds.js';

/** The program with a key that a colleague has made a second one beside, and what kills it. */
async function programAt(context: TestContext, make: MakeCloud) {
	const killed = await killedAtRequest(context, make, ({data, admin}) => [
		['key', 'aws', data],
		...(admin === undefined ? [] : [['admin', 'aws', admin.data] as const]),
	]);
	const colleague = killed.cloud.addKey();
	const state = async () => {
		const {credentials, trash, sections} = await killed.content();
		return {
			hasIt: credentials.some(({name}) => name === 'key'),
			inTrash: trash.map(({name}) => name),
			isUnderWay: sections?.journals !== undefined,
			ids: killed.cloud.keys().map(({id}) => id),
		};
	};
	return {...killed, colleague, state};
}

const ways: readonly (readonly [way: string, make: MakeCloud, flags: readonly string[]])[] = [
	['that signs for its own end', awsCloud, []],
	['by another credential', awsCloudWithAdmin, ['--with', 'admin']],
];

for (const [way, make, flags] of ways) {
	const revoke = ['revoke', 'key', ...flags, '--yes'];

	test(`killed at any request of the end of a key ${way}, the program goes on, and deletes no other`, async context => {
		const whole = await programAt(context, make);
		assert.equal((await whole.run(revoke)).code, 0);
		const moments = momentsOf(whole.requests());
		assert.ok(moments.length >= 6);
		for (const moment of moments.filter((_, at) => at % size(3, 1) === 0)) {
			const {run, colleague, state} = await programAt(context, make);
			const story = storyOf(moment);
			assert.equal((await run(revoke, {at: moment})).code, 128, story);
			const {hasIt, inTrash} = await state();
			assert.deepEqual([hasIt, inTrash], [true, []], story);
			const again = await run(revoke);
			assert.equal(again.code, 0, `${story}: ${again.stderr}`);
			const end = {hasIt: false, inTrash: ['key'], isUnderWay: false, ids: [colleague]};
			assert.deepEqual(await state(), end, story);
		}
	});

	test(`killed at any request of the end of a key ${way}, it is left where the key is still there`, async context => {
		const whole = await programAt(context, make);
		await whole.run(revoke);
		for (const moment of momentsOf(whole.requests()).filter((_, at) => (at + 1) % size(3, 1) === 0)) {
			const {cloud, run, colleague, state} = await programAt(context, make);
			const story = storyOf(moment);
			await run(revoke, {at: moment});
			const isBegun = (await state()).isUnderWay;
			const left = await run(['revoke', 'key', '--undo']);
			const isDone = left.code === (isBegun ? 0 : 4);
			const {hasIt, isUnderWay, ids} = await state();
			assert.ok(hasIt && ids.includes(colleague), story);
			if (isDone) assert.deepEqual([cloud.opens(cloud.data), isUnderWay], [true, false], story);
			else assert.deepEqual([left.code, isUnderWay], [12, true], `${story}: ${left.stderr}`);
		}
	});
}
