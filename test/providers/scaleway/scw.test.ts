import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {scw} from '../../../source/providers/scaleway/scw.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('scw/config.yaml');

test('the profile at the top and those below it are found, with the settings of the top where they have none', () => {
	assert.deepEqual(scw.read([text]).found.map(plain), [
		[
			'default',
			'scaleway',
			{
				organization: '0ec0ffee-0000-4000-8000-00000000000a',
				accessKey: 'SCWINVENTED000000001',
				token: '11111111-aaaa-4aaa-8aaa-000000000001',
				project: '0ec0ffee-0000-4000-8000-00000000000b',
				region: 'fr-par',
				zone: 'fr-par-1',
			},
		],
		[
			'staging',
			'scaleway',
			{
				organization: '0ec0ffee-0000-4000-8000-00000000000a',
				accessKey: 'SCWINVENTED000000002',
				token: '22222222-bbbb-4bbb-8bbb-000000000002',
				project: '0ec0ffee-0000-4000-8000-00000000000c',
				region: 'nl-ams',
				zone: 'nl-ams-2',
			},
		],
		[
			'old 2019',
			'scaleway',
			{
				organization: '0ec0ffee-0000-4000-8000-00000000000d',
				token: '33333333-cccc-4ccc-8ccc-000000000003',
				project: '0ec0ffee-0000-4000-8000-00000000000b',
				region: 'fr-par',
				zone: 'fr-par-1',
			},
		],
	]);
});

test('half a pair of keys is refused; profiles without keys and an empty file are passed over', () => {
	assert.deepEqual(scw.read([text]).refused, [{label: 'half', reason: 'has an access key and no secret key'}]);
	for (const empty of ['# nothing\n', 'profiles:\n', 'profiles: {a: {default_region: fr-par}}\n']) {
		assert.deepEqual(scw.read([empty]), {found: [], refused: []});
	}
});

test('its file is known by its content; keys of a service with the same names, and an object of fields, are not its own', () => {
	assert.ok(scw.recognizes(new FileText(text, '')));
	assert.ok(scw.recognizes(new FileText('profiles:\n  a:\n    access_key: SCWINVENTED000000001\n', 'renamed.txt')));
	assert.equal(scw.recognizes(new FileText('access_key: minio\nsecret_key: minio\n', 'config.yaml')), false);
	assert.equal(scw.recognizes(new FileText('{"access_key": "SCWINVENTED000000001", "secret_key": "a"}', '')), false);
	assertKnowsOnlyIts(scw, 'scw');
});

test('a damaged file is told with its place and nothing of its text', () => {
	assertDamaged(scw, [
		'secret_key: "canary',
		'secret_key: {a: canary}',
		'profiles: canary',
		'profiles:\n  a: canary',
		'access_key: a\naccess_key: canary',
	]);
});

test('it is looked for where its variables say, and in .config everywhere', () => {
	assert.equal(scw.firstOnly, true);
	assert.deepEqual(pathsOn('linux', scw, {SCW_CONFIG_PATH: '/etc/scw.yaml', XDG_CONFIG_HOME: '/x'}), ['/etc/scw.yaml']);
	assert.deepEqual(pathsOn('linux', scw, {XDG_CONFIG_HOME: '/x'}), ['/x/scw/config.yaml', '/x/scw/config.yml']);
	assert.equal(pathsOn('darwin', scw)[0], '/Users/ann/.config/scw/config.yaml');
	assert.equal(pathsOn('win32', scw)[0], 'C:\\Users\\ann\\.config\\scw\\config.yaml');
});
