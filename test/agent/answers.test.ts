import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answerLimit, longestTotal, type Question} from '../../source/agent/protocol.js';
import {forgetHolder, newHolder} from '../../source/vault/journal-changes.js';
import {withJournal} from '../../source/vault/journals.js';
import {addCredential} from '../../source/vault/operations.js';
import {hours, locked, testAgent, vaultWith, version} from '../helpers/agent.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {issueOf, rotationOf} from '../helpers/journals.js';
import {draft} from '../helpers/vault-samples.js';

const times = {total: longestTotal};

test('an agent of another version refuses everything but hello and lock, before it looks at anything', async context => {
	const vault = await vaultWith(context, 'one');
	const {agent, answer, hold, read, status} = testAgent(context);
	hold(vault, {total: longestTotal, idle: hours});
	const {file: path, id} = vault;
	const requests: readonly Question[] = [
		{ask: 'read', version: '1.2.4', path, name: 'one'},
		{ask: 'names', version: '1.2.4', path},
		{ask: 'key', version: '1.2.4', path, id},
		{ask: 'status', version: '', path},
		{ask: 'works', version: '1.2.4', path},
		{ask: 'read', version: '1.2.4', path: '/nowhere', name: 'one'},
	];
	for (const request of requests) assert.deepEqual(await answer(request), {is: 'no', why: 'version'}, request.ask);
	const key = Buffer.from(vault.key);
	const {line, isLast} = await agent.answer({ask: 'add', version: '1.2.4', path, id, ...times}, key);
	assert.equal(line.toString(), '{"is":"no","why":"version"}\n');
	assert.equal(isLast, true);
	assert.deepEqual(key, Buffer.alloc(32), 'a key that is not taken is filled with zero');
	assert.deepEqual(await status(vault), {is: 'unlocked', left: {total: longestTotal, idle: hours, seconds: hours}});
	assert.deepEqual(await answer({ask: 'hello'}), {is: 'hello', version, pid: 7});
	assert.deepEqual(await answer({ask: 'lock'}), {is: 'locked'});
	assert.deepEqual(await read(vault, 'one'), locked);
});

test('lock fills every key with zero', async context => {
	const [one, two] = [await vaultWith(context), await vaultWith(context)];
	const {agent, answer} = testAgent(context);
	const keys = [one, two].map(({file, id, key}) => {
		agent.hold({path: file, id, ...times}, key);
		return key;
	});
	await answer({ask: 'lock'});
	assert.deepEqual(keys, [Buffer.alloc(32), Buffer.alloc(32)]);
	assert.equal(agent.look(), false);
});

test('nothing is answered about a vault that is not held, nor is the key with another id', async context => {
	const [one, two] = [await vaultWith(context, 'one'), await vaultWith(context, 'two')];
	const {agent, hold, read, names, status, works, key} = testAgent(context);
	hold(one, times);
	for (const each of [two, {...two, file: '/nowhere/vault.json'}]) {
		for (const answer of [await read(each, 'two'), await names(each), await status(each), await works(each)])
			assert.deepEqual(answer, locked);
		assert.equal(await key(each), undefined);
	}
	assert.equal(await key({...one, id: two.id}), undefined);
	assert.deepEqual(await key(one), one.key);
	assert.equal(agent.look(), true);
});

test('a key that is given away is a copy', async context => {
	const vault = await vaultWith(context);
	const {hold, key} = testAgent(context);
	hold(vault, times);
	(await key(vault))?.fill(0);
	assert.deepEqual(await key(vault), vault.key);
});

test('names come with the keys of their fields and without values', async context => {
	const vault = await vaultWith(context);
	const data = {user: 'CANARY-user', token: 'CANARY-token'};
	await vault.vault.change(content => addCredential(content, {...draft('one', data), note: 'CANARY'}, new Date(0)));
	const {agent, hold} = testAgent(context);
	hold(vault, times);
	const {line} = await agent.answer({ask: 'names', version, path: vault.file}, undefined);
	assert.equal(line.toString(), '{"is":"names","names":[["one",["user","token"]]]}\n');
});

test('what is under way at providers comes with names and times, and without keys and secrets', async context => {
	const vault = await vaultWith(context, 'one', 'signer');
	const {agent, hold, works} = testAgent(context);
	hold(vault, {total: longestTotal, idle: hours});
	assert.deepEqual(await works(vault), {is: 'works', works: []});
	const [one, signer] = (await vault.vault.read()).credentials;
	assert.ok(one !== undefined && signer !== undefined);
	const holder = newHolder(new Date(0));
	for (const journal of [rotationOf(one.id, {holder, step: 'stored'}), issueOf('new', {admin: signer.id})])
		await vault.vault.change(content => ({content: withJournal(content, journal), result: undefined}));
	const {line} = await agent.answer({ask: 'works', version, path: vault.file}, undefined);
	const text = line.toString();
	const {works: told} = JSON.parse(text);
	assert.deepEqual(
		told.map(({work, ...names}: {work: {kind: string; isHeld: boolean}}) => [work.kind, work.isHeld, names]),
		[
			['rotate', true, {name: 'one'}],
			['issue', false, {name: 'made', admin: 'signer'}],
		],
	);
	for (const hidden of [keyId, secretKey]) assert.ok(!text.includes(hidden));
	forgetHolder(holder);
	const {
		works: [first],
	} = (await works(vault)) as {readonly works: readonly {work: {isHeld: boolean}}[]};
	assert.equal(first?.work.isHeld, false, 'whoever held it is looked for each time');
});

test('a name is found whatever its case, and an unknown one gets the nearest that there is', async context => {
	const vault = await vaultWith(context, 'aws-prod', 'aws-test', 'hetzner');
	const {hold, read} = testAgent(context);
	hold(vault, times);
	assert.equal((await read(vault, 'AWS-Prod')).is, 'credential');
	assert.deepEqual(await read(vault, 'hetzer'), {is: 'missing', near: 'hetzner'});
	assert.deepEqual(await read(vault, 'aws-pord'), {is: 'missing', near: 'aws-prod'});
	for (const name of ['nothing-like-it', '', '__proto__', '\u0000', 'x'.repeat(60_000)])
		assert.deepEqual(await read(vault, name), {is: 'missing'}, name.slice(0, 20));
});

test('a record is answered whole, whatever texts are in it', async context => {
	const vault = await vaultWith(context);
	const token = 'line\nfeed "quoted" \\ \u2028 密码 🔑 \ud800 }]';
	await vault.vault.change(content => addCredential(content, draft('odd', {token}), new Date(0)));
	await vault.vault.change(content => addCredential(content, draft('other'), new Date(0)));
	const {agent, hold} = testAgent(context);
	hold(vault, times);
	const {line} = await agent.answer({ask: 'read', version, path: vault.file, name: 'odd'}, undefined);
	assert.equal(line.indexOf('\n'), line.length - 1);
	const {record} = JSON.parse(line.toString());
	assert.deepEqual([record.name, record.data], ['odd', [['token', token]]]);
});

test('an answer of more than 1 MiB is refused', async context => {
	const vault = await vaultWith(context);
	const fitting = 'a'.repeat(answerLimit - 1000);
	const {hold, agent, read} = testAgent(context);
	hold(vault, times);
	await vault.vault.change(content => addCredential(content, draft('fits', {token: fitting}), new Date(0)));
	const {line} = await agent.answer({ask: 'read', version, path: vault.file, name: 'fits'}, undefined);
	assert.ok(line.length > answerLimit - 1000 && line.length <= answerLimit, String(line.length));
	await vault.vault.change(content =>
		addCredential(content, draft('large', {token: `${fitting}${'a'.repeat(1000)}`}), new Date(0)),
	);
	assert.deepEqual(await read(vault, 'large'), {is: 'no', why: 'large'});
	assert.equal((await read(vault, 'fits')).is, 'credential');
});
