import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const trash = [
	{...storedCredential('aws', {id: 'early', note: 'early'}), deleted: '2026-02-01T00:00:00Z'},
	{...storedCredential('AWS', {id: 'late', note: 'late'}), deleted: '2026-02-03T00:00:00Z'},
	{...storedCredential('aws', {id: 'middle', note: 'middle'}), deleted: '2026-02-02T00:00:00Z'},
	{...storedCredential('box'), deleted: '2026-02-02T00:00:00Z'},
];

async function restore(line: string, world: World = {}) {
	const outcome = await runCommandLine(['restore', 'credential', ...line.split(' ')], {trash, ...world});
	const content = await outcome.content();
	return {...outcome, back: content?.credentials, rest: content?.trash.map(each => each.id)};
}

test('restores the one deleted last, whatever the case of its name', async () => {
	const {code, stdout, stderr, back, rest} = await restore('aws');
	assert.deepEqual([code, stdout, stderr], [0, '', 'restored `AWS`\n']);
	assert.deepEqual([back?.length, back?.[0]?.note, back?.[0]?.revision], [1, 'late', 2]);
	assert.deepEqual(rest, ['early', 'middle', 'id-of-box']);
});

test('restores several in one write, or none', async () => {
	assert.deepEqual(
		(await restore('aws box AWS')).back?.map(each => each.name),
		['AWS', 'box'],
	);
	const missing = await restore('aws nope nada');
	assert.deepEqual([missing.code, missing.back], [4, []]);
	assert.match(missing.stderr, /the trash does not hold `nope` or `nada`\nthe trash holds .*`box`/);
	const taken = await restore('box aws', {credentials: [storedCredential('Aws')]});
	assert.deepEqual([taken.code, taken.back?.map(each => each.name)], [5, ['Aws']]);
	assert.match(taken.stderr, /a credential `Aws` exists already/);
});

test('an empty trash says so', async () => {
	const {code, stderr} = await restore('aws', {trash: []});
	assert.equal(code, 4);
	assert.match(stderr, /the trash is empty/);
});

test('what is in the list, and not in the trash, leads to its earlier versions', async () => {
	const {code, stderr} = await restore('Aws', {credentials: [storedCredential('Aws')], trash: []});
	assert.equal(code, 4);
	assert.match(
		stderr,
		/the trash does not hold `Aws`\nit is in the list; `pharmer history Aws` shows earlier versions/,
	);
});

test('restores a credential as it was', async () => {
	const before = storedCredential('aws', {labels: new Map([['a', 'b']]), expires: '2027-01-31'});
	const place = memoryVaultPlace({credentials: [before], trash: []}, usualPassphrase);
	assert.equal((await runCommandLine(['delete', 'cred', 'aws', '--yes'], {place})).code, 0);
	const {code, content} = await runCommandLine(['restore', 'cred', 'aws'], {place});
	assert.equal(code, 0);
	const [after] = (await content())?.credentials ?? [];
	const {secretSince, ...rest} = {...after, revision: 1, changed: before.changed};
	assert.deepEqual([secretSince, rest], [before.changed, before], 'and its secret as old');
});

test('--name restores a credential whose name is taken', async () => {
	const taken = {trash, credentials: [storedCredential('aws')]};
	assert.equal((await restore('aws', taken)).code, 5);
	const {stderr, back} = await restore('aws --name aws-old', taken);
	assert.equal(stderr, 'restored `aws-old`\n');
	assert.deepEqual(
		back?.map(each => [each.name, each.note]),
		[
			['aws', undefined],
			['aws-old', 'late'],
		],
	);
	assert.equal((await restore('aws box --name both')).code, 2);
});
