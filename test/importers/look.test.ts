import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {kinds, look, lookAround, lookAt} from '../../source/importers/look.js';
import {isExposed, type Look, whereOf} from '../../source/providers/found.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {filesWorld} from '../helpers/import-world.js';

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
	assert.deepEqual(told(await lookAt('/keys.json', world)).found, [
		['file', 'aws', '/keys.json', 'accessKeyID,secretAccessKey'],
	]);
	const [prod] = (await lookAt('/prod.yaml', world)).found;
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
			lookAt(path, world),
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
	assert.deepEqual(told(await look(['/old'], world, [])), {
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
	const {found, refused} = await look(['/copy'], world, []);
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
