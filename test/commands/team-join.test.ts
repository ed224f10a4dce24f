import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exitCodes} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {invitationIn, teamHomes, url} from '../helpers/team-command.js';
import {draft} from '../helpers/vault-samples.js';

test('joining that was interrupted goes on with the same name, storage key and yes', async context => {
	const {home, openers} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put(draft('prod'));
	await ana.run(`team init ${url} --no-recovery`);
	await ben.put(draft('bucket'), draft('own'));
	const left = await ben.run(`team join ${url} --name box3 --with bucket`, {answers: ['y']});
	assert.equal(left.code, exitCodes.cancelled);
	assert.deepEqual(left.asked, ['Share it? [y/N] ', 'Number: ']);
	assert.match(left.stdout, /^pharmer1\.box3\./);
	assert.ok((await ben.run('team status')).stdout.includes(`card     ${left.stdout}`));
	const again = await ben.run(`team join ${url}`, {answers: []});
	assert.deepEqual([again.stdout, again.asked, openers().at(-1)], [left.stdout, ['Number: '], 'bucket']);
	const other = await ben.run(`team join ${url} --name box4`, {answers: []});
	assert.equal(other.stdout, left.stdout.replace('box3', 'box4'));
	const elsewhere = await ben.run(`team join ${url}2`, {answers: ['n']});
	assert.deepEqual(elsewhere.asked, ['Share it? [y/N] '], 'another team may not get it');
	const words = /Its six words: (.*)\n/.exec(left.stderr)?.[1] ?? '';
	const back = invitationIn((await ana.run(`team add ${other.stdout.trim()} --yes --words "${words}"`)).stdout);
	const joined = await ben.run(`team join ${url} --at ${back.number} --words "${back.words}"`);
	assert.equal(joined.code, 0, joined.stderr);
	assert.match(joined.stderr, /^joined as `box4`: 2 members, 1 credential came$/m);
	await ana.run('team sync');
	assert.deepEqual([(await ana.secret('own'))?.reveal(), await ana.secret('bucket')], ['a', undefined]);
});

test('no vault is made, and no passphrase asked for, where the storage can not be joined', async context => {
	let isDown = true;
	const inner = memoryStore();
	const list: Store['list'] = (...given) =>
		isDown ? Promise.reject(new Unreachable('the storage is down')) : inner.list(...given);
	const {home} = teamHomes(context, {...inner, list}, 'in files');
	const ben = home('ben');
	const world = {environment: {PHARMER_PASSPHRASE: undefined}, answers: ['a good one', 'a good one']};
	const joined = async (line: string) => {
		const {code, asked} = await ben.run(line, world);
		return [code, asked, ben.place.exists()];
	};
	assert.deepEqual(await joined(`team join ${url}`), [exitCodes.network, [], false]);
	isDown = false;
	assert.deepEqual(await joined(`team join ${url}`), [exitCodes['not-found'], [], false]);
	assert.deepEqual(await joined(`team join ${url} --with bucket`), [exitCodes['no-vault'], [], false]);
	const ana = home('ana');
	await ana.put();
	await ana.run(`team init ${url} --no-recovery`);
	const [code, asked, isMade] = await joined(`team join ${url}`);
	assert.deepEqual([code, isMade], [exitCodes.cancelled, true]);
	assert.deepEqual(asked, ['New passphrase: ', 'The same again: ', 'Number: ']);
});

test('a word that is mistyped is named, before anything is asked of the storage', async context => {
	const {home} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put();
	await ana.run(`team init ${url} --no-recovery`);
	const card = await ben.run(`team join ${url} --name ben`);
	const words = /Its six words: (.*)\n/.exec(card.stderr)?.[1] ?? '';
	const slip = words.replace(/\w+$/, 'colour');
	const add = await ana.run(`team add ${card.stdout.trim()} --yes --words "${slip}"`);
	assert.equal(add.code, exitCodes.invalid);
	assert.match(add.stderr, /^pharmer: `colour` is not on the word list\ntype the six words as they were read out\n$/);
	const back = invitationIn((await ana.run(`team add ${card.stdout.trim()} --yes --words "${words}"`)).stdout);
	const script = await ben.run(`team join ${url} --at ${back.number} --words "lunar kolour lunr"`);
	assert.equal(script.code, exitCodes.invalid);
	assert.match(script.stderr, /^pharmer: `kolour` and `lunr` are not on the word list\n/);
	const answers = [back.number, slip, 'lunar pelican', back.words];
	const {code, asked, stderr} = await ben.run(`team join ${url}`, {answers});
	assert.deepEqual([code, asked], [0, ['Number: ', 'Words: ', 'Words: ', 'Words: ']], stderr);
	assert.match(stderr, /\n`colour` is not on the word list\. Try again\.\n2 words, not six\. Try again\.\njoined as/);
	const lost = home('lost');
	const paper = `${'abandon '.repeat(6)}colour${' abandon'.repeat(17)}`;
	const recovery = await lost.run(`team join ${url} --recovery`, {answers: [paper]});
	assert.match(recovery.stderr, /Those are not the 24 words: word 7 can't be right\.\n/);
	assert.ok(!recovery.stderr.includes('colour'), 'they are secret');
});
