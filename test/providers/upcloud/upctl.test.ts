import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {upctl} from '../../../source/providers/upcloud/upctl.js';
import {assertKnowsOnlyIts} from '../../helpers/importers.js';
import {assertDamaged, assertRecognizes, clear, fixture, placesOn} from '../../helpers/importing.js';

test('a token and a password in one file are two credentials, since a tool uses one of them', () => {
	assert.deepEqual(clear(upctl.read([fixture('upctl/upctl.yaml')])), [
		['', [['token', 'ucat_01EXAMPLEEXAMPLEEXAMPLEXX']]],
		[
			'pharmer-api',
			[
				['username', 'pharmer-api'],
				['password', '0123: #not a comment'],
			],
		],
	]);
});

test('names a user whose password is in the keyring, and leaves the keyring alone', () => {
	const {found, refused} = upctl.read(['username: me\n']);
	assert.deepEqual(found, []);
	assert.deepEqual(
		refused.map(({label}) => label),
		['me'],
	);
	assert.match(refused[0]?.reason ?? '', /keyring/);
	assert.deepEqual(upctl.read(['# nothing yet\n']), {found: [], refused: []});
});

test("looks in each system's settings directory, then in .config, under every name that its reader takes", () => {
	const yaml = (...on: Parameters<typeof placesOn>): readonly string[] =>
		upctl.files(placesOn(...on)).flatMap(([path]) => (path.endsWith('.yaml') ? [path] : []));
	assert.deepEqual(
		upctl.files(placesOn('linux')),
		// spf13/viper, SupportedExts
		'.json .toml .yaml .yml .properties .props .prop .hcl .tfvars .dotenv .env .ini '
			.split(' ')
			.map(end => [`/home/me/.config/upctl${end}`]),
	);
	assert.deepEqual(yaml('linux', {XDG_CONFIG_HOME: '/c'}), ['/c/upctl.yaml', '/home/me/.config/upctl.yaml']);
	assert.deepEqual(yaml('darwin'), [
		'/Users/me/Library/Application Support/upctl.yaml',
		'/Users/me/.config/upctl.yaml',
	]);
	assert.deepEqual(yaml('win32'), ['C:\\Users\\me\\AppData\\Local\\upctl.yaml', 'C:\\Users\\me\\.config\\upctl.yaml']);
});

test('keys count in any case, as for viper', () => {
	const {found} = upctl.read(['Username: ann\nPASSWORD: invented\n']);
	assert.deepEqual(
		found.map(({data}) => data.get('password')?.reveal()),
		['invented'],
	);
});

test('loses only the value that is damaged, and says its line', () => {
	const {found, refused} = upctl.read(['token: [canary]\nusername: ann\npassword: invented\n']);
	assert.deepEqual(
		found.map(({label}) => label),
		['ann'],
	);
	assert.match(refused[0]?.reason ?? '', /^can't be read: line 1, (?!.*canary)/);
	const other = upctl.read(['token: ucat_EXAMPLE\nusername: ann\npassword: 0777\n']);
	assert.deepEqual([other.found.length, other.refused[0]?.label], [1, 'ann']);
	assert.match(
		other.refused[0]?.reason ?? '',
		/^can't be read: line 3, (?!.*0777).*no quotes.*; put the value in quotes$/,
	);
});

test('takes the last of two equal keys, as older versions do, and says that newer ones refuse the file', () => {
	const {found} = upctl.read(['token: ucat_ONE\noutput: json\ntoken: ucat_TWO\n']);
	assert.equal(found[0]?.data.get('token')?.reveal(), 'ucat_TWO');
	assert.match(found[0]?.remark ?? '', /^line 3, column 1: .*older versions.*newer ones refuse/);
});

test('recognizes only its own file, and reports damage by position, with none of the content', () => {
	assertRecognizes(upctl);
	assertKnowsOnlyIts(upctl, 'upctl');
	assert.ok(upctl.recognizes(new FileText('username: me\n', 'upctl.yaml')));
	assert.ok(!upctl.recognizes(new FileText('username: me\npassword: it\n', 'config.yaml')));
	assertDamaged(upctl, 'token: "canary');
});
