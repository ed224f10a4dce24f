import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lookAround} from '../../../source/look/look.js';
import {FileText} from '../../../source/providers/file-text.js';
import {gcloud} from '../../../source/providers/gce/gcloud.js';
import {runCommandLine} from '../../helpers/command-line.js';
import {filesWorld} from '../../helpers/import-world.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';
import {placesOn} from '../../helpers/importing.js';
import {serviceAccountText} from '../../helpers/service-account.js';

const text = toolFixture('gcloud/service-account.json');

test('keeps a key file to the byte, with its project', () => {
	const crlf = text.replaceAll('\n', '\r\n');
	for (const each of [text, crlf, JSON.stringify(JSON.parse(text)), serviceAccountText()]) {
		assert.deepEqual(gcloud.read([each]), gcloud.read([each]));
		assert.deepEqual(gcloud.read([each]).found.map(plain), [
			[
				'pharmer@invented-prod-123456.iam.gserviceaccount.com',
				'gce',
				{projectID: 'invented-prod-123456', serviceAccount: each},
			],
		]);
	}
});

test('refuses sign-ins that expire and accounts without a key, with a reason', () => {
	const refused = (name: string) => gcloud.read([toolFixture(`gcloud/${name}`)]).refused;
	assert.deepEqual(refused('application_default_credentials.json'), [
		{
			label: 'ann@invented.example',
			reason: "is a person's browser sign-in, which expires by itself: make a service account key instead",
		},
	]);
	assert.match(refused('external-account.json')[0]?.reason ?? '', /^gets its tokens from another service/);
	assert.match(
		refused('impersonated.json')[0]?.reason ?? '',
		/^acts for a service account with the sign-in of another/,
	);
	assert.deepEqual(gcloud.read([serviceAccountText({private_key: ''})]).refused, [
		{label: 'pharmer@invented-prod-123456.iam.gserviceaccount.com', reason: 'has no private key'},
	]);
	assert.equal(gcloud.read(['{"type": "later"}']).refused[0]?.reason, 'is not a service account key');
});

test('recognizes every kind of its files by content, whatever the name', () => {
	const names = ['service-account', 'application_default_credentials', 'external-account', 'impersonated'];
	for (const name of names) assert.ok(gcloud.recognizes(new FileText(toolFixture(`gcloud/${name}.json`), '')), name);
	assert.ok(gcloud.recognizes(new FileText(`\n${text}`, 'renamed.txt')));
	const airGapped = '{"type": "gdch_service_account", "format_version": "1", "project": "p", "name": "ann"}';
	assert.ok(gcloud.recognizes(new FileText(airGapped, '')));
	for (const other of [
		'{"projectID": "invented", "serviceAccount": "{}"}',
		'{"type": "service_account"}',
		'{"type": ["service_account"], "client_email": "a"}',
		'type: service_account\nclient_email: a\n',
	]) {
		assert.equal(gcloud.recognizes(new FileText(other, 'application_default_credentials.json')), false, other);
	}
	assertKnowsOnlyIts(gcloud, 'gcloud');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(gcloud, [
		'{"type": "service_account", "private_key": "canary',
		'{"type": ["canary"]}',
		'{"type": "service_account", "private_key": {"a": "canary"}}',
		'["canary"]',
		'canary',
	]);
});

test("looks in gcloud's directory, which ignores XDG_CONFIG_HOME, and below it for each account", () => {
	const file = 'application_default_credentials.json';
	assert.deepEqual(pathsOn('linux', gcloud, {XDG_CONFIG_HOME: '/x'}), [`/home/ann/.config/gcloud/${file}`]);
	assert.deepEqual(pathsOn('linux', gcloud, {CLOUDSDK_CONFIG: '/sdk'}), [`/sdk/${file}`]);
	assert.deepEqual(pathsOn('darwin', gcloud), [`/Users/ann/.config/gcloud/${file}`]);
	assert.deepEqual(pathsOn('win32', gcloud), [`C:\\Users\\ann\\AppData\\Roaming\\gcloud\\${file}`]);
	const tree = (platform: 'linux' | 'win32') => gcloud.trees?.(placesOn(platform))[0]?.directory;
	assert.equal(tree('linux'), '/home/me/.config/gcloud/legacy_credentials');
	assert.equal(tree('win32'), 'C:\\Users\\me\\AppData\\Roaming\\gcloud\\legacy_credentials');
});

test('reads only the credential file that gcloud keeps for an account', async () => {
	const directory = '/home/me/.config/gcloud/legacy_credentials';
	const world = filesWorld({
		[`${directory}/ann@invented.example/adc.json`]: toolFixture('gcloud/application_default_credentials.json'),
		[`${directory}/ann@invented.example/.boto`]: 'canary',
		[`${directory}/pharmer@invented/adc.json`]: text,
		[`${directory}/adc.json`]: text,
	});
	const {found, refused, damaged} = await lookAround(world, ['gcloud']);
	assert.deepEqual(
		found.map(({path}) => path),
		[`${directory}/pharmer@invented/adc.json`],
	);
	assert.deepEqual(
		refused.map(({label}) => label),
		['ann@invented.example'],
	);
	assert.deepEqual(damaged, []);
});

test('create keeps a given key file to the byte, without being told the provider', async () => {
	const key = serviceAccountText();
	const run = await runCommandLine(['create', 'cred', 'kept', '--from-file', 'key.json'], {files: {'key.json': key}});
	assert.equal(run.code, 0, run.stderr);
	const [kept] = (await run.content())?.credentials ?? [];
	assert.equal(kept?.provider, 'gce');
	assert.equal(kept?.data.get('serviceAccount')?.reveal(), key);
	const person = toolFixture('gcloud/application_default_credentials.json');
	const refused = await runCommandLine(['create', 'cred', 'no', '--from-file', 'adc.json'], {
		files: {'adc.json': person},
	});
	assert.equal(refused.code, 7);
	assert.match(refused.stderr, /is a person's browser sign-in/);
});
