import assert from 'node:assert/strict';
import {test} from 'node:test';
import {journalsOf} from '../../source/vault/journals.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content} from '../../source/vault/vault.js';
import {clockOf} from '../helpers/clock.js';
import {awsCloud} from '../helpers/clouds/aws.js';
import {clear, fields, type Outcome, runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {directNetwork, type Fate} from '../helpers/direct-network.js';

/** A vault with the key of a fake AWS, and the command line beside it. */
function rotating(more: readonly ReturnType<typeof storedCredential>[] = []) {
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = awsCloud(clock.now);
	const key = storedCredential('prod', {id: '00000000-0000-4000-8000-000000000001', data: fields({...cloud.data})});
	const place = memoryVaultPlace({credentials: [key, ...more], trash: []}, usualPassphrase);
	let fateOf: () => Fate = () => undefined;
	const run = (line: string, world: World = {}): Promise<Outcome> =>
		runCommandLine(line.split(' '), {
			place,
			now: () => new Date(clock.now()),
			network: {network: directNetwork(cloud.handlers, clock.now, () => fateOf()), wait: async () => {}},
			...world,
		});
	const content = async (): Promise<Content> => (await run('status')).content().then(found => found ?? assert.fail());
	return {
		clock,
		cloud,
		run,
		content,
		fields: async () => Object.fromEntries(clear((await content()).credentials[0]?.data)),
		lose(fate: () => Fate) {
			fateOf = fate;
		},
	};
}

test('rotate asks, says each step, keeps the old key for a day, and deletes it when it goes on', async () => {
	const {clock, cloud, run, content, fields: own} = rotating();
	const first = await run('rotate prod', {answers: ['y']});
	const [id = ''] = cloud
		.keys()
		.slice(1)
		.map(each => each.id);
	assert.deepEqual([first.code, first.stdout], [0, '']);
	assert.match(
		first.asked[0] ?? '',
		/^Replace the key of prod\? A new one is made and tried, then the old one is switched off at once, and deleted 24 hours later\. \[y\/N\] $/,
	);
	assert.match(
		first.stderr,
		new RegExp(`the old key is ${cloud.data.accessKeyID}; a new one is made\n.*the new key, ${id}, is stored`),
	);
	assert.match(
		first.stderr,
		/the new key works.*\n.*the old key is switched off\n.*kept until 2026-12-01T10:00:00Z\n.*rotate prod --resume/,
	);
	assert.ok(!first.stderr.includes('secret/of'), 'no secret is told');
	assert.equal(cloud.opens(await own()), true);
	const early = await run('rotate prod --resume --yes');
	assert.deepEqual([early.code, cloud.keys().length], [0, 2]);
	assert.match(early.stderr, /the old one is kept until/);
	clock.add(86_400);
	const last = await run('rotate --resume --all --yes');
	assert.match(last.stderr, /`prod` has its new key, and the old one is deleted/);
	assert.deepEqual([last.code, cloud.keys().length, journalsOf(await content())], [0, 1, []]);
	assert.equal(cloud.opens(await own()), true);
	const none = await run('rotate prod --resume --yes');
	assert.deepEqual([none.code, none.stderr.split('\n')[0]], [4, 'pharmer: nothing is under way for `prod`']);
});

test('a no, and nobody to ask, change nothing', async () => {
	const {cloud, run, content} = rotating();
	const no = await run('rotate prod', {answers: ['n']});
	assert.deepEqual([no.code, cloud.keys().length, journalsOf(await content())], [3, 1, []]);
	const nobody = await run('rotate prod');
	assert.equal(nobody.code, 2);
	assert.match(nobody.stderr, /add --yes/);
	const offline = await run('rotate prod --yes --offline');
	assert.equal(offline.code, 11);
	assert.equal(cloud.keys().length, 1);
});

test('--undo takes everything back, --now keeps nothing', async () => {
	const {cloud, run, fields: own} = rotating();
	await run('rotate prod --yes');
	const undone = await run('rotate prod --undo --yes');
	assert.match(undone.stderr, /`prod` has its old key again, and the new one is deleted/);
	assert.deepEqual([undone.code, await own(), cloud.keys().length], [0, {...cloud.data}, 1]);
	const now = await run('rotate prod --now --yes');
	assert.match(now.stderr, /`prod` has its new key, and the old one is deleted/);
	assert.deepEqual([now.code, cloud.keys().length, cloud.opens(cloud.data)], [0, 1, false]);
});

test('a lost answer leaves a key that is shown, and goes after a yes or with its id, once it is sure', async () => {
	for (const way of ['asked', 'flag'] as const) {
		const {clock, cloud, run, lose, fields: own} = rotating();
		let count = 0;
		lose(() => (cloud.keys().length === 1 && count++ === 3 ? 'answer-lost' : undefined));
		let first: Outcome | undefined;
		// The request that makes the key is somewhere behind the listings.
		for (let at = 1; at < 9 && cloud.keys().length === 1; at++) {
			count = 0;
			lose(() => (count++ === at ? 'answer-lost' : undefined));
			first = await run('rotate prod --yes');
			if (cloud.keys().length === 1) await run('rotate prod --undo --yes');
		}
		lose(() => undefined);
		assert.equal(first?.code, 11);
		const orphan = cloud.keys()[1]?.id ?? assert.fail();
		const early = await run('rotate prod --resume --yes');
		assert.equal(early.code, 12);
		assert.match(
			early.stderr,
			new RegExp(`${orphan} .*may be the key whose answer was lost.*\n.*go on from 2026-11-30T10:15:00Z on`),
		);
		clock.add(901);
		const nobody = await run('rotate prod --resume --yes');
		assert.equal(nobody.code, 2);
		assert.match(nobody.stderr, new RegExp(`--remove-orphan ${orphan}`));
		const done =
			way === 'flag'
				? await run(`rotate prod --resume --yes --remove-orphan ${orphan}`)
				: await run('rotate prod --resume', {answers: ['y']});
		assert.equal(done.code, 0, done.stderr);
		if (way === 'asked') assert.match(done.asked[0] ?? '', /nobody has used it.*Delete it for good\? \[y\/N\] $/);
		assert.equal(cloud.keys().length, 2);
		assert.equal(cloud.opens(await own()), true);
	}
});

test('where there is no room, an unused key goes after a yes, and one in use is never guessed', async () => {
	const {clock, cloud, run} = rotating();
	const second = cloud.addKey();
	const young = await run('rotate prod --yes');
	assert.equal(young.code, 10);
	assert.match(young.stderr, /may be in use/, 'AWS tells uses late');
	clock.add(901);
	const no = await run('rotate prod', {answers: ['y', 'n']});
	assert.equal(no.code, 3);
	assert.match(
		no.asked[1] ?? '',
		new RegExp(`no room for another key beside ${second} \\(made .*, never used\\)\\. Delete it for good\\?`),
	);
	assert.equal(cloud.keys().length, 2);
	const script = await run('rotate prod --yes');
	assert.equal(script.code, 2);
	const yes = await run('rotate prod', {answers: ['y', 'y']});
	assert.equal(yes.code, 0, yes.stderr);
	assert.ok(!cloud.keys().some(({id}) => id === second));
});

test('another credential with the same key keeps it from being replaced under it', async () => {
	const twin = storedCredential('twin', {id: '00000000-0000-4000-8000-000000000002'});
	const {cloud, run} = rotating([]);
	const both = rotating([{...twin, data: fields({...cloud.data})}]);
	const refused = await both.run('rotate prod --yes');
	assert.equal(refused.code, 7);
	assert.match(refused.stderr, /`twin` has the same key, and would stop working/);
	assert.equal((await run('rotate prod --yes')).code, 0);
});

test('all that are old are replaced after one question, and what can not be is named', async () => {
	const by = storedCredential('token', {
		id: '00000000-0000-4000-8000-000000000003',
		provider: 'hetzner',
		data: fields({token: 'hush'}),
	});
	const {cloud, run} = rotating([by]);
	const none = await run('rotate --all --older-than 9999d', {answers: []});
	assert.match(none.stderr, /there is no key to replace/);
	const all = await run('rotate --all --older-than 90d', {answers: ['y']});
	assert.equal(all.code, 0, all.stderr);
	assert.match(all.stderr, /left out: `token`: .*no API for that/);
	assert.match(all.asked[0] ?? '', /^Replace this key\?/);
	assert.equal(cloud.keys().length, 2);
});

test('by hand: the steps are shown, the new secret is tried, and the old one stays as a version', async () => {
	const {run, content} = rotating([
		storedCredential('hand', {
			id: '00000000-0000-4000-8000-000000000004',
			provider: 'hetzner',
			data: fields({token: 'a'.repeat(64)}),
		}),
	]);
	const handlers = {
		'api.hetzner.cloud': (request: {headers: {authorization?: string | undefined}}) =>
			request.headers.authorization === `Bearer ${'b'.repeat(64)}`
				? {status: 200, body: {locations: [{id: 1, name: 'fsn1'}]}}
				: {status: 401, body: {error: {code: 'unauthorized', message: 'no'}}},
	};
	const network = {network: directNetwork(handlers, () => Date.parse('2026-11-30T10:00:00Z')), wait: async () => {}};
	const wrong = await run('rotate hand', {answers: ['c'.repeat(64)], network});
	assert.deepEqual([wrong.code, wrong.stderr.includes('nothing was changed')], [10, true]);
	const right = await run('rotate hand', {answers: ['b'.repeat(64)], network});
	assert.equal(right.code, 0, right.stderr);
	assert.match(right.stderr, /replaced by hand: .*no API for that/);
	assert.match(right.stderr, /https:\/\/console\.hetzner\.com/);
	assert.match(right.stderr, /has its new secret, which is valid; the old one is a version of it/);
	const {credentials} = await content();
	assert.deepEqual(clear(credentials[1]?.data), [['token', 'b'.repeat(64)]]);
	assert.match((await run('history hand')).stdout, /rotated/);
});
