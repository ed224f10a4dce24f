import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clear, fields, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';

const aws = storedCredential('aws', {
	data: fields({
		accessKeyID: 'ASIAOLDOLDOLDOLDOLDO',
		secretAccessKey: 'o'.repeat(40),
		sessionToken: 'old token',
		region: 'eu-west-1',
	}),
	labels: new Map([
		['team', 'web'],
		['stage', 'test'],
	]),
	note: 'old note',
	expires: '2026-12-31',
});
const credentials = [aws, storedCredential('other')];
const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey};

async function edit(line: string, world: World = {}) {
	const outcome = await runCommandLine(['edit', 'credential', ...line.split(' ')], {credentials, ...world});
	const after = (await outcome.content())?.credentials.find(credential => credential.id === aws.id);
	return {...outcome, after: after ?? assert.fail()};
}

test('without flags, opens the app on the credential', async () => {
	const {code, opened, stderr} = await edit('aws', {app: {kind: 'edited', name: 'aws'}});
	assert.deepEqual([code, stderr, opened[0]?.start], [0, 'changed `aws`\n', {kind: 'edit', name: 'aws'}]);
	assert.equal((await edit('aws', {app: {kind: 'quit'}})).code, 0);
	assert.equal((await edit('aws', {app: {kind: 'cancelled'}})).code, 3);
	const silent = await edit('aws');
	assert.equal(silent.code, 2);
	assert.match(silent.stderr, /not a terminal\nchange it with --editor, --from-env, /);
	const nowhere = await runCommandLine(['edit', 'cred', 'aws'], {app: {kind: 'quit'}});
	assert.deepEqual([nowhere.code, nowhere.opened], [13, []]);
});

test('what the app leaves of a shared vault is shared by the agent, or it is said', async () => {
	const left = (pending: number | 'reader') =>
		({kind: 'edited', name: 'aws', left: {path: '/v.json', pending}}) as const;
	const told = async (world: World) => (await edit('aws', world)).stderr;
	assert.equal(await told({app: left(1)}), 'changed `aws`\n1 is not shared yet: `pharmer team sync`\n');
	const synced: string[] = [];
	const agent = (failure?: string) => ({
		...fakeAgent(),
		async sync(path: string) {
			synced.push(path);
			return {isShared: true, ...(failure !== undefined && {failure})};
		},
	});
	assert.equal(await told({app: left(2), agent: agent()}), 'changed `aws`\n');
	assert.match(
		await told({app: left(2), agent: agent('it is down')}),
		/\n2 are not shared yet: `pharmer team sync`\n$/,
	);
	assert.deepEqual(synced, ['/v.json', '/v.json']);
	assert.match(
		await told({app: left('reader'), agent: agent()}),
		/\nthis device only reads .*: the change stays here\n$/,
	);
	assert.equal(synced.length, 2);
});

test('new keys replace the old ones as a set; public optional fields are kept', async () => {
	const {code, stderr, after} = await edit('AWS --from-env', {environment});
	assert.equal(code, 0);
	assert.equal(
		stderr,
		'changed `aws`\n  accessKeyID from AWS_ACCESS_KEY_ID\n  secretAccessKey from AWS_SECRET_ACCESS_KEY\n',
	);
	assert.deepEqual(clear(after.data), [
		['accessKeyID', keyId],
		['secretAccessKey', secretKey],
		['region', 'eu-west-1'],
	]);
	assert.deepEqual([after.revision, after.created, after.changed], [2, aws.created, '2026-03-01T12:00:00Z']);
	assert.deepEqual([after.note, after.expires, after.labels.size], ['old note', '2026-12-31', 2]);
});

test('a file replaces fields, and nothing else', async () => {
	const f = JSON.stringify({
		apiVersion: 'v1beta1',
		kind: 'Credential',
		metadata: {name: 'else', labels: {a: 'b'}},
		spec: {data: {accessKeyID: keyId, secretAccessKey: secretKey, region: 'us-east-1'}, provider: 'AWS'},
	});
	const {code, after} = await edit('aws -f f', {files: {f}});
	assert.equal(code, 0);
	assert.deepEqual([after.name, [...after.labels.keys()], after.note], ['aws', ['team', 'stage'], 'old note']);
	assert.deepEqual(clear(after.data).at(-1), ['region', 'us-east-1']);
	const csv = `User name,Access key ID,Secret access key\nme,${keyId},${secretKey}\n`;
	assert.equal((await edit('aws -f -', {files: {'-': csv}})).code, 0);
});

test('refuses fields of another provider', async () => {
	const f = 'apiVersion: v1beta1\nkind: Credential\nmetadata: {}\nspec: {data: {token: abc}, provider: generic}\n';
	const {code, stderr, after} = await edit('aws -f f', {files: {f}});
	assert.equal(code, 7);
	assert.match(stderr, /holds a `generic` credential, and this one is for `aws`\n/);
	assert.equal(after.revision, 1);
});

test('names missing, odd and wrong values; --force keeps odd ones', async () => {
	const missing = await edit('aws -l', {environment: {AWS_ACCESS_KEY_ID: keyId}});
	assert.equal(missing.code, 7);
	assert.match(missing.stderr, /`AWS_SECRET_ACCESS_KEY` is not set/);
	const f = `{"accessKeyID": "${keyId}"}`;
	const wrong = await edit('aws -f f --force', {files: {f}});
	assert.equal(wrong.code, 7);
	assert.match(wrong.stderr, /wrong: secretAccessKey: /);
	const odd = {environment: {...environment, AWS_SECRET_ACCESS_KEY: 'short'}};
	assert.equal((await edit('aws -l', odd)).code, 7);
	const forced = await edit('aws -l --force', odd);
	assert.equal(forced.code, 0);
	assert.match(forced.stderr, /warning: secretAccessKey: /);
});

test('--name renames if the name is free', async () => {
	const {code, stderr, after} = await edit('aws --name prod');
	assert.deepEqual([code, stderr, after.name, after.revision], [0, 'changed `aws`, now `prod`\n', 'prod', 2]);
	assert.equal((await edit('aws --name AWS')).after.name, 'AWS', 'its own name in another case');
	const taken = await edit('aws --name OTHER');
	assert.equal(taken.code, 5);
	assert.match(taken.stderr, /`other` exists already/);
	assert.equal((await edit('aws --name other -l')).code, 5, 'before the environment is looked at');
});

test('sets and removes labels, note and expiry', async () => {
	const set = await edit('aws --label team=ops --label new=1=2 --label stage- --note hello --expires 2027-01-31');
	assert.deepEqual(
		[[...set.after.labels], set.after.note, set.after.expires],
		[
			[
				['team', 'ops'],
				['new', '1=2'],
			],
			'hello',
			'2027-01-31',
		],
	);
	const removed = await runCommandLine(
		['edit', 'cred', 'aws', '--label', 'team-', '--label', 'stage-', '--note', '', '--expires', 'none'],
		{credentials},
	);
	const [after] = (await removed.content())?.credentials ?? [];
	assert.deepEqual([after?.labels.size, after?.note, after?.expires], [0, undefined, undefined]);
	assert.ok(after && !('note' in after) && !('expires' in after));
	const empty = await runCommandLine(['edit', 'cred', 'aws', '--expires', ''], {credentials});
	assert.equal((await empty.content())?.credentials[0]?.expires, undefined);
	const never = await edit('aws --expires never');
	assert.match(never.stderr, /write it as 2027-01-31, or \+90 for in 90 days, or none to remove it/);
});

test('changes everything in one write', async () => {
	let writes = 0;
	const {code, after} = await edit('aws -l --name prod --label a=b --note n --expires 2027-01-31', {
		environment,
		meanwhile: content => {
			writes++;
			return content;
		},
	});
	assert.deepEqual([code, writes, after.revision, after.name, after.note], [0, 1, 2, 'prod', 'n']);
});

test('says that there is nothing to change, and writes nothing', async () => {
	for (const line of ['aws --name aws', 'aws --note old\u00a0note', 'aws --label team=web', 'aws --label nope-']) {
		const argv = line.split(' ').map(word => word.replace('\u00a0', ' '));
		const {code, stderr, content} = await runCommandLine(['edit', 'cred', ...argv], {credentials});
		assert.deepEqual([code, stderr], [0, 'no changes to `aws`\n'], line);
		assert.equal((await content())?.credentials[0]?.revision, 1);
	}
});

test('reports a credential that is missing or was changed meanwhile', async () => {
	const missing = await edit('nope --note x');
	assert.equal(missing.code, 4);
	assert.match(missing.stderr, /there is no credential `nope`/);
	const changed = await edit('aws --note mine', {
		meanwhile: content => ({
			...content,
			credentials: content.credentials.map(each => ({...each, revision: each.revision + 1, note: 'theirs'})),
		}),
	});
	assert.equal(changed.code, 12);
	assert.match(changed.stderr, /`aws` was changed by somebody else meanwhile\nnothing was written/);
	assert.equal(changed.after.note, 'theirs');
	const gone = await runCommandLine(['edit', 'cred', 'aws', '--note', 'mine'], {
		credentials,
		meanwhile: content => ({...content, credentials: []}),
	});
	assert.equal(gone.code, 12);
});

test('a credential of an unknown provider can be renamed but not given new data', async () => {
	const future = {credentials: [{...aws, provider: 'nimbus'}]};
	assert.equal((await edit('aws --name later', future)).code, 0);
	const {code, stderr} = await edit('aws -l', future);
	assert.equal(code, 7);
	assert.match(stderr, /there is no provider `nimbus`/);
});

test('several names: labels, note and expiry of all in one write, or of none', async () => {
	const three = [aws, storedCredential('b'), storedCredential('c')];
	let writes = 0;
	const run = (line: string) =>
		runCommandLine(['edit', ...line.split(' ')], {
			credentials: three,
			meanwhile: content => {
				writes++;
				return content;
			},
		});
	const {code, stderr, content} = await run('c AWS C --label team=web --expires 2027-01-31');
	assert.deepEqual([code, stderr, writes], [0, 'changed `c` and `aws`\n', 1]);
	const after = (await content())?.credentials ?? [];
	assert.deepEqual(
		after.map(({name, revision, expires, labels}) => [name, revision, expires, labels.get('team')]),
		[
			['aws', 2, '2027-01-31', 'web'],
			['b', 1, undefined, undefined],
			['c', 2, '2027-01-31', 'web'],
		],
	);
	const partly = await run('aws b --label team=web');
	assert.deepEqual([partly.code, partly.stderr], [0, 'changed `b`\nno changes to `aws`\n']);
	const missing = await run('aws nope b gone --note n');
	assert.equal(missing.code, 4);
	assert.match(missing.stderr, /there is no credential `nope` or `gone`/);
	assert.deepEqual((await missing.content())?.credentials, three);
	for (const flags of ['', ' --name x', ' --editor', ' -l', ' -l --label a=b']) {
		const refused = await run(`aws b${flags}`);
		assert.equal(refused.code, 2, flags);
		assert.match(refused.stderr, /several credentials can only be given labels, a note or an expiry at once\n/);
	}
});
