import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import type {Copied} from '../../source/platform/copying.js';
import {fingerprintOf} from '../../source/platform/fingerprint.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';

const aws = storedCredential('aws');
const run = (line: string, world: World = {}) => runCommandLine(line.split(' '), {credentials: [aws], ...world});

test('copy takes the secret that `y` in the app takes, and says who clears it and when', async () => {
	const {code, stdout, stderr, copies} = await run('copy AWS');
	assert.deepEqual([code, stdout, copies], [0, '', [secretKey]], stderr);
	assert.equal(
		stderr,
		'copied Secret access key of `aws` to the clipboard; a process in the background clears it in 45 seconds\n',
	);
	const agent = fakeAgent([aws]);
	const held = {path: '/v', id: 'i', total: 60, key: Buffer.alloc(32)};
	const byAgent = await run('copy aws', {agent: Object.assign(agent, {held}), settings: {clipboardSeconds: 20}});
	assert.match(byAgent.stderr, /; the agent clears it in 20 seconds\n$/);
	assert.ok(agent.asked.includes('clear 20'));
});

test('copy takes the field that is named by its key', async () => {
	const {code, stderr, copies} = await run('copy aws accessKeyID');
	assert.deepEqual([code, copies], [0, [keyId]], stderr);
	assert.equal(stderr, 'copied Access key ID of `aws` to the clipboard\n', 'what is no secret stays there');
	const wrong = await run('copy aws secretAccesKey');
	assert.deepEqual([wrong.code, wrong.copies], [7, []]);
	assert.equal((await run('get aws --field secretAccesKey')).stderr, wrong.stderr);
	assert.match(wrong.stderr, /`aws` has no field `secretAccesKey`\n.*did you mean `secretAccessKey`\?/);
	assert.equal((await run('copy nobody')).code, 4);
	assert.equal((await run('copy')).code, 2);
	assert.equal((await run('copy aws accessKeyID more')).code, 2);
});

test('copy asks for a field where there is no secret, or several', async () => {
	const data = new Map([
		['one', new Secret('1')],
		['two', new Secret('2')],
	]);
	const several = await run('copy two', {credentials: [storedCredential('two', {provider: 'generic', data})]});
	assert.deepEqual([several.code, several.copies], [2, []]);
	assert.match(several.stderr, /`two` has 2 secrets\n.*name one of them: `one` or `two`/);
	const empty = storedCredential('none', {provider: 'generic', data: new Map([['one', new Secret('')]])});
	assert.match((await run('copy none', {credentials: [empty]})).stderr, /`one` of `none` is empty/);
});

test('a terminal does not tell what it holds: it is emptied only when the setting says so', async () => {
	const clearing = {way: 'terminal', ours: fingerprintOf(secretKey), environment: {}};
	const copied: Copied = {by: 'the terminal (OSC 52)', sure: false, clearing};
	const agent = fakeAgent([aws]);
	const left = await run('copy aws', {copied, agent});
	assert.match(left.stderr, /^sent Secret access key of `aws` to the terminal \(OSC 52\), which does not say/);
	assert.match(left.stderr, /; nothing empties it; the setting `over ssh` of the app would\n$/);
	assert.ok(!agent.asked.some(each => each.startsWith('clear')));
	const emptied = await run('copy aws', {copied, agent, settings: {clipboardBlind: true}});
	assert.match(emptied.stderr, /; a process in the background has it emptied in 45 seconds\n$/);
	const nobody = await run('copy aws', {copied: {...copied, clearing: undefined}, settings: {clipboardBlind: true}});
	assert.match(nobody.stderr, /; nothing empties it: nobody else can write to this terminal\n$/);
});

test('a copy of an expired credential warns', async () => {
	const {code, stderr} = await run('copy aws', {credentials: [{...aws, expires: '2026-02-01'}]});
	assert.equal(code, 0);
	assert.match(stderr, /^warning: `aws` expired on 2026-02-01\ncopied /);
});
