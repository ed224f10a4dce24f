import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {clear, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {samplesOf} from '../helpers/samples.js';

const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey};
const documented = `{\n  "accessKeyID": "${keyId}",\n  "secretAccessKey": "${secretKey}",\n}\n`;
const profiles = `[default]
aws_access_key_id = ${keyId}
aws_secret_access_key = ${secretKey}

[work]
aws_access_key_id = AKIAWORKWORKWORKWORK
aws_secret_access_key = ${secretKey}
`;
const manifest = `apiVersion: v1beta1
kind: Credential
metadata:
  annotations:
    expires: "2026-12-31"
    note: from a file
  creationTimestamp: "2019-04-04T09:33:32Z"
  labels:
    team: platform
  name: written
spec:
  data:
    accessKeyID: ${keyId}
    secretAccessKey: ${secretKey}
  provider: aws
`;

async function create(line: string, world: World = {credentials: []}) {
	const outcome = await runCommandLine(['create', 'credential', ...line.split(' ').filter(Boolean)], world);
	return {...outcome, all: (await outcome.content())?.credentials};
}

test('creates from the environment, with a line for each field', async () => {
	const {code, stdout, stderr, all} = await create('aws --from-env', {credentials: [], environment});
	assert.deepEqual([code, stdout], [0, '']);
	assert.equal(
		stderr,
		'created `aws`\n  accessKeyID from AWS_ACCESS_KEY_ID\n  secretAccessKey from AWS_SECRET_ACCESS_KEY\n',
	);
	assert.equal(all?.length, 1);
	assert.equal(all[0]?.provider, 'aws');
	assert.deepEqual(clear(all[0]?.data), [
		['accessKeyID', keyId],
		['secretAccessKey', secretKey],
	]);
	assert.deepEqual([all[0]?.created, all[0]?.revision], ['2026-03-01T12:00:00Z', 1]);
});

test('the warning names every credential with the same secret, whatever line break ends it', async () => {
	const data = new Map([['token', new Secret('0123456789abcdef')]]);
	const ended = new Map([['token', new Secret('0123456789abcdef\n')]]);
	const credentials = [
		storedCredential('first', {provider: 'vultr', data}),
		storedCredential('second', {provider: 'generic', data: ended}),
		storedCredential('third'),
	];
	const files = {'/k.json': '{"token": "0123456789abcdef"}'};
	const {stderr} = await create('more -p civo -f /k.json --force', {credentials, files});
	assert.match(stderr, /warning: `first` and `second` have the same secret\n/);
});

test('keeps a second credential with the same secret, with a warning', async () => {
	const {content} = await runCommandLine(['create', 'credential', 'aws', '--from-env'], {credentials: [], environment});
	const {code, stderr, all} = await create('another -p aws --from-env', {
		credentials: (await content())?.credentials ?? [],
		environment,
	});
	assert.deepEqual([code, all?.length], [0, 2]);
	assert.match(stderr, /^created `another`\nwarning: `aws` has the same secret\n/);
});

test('keeps a whole file of variables for generic, or one provider of several by name', async () => {
	const files = {
		'/app/.env':
			"HCLOUD_TOKEN=h\nCIVO_TOKEN='c'\nDATABASE_URL=postgres://a:b@c/d\nJWT_KEY='one\ntwo'\nKEY_FILE=./keys/a.pem\n",
		'/bad/.env': 'A=1\nB=2 why\n',
		'/none/.env': 'PORT=8080\n',
	};
	const whole = await create('app -p generic -f /app/.env', {credentials: [], files});
	assert.deepEqual(clear(whole.all?.[0]?.data), [
		['HCLOUD_TOKEN', 'h'],
		['CIVO_TOKEN', 'c'],
		['DATABASE_URL', 'postgres://a:b@c/d'],
		['JWT_KEY', 'one\ntwo'],
		['KEY_FILE', './keys/a.pem'],
	]);
	const several = await create('x -f /app/.env', {credentials: [], files});
	assert.match(several.stderr, /holds several: `hetzner` and `civo`\nname one with --profile/);
	const one = await create('x -f /app/.env --profile civo --force', {credentials: [], files});
	assert.deepEqual(clear(one.all?.[0]?.data), [['token', 'c']]);
	const bad = await create('x -p generic -f /bad/.env', {credentials: [], files});
	assert.deepEqual([bad.code, bad.all], [7, []]);
	assert.match(bad.stderr, /`B` is written in a way that parsers disagree on: put its value on line 2/);
	assert.match(
		(await create('x -f /none/.env', {credentials: [], files})).stderr,
		/-p generic -f FILE` keeps its variables/,
	);
});

test('reads alternative variables, and says which', async () => {
	const {code, stderr} = await create('x -p lightsail -l', {
		credentials: [],
		environment: {AWS_ACCESS_KEY: keyId, AWS_ACCESS_KEY_ID: '', AWS_SECRET_KEY: secretKey, AWS_REGION: 'eu-west-1'},
	});
	assert.equal(code, 0);
	assert.match(
		stderr,
		/accessKeyID from AWS_ACCESS_KEY\n.*secretAccessKey from AWS_SECRET_KEY\n.*region from AWS_REGION/,
	);
});

test('names every required variable that is missing or empty, and creates nothing', async () => {
	const {code, stderr, all} = await create('aws -l', {credentials: []});
	assert.equal(code, 7);
	assert.match(stderr, /pharmer: `AWS_ACCESS_KEY_ID` is not set, `AWS_SECRET_ACCESS_KEY` is not set\n/);
	assert.match(stderr, /also read: AWS_ACCESS_KEY, /);
	assert.deepEqual(all, []);
	const {code: other, stderr: partly} = await create('aws -l', {
		credentials: [],
		environment: {...environment, AWS_SECRET_ACCESS_KEY: ''},
	});
	assert.equal(other, 7);
	assert.match(partly, /pharmer: `AWS_SECRET_ACCESS_KEY` is empty\n/);
	assert.doesNotMatch(partly, /`AWS_ACCESS_KEY_ID` is/);
});

test('--from-env takes the only provider that has its variables there, and says so', async () => {
	const {code, stderr, all} = await create('mine -l', {credentials: [], environment});
	assert.deepEqual([code, all?.[0]?.provider], [0, 'aws']);
	assert.match(stderr, /^the provider is `aws`: the environment has its variables and no other's\n/);
	const vultr = {...environment, VULTR_API_KEY: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'};
	const two = await create('mine -l', {credentials: [], environment: vultr});
	assert.equal(two.code, 2);
	assert.match(two.stderr, /holds credentials of `aws` and `vultr`: `--from-env` needs to know which\nadd -p/);
	assert.deepEqual(two.places, [], 'the vault is not asked for');
	const half = await create('mine -l', {credentials: [], environment: {AWS_SECRET_ACCESS_KEY: secretKey}});
	assert.equal(half.code, 2);
});

test('--from-env needs a provider that has variables', async () => {
	const unknown = await create('mine -l', {credentials: [], environment: {HOME: '/home/me'}});
	assert.equal(unknown.code, 2);
	assert.match(unknown.stderr, /needs to know the provider\nadd -p with one of aws/);
	assert.deepEqual(unknown.places, [], 'the vault is not asked for');
	const generic = await create('mine -p generic -l', {credentials: [], environment});
	assert.equal(generic.code, 2);
	assert.match(generic.stderr, /`generic` has no environment variables\nuse --from-file/);
	const alias = await create('aws -l', {
		credentials: [],
		environment: {...environment, AWS_SECRET_ACCESS_KEY: undefined, AWS_SECRET_KEY: ''},
	});
	assert.match(alias.stderr, /pharmer: `AWS_SECRET_ACCESS_KEY` is not set\n/, 'by its official name');
	const nameless = await create('-p aws -l', {credentials: [], environment});
	assert.equal(nameless.code, 2);
	assert.match(nameless.stderr, /NAME is missing/);
});

test('the documented file with its trailing comma works as printed', async () => {
	const {code, stderr, all} = await create('aws -f aws.json', {credentials: [], files: {'aws.json': documented}});
	assert.deepEqual([code, stderr], [0, 'created `aws`\n']);
	assert.deepEqual(clear(all?.[0]?.data), [
		['accessKeyID', keyId],
		['secretAccessKey', secretKey],
	]);
});

test("a file's provider comes from the flag, from NAME, or from the file", async () => {
	const open = '{"alpha": "abc", "beta": "me"}';
	for (const [line, file, provider] of [
		['mine -p generic -f f', open, 'generic'],
		['generic -f f', open, 'generic'],
		['mine -f f', documented, 'aws'],
		['generic -f f', manifest, 'aws'],
		['eks -f f', documented, 'aws'],
	] as const) {
		const {code, all, stderr} = await create(line, {credentials: [], files: {f: file}});
		assert.deepEqual([code, all?.[0]?.provider], [0, provider], `${line}: ${stderr}`);
	}
	const {code, stderr} = await create('mine -f f', {credentials: [], files: {f: open}});
	assert.equal(code, 7);
	assert.match(stderr, /--provider/);
});

test('a manifest provides name, labels, note, expiry and creation time', async () => {
	const {code, stderr, all} = await create('-f m', {credentials: [], files: {m: manifest}});
	assert.deepEqual([code, stderr], [0, 'created `written`\n']);
	const {name, labels, note, expires, created, changed} = all?.[0] ?? assert.fail();
	assert.deepEqual(
		{name, labels: [...labels], note, expires, created, changed},
		{
			name: 'written',
			labels: [['team', 'platform']],
			note: 'from a file',
			expires: '2026-12-31',
			created: '2019-04-04T09:33:32Z',
			changed: '2026-03-01T12:00:00Z',
		},
	);
});

test('NAME and flags take precedence over the manifest', async () => {
	const line = 'mine -f m --label team=web --label tier=1 --note hello --expires 2027-01-31';
	const {all} = await create(line, {credentials: [], files: {m: manifest}});
	const {name, labels, note, expires} = all?.[0] ?? assert.fail();
	assert.deepEqual(
		{name, labels: [...labels], note, expires},
		{
			name: 'mine',
			labels: [
				['team', 'web'],
				['tier', '1'],
			],
			note: 'hello',
			expires: '2027-01-31',
		},
	);
});

test('refuses a provider that contradicts the file', async () => {
	for (const file of [manifest, profiles]) {
		const {code, stderr, all} = await create('mine -p generic -f m', {credentials: [], files: {m: file}});
		assert.equal(code, 7, stderr);
		assert.match(stderr, /aws.*generic/);
		assert.deepEqual(all, []);
	}
});

test('a file without a name needs NAME', async () => {
	const {code, stderr, all} = await create('-f aws.json', {credentials: [], files: {'aws.json': documented}});
	assert.equal(code, 2);
	assert.match(stderr, /NAME is missing\ngive it a name/);
	assert.deepEqual(all, []);
});

test('--profile chooses one of several', async () => {
	const {code, all} = await create('aws -f c --profile work', {credentials: [], files: {c: profiles}});
	assert.equal(code, 0);
	assert.equal(clear(all?.[0]?.data)[0]?.[1], 'AKIAWORKWORKWORKWORK');
	const unknown = await create('aws -f c --profile nope', {credentials: [], files: {c: profiles}});
	assert.equal(unknown.code, 7);
	assert.match(unknown.stderr, /nothing called `nope` in it\nit holds `default`, `work`/);
});

test('asks for one of several profiles at a terminal, and gives exit code 2 without one', async () => {
	const files = {c: profiles};
	const silent = await create('aws -f c', {credentials: [], files});
	assert.equal(silent.code, 2);
	assert.match(silent.stderr, /`c` holds several: `default` and `work`\nname one with --profile/);
	const asked = await create('aws -f c', {credentials: [], files, answers: ['x', '3', '2']});
	assert.equal(asked.code, 0);
	assert.match(asked.stderr, / {2}1\. default\n {2}2\. work\nType a number from 1 to 2\.\nType a number/);
	assert.equal(clear(asked.all?.[0]?.data)[0]?.[1], 'AKIAWORKWORKWORKWORK');
	const giveUp = await create('aws -f c', {credentials: [], files, answers: ['0', '', 'two']});
	assert.equal(giveUp.code, 2);
	assert.deepEqual(giveUp.all, []);
});

test('with standard input as the file, questions go to the terminal', async () => {
	const {code, inputTaken, all} = await create('aws -f -', {credentials: [], files: {'-': profiles}, answers: ['1']});
	assert.equal(code, 0);
	assert.equal(all?.length, 1);
	assert.equal(inputTaken.at(-1), true);
	const descriptor = await create('aws -f c --passphrase-fd 0', {
		credentials: [],
		files: {c: profiles},
		descriptors: {0: 'open sesame'},
		answers: ['1'],
	});
	assert.deepEqual([descriptor.code, descriptor.inputTaken.at(-1)], [0, true]);
});

test('refuses a taken name before reading the environment or the file', async () => {
	for (const line of ['AWS -l', 'AWS -f nowhere']) {
		const {code, stderr} = await create(line, {credentials: [storedCredential('aws')]});
		assert.equal(code, 5, stderr);
		assert.match(stderr, /a credential `aws` exists already\n.*pharmer edit credential/);
	}
});

test('names and refuses odd values, and keeps them with --force', async () => {
	const world = {
		credentials: [],
		environment: {AWS_ACCESS_KEY_ID: 'BKIA', AWS_SECRET_ACCESS_KEY: 'short'},
	};
	const refused = await create('aws -l', world);
	assert.equal(refused.code, 7);
	assert.match(refused.stderr, /warning: accessKeyID: .*AKIA/);
	assert.match(refused.stderr, /warning: secretAccessKey: .*40 characters/);
	assert.match(refused.stderr, /pharmer: this does not look like a credential for `aws`\n.*--force/);
	assert.deepEqual(refused.all, []);
	const forced = await create('aws -l --force', world);
	assert.equal(forced.code, 0);
	assert.match(forced.stderr, /warning: accessKeyID: /);
	assert.equal(forced.all?.length, 1);
});

test('refuses wrong data even with --force, naming every problem', async () => {
	const files = {f: '{"accessKeyID": "ASIAABCDEFGHIJKLM234"}'};
	const {code, stderr, all} = await create('aws -f f --force', {credentials: [], files});
	assert.equal(code, 7);
	assert.match(stderr, /wrong: secretAccessKey: .*empty/);
	assert.match(stderr, /wrong: sessionToken: .*temporary/);
	assert.deepEqual(all, []);
});

test('a missing file gives exit code 9, a file in an unknown format 7', async () => {
	const missing = await create('aws -f nowhere', {credentials: []});
	assert.equal(missing.code, 9);
	assert.match(missing.stderr, /`nowhere` does not exist\ncheck the path/);
	assert.equal((await create('aws -f f', {credentials: [], files: {f: 'hello'}})).code, 7);
});

test('creates the vault when there is none', async () => {
	const given = await create('aws -l', {environment});
	assert.equal(given.code, 0);
	assert.match(given.stderr, /^A new vault is made at `memory`\.\ncreated `aws`\n/);
	assert.equal(given.all?.length, 1);
	const world = {
		environment: {...environment, PHARMER_PASSPHRASE: undefined},
		answers: ['four random words here', 'four random words here'],
	};
	const asked = await create('aws -l', world);
	assert.equal(asked.code, 0, asked.stderr);
	assert.match(asked.stderr, /There is no recovery/);
	assert.equal(asked.all?.length, 1);
});

test('creates no vault without a credential or without a passphrase', async () => {
	const {code, all} = await create('aws -l', {environment: {}});
	assert.equal(code, 7);
	assert.equal(all, undefined);
	const silent = await create('aws -l', {environment: {...environment, PHARMER_PASSPHRASE: undefined}});
	assert.equal(silent.code, 2);
	assert.match(silent.stderr, /a passphrase for a new vault is needed .*\nset PHARMER_PASSPHRASE or /);
	assert.equal(silent.all, undefined);
});

test('opens the wizard with the given values when there is no source', async () => {
	const line = 'aws --label team=web --note hello --expires 2027-01-31 --accept-rollback --no-color';
	const {code, opened, stderr, asked} = await create(line, {credentials: [], app: {kind: 'created', name: 'aws'}});
	assert.deepEqual([code, stderr, asked], [0, 'created `aws`\n', []]);
	const [request] = opened;
	assert.deepEqual(request?.start, {
		kind: 'create',
		name: 'aws',
		provider: 'aws',
		labels: new Map([['team', 'web']]),
		note: 'hello',
		expires: '2027-01-31',
	});
	assert.deepEqual([request?.acceptRollback, request?.color], [true, false]);
	assert.equal(request?.passphrase?.reveal(), 'open sesame');
	const plain = await create('', {app: {kind: 'quit'}, environment: {PHARMER_PASSPHRASE: undefined}});
	assert.deepEqual([plain.code, plain.opened[0]?.start, plain.opened[0]?.passphrase], [0, {kind: 'create'}, undefined]);
	const other = await create('mine -p eks', {app: {kind: 'quit'}});
	assert.deepEqual(other.opened[0]?.start, {kind: 'create', name: 'mine', provider: 'aws'});
});

test('each credential that the wizard has created is said', async () => {
	const app = {kind: 'created', name: 'aws', others: ['work', 'home']} as const;
	const {code, stderr} = await create('', {credentials: [], app});
	assert.deepEqual([code, stderr], [0, 'created `aws`\ncreated `work`\ncreated `home`\n']);
});

test('a cancelled wizard gives exit code 3, a missing terminal 2', async () => {
	const cancelled = await create('aws', {credentials: [], app: {kind: 'cancelled'}});
	assert.equal(cancelled.code, 3);
	assert.match(cancelled.stderr, /nothing was created/);
	const silent = await create('aws');
	assert.equal(silent.code, 2);
	assert.match(silent.stderr, /standard input is not a terminal\ngive --from-env or --from-file/);
});

test('refuses a name that somebody else takes at the last moment', async () => {
	const {code, all} = await create('aws -l', {
		credentials: [],
		environment,
		meanwhile: content => ({...content, credentials: [storedCredential('aws')]}),
	});
	assert.equal(code, 5);
	assert.equal(all?.length, 1);
});

test("accepts an expiry as a number of days, as the app's form does", async () => {
	const world = {environment: {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey}};
	const {code, content} = await runCommandLine(['create', 'cred', 'aws', '-l', '--expires', '+90'], world);
	assert.equal(code, 0);
	assert.equal((await content())?.credentials[0]?.expires, '2026-05-30');
});

const keysOf = (profile: string): string =>
	`[${profile}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;

test('a broken part of a file is said, and is the reason when it is asked for', async () => {
	const files = {f: `${keysOf('a')}[b\naws_access_key_id = canary\n`, g: `${keysOf('a')}[broken]\ncanary\n`};
	const {code, stderr} = await create('x -f f', {credentials: [], files});
	assert.equal(code, 0);
	assert.match(stderr, /^warning: left out: it can't be read: line 4: (?!.*canary)/m);
	const {stderr: told} = await create('x -f g --profile broken', {credentials: [], files});
	assert.match(told, /`broken` can't be read: line 5: (?!.*canary)/);
});

test('a profile without keys is said to be there', async () => {
	const files = {'/a/config': `${keysOf('profile a')}[profile work]\nregion = r\n[profile role]\nrole_arn = r\n`};
	const {stderr} = await create('x -f /a/config --profile work', {credentials: [], files});
	assert.match(stderr, /`work` is in it, but holds no keys/);
	const role = await create('x -f /a/config --profile role', {credentials: [], files});
	assert.match(role.stderr, /`role` assumes a role, but/);
});

test("reads a tool's file with the files beside it, as import does", async () => {
	const auth = 'auth: {auth_url: "https://c.example.com/v3", username: ops, project_name: shop';
	const files = {
		'/o/clouds.yaml': `clouds: {lab: {${auth}, password: b}}, nopw: {${auth}}}, none: {${auth}}}}\n`,
		'/o/secure.yaml': 'clouds: {nopw: {auth: {password: "the password beside"}}}\n',
	};
	const several = await create('x -f /o/clouds.yaml', {credentials: [], files});
	assert.match(several.stderr, /left out: `none` has no password or secret in these files/);
	assert.match(several.stderr, /holds several: `lab` and `nopw`/);
	const {all} = await create('x -f /o/clouds.yaml --profile nopw --force', {credentials: [], files});
	assert.equal(all?.[0]?.data.get('password')?.reveal(), 'the password beside');
	const none = await create('x -f /o/clouds.yaml --profile none', {credentials: [], files});
	assert.match(none.stderr, /`none` has no password or secret in these files/);
});

test('a key file in the place of the one that is named is said', async () => {
	const {user, tenancy, fingerprint, privateKey = ''} = samplesOf('oci')[0] ?? {};
	const profile = `[GONE]\nuser=${user}\ntenancy=${tenancy}\nregion=r\nfingerprint=${fingerprint}\nkey_file=/nowhere/key.pem\n`;
	const files = {'/o/config': profile, '/o/key.pem': privateKey};
	const {stderr} = await create('x -f /o/config --force', {credentials: [], files});
	assert.match(stderr, /the file `\/nowhere\/key\.pem` that it names can't be read: `\/o\/key\.pem` was taken/);
});
