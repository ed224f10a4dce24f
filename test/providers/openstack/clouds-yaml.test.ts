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
			region: 'A',
		},
	});
	assert.match(refused.session ?? '', /token, which expires by itself/);
	assert.match(refused.oidc ?? '', /with neither a password/);
	assert.match(refused.asked ?? '', /no password or secret in these files/);
	assert.match(refused.vendor ?? '', /vendor profile inside openstacksdk/);
	assert.match(refused['region-only'] ?? '', /no user and no secret/);
	assert.equal(Object.keys(refused).length, 5);
});

test('refuses a cloud whose file of secrets is missing', () => {
	const {found, refused} = byLabel(openstack.read([clouds, undefined]));
	assert.deepEqual(Object.keys(found), ['app', 'old']);
	assert.match(refused.lab ?? '', /no password/);
});

test('reports damaged files by position, with none of their content', () => {
	assertDamaged(openstack, ['clouds:\n  a:\n    auth: {password: "canary}\n', 'clouds: canary\n']);
	const secrets = 'clouds:\n  lab: {auth: {password: "canary}}\n';
	assertInvalid(() => openstack.read([clouds, secrets]), /^line \d+, column \d+: (?!.*canary)/s);
});

test('a cloud that is damaged costs only itself, and is named with the file it is damaged in', () => {
	const text = [
		'clouds:',
		'  word: canary',
		'  auth: {auth: canary}',
		'  list: {auth: {username: u, password: [canary]}}',
		'  elsewhere: {auth: {auth_url: https://a.example, username: u}}',
		'  good: {auth: {auth_url: https://a.example, username: u, password: p}}',
	].join('\n');
	const {found, refused} = openstack.read([text, undefined, 'clouds:\n  elsewhere: {auth: {password: {a: canary}}}\n']);
	assert.deepEqual(
		found.map(({label}) => label),
		['good'],
	);
	assert.deepEqual(
		refused.map(({label, reason, file}) => [label, reason.replace(/:.*/s, ''), /line \d/.exec(reason)?.[0], file]),
		[
			['word', "can't be read", 'line 2', undefined],
			['auth', "can't be read", 'line 3', undefined],
			['list', "can't be read", 'line 4', undefined],
			['elsewhere', "can't be read", 'line 2', 2],
		],
	);
	assert.doesNotMatch(JSON.stringify(refused), /canary/);
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
	for (const value of ['$(hostname)', '"$HOME"', 'a b', '~/a', 'a;b', '"a', '`id`']) {
		const {found, refused} = byLabel(
			openstack.read([`export OS_AUTH_URL=https://a.example\nexport OS_USERNAME=${value}\n`]),
		);
		assert.deepEqual(found, {}, value);
		assert.match(refused.openrc ?? '', /`OS_USERNAME` in a way that only a shell/, value);
	}
});

test('a cloud takes from a vendor profile in clouds-public.yaml what it does not set itself', () => {
	const text = [
		'clouds:',
		'  ours: {profile: housecloud, auth: {username: ops, project_name: shop}}',
		'  south: {cloud: housecloud, region_name: south-2, auth: {username: ops, project_name: shop}}',
		'  elsewhere: {profile: nobody, auth: {username: ops, password: a}}',
		'  remote: {profile: "https://cloud.example.org", auth: {username: ops, password: a}}',
		'  empty:',
	].join('\n');
	const secret = 'clouds: {ours: {auth: {password: "a: b #c"}}, south: {auth: {password: d}}}\n';
	// openstacksdk 4.22 gives the same: OpenStackConfig(…).get_one('ours').config
	const {found, refused} = byLabel(
		openstack.read([text, undefined, secret, toolFixture('openstack/clouds-public.yaml')]),
	);
	const shared = {username: 'ops', projectName: 'shop', userDomainName: 'Default', projectDomainName: 'Default'};
	assert.deepEqual(found, {
		ours: {...shared, authURL: 'https://north-1.id.example.net:5000/v3', password: 'a: b #c', region: 'north-1'},
		south: {...shared, authURL: 'https://south-2.id.example.net:5000/v3', password: 'd', region: 'south-2'},
	});
	assert.match(refused.elsewhere ?? '', /in no `clouds-public.yaml`/);
	assert.match(refused.remote ?? '', /at a URL, which pharmer does not call/);
	assert.match(refused.empty ?? '', /nothing in it/);
});

test('says which values openstacksdk takes for something else, and takes them as written', () => {
	const read = (password: string) =>
		openstack.read([`clouds: {a: {auth: {username: u, password: ${password}}}}\n`]).found[0];
	for (const value of ['000123', '0x1F', '1.10', '1_000', '12:30', '2024-01-01', 'yes']) {
		assert.equal(read(value)?.data.get('password')?.reveal(), value);
		assert.match(read(value)?.remark ?? '', /^`password` has no quotes: openstacksdk/, value);
		assert.equal(read(`'${value}'`)?.remark, undefined, value);
	}
	for (const value of ['1234', '1e3', 'yes1', '0', '089', 'a1.5']) assert.equal(read(value)?.remark, undefined, value);
});

test('clouds share settings with anchors and merge keys', () => {
	const {found} = byLabel(
		openstack.read([
			[
				'settings:',
				'  sign-in: &who {auth_url: https://id.example.net/v3, username: ops, password: first}',
				'  place: &where {region_name: north-1}',
				'clouds:',
				'  one: {<<: *where, auth: *who}',
				'  two:',
				'    auth:',
				'      <<: [*who, *where]',
				'      password: second',
				'    auth_type: password',
			].join('\n'),
		]),
	);
	assert.deepEqual(found, {
		one: {authURL: 'https://id.example.net/v3', username: 'ops', password: 'first', region: 'north-1'},
		two: {authURL: 'https://id.example.net/v3', username: 'ops', password: 'second', authType: 'password'},
	});
});

test('a project outside `auth` precedes one inside, and of two equal keys the last counts', () => {
	const auth = '{auth_url: https://id.example.net/v3, username: ops, password: a, password: b, project_id: p1}';
	const {found, refused} = byLabel(
		openstack.read([
			`clouds:\n  a: {auth: ${auth}, project_id: p2}\n  b: {auth: {user_id: u, password: c, auth_url: d}}\n`,
		]),
	);
	assert.equal(found.a?.projectID, 'p2');
	assert.equal(found.a?.password, 'b');
	assert.match(refused.b ?? '', /user by an ID/);
});

test('reads what is written in an openrc script as bash does', () => {
	for (const [written, value] of [
		["'a'b", 'ab'],
		['a#b', 'a#b'],
		['"a\\"b"', 'a"b'],
		['"s\\$cret \\`x\\`"', 's$cret `x`'],
		['a\\ b', 'a b'],
		['plain   # the old one', 'plain'],
		["'it'\\''s' # quoted", "it's"],
		["$'tab\\there'", 'tab\there'],
		['"cost: 5$"', 'cost: 5$'],
		["'two\nlines'", 'two\nlines'],
		['one OS_REGION_NAME=two', 'one'],
	] as const) {
		const {found, refused} = byLabel(
			openstack.read([`export OS_AUTH_URL=https://a.example\nexport OS_PASSWORD=${written}\nexport OS_USERNAME=u\n`]),
		);
		assert.deepEqual(refused, {}, written);
		assert.equal(found['']?.password, value, written);
		assert.equal(found['']?.username, 'u', written);
	}
});

test('says of an openrc script that it asks for the password only if it does', () => {
	const refusal = (line: string) =>
		byLabel(openstack.read([`export OS_AUTH_URL=https://a.example\n${line}\n`])).refused.openrc ?? '';
	assert.match(refusal('read -s answer\nexport OS_PASSWORD="$answer"'), /asks for the password/);
	for (const [line, why] of [
		['export OS_PASSWORD=$(pass os)', /takes its value from a variable or a command, on line 2/],
		['export OS_PASSWORD="pa', /opens a quote that nothing closes, on line 2/],
		['export OS_PASSWORD=a;b', /on line 2/],
	] as const) {
		assert.match(refusal(line), why);
		assert.doesNotMatch(refusal(line), /asks/);
	}
});

test('looks for clouds where the SDK looks, except in the current directory', () => {
	const yaml = (paths: readonly string[]): readonly string[] => paths.filter(path => path.endsWith('.yaml'));
	assert.deepEqual(pathsOn('linux', openstack), [
		'/home/ann/.config/openstack/clouds.yaml',
		'/home/ann/.config/openstack/clouds.yml',
		'/home/ann/.config/openstack/clouds.json',
		...['yaml', 'yml', 'json'].map(suffix => `/etc/xdg/openstack/clouds.${suffix}`),
		...['yaml', 'yml', 'json'].map(suffix => `/etc/openstack/clouds.${suffix}`),
	]);
	assert.deepEqual(yaml(pathsOn('linux', openstack, {XDG_CONFIG_HOME: '/cfg', SNAP_REAL_HOME: '/real'})).slice(0, 2), [
		'/cfg/openstack/clouds.yaml',
		'/real/.config/openstack/clouds.yaml',
	]);
	assert.deepEqual(yaml(pathsOn('darwin', openstack)), [
		'/Users/ann/Library/Application Support/openstack/clouds.yaml',
		'/Users/ann/.config/openstack/clouds.yaml',
		'/Library/Application Support/openstack/clouds.yaml',
		'/etc/openstack/clouds.yaml',
	]);
	assert.deepEqual(yaml(pathsOn('win32', openstack)), [
		'C:\\Users\\ann\\AppData\\Local\\OpenStack\\openstack\\clouds.yaml',
		'C:\\Users\\ann\\.config\\openstack\\clouds.yaml',
		'C:\\ProgramData\\OpenStack\\openstack\\clouds.yaml',
	]);
});

test('takes the first file of secrets and of vendors, those the environment names before all others', () => {
	const environment = {
		OS_CLIENT_CONFIG_FILE: '/c.yaml',
		OS_CLIENT_SECURE_FILE: '/s.yaml',
		OS_CLIENT_VENDOR_FILE: '~/v.yaml',
	};
	const places = {environment, platform: 'linux', home: '/h', config: '/h/.config', userConfig: '/h/.config'} as const;
	const [named = [''], own = [''], ...others] = openstack.files(places);
	assert.deepEqual(named.slice(0, 3), ['/c.yaml', '/s.yaml', '/h/.config/openstack/secure.yaml']);
	assert.deepEqual(own.slice(0, 3), [
		'/h/.config/openstack/clouds.yaml',
		'/s.yaml',
		'/h/.config/openstack/secure.yaml',
	]);
	assert.ok(own.indexOf('/h/v.yaml') < own.indexOf('/h/.config/openstack/clouds-public.yaml'));
	// Next to the file before where the SDK looks first.
	const system = others.find(([first]) => first === '/etc/openstack/clouds.yaml') ?? [''];
	assert.deepEqual(
		system.slice(2, 5),
		['yaml', 'yml', 'json'].map(suffix => `/etc/openstack/secure.${suffix}`),
	);
	assert.ok(system.includes('/h/.config/openstack/secure.yaml'));
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

test('regions that make an address larger than a field, and texts that clouds share without end, are refused', () => {
	const cloud = (region: string) => `{region_name: ${region}, auth: {username: a, password: b, auth_url: *u}}`;
	const long = `a: {region_name: ${'x'.repeat(500_000)}, auth: {username: a, password: b, auth_url: "${'{region_name}'.repeat(4_000)}"}}`;
	const {found, refused} = openstack.read([
		`x-url: &u "https://{region_name}.x"\nclouds:\n  ${long}\n  b: ${cloud('r')}\n`,
	]);
	assert.deepEqual(
		found.map(({label}) => label),
		['b'],
	);
	assert.match(refused[0]?.reason ?? '', /^can't be read: `auth_url` with its region is over 64 KiB/);
	const clouds = Array.from({length: 1000}, (_, index) => `  c${index}: {profile: v, auth: {username: a}}\n`).join('');
	const vendor = `public-clouds: {v: {auth: {auth_url: u, password: ${'1'.repeat(60_000)}}}}\n`;
	const shared = openstack.read([`clouds:\n${clouds}`, undefined, vendor]);
	assert.ok(shared.found.length > 100 && shared.found.length < 200);
	assert.match(shared.refused.at(-1)?.reason ?? '', /share too much text/);
});

test('an address that the region makes too long costs only its cloud', () => {
	const {found, refused} = byLabel(
		openstack.read([
			`clouds:\n  a: {auth: {auth_url: '${'{region_name}'.repeat(38_000)}', username: u, password: p}, region_name: ${'r'.repeat(500_000)}}\n  b: {auth: {auth_url: 'https://{region_name}.b', username: u, password: p}, region_name: $&}\n`,
		]),
	);
	assert.equal(found.b?.authURL, 'https://$&.b');
	assert.match(refused.a ?? '', /`auth_url` with its region is over 64 KiB/);
});
