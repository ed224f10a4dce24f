import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exposedFiles, type Look, whereOf} from '../../source/credentials/found.js';
import {PharmerError} from '../../source/domain/errors.js';
import {reach, unknownLimit} from '../../source/look/directory.js';
import {importers} from '../../source/look/importers.js';
import {findLimit, kinds, look, lookAround} from '../../source/look/look.js';
import {FileText} from '../../source/providers/file-text.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {filesWorld} from '../helpers/import-world.js';
import {assertLinear} from '../helpers/linear.js';

const fields = JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey});
const manifest = `apiVersion: v1beta1
kind: Credential
metadata:
  creationTimestamp: "2019-04-04T09:33:32Z"
  labels: {team: infra}
  name: prod
spec:
  data:
    accessKeyID: ${keyId}
    secretAccessKey: ${secretKey}
  provider: aws
`;

const told = ({found, refused, damaged}: Look) => ({
	found: found.map(each => [each.kind, each.provider.id, whereOf(each), [...each.data.keys()].join()]),
	refused: refused.map(({where, label, reason}) => `${where}: ${label} ${reason}`),
	damaged: damaged.map(({path}) => path),
});

test('finds complete credentials in the environment, and refuses incomplete ones with a reason', async () => {
	const all = filesWorld({}, {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey, AWS_REGION: 'eu-west-1'});
	assert.deepEqual(told(await lookAround(all, ['environment'])).found, [
		[
			'environment',
			'aws',
			'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION',
			'accessKeyID,secretAccessKey,region',
		],
	]);
	const {found, refused} = await lookAround(filesWorld({}, {AWS_SECRET_ACCESS_KEY: secretKey}), ['environment']);
	assert.deepEqual(found, []);
	assert.match(refused[0]?.reason ?? '', /is not enough: Access key ID can't be empty/);
	// A region alone is not a credential.
	assert.deepEqual(told(await lookAround(filesWorld({}, {AWS_REGION: 'eu-west-1'}))), {
		found: [],
		refused: [],
		damaged: [],
	});
});

test('reads a named file by its content, with the labels of a manifest', async () => {
	const world = filesWorld({'/keys.json': fields, '/prod.yaml': [manifest, 0o644]});
	assert.deepEqual(told(await look(['/keys.json'], world)).found, [
		['file', 'aws', '/keys.json', 'accessKeyID,secretAccessKey'],
	]);
	const [prod] = (await look(['/prod.yaml'], world)).found;
	assert.ok(prod);
	assert.deepEqual([...(prod.about?.labels ?? [])], [['team', 'infra']]);
	assert.equal(prod.about?.created, '2019-04-04T09:33:32Z');
	assert.equal(prod.mode, 0o644);
	assert.deepEqual(exposedFiles(prod), [{path: '/prod.yaml', mode: 0o644}]);
});

test('a missing, damaged or unknown file is an error without any of its content', async () => {
	const world = filesWorld({'/a.json': '{"accessKeyID": "canary', '/b.txt': 'canary', '/c': 'a: canary'});
	for (const [path, code] of [
		['/none', 'file'],
		['/a.json', 'invalid'],
		['/b.txt', 'invalid'],
		['/c', 'invalid'],
	] as const) {
		await assert.rejects(
			look([path], world),
			(error: unknown) => error instanceof PharmerError && error.code === code && !error.message.includes('canary'),
			path,
		);
	}
});

test('reads known files in a directory and skips the rest', async () => {
	const world = filesWorld({
		'/old/keys.json': fields,
		'/old/deep/prod.yaml': manifest,
		'/old/notes.txt': 'nothing of interest',
		'/old/broken.json': '{',
		'/elsewhere/keys.json': fields,
	});
	assert.deepEqual(told(await look(['/old'], world)), {
		found: [
			['file', 'aws', '/old/keys.json', 'accessKeyID,secretAccessKey'],
			['file', 'aws', '/old/deep/prod.yaml [prod]', 'accessKeyID,secretAccessKey'],
		],
		refused: [],
		damaged: [],
	});
});

test('every kind is listed once', () => {
	assert.equal(new Set(kinds).size, kinds.length);
});

test('neither finds nor refuses a profile that pharmer itself set up', async () => {
	const config = `[profile mine]\ncredential_process = /usr/bin/node /opt/cli.js aws credential-process mine\n[profile other]\ncredential_process = /opt/keys\n`;
	const {found, refused} = await lookAround(filesWorld({'/home/me/.aws/config': config}), ['aws']);
	assert.deepEqual(found, []);
	assert.deepEqual(
		refused.map(({label}) => label),
		['other'],
	);
});

test("reads a tool's own directory as the tool does, with files that belong together", async () => {
	const world = filesWorld({
		'/copy/config': '[default]\nregion = eu-west-1\n[profile work]\nregion = eu-west-2\n',
		'/copy/credentials': `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`,
	});
	const {found, refused} = await look(['/copy'], world);
	assert.deepEqual(
		found.map(({data}) => data.get('region')?.reveal()),
		['eu-west-1'],
	);
	assert.deepEqual(refused, []);
});

test('a provider stands for the tools that keep its credentials', async () => {
	const world = filesWorld({
		'/home/me/.config/hcloud/cli.toml': `[[contexts]]\nname = "a"\ntoken = "${'x'.repeat(64)}"\n`,
	});
	assert.deepEqual(told(await look([], world, ['hetzner'])).found.length, 1);
	assert.deepEqual(told(await look([], world, ['doctl'])).found.length, 0);
	await assert.rejects(look([], world, ['nimbus']), /`nimbus` is not a kind of source/);
});

test('leaves out credentials and files over the limits', async () => {
	const profiles = Array.from(
		{length: findLimit + 5},
		(_, index) => `[p${index}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}${index}\n`,
	).join('');
	const one = await look(['/credentials'], filesWorld({'/credentials': profiles}));
	assert.equal(one.found.length, findLimit);
	assert.match(
		one.damaged[0]?.problem ?? '',
		/^more than 10000 were found: the rest of `\/credentials` and everything after it/,
	);

	const world = filesWorld({
		'/a/credentials': profiles,
		'/b/keys.json': fields,
		'/c/big.yaml': `${manifest}# ${'x'.repeat(unknownLimit)}`,
		'/d/credentials': `# ${'x'.repeat(unknownLimit)}\n${profiles.slice(0, profiles.indexOf('[p1]'))}`,
	});
	const several = await look(['/a', '/b'], world);
	assert.deepEqual([several.found.length, several.damaged.length], [findLimit, 1]);
	// A large file is something else, unless it has the name of a tool's own file.
	assert.deepEqual(told(await look(['/c'], world)).found, []);
	assert.deepEqual(
		(await look(['/d'], world)).found.map(({label}) => label),
		['p0'],
	);
});

test('reads a limited number of files and characters in a directory', async () => {
	const files = (count: number, text: string): Record<string, string> =>
		Object.fromEntries(Array.from({length: count}, (_, index) => [`/d/${String(index).padStart(5, '0')}`, text]));
	const many = await look(['/d'], filesWorld({...files(reach.files + 1, 'words'), '/d/zz.json': fields}));
	assert.deepEqual(many.found, []);
	assert.deepEqual(
		many.damaged.map(({problem}) => problem),
		['only the first 5000 files of `/d` were looked at: name a directory in it for more'],
	);
	const large = 'x'.repeat(unknownLimit);
	const much = await look(
		['/d'],
		filesWorld({...files(reach.characters / unknownLimit + 2, large), '/d/zz.json': fields}),
	);
	assert.deepEqual([much.found.length, much.damaged.length], [0, 1]);
	const enough = await look(['/d'], filesWorld({...files(20, large), '/d/zz.json': fields}));
	assert.deepEqual([enough.found.length, enough.damaged.length], [1, 0]);
});

test("files in tools' places count towards the limit, and companions are read if nothing else read them", async () => {
	const store = Object.fromEntries(
		Array.from({length: reach.files + 1}, (_, index) => [`/d/.pharmer/store.d/credentials/${index}.json`, '{}']),
	);
	const {damaged} = await look(['/d'], filesWorld({...store, '/d/zz.json': fields}));
	assert.match(damaged.at(-1)?.problem ?? '', /^only the first 5000 files/);

	const config = `[profile x]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;
	const beside = filesWorld({'/d/x/credentials': '', '/d/x/config': config});
	assert.deepEqual(
		(await look(['/d'], beside)).found.map(({label}) => label),
		['x'],
	);
});

test("reports a damaged file in a tool's own place, and ignores others", async () => {
	const world = filesWorld({'/d/a/.aws/credentials': '[canary', '/d/credentials': '[canary', '/d/b.json': '{"canary'});
	const {found, damaged} = await look(['/d'], world);
	assert.deepEqual(found, []);
	assert.deepEqual(
		damaged.map(({path}) => path),
		['/d/a/.aws/credentials'],
	);
	assert.doesNotMatch(damaged[0]?.problem ?? '', /canary/);
});

test('a file that is too large for JavaScript does not end the look in its directory', async context => {
	const doctl = importers.find(({kind}) => kind === 'doctl') ?? assert.fail();
	context.mock.method(doctl, 'read', () => 'a'.repeat(2 ** 30));
	const config = 'auth-contexts: {a: b}\n';
	const world = filesWorld({'/d/.config/doctl/config.yaml': config, '/d/e/doctl.yaml': config, '/d/keys.json': fields});
	const {found, damaged} = await look(['/d'], world);
	assert.equal(found.length, 1);
	assert.deepEqual(
		damaged.map(({path, problem}) => [path, problem]),
		['/d/.config/doctl/config.yaml', '/d/e/doctl.yaml'].map(path => [
			path,
			`\`${path}\`: is too large, or nested too deep, to be read`,
		]),
	);
});

test('finds a key that was moved along with the file that names it', async () => {
	const config = (key: string) =>
		`[DEFAULT]\nuser=ocid1.user.oc1..a\ntenancy=ocid1.tenancy.oc1..b\nfingerprint=12\nregion=eu-frankfurt-1\nkey_file=${key}\n`;
	for (const named of ['~/.oci/key.pem', '/home/old/.oci/key.pem', 'key.pem']) {
		const {found} = await look(
			['/d'],
			filesWorld({'/d/deep/oci/config': config(named), '/d/deep/oci/key.pem': 'a key'}),
		);
		assert.equal(found[0]?.data.get('privateKey')?.reveal(), 'a key', named);
	}
});

test('names and blanks that only look like line ends take linear time', async () => {
	const recognized = (text: string) => {
		const file = new FileText(text, 'credentials');
		return importers.filter(each => each.recognizes(file));
	};
	const named = (length: number): string =>
		`[profile${' '.repeat(length)}x\u2028y]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;
	assert.deepEqual(
		recognized(named(3)).map(({kind}) => kind),
		['aws'],
	);
	assertLinear('the name of a profile', text => recognized(text)[0]?.read([text]), named);
	assertLinear('line separators', recognized, length => '\u2028'.repeat(length));
	const {found} = await look(['/credentials'], filesWorld({'/credentials': named(500_000)}));
	assert.deepEqual(
		found.map(({label}) => label),
		['x\u2028y'],
	);
});

test("a file in a given directory can't name files outside of it", async () => {
	const config = [
		'[DEFAULT]',
		'user=ocid1.user.oc1..aaaa',
		'tenancy=ocid1.tenancy.oc1..bbbb',
		'fingerprint=12:34:56:78:90:ab:cd:ef:12:34:56:78:90:ab:cd:ef',
		'region=eu-frankfurt-1',
		'key_file=/home/me/key.pem',
	].join('\n');
	const world = filesWorld({'/home/me/key.pem': 'a key', '/d/config': config});
	assert.deepEqual((await look(['/d'], world)).refused, [
		{where: '/d/config', label: 'DEFAULT', reason: "names the file `/home/me/key.pem`, which can't be read"},
	]);
	assert.deepEqual((await look(['/d/config'], world)).found.length, 1);
});
