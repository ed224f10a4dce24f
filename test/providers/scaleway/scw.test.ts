import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {scw} from '../../../source/providers/scaleway/scw.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('scw/config.yaml');

test('finds the profile at the top and those below it, which inherit missing settings from the top', () => {
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

test('a profile that has no keys of its own has those of the top, with its own project and region', () => {
	const {found, refused} = byLabel(
		scw.read([
			[
				'access_key: SCWINVENTED000000001',
				'secret_key: 11111111-aaaa-4aaa-8aaa-000000000001',
				'default_project_id: 0ec0ffee-0000-4000-8000-00000000000b',
				'default_region: fr-par',
				'active_profile: build',
				'profiles:',
				'  build: {default_project_id: 0ec0ffee-0000-4000-8000-00000000000e, default_region: pl-waw, secret_key: }',
			].join('\n'),
		]),
	);
	assert.deepEqual(refused, {});
	assert.deepEqual(found.build, {
		accessKey: 'SCWINVENTED000000001',
		token: '11111111-aaaa-4aaa-8aaa-000000000001',
		project: '0ec0ffee-0000-4000-8000-00000000000e',
		region: 'pl-waw',
	});
	assert.equal(found.default?.project, '0ec0ffee-0000-4000-8000-00000000000b');
});

test('refuses half a key pair and a profile that has no keys at all, and finds nothing in an empty file', () => {
	assert.deepEqual(scw.read([text]).refused, [
		{label: 'half', reason: 'has an access key and no secret key'},
		{label: 'empty', reason: 'has nothing in it'},
	]);
	const none = byLabel(scw.read(['profiles: {a: {default_region: fr-par}}\n']));
	assert.deepEqual(none, {found: {}, refused: {a: 'has no keys, and inherits none from the top of the file'}});
	for (const empty of ['# nothing\n', 'profiles:\n']) assert.deepEqual(scw.read([empty]), {found: [], refused: []});
});

test('settings may be references, and of a setting that is there twice the last counts', () => {
	const {found} = byLabel(
		scw.read([
			[
				'x: &base {default_organization_id: 0ec0ffee-0000-4000-8000-00000000000a}',
				'profiles:',
				'  a: {<<: *base, secret_key: 11111111-aaaa-4aaa-8aaa-000000000001}',
				'  b:',
				'    secret_key: 22222222-bbbb-4bbb-8bbb-000000000002',
				'    secret_key: 33333333-cccc-4ccc-8ccc-000000000003',
			].join('\n'),
		]),
	);
	assert.deepEqual(found, {
		a: {organization: '0ec0ffee-0000-4000-8000-00000000000a', token: '11111111-aaaa-4aaa-8aaa-000000000001'},
		b: {token: '33333333-cccc-4ccc-8ccc-000000000003'},
	});
});

test("recognizes its file by content, not another service's keys of the same names or an object of fields", () => {
	assert.ok(scw.recognizes(new FileText(text, '')));
	assert.ok(scw.recognizes(new FileText('profiles:\n  a:\n    access_key: SCWINVENTED000000001\n', 'renamed.txt')));
	assert.equal(scw.recognizes(new FileText('access_key: minio\nsecret_key: minio\n', 'config.yaml')), false);
	assert.equal(scw.recognizes(new FileText('{"access_key": "SCWINVENTED000000001", "secret_key": "a"}', '')), false);
	assertKnowsOnlyIts(scw, 'scw');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(scw, ['secret_key: "canary', 'profiles: canary']);
});

test('a profile that is damaged costs only itself, and so does one that no tool reads', () => {
	const keys = (key: string): string => `{access_key: a, secret_key: ${key}}`;
	const {found, refused} = byLabel(
		scw.read([`profiles:\n  a: canary\n  b: ${keys('[canary]')}\n  default: ${keys('canary')}\n  c: ${keys('c')}\n`]),
	);
	assert.deepEqual(found, {c: {accessKey: 'a', token: 'c'}});
	assert.match(refused.a ?? '', /^can't be read: line 2, (?!.*canary)/);
	assert.match(refused.b ?? '', /^can't be read: line 3, (?!.*canary)/);
	assert.match(refused.default ?? '', /no tool reads it/);
});

test('looks where its variables point, and in .config on every system', () => {
	assert.equal(scw.firstOnly, true);
	assert.deepEqual(pathsOn('linux', scw, {SCW_CONFIG_PATH: '/etc/scw.yaml', XDG_CONFIG_HOME: '/x'}), ['/etc/scw.yaml']);
	assert.deepEqual(pathsOn('linux', scw, {XDG_CONFIG_HOME: '/x'}), ['/x/scw/config.yaml', '/x/scw/config.yml']);
	assert.equal(pathsOn('darwin', scw)[0], '/Users/ann/.config/scw/config.yaml');
	assert.equal(pathsOn('win32', scw)[0], 'C:\\Users\\ann\\.config\\scw\\config.yaml');
});
