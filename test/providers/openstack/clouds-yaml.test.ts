import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {openstack} from '../../../source/providers/openstack/clouds-yaml.js';
import {assertInvalid} from '../../documents/samples.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

const clouds = toolFixture('openstack/clouds.yaml');
const secure = toolFixture('openstack/secure.yaml');

test("finds clouds with their secrets from the companion file, and says why others can't be kept", () => {
	const {found, refused} = byLabel(openstack.read([clouds, secure]));
	assert.deepEqual(found, {
		lab: {
			authURL: 'https://lab.example.com:5000/v3',
			username: 'demo',
			password: 'invented password of lab',
			userDomainName: 'Default',
			projectName: 'demo',
			projectDomainName: 'Default',
			region: 'RegionOne',
			identityAPIVersion: '3',
		},
		app: {
			authURL: 'https://app.example.com/identity/v3',
			applicationCredentialID: '0123456789abcdef0123456789abcdef',
			applicationCredentialSecret: 'invented: secret # of app',
			region: 'GRA11',
			authType: 'v3applicationcredential',
		},
		old: {
			authURL: 'http://old.example.com:5000/v2.0',
			username: 'admin',
			password: '000123',
			projectID: 'fedcba9876543210fedcba9876543210',
		},
	});
	assert.match(refused.session ?? '', /token, which expires by itself/);
	assert.match(refused.oidc ?? '', /with neither a password/);
	assert.match(refused.asked ?? '', /no password or secret in these files/);
	assert.match(refused.vendor ?? '', /vendor profile/);
	assert.equal(Object.keys(refused).length, 4);
});

test('refuses a cloud whose file of secrets is missing', () => {
	const {found, refused} = byLabel(openstack.read([clouds, undefined]));
	assert.deepEqual(Object.keys(found), ['app', 'old']);
	assert.match(refused.lab ?? '', /no password/);
});

test('reports damaged files by position, with none of their content', () => {
	assertDamaged(openstack, [
		'clouds:\n  a:\n    auth: {password: "canary}\n',
		'clouds:\n  a:\n    auth: canary\n',
		'clouds:\n  a:\n    auth: {username: u, password: [canary]}\n',
	]);
	const secrets = 'clouds:\n  lab: {auth: {password: "canary}}\n';
	assertInvalid(() => openstack.read([clouds, secrets]), /^line \d+, column \d+: (?!.*canary)/s);
});

test('reads an openrc script if all values are plain, and never runs it', () => {
	assert.deepEqual(byLabel(openstack.read([toolFixture('openstack/app-openrc.sh')])), {
		found: {
			'': {
				authURL: 'https://app.example.com/identity/v3',
				applicationCredentialID: '0123456789abcdef0123456789abcdef',
				applicationCredentialSecret: 'invented $ecret # of app',
				region: 'GRA11',
				identityAPIVersion: '3',
				authType: 'v3applicationcredential',
			},
		},
		refused: {},
	});
	const asking = byLabel(openstack.read([toolFixture('openstack/demo-openrc.sh')]));
	assert.deepEqual(asking.found, {});
	assert.match(asking.refused.openrc ?? '', /asks for the password/);
	for (const value of ['$(hostname)', '"$HOME"', "'a'b", 'a#b', 'a b', '"a\\"b"', '~/a', 'a;b']) {
		const {found, refused} = byLabel(
			openstack.read([`export OS_AUTH_URL=https://a.example\nexport OS_USERNAME=${value}\n`]),
		);
		assert.deepEqual(found, {}, value);
		assert.match(refused.openrc ?? '', /`OS_USERNAME` in a way that only a shell/, value);
	}
});

test('looks for clouds where the SDK looks, except in the current directory', () => {
	assert.deepEqual(pathsOn('linux', openstack), [
		'/home/ann/.config/openstack/clouds.yaml',
		'/etc/openstack/clouds.yaml',
	]);
	assert.deepEqual(pathsOn('linux', openstack, {XDG_CONFIG_HOME: '/cfg'}).slice(0, 2), [
		'/cfg/openstack/clouds.yaml',
		'/home/ann/.config/openstack/clouds.yaml',
	]);
	assert.deepEqual(pathsOn('darwin', openstack), [
		'/Users/ann/Library/Application Support/openstack/clouds.yaml',
		'/Users/ann/.config/openstack/clouds.yaml',
		'/etc/openstack/clouds.yaml',
	]);
	assert.deepEqual(pathsOn('win32', openstack), [
		'C:\\Users\\ann\\AppData\\Local\\OpenStack\\openstack\\clouds.yaml',
		'C:\\Users\\ann\\.config\\openstack\\clouds.yaml',
	]);
	const environment = {OS_CLIENT_CONFIG_FILE: '/c.yaml', OS_CLIENT_SECURE_FILE: '/s.yaml'};
	const places = {environment, platform: 'linux', home: '/h', config: '/h/.config', userConfig: '/h/.config'} as const;
	assert.deepEqual(openstack.files(places).slice(0, 2), [
		['/c.yaml', '/s.yaml'],
		['/h/.config/openstack/clouds.yaml', '/h/.config/openstack/secure.yaml'],
	]);
});

test('recognizes its own file by content, whatever the name, and no other file', () => {
	assert.ok(openstack.recognizes(new FileText(toolFixture('openstack/clouds.yaml'), '')));
	assert.ok(openstack.recognizes(new FileText(toolFixture('openstack/app-openrc.sh'), '')));
	assert.ok(openstack.recognizes(new FileText(toolFixture('openstack/demo-openrc.sh'), '')));
	for (const text of ['clouds: rain\n', 'clouds: {a: b}\n', 'clouds: {a: {region_name: b}}\n', 'OS_USERNAME=demo\n']) {
		assert.equal(openstack.recognizes(new FileText(text, 'clouds.yaml')), false, text);
	}
	assertKnowsOnlyIts(openstack, 'openstack');
});
