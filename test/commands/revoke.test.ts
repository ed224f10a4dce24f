import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Credential} from '../../source/domain/credential.js';
import {withJournal} from '../../source/vault/journals.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {awsCloud, awsCloudWithAdmin} from '../helpers/clouds/aws.js';
import type {KeyCloud} from '../helpers/clouds/key-cloud.js';
import {fields, now, runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {directNetwork, type Fate} from '../helpers/direct-network.js';
import {rotationOf} from '../helpers/journals.js';

const clock = (): number => now.getTime();
const keyOf = ({data}: KeyCloud, name = 'old'): Credential => storedCredential(name, {data: fields(data)});
const adminOf = ({admin}: KeyCloud): Credential => storedCredential('admin', {data: fields(admin?.data ?? {})});
const namesOf = (credentials: readonly Credential[] = []): readonly string[] => credentials.map(({name}) => name);

async function run(line: string, cloud: KeyCloud, world: World, fateOf?: (request: {readonly body?: string}) => Fate) {
	const network = directNetwork(cloud.handlers, clock, fateOf);
	const outcome = await runCommandLine(line.split(' '), {network: {network, wait: async () => {}}, ...world});
	const content = await outcome.content();
	return {...outcome, left: namesOf(content?.credentials), trash: namesOf(content?.trash)};
}

test('a key is deleted after its name is typed, and its credential goes to the trash', async () => {
	const cloud = awsCloud(clock);
	const {code, stdout, stderr, asked, left, trash} = await run('revoke OLD', cloud, {
		credentials: [keyOf(cloud), storedCredential('work')],
		answers: ['old'],
	});
	assert.deepEqual([code, stdout, left, trash, cloud.keys()], [0, '', ['work'], ['old'], []]);
	assert.equal(asked.at(-1), 'Type old to revoke it: ');
	assert.match(
		stderr,
		/deletes AKIA\S+ \(made .*\) for good: whatever uses it stops working, and nobody can bring it back/,
	);
	assert.match(stderr, /`old` is in the trash for 30 days: its key is deleted\n$/);
});

test('another answer deletes nothing, and nothing is under way', async () => {
	for (const answers of [['OLD'], [''], ['y'], []]) {
		const cloud = awsCloud(clock);
		const credentials = [keyOf(cloud)];
		const {code, left, content} = await run('revoke old', cloud, {credentials, answers});
		assert.deepEqual([code, left, cloud.keys().length], [3, ['old'], 1]);
		assert.equal((await content())?.sections, undefined);
	}
});

test('without a terminal and without --yes nothing is opened; with it nothing is asked', async () => {
	const cloud = awsCloud(clock);
	const credentials = [keyOf(cloud)];
	const refused = await run('revoke old', cloud, {credentials});
	assert.deepEqual([refused.code, refused.places, cloud.keys().length], [2, [], 1]);
	assert.match(refused.stderr, /add --yes/);
	const {code, asked, trash} = await run('revoke old --yes', cloud, {credentials});
	assert.deepEqual([code, asked, trash, cloud.keys()], [0, [], ['old'], []]);
});

test('another credential switches the key off before it deletes it', async () => {
	const cloud = awsCloudWithAdmin(clock);
	const sent: string[] = [];
	const {code, stderr, trash} = await run(
		'revoke old --with admin --yes',
		cloud,
		{credentials: [keyOf(cloud), adminOf(cloud)]},
		({body}) => void sent.push(new URLSearchParams(body).get('Action') ?? ''),
	);
	assert.deepEqual([code, trash, cloud.keys()], [0, ['old'], []]);
	assert.deepEqual(
		sent.filter(action => /^(?:Update|Delete)/.test(action)),
		['UpdateAccessKey', 'DeleteAccessKey'],
	);
	assert.match(stderr, /switched off/);
});

test('a lost answer to the deletion is found out by the next run', async () => {
	const cloud = awsCloud(clock);
	const place = memoryVaultPlace({credentials: [keyOf(cloud)], trash: []}, usualPassphrase);
	const isDeletion = (body = ''): boolean => body.includes('Action=DeleteAccessKey');
	const lost = await run('revoke old --yes', cloud, {place}, ({body}) =>
		isDeletion(body) ? 'answer-lost' : undefined,
	);
	assert.deepEqual([lost.code, lost.left, cloud.keys()], [11, ['old'], []]);
	const {code, trash} = await run('revoke old --yes', cloud, {place});
	assert.deepEqual([code, trash], [0, ['old']]);
});

test('what was switched off and not deleted can be left, and works again', async () => {
	const cloud = awsCloudWithAdmin(clock);
	const place = memoryVaultPlace({credentials: [keyOf(cloud), adminOf(cloud)], trash: []}, usualPassphrase);
	let lists = 0;
	const isLastList = (body = ''): boolean => body.includes('Action=ListAccessKeys') && ++lists === 3;
	const line = 'revoke old --with admin --yes';
	const lost = await run(line, cloud, {place}, ({body}) => (isLastList(body) ? 'request-lost' : undefined));
	assert.deepEqual([lost.code, cloud.opens(cloud.data)], [11, false]);
	for (const [other, hint] of [
		['delete credential old --yes', /`pharmer revoke old` goes on/],
		['delete credential admin --yes', /signs what is under way/],
		['edit credential old --from-env', /`pharmer revoke old` goes on/],
	] as const) {
		const environment = {AWS_ACCESS_KEY_ID: 'AKIAOTHEROTHEROTHER2', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40)};
		const {code, stderr} = await run(other, cloud, {place, environment});
		assert.equal(code, 12, `${other}: ${stderr}`);
		assert.match(stderr, hint);
	}
	const {code, left, content} = await run('revoke old --undo', cloud, {place});
	assert.deepEqual([code, left, cloud.opens(cloud.data)], [0, ['old', 'admin'], true]);
	assert.deepEqual((await content())?.sections?.journals, undefined);
	assert.equal((await run('revoke old --undo', cloud, {place})).code, 4);
});

test('a key that somebody else deleted is said to be gone, and its credential stays', async () => {
	const cloud = awsCloudWithAdmin(clock);
	cloud.dropKey(cloud.data.accessKeyID ?? '');
	const credentials = [keyOf(cloud), adminOf(cloud)];
	for (const line of ['revoke old --yes', 'revoke old --with admin --yes']) {
		const {code, stderr, left} = await run(line, cloud, {credentials});
		assert.deepEqual([code, left], [10, ['old', 'admin']]);
		assert.match(stderr, /`pharmer delete credential old` puts it into the trash/);
	}
});

test('a key that was made in between stops it, unless a person says that it may stay', async () => {
	for (const answers of [undefined, ['old', 'n'], ['old', 'y']]) {
		const cloud = awsCloud(clock);
		let count = 0;
		const isSecondList = (body = ''): boolean => body.includes('Action=ListAccessKeys') && ++count === 2;
		const {code, stderr, left} = await run(
			`revoke old${answers === undefined ? ' --yes' : ''}`,
			cloud,
			{credentials: [keyOf(cloud)], ...(answers && {answers})},
			({body}) => void (isSecondList(body) && cloud.addKey()),
		);
		if (answers?.[1] === 'y') {
			assert.deepEqual([code, left, cloud.keys().length], [0, [], 1], stderr);
		} else {
			assert.deepEqual([code, left, cloud.keys().length], [answers === undefined ? 12 : 3, ['old'], 2], stderr);
			assert.match(stderr, /somebody else made AKIAQQQQQQQQQQQQQQQT/);
		}
	}
});

test('nothing is revoked that others need or that something is under way for', async () => {
	const cloud = awsCloud(clock);
	const twice = await run('revoke old --yes', cloud, {credentials: [keyOf(cloud), keyOf(cloud, 'twin')]});
	assert.equal(twice.code, 7);
	assert.match(twice.stderr, /`twin` has the same key/);
	const old = keyOf(cloud);
	const content = withJournal({credentials: [old], trash: []}, rotationOf(old.id));
	const busy = await run('revoke old --yes', cloud, {place: memoryVaultPlace(content, usualPassphrase)});
	assert.equal(busy.code, 12);
	assert.match(busy.stderr, /rotate old --resume/);
	assert.equal(cloud.keys().length, 1);
});

test('where there is no API the page is shown, and it goes to the trash after its name', async () => {
	const cloud = awsCloud(clock);
	const token = storedCredential('box', {provider: 'hetzner', data: fields({token: 'x'.repeat(64)})});
	const {code, stderr, trash, asked} = await run('revoke box --offline', cloud, {
		credentials: [token],
		answers: ['box'],
	});
	assert.deepEqual([code, trash, asked], [0, ['box'], ['Type box to revoke it: ']], stderr);
	assert.match(stderr, /revoked by hand: .*no API.*\nRevoke it at https:\/\/console\.hetzner\.com\/projects\n/);
	assert.match(stderr, /not known here/);
});

test('offline nothing is asked', async () => {
	const cloud = awsCloud(clock);
	const {code, left} = await run('revoke old --yes --offline', cloud, {credentials: [keyOf(cloud)]});
	assert.deepEqual([code, left, cloud.keys().length], [11, ['old'], 1]);
});
