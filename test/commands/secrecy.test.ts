import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, storedCredential} from '../helpers/credentials.js';

const secret = 'CANARY0secret0CANARY0secret0CANARY0secre';
const passphrase = 'CANARY0passphrase';
const canary = /CANARY0/;

const credentials = [
	storedCredential('aws', {data: fields({accessKeyID: keyId, secretAccessKey: secret, sessionToken: secret})}),
	storedCredential('box', {provider: 'generic', data: fields({token: secret})}),
	storedCredential('future', {provider: 'nimbus', data: fields({id: secret})}),
];
const trash = [
	{...storedCredential('old', {data: fields({secretAccessKey: secret})}), deleted: '2026-02-20T00:00:00Z'},
];
const environment = {
	PHARMER_PASSPHRASE: passphrase,
	PHARMER_NEW_PASSPHRASE: `${passphrase}2`,
	PHARMER_DEBUG: '1',
	AWS_ACCESS_KEY_ID: keyId,
	AWS_SECRET_ACCESS_KEY: secret,
	AWS_SESSION_TOKEN: secret,
	REFERENCE: 'pharmer://box/token',
	WRONG: 'pharmer://box/nope',
};
const files = {
	good: `{"accessKeyID": "${keyId}", "secretAccessKey": "${secret}"}`,
	bad: `{"accessKeyID": "${secret}", "secretAccessKey": "${secret} "`,
	unknown: `{"accessKeyID": "${keyId}", "secret": "${secret}"}`,
	nested: `accessKeyID: [${secret}]\nsecretAccessKey: {${secret}: 1}\n`,
	keyed: `${secret}: x\n`,
	text: `${secret}\n`,
	ini: `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\n${secret}\n`,
	csv: `User name,Access key ID,Secret access key\n"me,${keyId},${secret}\n`,
	manifest: `apiVersion: v1beta1\nkind: Credential\nmetadata: {name: x}\nspec: {provider: aws, data: {accessKeyID: ${keyId}, secretAccessKey: "${secret}", more: ${secret}}}\n`,
};

const lines = [
	'get cred',
	'get cred -o wide',
	'get cred -o name',
	'get cred -o json --redact',
	'get cred aws -o yaml --redact',
	'get cred nope',
	'create cred new -p aws -l',
	'create cred aws -l',
	...Object.keys(files).flatMap(file => [
		`create cred new -f ${file}`,
		`create cred new -p aws -f ${file}`,
		`create cred new -p generic -f ${file} --force`,
		`edit cred aws -f ${file}`,
	]),
	'edit cred aws -l --force',
	'edit cred aws --note x --name y',
	'edit cred box -l',
	'edit cred future --label a=b',
	'delete cred aws box --yes',
	'restore cred old nope',
	'restore cred old',
	'passphrase',
	'aws credential-process box',
	'aws credential-process nope',
	'aws setup box',
	'aws setup nope',
	...Object.keys(files).map(file => `run --env-file ${file} -- x`),
	'run -- x',
	'inject -i none --to out',
	'export -o aws',
	'export -o k8s-secret nope',
];

async function assertQuiet(line: string, world: World): Promise<number> {
	const {code, stdout, stderr} = await runCommandLine(line.split(' '), {
		environment,
		files,
		credentials,
		trash,
		passphrase,
		...world,
	});
	assert.doesNotMatch(stdout, canary, line);
	assert.doesNotMatch(stderr, canary, line);
	return code;
}

test('only json and yaml in clear write a secret, and nothing writes a passphrase', async () => {
	const codes = new Set<number>();
	for (const line of lines) codes.add(await assertQuiet(line, {}));
	for (const code of [0, 2, 4, 5, 7]) assert.ok(codes.has(code), `no line here ends with ${code}`);
	assert.equal(codes.has(1), false, 'nothing here is a bug');
	const {stdout} = await runCommandLine(['get', 'cred', '-o', 'json'], {environment, credentials, passphrase});
	assert.match(stdout, canary, 'the canary is there to be found');
});

test('does not repeat a wrong passphrase', async () => {
	const wrong = {...environment, PHARMER_PASSPHRASE: `${passphrase} wrong`};
	assert.equal(await assertQuiet('get cred', {environment: wrong}), 6);
	const typed = {...environment, PHARMER_PASSPHRASE: undefined};
	assert.equal(await assertQuiet('get cred', {environment: typed, answers: ['CANARY0a', 'CANARY0b', 'CANARY0c']}), 6);
	assert.equal(await assertQuiet('get cred --passphrase-fd 3', {descriptors: {3: 'CANARY0'}}), 6);
});

test('does not show a foreign error that contains a secret', async () => {
	const place = memoryVaultPlace({credentials, trash: []}, passphrase);
	for (const error of [new Error(`can't write ${secret}`), new SyntaxError(secret), secret, {message: secret}]) {
		const broken = {
			...place,
			unlock: () => {
				throw error;
			},
		};
		assert.equal(await assertQuiet('get cred', {place: broken}), 1);
	}
});

test('the editor shows the secret to the person and nobody else', async () => {
	for (const change of [
		(text: string) => text,
		(text: string) => text.replace('kind:', `${secret}:`),
		() => `[${secret}`,
	]) {
		await assertQuiet('edit cred aws --editor', {editor: [change], environment: {...environment, EDITOR: 'ed'}});
	}
});

const hostile = '\u001b]0;owned\u0007\u001b[2J\u202egnp\u200b\u0000\r\nNAME';
/** Characters that a terminal obeys or hides, except line feeds. */
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

test('escapes text from the vault, a file, a flag or the environment', async () => {
	const strange = storedCredential('aws', {
		provider: hostile,
		labels: new Map([[hostile, hostile]]),
		note: hostile,
		expires: hostile,
		data: fields({[hostile]: hostile}),
	});
	const keyed = storedCredential('id', {data: fields({accessKeyID: hostile, secretAccessKey: 'x'})});
	const ini = `[${hostile.replace(/[\r\n\u0000]/g, '')}]\naws_access_key_id = x\n[b]\naws_access_key_id = y\n`;
	const runs: readonly (readonly [argv: readonly string[], world: World])[] = [
		[['get', 'cred'], {}],
		[['get', 'cred', '-o', 'wide'], {}],
		[['get', 'cred', hostile], {}],
		[['get', 'cred', '-p', hostile], {}],
		[['get', hostile], {}],
		[[hostile], {}],
		[['get', 'cred', `--${hostile}`], {}],
		[['get', 'cred', '-o', hostile], {}],
		[['create', 'cred', hostile, '-l'], {}],
		[['create', 'cred', 'x', '-p', hostile], {}],
		[['create', 'cred', 'x', '-f', hostile], {}],
		[['create', 'cred', 'x', '-f', 'ini'], {files: {ini}}],
		[['create', 'cred', 'x', '-f', 'ini'], {files: {ini}, answers: ['9', '1']}],
		[['create', 'cred', 'x', '-f', 'f'], {files: {f: `{"${hostile.replace(/[\r\n\u0000]/g, '')}": 1}`}}],
		[['edit', 'cred', 'aws', '--label', hostile], {}],
		[['edit', 'cred', 'aws', '--expires', hostile], {}],
		[['delete', 'cred', 'aws'], {answers: [hostile]}],
		[['delete', 'cred', hostile, '--yes'], {}],
		[['restore', 'cred', hostile], {}],
	];
	for (const [argv, world] of runs) {
		const {stdout, stderr} = await runCommandLine(argv, {credentials: [strange, keyed], ...world});
		assert.doesNotMatch(stdout + stderr, unsafe, JSON.stringify(argv));
		assert.notEqual(stdout + stderr, '');
	}
	const {stdout} = await runCommandLine(['get', 'cred', '-o', 'wide'], {credentials: [strange]});
	assert.equal(stdout.split('\n').length, 3, 'a row stays one line');
	assert.match(stdout, /\\u001b\]0;owned\\u0007/);
});

test('escapes messages besides the data', async () => {
	const warned = await runCommandLine(['get', 'cred'], {
		credentials,
		files: {[hostile]: 'open sesame'},
		exposed: [hostile],
		environment: {PHARMER_PASSPHRASE_FILE: hostile},
	});
	assert.equal(warned.code, 0);
	assert.match(warned.stderr, /^warning: .*\\u001b/);
	assert.doesNotMatch(warned.stderr, unsafe);
	const made = await runCommandLine(['create', 'cred', 'x', '-p', 'generic', '-f', 'f'], {
		place: {...memoryVaultPlace(), path: hostile},
		files: {f: '{"a": "b"}'},
	});
	assert.equal(made.code, 0);
	assert.doesNotMatch(made.stderr, unsafe);
});

test('escapes error messages', async () => {
	const place = {
		...memoryVaultPlace({credentials: [], trash: []}),
		inspect: () => {
			throw new PharmerError('file', hostile, hostile);
		},
	};
	const {code, stderr} = await runCommandLine(['get', 'cred'], {place});
	assert.equal(code, 9);
	assert.doesNotMatch(stderr, unsafe);
	assert.equal(stderr.split('\n').length, 3);
});
