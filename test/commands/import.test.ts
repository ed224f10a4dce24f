import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runCommandLine} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {samplesOf} from '../helpers/samples.js';

const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey};

test('a dry run lists what there is, without secrets, and keeps nothing', async () => {
	const run = await runCommandLine(['import', '--dry-run'], {environment});
	assert.equal(run.code, 0);
	assert.match(run.stdout, /^NAME +PROVIDER +ID +STATE +MODE +SOURCE\naws +aws +AKIA…P4Q5 +new +- +AWS_ACCESS_KEY_ID/);
	assert.match(run.stderr, /one credential new; --all keeps what is new/);
	assert.doesNotMatch(run.stdout + run.stderr, new RegExp(secretKey));
	assert.equal(await run.content(), undefined);
});

test('JSON output is one document without secrets', async () => {
	const {stdout} = await runCommandLine(['import', '--dry-run', '-o', 'json'], {environment});
	assert.deepEqual(JSON.parse(stdout), {
		found: [
			{
				name: 'aws',
				provider: 'aws',
				id: 'AKIA…P4Q5',
				source: {kind: 'environment', variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']},
				mode: null,
				exposed: false,
				known: null,
				repeats: null,
				kept: false,
			},
		],
		refused: [],
		damaged: [],
	});
});

test('escapes hostile names of files and profiles, in the table and in JSON', async () => {
	const label = 'safe\u202egnp\u009b2J';
	const files = {
		'/home/me/.civo.json': JSON.stringify({
			apikeys: {[label]: `${secretKey}0123456789`},
			meta: {current_apikey: label},
		}),
	};
	for (const format of ['table', 'json']) {
		const run = await runCommandLine(['import', '--dry-run', '--from', 'civo', '-o', format], {files});
		assert.match(run.stdout, /\\u202e/, format);
		assert.doesNotMatch(run.stdout + run.stderr, /[\u202e\u009b]/, format);
	}
	const {stdout} = await runCommandLine(['import', '--dry-run', '--from', 'civo', '-o', 'json'], {files});
	assert.equal((JSON.parse(stdout) as {found: {source: {label: string}}[]}).found[0]?.source.label, label);
});

test('--all keeps everything new and creates the vault; a second run finds nothing new', async () => {
	const files = {'/keys.json': JSON.stringify({accessKeyID: keyId, secretAccessKey: `${secretKey.slice(1)}x`})};
	const run = await runCommandLine(['import', '--all', '/keys.json'], {files});
	assert.equal(run.code, 0);
	assert.match(run.stderr, /A new vault is made.*kept one credential; the files were left as they are/s);
	const credentials = (await run.content())?.credentials ?? [];
	assert.deepEqual(
		credentials.map(({name, provider}) => [name, provider]),
		[['aws', 'aws']],
	);
	const again = await runCommandLine(['import', '--all', '/keys.json'], {files, credentials});
	assert.match(again.stdout, /^aws +aws +AKIA…P4Q5 +in the vault/m);
	assert.match(again.stderr, /nothing new: the vault has all of it/);
	assert.equal((await again.content())?.credentials.length, 1);
});

test('keeps a secret in two places once', async () => {
	const files = {'/keys.json': JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey})};
	const run = await runCommandLine(['import', '--all', '/keys.json', '/keys.json'], {files});
	assert.match(run.stdout, /aws-2 .*the same as aws/);
	assert.equal((await run.content())?.credentials.length, 1);
});

test('keeps each account, user and project that a secret is used for, and says that they share it', async () => {
	const one = {secret_key: 'abababab-1111-4222-8333-444444444444', access_key: 'SCW0123456789ABCDEFG'};
	const profiles = {
		dev: {...one, default_project_id: 'abababab-1111-4222-8333-00000000000d'},
		prod: {...one, default_project_id: 'abababab-1111-4222-8333-00000000000e'},
		again: {...one, default_project_id: 'ABABABAB-1111-4222-8333-00000000000D'},
	};
	const lines = Object.entries(profiles).map(([name, fields]) => `  ${name}: ${JSON.stringify(fields)}\n`);
	const files = {'/home/me/.config/scw/config.yaml': `profiles:\n${lines.join('')}`};
	const run = await runCommandLine(['import', '--all'], {files});
	assert.match(run.stdout, /^scaleway-dev .* kept {2,}/m);
	assert.match(run.stdout, /^scaleway-prod .* kept, has the same secret as scaleway-dev /m);
	assert.match(run.stdout, /^scaleway-again .* the same as scaleway-dev /m);
	const credentials = (await run.content())?.credentials ?? [];
	assert.deepEqual(
		credentials.map(({name}) => name),
		['scaleway-dev', 'scaleway-prod'],
	);
	const [dev] = credentials;
	const second = await runCommandLine(['import', '--dry-run', '-o', 'json'], {
		files,
		credentials: dev === undefined ? [] : [dev],
	});
	const {found} = JSON.parse(second.stdout) as {found: {known: string | null; shared?: string}[]};
	assert.deepEqual(
		found.map(({known, shared}) => [known, shared]),
		[
			['scaleway-dev', undefined],
			[null, 'has the same secret as scaleway-dev'],
			['scaleway-dev', undefined],
		],
	);
});

test('several clouds with one password are several credentials', async () => {
	const cloud = (name: string, auth: string) =>
		`  ${name}: {auth: {auth_url: "https://keys.example.net/v3", username: op, password: one-for-all, ${auth}}}\n`;
	const text = `clouds:\n${cloud('east', 'project_name: e')}${cloud('west', 'project_name: w')}${cloud('root', 'username: root')}`;
	const files = {
		'/home/me/.config/openstack/clouds.yaml': text.replace(
			'username: op, password: one-for-all, username',
			'password: one-for-all, username',
		),
	};
	const run = await runCommandLine(['import', '--all'], {files});
	assert.equal((await run.content())?.credentials.length, 3, run.stdout + run.stderr);
});

test('two users of Oracle Cloud with one key file are two credentials', async () => {
	const {privateKey = '', fingerprint = '', tenancy = '', user = '', region = ''} = samplesOf('oci')[0] ?? {};
	const section = (name: string, who: string) =>
		`[${name}]\nuser=${who}\nfingerprint=${fingerprint}\ntenancy=${tenancy}\nregion=${region}\nkey_file=~/.oci/one.pem\n`;
	const files = {
		'/home/me/.oci/config': section('anna', user) + section('bert', `${user}b`),
		'/home/me/.oci/one.pem': privateKey,
	};
	const run = await runCommandLine(['import', '--all'], {files});
	assert.match(run.stdout, /^oci-bert .* kept, has the same secret as oci-anna /m);
	assert.equal((await run.content())?.credentials.length, 2);
});

test('--all keeps no variable of an unknown provider, and says what would', async () => {
	const files = {'/p/.env': `HCLOUD_TOKEN=${'h'.repeat(64)}\nDATABASE_URL=postgres://me:canary@db/x\n`};
	const run = await runCommandLine(['import', '--all', '-o', 'json', '/p/.env'], {files});
	assert.deepEqual(
		(await run.content())?.credentials.map(({provider}) => provider),
		['hetzner'],
	);
	const {refused} = JSON.parse(run.stdout) as {refused: object[]};
	assert.deepEqual(refused.map(Object.keys), [['where', 'label', 'reason']]);
	assert.match(run.stderr, /`DATABASE_URL` in `\/p\/\.env` belongs to no known provider: .* -p generic -f FILE/);
});

test('gives a find another name when its own is taken', async () => {
	const credentials = [storedCredential('aws', {provider: 'generic'})];
	const run = await runCommandLine(['import', '--all'], {environment, credentials});
	assert.deepEqual(
		(await run.content())?.credentials.map(({name}) => name),
		['aws', 'aws-2'],
	);
});

test('without flags, opens the app, or says what it needs when there is none', async () => {
	const run = await runCommandLine(['import', '--from', 'environment', '/a'], {
		app: {kind: 'imported', count: 2},
		answers: [],
	});
	assert.deepEqual(run.opened[0]?.start, {kind: 'import', paths: ['/a'], kinds: ['environment']});
	assert.match(run.stderr, /kept 2 credentials/);
	const refused = await runCommandLine(['import']);
	assert.equal(refused.code, 2);
	assert.match(refused.stderr, /--all/);
	const cancelled = await runCommandLine(['import'], {app: {kind: 'cancelled'}, answers: []});
	assert.equal(cancelled.code, 3);
});

test('refuses invalid command lines and paths', async () => {
	for (const [line, code, said] of [
		['import --from nimbus --all', 2, /`nimbus` is not a kind of source.*environment/s],
		['import --from nimbus', 2, /`nimbus` is not a kind of source/],
		['import -o json', 2, /needs/],
		['import --all /none', 9, /there is no file `\/none`/],
	] as const) {
		const run = await runCommandLine(line.split(' '));
		assert.equal(run.code, code, line);
		assert.match(run.stderr, said, line);
		assert.equal(await run.content(), undefined);
	}
});

test('an unreadable path does not stop the others, and sets the exit code', async () => {
	const files = {
		'/keys/a.json': JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey}),
		'/b.txt': 'canary',
	};
	const run = await runCommandLine(['import', '--all', '/none', '/b.txt', '/keys'], {files});
	assert.equal(run.code, 9);
	assert.match(
		run.stderr,
		/^A new vault .*\nwarning: left out: there is no file `\/none`\nwarning: left out: `\/b.txt`: /,
	);
	assert.match(run.stderr, /\nkept one credential; .*\npharmer: not everything that was named could be read\n$/);
	assert.doesNotMatch(run.stderr, /canary/);
	assert.equal((await run.content())?.credentials.length, 1);
});

test('--dry-run shows what --all would do', async () => {
	const run = await runCommandLine(['import', '--all', '--dry-run'], {environment});
	assert.equal(run.code, 0);
	assert.match(run.stderr, /one credential new/);
	assert.equal(await run.content(), undefined);
});

test('creates no vault when nothing is found', async () => {
	const run = await runCommandLine(['import', '--all']);
	assert.equal(run.code, 0);
	assert.match(run.stderr, /nothing was found/);
	assert.equal(await run.content(), undefined);
});
