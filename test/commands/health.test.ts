import assert from 'node:assert/strict';
import {test} from 'node:test';
import {withJournal} from '../../source/vault/journals.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content} from '../../source/vault/vault.js';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {rotationOf} from '../helpers/journals.js';

const changed = '2026-02-28T12:00:00Z';
const sound = storedCredential('sound', {changed});
const odd = storedCredential('odd', {
	changed,
	data: fields({accessKeyID: 'AKIASHORT', secretAccessKey: 'short'}),
});
const expired = storedCredential('expired', {
	changed,
	provider: 'generic',
	data: fields({token: 'hush'}),
	expires: '2026-02-01',
});
const old = storedCredential('old', {
	changed: '2025-02-01T00:00:00Z',
	provider: 'generic',
	data: fields({token: 'other'}),
});

const health = (line: string, world: World = {}) =>
	runCommandLine(['health', ...line.split(' ').filter(word => word !== '')], {
		credentials: [sound, odd, expired, old],
		...world,
	});

test('health lists every reason, most urgent first, and says what to do about each kind', async () => {
	const {code, stdout, stderr} = await health('');
	assert.equal(code, 0);
	assert.equal(
		stdout,
		[
			'NAME     KIND     WHY',
			'expired  expired  expired 28 days ago',
			'odd      check    Access key ID: AWS access key ids have 20 characters, this has 9',
			'odd      check    Secret access key: AWS secret access keys have 40 characters, this has 5',
			'old      old      has not been changed for 393 days',
			'',
		].join('\n'),
	);
	assert.equal(
		stderr,
		[
			'3 of 4 need care',
			'expired: make a new one at the provider, put it in with `pharmer edit NAME`, and revoke this one',
			'check: look at it with `pharmer edit NAME`: a character may be missing, or it is of another kind',
			'old: make a new one at the provider, put it in with `pharmer edit NAME`, and revoke this one',
			'',
		].join('\n'),
	);
});

test('what was begun at a provider and waits is listed, and what waits for nobody is only told', async () => {
	const journals = [
		rotationOf('id-of-sound', {step: 'off', until: '2026-02-28T12:00:00Z'}),
		rotationOf('id-of-other', {step: 'off', until: '2026-03-02T12:00:00Z'}),
	];
	const other = storedCredential('other', {
		changed,
		data: fields({accessKeyID: keyId, secretAccessKey: `${secretKey.slice(1)}x`}),
	});
	const content = journals.reduce<Content>(withJournal, {credentials: [sound, other], trash: []});
	const run = (line: string) => health(line, {place: memoryVaultPlace(content, 'open sesame')});
	const {code, stdout, stderr} = await run('--exit-code');
	assert.equal(code, 14);
	assert.equal(stdout, 'NAME   KIND   WHY\nsound  waits  has an old key to delete since 2026-02-28 12:00 UTC\n');
	assert.equal(
		stderr,
		[
			'1 of 2 needs care',
			'waits: go on with `pharmer rotate NAME --resume`, or with the `revoke` or `issue` that began it',
			'`other` has an old key, which can be deleted from 2026-03-02 12:00 UTC on',
			'',
		].join('\n'),
	);
	assert.equal(JSON.parse((await run('-o json')).stdout)[0].kind, 'rotation');
	assert.equal((await run('--exit-code other')).code, 0);
});

test('--exit-code ends with 14 when something needs care, names narrow it down', async () => {
	assert.equal((await health('--exit-code')).code, 14);
	assert.equal((await health('--exit-code old sound')).code, 14);
	const one = await health('--exit-code SOUND');
	assert.deepEqual([one.code, one.stdout, one.stderr], [0, '', 'nothing needs care\n']);
	assert.equal((await health('nope')).code, 4);
	const unlocked = await health('--exit-code', {environment: {PHARMER_PASSPHRASE: 'wrong'}});
	assert.equal(unlocked.code, 6);
});

test('a secret under two names is found among all, also when one of them is named', async () => {
	const twin = storedCredential('twin', {changed});
	const {stdout} = await health('twin', {credentials: [sound, twin]});
	assert.equal(stdout, 'NAME  KIND       WHY\ntwin  duplicate  has the same secret as sound\n');
});

test('health is one document in JSON and YAML, and shows no secret', async () => {
	const {stdout, stderr} = await health('expired -o json');
	assert.deepEqual(JSON.parse(stdout), [{name: 'expired', kind: 'expired', text: 'expired 28 days ago'}]);
	assert.equal(stderr, '');
	const yaml = await health('expired -o yaml');
	assert.equal(yaml.stdout, '- name: expired\n  kind: expired\n  text: expired 28 days ago\n');
	assert.equal((await health('sound -o json')).stdout, '[]\n');
	for (const each of ['', '-o json', '-o yaml']) {
		const text = (await health(each)).stdout;
		for (const secret of [secretKey, 'hush', 'short', keyId]) assert.ok(!text.includes(secret), `${each} ${secret}`);
	}
});

test('says which keys lie in clear in files of this machine, unless it is asked about some credentials', async () => {
	const files = {'/home/me/.config/hcloud/cli.toml': `[[contexts]]\nname = "x"\ntoken = "${'h'.repeat(64)}"\n`};
	const {code, stderr} = await runCommandLine(['health', '--exit-code'], {credentials: [], files});
	assert.equal(code, 0);
	assert.match(
		stderr,
		/1 key in plaintext on this machine; `pharmer import --close` lists what can be done about each:\n {2}`.*cli\.toml`: 1 key\n$/,
	);
	const json = await runCommandLine(['health', '-o', 'json'], {credentials: [], files});
	assert.equal(json.stderr, '');
});

test('what expires first comes first, whatever it is called', async () => {
	const until = (name: string, expires: string) =>
		storedCredential(name, {changed, provider: 'generic', data: fields({token: name}), expires});
	const credentials = [
		until('a', '2026-03-20'),
		until('b', '2026-03-03'),
		until('c', '2026-02-20'),
		until('d', '2026-01-20'),
	];
	const {stdout} = await health('-o json', {credentials});
	assert.deepEqual(
		JSON.parse(stdout).map(({name}: {name: string}) => name),
		['d', 'c', 'b', 'a'],
	);
});
