import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {awsContent, keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const credentials = [
	storedCredential('Work', {data: awsContent('Work', {region: 'eu-west-1'}).data}),
	storedCredential('box', {provider: 'generic', data: fields({token: 'hush'})}),
];
const json = `{"Version":1,"AccessKeyId":"${keyId}","SecretAccessKey":"${secretKey}"}\n`;
const command = '/opt/node/bin/node "/opt/my tools/pharmer.js" aws credential-process Work';

function home(context: TestContext) {
	const directory = mkdtempSync(join(tmpdir(), 'aws-'));
	context.after(() => rmSync(directory, {recursive: true, force: true}));
	const config = join(directory, '.aws', 'config');
	const keys = join(directory, 'credentials');
	const setup = (line: string, world: World = {}) =>
		runCommandLine(['aws', 'setup', ...line.split(' ')], {
			credentials,
			...world,
			environment: {AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: keys, ...world.environment},
		});
	return {config, keys, setup};
}

test('credential-process writes its JSON to standard output, and nothing else anywhere', async () => {
	const {code, stdout, stderr} = await runCommandLine(['aws', 'credential-process', 'work'], {credentials});
	assert.deepEqual([code, stdout, stderr], [0, json, '']);
});

test('credential-process asks on the terminal itself, since AWS tools read its output, and says which passphrase', async () => {
	const {code, stdout, asked, inputTaken} = await runCommandLine(['aws', 'credential-process', 'work'], {
		credentials,
		environment: {PHARMER_PASSPHRASE: undefined},
		answers: ['open sesame'],
	});
	assert.deepEqual([code, stdout, asked, inputTaken], [0, json, ['Passphrase of the pharmer vault: '], [true]]);
	const nobody = await runCommandLine(['aws', 'credential-process', 'work'], {
		credentials,
		environment: {PHARMER_PASSPHRASE: undefined},
	});
	assert.deepEqual([nobody.code, nobody.stdout], [2, '']);
	assert.match(nobody.stderr, /PHARMER_PASSPHRASE/);
});

test('credential-process refuses another provider and an unknown name', async () => {
	const other = await runCommandLine(['aws', 'credential-process', 'box'], {credentials});
	assert.deepEqual([other.code, other.stdout], [7, '']);
	assert.match(other.stderr, /`box` is a credential for generic, not for aws\n.*get credentials -p aws/);
	assert.equal((await runCommandLine(['aws', 'credential-process', 'nope'], {credentials})).code, 4);
});

test('setup writes the profile, says so, and changes nothing the second time', async context => {
	const {config, setup} = home(context);
	const first = await setup('work');
	assert.deepEqual([first.code, first.stdout], [0, '']);
	assert.equal(
		first.stderr,
		[
			`the profile \`work\` in \`${config}\` now takes its keys from \`Work\`:`,
			'  [profile work]',
			`  credential_process = ${command}`,
			'  region = eu-west-1',
			'',
		].join('\n'),
	);
	const written = readFileSync(config, 'utf8');
	assert.equal(written, `[profile work]\ncredential_process = ${command}\nregion = eu-west-1\n`);
	const second = await setup('work');
	assert.match(second.stderr, /already takes its keys from `Work`\n$/);
	assert.equal(readFileSync(config, 'utf8'), written);
});

test('setup names another vault by its full path', async context => {
	const {config, setup} = home(context);
	const place = (await import('../../source/vault/memory-vault.js')).memoryVaultPlace(
		{credentials, trash: []},
		'open sesame',
	);
	const path = '/home/me/other vault.json';
	const unlock: typeof place.unlock = async (...all) => Object.assign(await place.unlock(...all), {path});
	assert.equal((await setup('work --vault vault.json', {place: {...place, path, unlock}})).code, 0);
	assert.match(
		readFileSync(config, 'utf8'),
		/pharmer\.js" --vault "\/home\/me\/other vault\.json" aws credential-process Work$/m,
	);
});

test('setup warns about settings that AWS tools may use instead, with file and line', async context => {
	const {config, keys, setup} = home(context);
	writeFileSync(keys, '[other]\naws_access_key_id = x\n\n[work]\naws_access_key_id = x\naws_secret_access_key = y\n');
	const {code, stderr} = await setup('work --replace');
	assert.equal(code, 0);
	assert.ok(
		stderr.includes(`warning: \`aws_access_key_id\` on line 5 of \`${keys}\` may be used in its place`),
		stderr,
	);
	writeFileSync(config, '[default]\nrole_arn = x\n');
	const other = await setup('work --profile default --replace');
	assert.ok(other.stderr.includes(`\`role_arn\` on line 4 of \`${config}\``), other.stderr);
});

test("setup leaves another program's credential_process alone unless told to replace it", async context => {
	const {config, setup} = home(context);
	await setup('work');
	const before = `[profile work]\ncredential_process = /usr/bin/other work\n`;
	writeFileSync(config, before);
	const refused = await setup('work');
	assert.equal(refused.code, 5);
	assert.ok(refused.stderr.includes(`\`${config}\`: line 2: the profile \`work\` has another`), refused.stderr);
	assert.equal(readFileSync(config, 'utf8'), before);
	assert.equal((await setup('work --replace')).code, 0);
	assert.match(readFileSync(config, 'utf8'), new RegExp(`^credential_process = ${command}$`, 'm'));
});

test('setup asks before it takes over a profile that has its keys from elsewhere', async context => {
	const {config, keys, setup} = home(context);
	writeFileSync(keys, '[work]\naws_access_key_id = x\naws_secret_access_key = y\n');
	const has = `the profile \`work\` has its keys from elsewhere: \`aws_access_key_id\` on line 2 of \`${keys}\``;
	const nobody = await setup('work');
	assert.deepEqual(
		[nobody.code, nobody.stderr],
		[2, `pharmer: ${has}\nadd --replace to take it over without being asked\n`],
	);
	const refused = await setup('work', {answers: ['n']});
	assert.deepEqual([refused.code, refused.asked], [3, ['Take it over? [y/N] ']]);
	assert.ok(refused.stderr.startsWith(`${has}\n`), refused.stderr);
	assert.throws(() => readFileSync(config), 'nothing is written');
	assert.equal((await setup('work', {answers: ['y']})).code, 0);
	const again = await setup('work');
	assert.equal(again.code, 0, 'it is ours now');
	assert.match(again.stderr, /already takes its keys from `Work`\nwarning: /);
});

test('setup adds to a profile without keys, and asks nothing', async context => {
	const {config, setup} = home(context);
	await setup('work');
	writeFileSync(config, '[profile work]\nregion = us-east-1\n');
	const {code, stderr} = await setup('work');
	assert.equal(code, 0, stderr);
	assert.match(readFileSync(config, 'utf8'), /^region = us-east-1$/m);
});

test('setup refuses wrong providers, unknown names and invalid profiles, and writes no config file', async context => {
	const {config, setup} = home(context);
	for (const [line, code, message] of [
		['box', 7, /for generic/],
		['nope', 4, /no credential/],
		['work --profile a]b', 2, /can't be a profile/],
	] as const) {
		const result = await setup(line);
		assert.equal(result.code, code, line);
		assert.match(result.stderr, message);
	}
	assert.throws(() => readFileSync(config));
});

test('setup expands variables in AWS_CONFIG_FILE as the aws command does, and refuses one that is not set', async context => {
	const {config, setup} = home(context);
	const base = config.slice(0, -'/.aws/config'.length);
	const run = await setup('work', {environment: {AWS_CONFIG_FILE: '\x24{BASE}/.aws/config', BASE: base}});
	assert.equal(run.code, 0, run.stderr);
	assert.match(readFileSync(config, 'utf8'), /^\[profile work\]/);
	const unknown = await setup('work', {environment: {AWS_CONFIG_FILE: '$NOWHERE/config'}});
	assert.equal(unknown.code, 7);
	assert.match(unknown.stderr, /AWS_CONFIG_FILE has `\$NOWHERE` in it.*\nset that variable, or write the path out/);
});
