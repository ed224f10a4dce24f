import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {runCommandLine, type World} from '../helpers/command-line.js';

const old = 'the old one';
const next = 'the new one, longer';

async function change(line: string, world: World) {
	const place = memoryVaultPlace({credentials: [], trash: []}, old);
	const outcome = await runCommandLine(['passphrase', ...line.split(' ').filter(Boolean)], {place, ...world});
	const opens = async (text: string) =>
		place.unlock(new Secret(text)).then(
			() => true,
			() => false,
		);
	return {...outcome, old: await opens(old), next: await opens(next)};
}

test('asks for the old passphrase once and for the new one twice', async () => {
	const environment = {PHARMER_PASSPHRASE: undefined};
	const {code, stdout, stderr, asked, ...opens} = await change('', {environment, answers: [old, next, next]});
	assert.deepEqual([code, stdout, asked.length, opens.old, opens.next], [0, '', 3, false, true]);
	assert.match(stderr, /There is no recovery.*\nthe passphrase of `memory` is changed\n$/);
});

test('takes the new passphrase from the flag, else the file, else the variable', async () => {
	const environment = {PHARMER_PASSPHRASE: old};
	for (const [line, world] of [
		[
			'--new-passphrase-fd 4',
			{descriptors: {4: `${next}\n`}, environment: {...environment, PHARMER_NEW_PASSPHRASE: 'no'}},
		],
		[
			'--passphrase-fd 3 --new-passphrase-fd 4',
			{descriptors: {3: old, 4: next}, environment: {PHARMER_PASSPHRASE: 'no'}},
		],
		[
			'',
			{
				files: {f: `${next}\n`},
				environment: {...environment, PHARMER_NEW_PASSPHRASE_FILE: 'f', PHARMER_NEW_PASSPHRASE: 'no'},
			},
		],
		['', {environment: {...environment, PHARMER_NEW_PASSPHRASE: next}, answers: []}],
	] as const) {
		const outcome = await change(line, world);
		assert.deepEqual([outcome.code, outcome.old, outcome.next, outcome.asked], [0, false, true, []], outcome.stderr);
	}
});

test('without a terminal, names both sources and changes nothing', async () => {
	const missing = await change('', {environment: {PHARMER_PASSPHRASE: old}});
	assert.deepEqual([missing.code, missing.old], [2, true]);
	assert.match(
		missing.stderr,
		/a new passphrase is needed .*\nset PHARMER_NEW_PASSPHRASE or PHARMER_NEW_PASSPHRASE_FILE, or give --new-passphrase-fd N/,
	);
	const wrong = await change('', {environment: {PHARMER_PASSPHRASE: 'no', PHARMER_NEW_PASSPHRASE: next}});
	assert.deepEqual([wrong.code, wrong.old], [6, true]);
});

test('new passphrases that differ, or a cancelled question, change nothing', async () => {
	const environment = {PHARMER_PASSPHRASE: old};
	const differ = await change('', {
		environment,
		answers: ['phrase a', 'b', 'phrase c', 'd', 'phrase e', 'f', next, next],
	});
	assert.deepEqual([differ.code, differ.old], [2, true]);
	const cancelled = await change('', {environment, answers: [next]});
	assert.deepEqual([cancelled.code, cancelled.old], [3, true]);
});

test('a weak new passphrase is asked about at the terminal, and warned of elsewhere', async () => {
	const environment = {PHARMER_PASSPHRASE: old};
	const refused = await change('', {environment, answers: ['shorter', 'n', next, next]});
	assert.deepEqual([refused.code, refused.next, refused.asked.length], [0, true, 4], refused.stderr);
	assert.equal(refused.asked[1], 'Use it all the same? [y/N] ');
	const warned = await change('', {environment: {...environment, PHARMER_NEW_PASSPHRASE: 'shorter'}});
	assert.deepEqual([warned.code, warned.old, warned.asked], [0, false, []]);
	assert.match(warned.stderr, /^warning: the new passphrase has fewer than 8 characters: .*\nthe passphrase of/);
});
