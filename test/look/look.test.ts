import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isExposed, type Look, whereOf} from '../../source/credentials/found.js';
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

test('the environment gives what is complete, and says what is missing of the rest', async () => {
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
	// A region by itself is no credential.
	assert.deepEqual(told(await lookAround(filesWorld({}, {AWS_REGION: 'eu-west-1'}))), {
		found: [],
		refused: [],
		damaged: [],
	});
});

test('a file that is named is read by its content, with its labels when it is a manifest', async () => {
	const world = filesWorld({'/keys.json': fields, '/prod.yaml': [manifest, 0o644]});
	assert.deepEqual(told(await look(['/keys.json'], world)).found, [
		['file', 'aws', '/keys.json', 'accessKeyID,secretAccessKey'],
	]);
	const [prod] = (await look(['/prod.yaml'], world)).found;
	assert.ok(prod);
	assert.deepEqual([...(prod.about?.labels ?? [])], [['team', 'infra']]);
	assert.equal(prod.about?.created, '2019-04-04T09:33:32Z');
	assert.equal(prod.mode, 0o644);
	assert.ok(isExposed(prod));
});

test('a path that is not there, damaged or unknown is an error that holds nothing of it', async () => {
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

test('in a directory what is known is read and what is something else is passed over', async () => {
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

test('every kind is there once', () => {
	assert.equal(new Set(kinds).size, kinds.length);
});

test('a profile that pharmer itself set up is nothing to find and nothing to refuse', async () => {
	const config = `[profile mine]\ncredential_process = /usr/bin/node /opt/cli.js aws credential-process mine\n[profile other]\ncredential_process = /opt/keys\n`;
	const {found, refused} = await lookAround(filesWorld({'/home/me/.aws/config': config}), ['aws']);
	assert.deepEqual(found, []);
	assert.deepEqual(
		refused.map(({label}) => label),
		['other'],
	);
});

test('the directory of a tool itself is read as the tool does: files that belong together are', async () => {
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

test('a provider names the tools that keep its credentials', async () => {
	const world = filesWorld({
		'/home/me/.config/hcloud/cli.toml': `[[contexts]]\nname = "a"\ntoken = "${'x'.repeat(64)}"\n`,
	});
	assert.deepEqual(told(await look([], world, ['hetzner'])).found.length, 1);
	assert.deepEqual(told(await look([], world, ['doctl'])).found.length, 0);
	await assert.rejects(look([], world, ['nimbus']), /`nimbus` is no kind of source/);
});

test('what is too much to look at is left out, and said', async () => {
	const profiles = Array.from(
		{length: findLimit + 5},
		(_, index) => `[p${index}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}${index}\n`,
	).join('');
	const one = await look(['/credentials'], filesWorld({'/credentials': profiles}));
	assert.equal(one.found.length, findLimit);
	assert.match(
		one.damaged[0]?.problem ?? '',
		/^more than 10000 were found: what comes next in `\/credentials` and later/,
	);

	const world = filesWorld({
		'/a/credentials': profiles,
		'/b/keys.json': fields,
		'/c/big.yaml': `${manifest}# ${'x'.repeat(unknownLimit)}`,
		'/d/credentials': `# ${'x'.repeat(unknownLimit)}\n${profiles.slice(0, profiles.indexOf('[p1]'))}`,
	});
	const several = await look(['/a', '/b'], world);
	assert.deepEqual([several.found.length, several.damaged.length], [findLimit, 1]);
	// A large file is something else, unless its name is that of a tool's own.
	assert.deepEqual(told(await look(['/c'], world)).found, []);
	assert.deepEqual(
		(await look(['/d'], world)).found.map(({label}) => label),
		['p0'],
	);
});

test('of a directory only so many files, and so much of them, are looked at', async () => {
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

test('the places of tools in a directory count as well, and its companions are read when nobody else read them', async () => {
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

test("a damaged file in a place that is a tool's own is said, another is something else", async () => {
	const world = filesWorld({'/d/a/.aws/credentials': '[canary', '/d/credentials': '[canary', '/d/b.json': '{"canary'});
	const {found, damaged} = await look(['/d'], world);
	assert.deepEqual(found, []);
	assert.deepEqual(
		damaged.map(({path}) => path),
		['/d/a/.aws/credentials'],
	);
	assert.doesNotMatch(damaged[0]?.problem ?? '', /canary/);
});

test('a key that was moved with the file that names it is found beside it', async () => {
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

test('names and blanks that only look like line ends take no time', async () => {
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

test('a directory is taken for itself: a file in it names none outside of it', async () => {
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
