import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import type {Use} from '../../source/domain/use.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {fields, runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';

const ids = {
	prod: '11111111-1111-4111-8111-111111111111',
	dns: '22222222-2222-4222-8222-222222222222',
	old: '33333333-3333-4333-8333-333333333333',
	gone: '44444444-4444-4444-8444-444444444444',
} as const;

const prod = storedCredential('prod', {id: ids.prod});
const dns = storedCredential('dns', {id: ids.dns, provider: 'generic', data: fields({token: 'hush'})});
const expired = storedCredential('old', {
	id: ids.old,
	data: fields({
		accessKeyID: 'ASIAQ4J5K6L7M2N3P4Q5',
		secretAccessKey: 'x'.repeat(40),
		sessionToken: 'a',
		expiration: '2020-01-31T12:00:00Z',
	}),
});
const trashed = {...storedCredential('gone', {id: ids.gone}), deleted: '2026-02-20T00:00:00Z'};

const used = (id: string, kind: Use['kind'], at: string): Use => ({id, kind, at});

function vault(...uses: readonly Use[]): VaultPlace {
	return memoryVaultPlace({credentials: [prod, dns, expired], trash: [trashed]}, usualPassphrase, uses);
}

async function usesIn(place: VaultPlace): Promise<readonly string[]> {
	const {list} = await (await place.unlock(new Secret(usualPassphrase))).openUseLog().read();
	return list.map(({id, kind, at}) => `${id} ${kind} ${at}`);
}

const three = [
	used(ids.gone, 'exec', '2026-03-01T11:59:00Z'),
	used(ids.prod, 'credential-process', '2026-03-01T11:00:00Z'),
	used(ids.dns, 'copy', '2026-02-20T00:00:00Z'),
	used(ids.prod, 'exec', '2026-02-19T00:00:00Z'),
];

test('log lists what was handed out, newest first, without credentials that are gone', async () => {
	const {code, stdout, stderr} = await runCommandLine(['log'], {place: vault(...three)});
	assert.deepEqual([code, stderr], [0, '']);
	assert.equal(
		stdout,
		[
			'NAME  BY                  AT                    AGO',
			'prod  credential-process  2026-03-01T11:00:00Z  1 hour ago',
			'dns   copy                2026-02-20T00:00:00Z  1 week ago',
			'prod  exec                2026-02-19T00:00:00Z  1 week ago',
			'',
		].join('\n'),
	);
});

test('log takes names, and refuses those that nothing has', async () => {
	const one = await runCommandLine(['log', 'DNS'], {place: vault(...three)});
	assert.match(one.stdout, /^NAME.*\ndns {3}copy.*\n$/);
	const none = await runCommandLine(['log', 'prod', 'gone'], {place: vault(...three)});
	assert.deepEqual([none.code, none.stdout], [4, '']);
	assert.match(none.stderr, /there is no credential `gone`/);
});

test('log is one document in JSON and YAML', async () => {
	const {stdout} = await runCommandLine(['log', 'prod', '-o', 'json'], {place: vault(...three)});
	assert.deepEqual(JSON.parse(stdout), [
		{name: 'prod', by: 'credential-process', at: '2026-03-01T11:00:00Z'},
		{name: 'prod', by: 'exec', at: '2026-02-19T00:00:00Z'},
	]);
	const yaml = await runCommandLine(['log', 'dns', '-o', 'yaml'], {place: vault(...three)});
	assert.equal(yaml.stdout, '- name: dns\n  by: copy\n  at: "2026-02-20T00:00:00Z"\n');
});

test('log says on standard error when nothing was handed out', async () => {
	const never = await runCommandLine(['log'], {place: vault()});
	assert.deepEqual([never.code, never.stdout], [0, '']);
	assert.equal(never.stderr, 'nothing was handed out here yet\n');
	const one = await runCommandLine(['log', 'old'], {place: vault(...three)});
	assert.equal(one.stderr, '`old` was not handed out here since 2026-02-19, as far as the log goes back\n');
	const json = await runCommandLine(['log', 'old', 'old', '-o', 'json'], {place: vault()});
	assert.equal(json.stdout, '[]\n');
});

const handing: readonly (readonly [line: string, kind: string, ...names: (keyof typeof ids)[]])[] = [
	['exec prod dns -- true', 'exec', 'prod', 'dns'],
	['env dns --shell json', 'env', 'dns'],
	['aws credential-process prod', 'credential-process', 'prod'],
	['get prod -o json', 'get', 'prod'],
	['get credential prod dns -o yaml', 'get', 'prod', 'dns'],
	['get credentials -p generic -o json', 'get', 'dns'],
	['get prod --field secretAccessKey', 'get', 'prod'],
	['show credential dns --field token', 'get', 'dns'],
	['show prod --reveal', 'reveal', 'prod'],
	['get credentials prod dns --reveal', 'reveal', 'prod', 'dns'],
	['export prod', 'export', 'prod'],
];

for (const [line, kind, ...names] of handing) {
	test(`\`${line}\` notes a use, without the agent and with it`, async () => {
		const place = vault();
		const {code, stderr} = await runCommandLine(line.split(' '), {place});
		assert.equal(code, 0, stderr);
		assert.deepEqual(
			[...(await usesIn(place))].sort(),
			names.map(name => `${ids[name]} ${kind} 2026-03-01T12:00:00Z`).sort(),
		);
		const agent = fakeAgent([prod, dns, expired]);
		await agent.hold({path: 'memory', id: '00000000-0000-4000-8000-000000000000', total: 60}, Buffer.alloc(32));
		const again = vault();
		const world: World = {place: again, agent, environment: {PHARMER_PASSPHRASE: undefined}};
		if (/^get credentials|^export|--reveal/.test(line)) return;
		assert.equal((await runCommandLine(line.split(' '), world)).code, 0);
		const noted = names.map(name => ids[name]).join(' ');
		assert.deepEqual(agent.asked, ['hold', `read ${names.join(' ')}`, `note ${kind} ${noted}`]);
		assert.deepEqual(await usesIn(again), [], 'it is the agent that notes it');
	});
}

const not = [
	'get credentials',
	'get credentials prod -o wide',
	'get prod',
	'show prod',
	'get prod -o name',
	'get prod -o json --redact',
	'get credentials -o yaml --redact',
	'get prod nope -o json',
	'get prod --field accessKeyID',
	'get prod --field nope',
	'ls --sort used --columns name,used,care',
	'exec old -- true',
	'exec prod nope -- true',
	'env old --shell json',
	'aws credential-process old',
	'aws credential-process dns',
	'export dns -o aws',
	'log',
];

for (const line of not) {
	test(`\`${line}\` hands nothing out, and notes nothing`, async () => {
		const place = vault();
		await runCommandLine(line.split(' '), {place});
		assert.deepEqual(await usesIn(place), []);
	});
}

test('a command that does not start is no use', async () => {
	const place = vault();
	const {code} = await runCommandLine(['exec', 'prod', '--', 'nope'], {place, childStarts: false});
	assert.equal(code, 127);
	assert.deepEqual(await usesIn(place), []);
});

test('the detail says when a credential was used last, and that it was not used for long', async () => {
	const place = vault(used(ids.dns, 'copy', '2025-02-20T00:00:00Z'));
	const {stdout} = await runCommandLine(['get', 'dns'], {place});
	assert.match(stdout, /^care +has not been used here for 374 days$/m);
	assert.match(stdout, /^used +2025-02-20 · 1 year ago · copy$/m);
	assert.doesNotMatch((await runCommandLine(['get', 'prod'], {place: vault()})).stdout, /^used/m);
});
