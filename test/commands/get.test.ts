import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const old = {created: '2026-02-01T12:00:00Z', changed: '2026-02-20T12:00:00Z'};
const aws = storedCredential('aws', old);
const work = storedCredential('Work', {
	...old,
	labels: new Map([
		['team', 'web'],
		['tier', '1'],
	]),
	note: 'first line\nsecond line',
	expires: '2026-02-28',
});
const box = storedCredential('box', {...old, provider: 'generic', data: fields({token: 'hush-hush'})});
const future = storedCredential('future', {...old, provider: 'nimbus', data: fields({id: 'who-knows'})});

async function get(line: string, world: World = {credentials: [work, box, aws]}) {
	return runCommandLine(['get', 'credentials', ...line.split(' ').filter(Boolean)], world);
}

test('the table is sorted by name, aligned, and shows expiry if any credential has it', async () => {
	const {code, stdout, stderr} = await get('');
	assert.deepEqual([code, stderr], [0, '']);
	assert.equal(
		stdout,
		[
			'NAME  PROVIDER  ID         AGE      EXPIRES',
			'aws   aws       AKIA…P4Q5  4 weeks  -',
			'box   generic   -          4 weeks  -',
			'Work  aws       AKIA…P4Q5  4 weeks  2026-02-28 (expired)',
			'',
		].join('\n'),
	);
	assert.doesNotMatch((await get('', {credentials: [aws, box]})).stdout, /EXPIRES/);
	assert.equal((await get('-o table')).stdout, stdout);
});

test('wide shows everything but secrets', async () => {
	const {stdout} = await get('-o wide');
	const [header, , , row] = stdout.split('\n');
	assert.match(header ?? '', /^NAME +PROVIDER +ID +AGE +EXPIRES +LABELS +CREATED +CHANGED +NOTE$/);
	assert.match(
		row ?? '',
		new RegExp(
			`^Work +aws +${keyId} +4 weeks +2026-02-28 \\(expired\\) +team=web,tier=1 +${old.created} +${old.changed} +first line …$`,
		),
	);
	assert.equal(stdout.includes(secretKey), false);
	assert.equal(stdout.includes('hush'), false);
});

test('shows no data of an unknown provider', async () => {
	const {stdout} = await get('-o wide', {credentials: [future]});
	assert.match(stdout, /^future +nimbus +- +/m);
	assert.equal((await get('-p nimbus -o name', {credentials: [future, aws]})).stdout, 'future\n');
});

test('name prints one name per line', async () => {
	assert.equal((await get('-o name')).stdout, 'aws\nbox\nWork\n');
	assert.equal((await get('work AWS -o name')).stdout, 'Work\naws\n', 'those that are named, in that order');
});

test('one NAME gives an object, several or none a list, in JSON and YAML', async () => {
	const one = JSON.parse((await get('aws -o json')).stdout);
	assert.deepEqual([one.kind, one.metadata.name, one.spec.data.secretAccessKey], ['Credential', 'aws', secretKey]);
	const several = JSON.parse((await get('work aws WORK -o json')).stdout);
	assert.equal(several.kind, 'CredentialList');
	assert.deepEqual(
		several.items.map((item: {metadata: {name: string}}) => item.metadata.name),
		['Work', 'aws'],
	);
	const all = JSON.parse((await get('-o json', {credentials: [aws]})).stdout);
	assert.deepEqual([all.kind, all.items.length], ['CredentialList', 1], 'also when there is only one');
	assert.match((await get('aws -o yaml')).stdout, /^apiVersion: v1beta1\nkind: Credential\n/);
	assert.match(
		(await get('-o yaml')).stdout,
		/^apiVersion: v1beta1\nitems:|^apiVersion: v1beta1\nkind: CredentialList\n/,
	);
});

test('--redact masks secrets and nothing else', async () => {
	for (const format of ['json', 'yaml']) {
		const {stdout} = await get(`-o ${format} --redact`);
		assert.equal(stdout.includes(secretKey), false);
		assert.equal(stdout.includes('hush-hush'), false);
		assert.equal(stdout.includes(keyId), true);
		assert.match(stdout, /\[redacted\]/);
	}
});

test('-p filters, also by older ids', async () => {
	assert.equal((await get('-p aws -o name')).stdout, 'aws\nWork\n');
	assert.equal((await get('-p EKS -o name')).stdout, 'aws\nWork\n');
	const none = await get('-p generic', {credentials: [aws]});
	assert.deepEqual([none.code, none.stdout, none.stderr], [0, '', 'no credentials for `generic`\n']);
	const unknown = await get('-p nimbus');
	assert.equal(unknown.code, 7);
	assert.match(unknown.stderr, /there is no provider `nimbus`\nthe providers are /);
});

test('checks all names before showing anything', async () => {
	const {code, stdout, stderr} = await get('aws nope work nada -o json');
	assert.deepEqual([code, stdout], [4, '']);
	assert.match(stderr, /there is no credential `nope` or `nada`\n.*pharmer get credentials/);
});

test('an empty vault gives an empty answer, and says so', async () => {
	const talk = 'no credentials yet: `pharmer create credential NAME` adds one\n';
	for (const format of ['table', 'wide', 'name']) {
		const {code, stdout, stderr} = await get(`-o ${format}`, {credentials: []});
		assert.deepEqual([code, stdout, stderr], [0, '', talk], format);
	}
	const {code, stdout} = await get('-o json', {credentials: []});
	const list = JSON.parse(stdout);
	assert.deepEqual([code, list.kind, list.items], [0, 'CredentialList', []]);
	assert.match((await get('-o yaml', {credentials: []})).stdout, /^items: \[\]$/m);
});

test('only a terminal gets colour, and only if nothing disables it', async () => {
	const bold = '\u001b[1m';
	for (const [line, world, expected] of [
		['', {stdoutIsTerminal: true}, true],
		['', {}, false],
		['--no-color', {stdoutIsTerminal: true}, false],
		['', {stdoutIsTerminal: true, environment: {NO_COLOR: '1'}}, false],
		['', {stdoutIsTerminal: true, environment: {NO_COLOR: ''}}, true],
		['', {stdoutIsTerminal: true, environment: {TERM: 'dumb'}}, false],
		['', {environment: {FORCE_COLOR: '1'}}, true],
		['', {stdoutIsTerminal: true, environment: {FORCE_COLOR: '0'}}, false],
		['--no-color', {environment: {FORCE_COLOR: '1'}}, false],
		['-o json', {stdoutIsTerminal: true}, false],
		['-o name', {stdoutIsTerminal: true}, false],
	] as const) {
		const {stdout} = await get(line, {credentials: [aws], ...world});
		assert.equal(stdout.includes(bold), expected, `${line} ${JSON.stringify(world)}`);
	}
});

test('-p narrows the named credentials, and --redact is fine where nothing is secret', async () => {
	assert.equal((await get('aws Work -p aws -o name')).stdout, 'aws\nWork\n');
	const other = await get('aws box -p aws -o name');
	assert.deepEqual([other.code, other.stdout], [4, '']);
	assert.match(other.stderr, /for aws there is no credential `box`/);
	assert.equal((await get('--redact')).stdout, (await get('')).stdout);
});

test('a filter takes the same words as `/` in the app, and reports when nothing matches', async () => {
	const names = async (filter: string) => {
		const {code, stdout} = await runCommandLine(['get', 'credentials', '-o', 'name', '--filter', filter], {
			credentials: [work, box, aws],
		});
		assert.equal(code, 0);
		return stdout.split('\n').filter(Boolean);
	};
	assert.deepEqual(await names('tag:team=web'), ['Work']);
	assert.deepEqual(await names('expires:expired provider:aws'), ['Work']);
	assert.deepEqual(await names('expires:none'), ['aws', 'box']);
	assert.deepEqual(await names('provider:aws'), ['aws', 'Work']);
	// The best match first: a name match before a provider match.
	assert.deepEqual(await names('AWS'), ['aws', 'Work']);
	assert.deepEqual(await names('  '), ['aws', 'box', 'Work']);
	const none = await get('--filter nothing-like-it');
	assert.deepEqual([none.code, none.stdout], [0, '']);
	assert.match(none.stderr, /no credentials match `nothing-like-it`/);
	const one = await get('-o json --redact --filter box');
	assert.equal(JSON.parse(one.stdout).kind, 'CredentialList');
});

test('refuses a meaningless filter, and a filter together with names', async () => {
	const unclear = await get('--filter expires:<zz');
	assert.equal(unclear.code, 7);
	assert.match(unclear.stderr, /`expires:<zz` is not a filter\nwrite expires:<30d/);
	const both = await get('aws --filter box');
	assert.equal(both.code, 2);
	assert.match(both.stderr, /`--filter` and names can't be used together/);
});

test('shows a name alone in full, with its secrets masked', async () => {
	const {code, stdout, stderr} = await runCommandLine(['get', 'work'], {credentials: [work, box, aws]});
	assert.deepEqual([code, stderr], [0, '']);
	assert.equal(
		stdout,
		[
			'name               Work',
			'provider           Amazon Web Services (aws)',
			`Access key ID      ${keyId}`,
			'Secret access key  ••••••••••••',
			'care               has the same secret as aws',
			'expires            2026-02-28 · expired 1 day ago',
			'labels             team=web, tier=1',
			'note               first line',
			'                   second line',
			'created            2026-02-01 · 4 weeks ago',
			'changed            2026-02-20 · 1 week ago',
			'',
		].join('\n'),
	);
	const plain = await runCommandLine(['show', 'work', 'box'], {credentials: [work, box, aws], unicode: false});
	assert.match(plain.stdout, /^name +Work\n[\s\S]*Secret access key {2}\*{12}\n[\s\S]*\n\nname +box\n/);
	assert.doesNotMatch(plain.stdout, /[^\x20-\x7e\n]/);
	const gone = await runCommandLine(['get', 'wrok'], {credentials: [work]});
	assert.equal(gone.code, 4);
	assert.match(gone.stderr, /there is no credential `wrok`/);
});
