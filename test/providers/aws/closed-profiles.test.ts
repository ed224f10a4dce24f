import assert from 'node:assert/strict';
import {test} from 'node:test';
import {closeProfiles} from '../../../source/providers/aws/closed-profiles.js';
import {ourProfiles} from '../../../source/providers/aws/our-profiles.js';
import {readProfiles} from '../../../source/providers/aws/profiles.js';
import {fixture} from '../../helpers/importing.js';

const process = '/opt/node "/opt/my tools/pharmer" aws credential-process work';
const keys = 'aws_access_key_id = AKIAQ4J5K6L7M2N3P4Q5\naws_secret_access_key = canary/with+signs=\n';

/** The text afterwards, or why it stays. */
function closed(text: string, profile = 'work', other = '', file: 'config' | 'credentials' = 'credentials'): string {
	const found = readProfiles(text, file).profiles.get(profile)?.data ?? new Map();
	const result = closeProfiles(text, other, file, [{profile, process, keys: found}]);
	return result.reasons.get(profile) ?? result.text;
}

test('a command line takes the place of the keys, and every other byte stays', () => {
	const text = `# a\r\n[other]\r\n${keys.replaceAll('\n', '\r\n')}\r\n[ work ]  ; mine\r\n\r\n  region=x\r\n  # secret below\r\n  AWS_Secret_Access_Key=canary\r\n  output = json\r\n  aws_access_key_id=AKIA\r\n  aws_session_token =\r\n\r\n[z]\r\nregion = y`;
	assert.equal(
		closed(text),
		text
			.replace('  AWS_Secret_Access_Key=canary', `  credential_process = ${process}`)
			.replace('  aws_access_key_id=AKIA\r\n  aws_session_token =\r\n', ''),
	);
});

test('it stands where the keys stood, also at the end of a text without a line feed, and in the config file', () => {
	assert.equal(closed(`[work]\n${keys.trimEnd()}`), `[work]\ncredential_process = ${process}\n`);
	const config = `[default]\n${keys}[profile "work"]\nregion = x\n${keys}`;
	const text = closed(config, 'work', '', 'config');
	assert.equal(text, `[default]\n${keys}[profile "work"]\nregion = x\ncredential_process = ${process}\n`);
	assert.deepEqual(
		ourProfiles(text).map(({profile, words}) => [profile, words.slice(1)]),
		[['work', ['/opt/my tools/pharmer', 'aws', 'credential-process', 'work']]],
	);
	assert.equal(closed(config, 'default', '', 'config'), config.replace(keys, `credential_process = ${process}\n`));
});

test('keys stay where AWS tools may take them from elsewhere, or read the lines each in its own way', () => {
	for (const [text, reason, other] of [
		[`[other]\n${keys}`, /does not stand in it/],
		[`[work]\n${keys}aws_session_token = x\n`, /temporary keys/],
		[`[work]\n${keys}aws_security_token = x\n`, /temporary keys/],
		['[work]\naws_access_key_id = AKIA\n', /only a part of its keys/],
		[`[work]\n${keys}role_arn = x\nsource_profile = work\n`, /also has `role_arn`/],
		[`[work]\n${keys}credential_process = other\n`, /also has `credential_process`/],
		[`[work]\n${keys}`, /also has `credential_process`/, '[profile work]\ncredential_process = other\n'],
		[`[work]\n${keys}`, /also has `sso_session`/, '[profile work]\nsso_session = x\n'],
		[`[work]\n${keys}`, /keys in two files/, `[profile work]\n${keys}`],
		[`[DEFAULT]\n${keys}[work]\n${keys}`, /may inherit/],
		[`[work]\n${keys}`, /may inherit/, `[DEFAULT]\n${keys}`],
		['[work]\naws_access_key_id: AKIA\naws_secret_access_key = canary\n', /each in its own way: line 2/],
		['[work]\naws_access_key_id = AKIA # c\naws_secret_access_key = canary\n', /each in its own way: line 2/],
		['[work]\naws_access_key_id = AKIA\naws_secret_access_key = canary\n  more\n', /each in its own way: line 3/],
		[`[work]\n${keys}${keys}`, /can't be read .*line 4/],
		[`[work]\n${keys}[work]\nregion = x\n`, /can't be read .*line 4/],
		[`[work]\n${keys}[other\n`, /can't be read .*line 4/],
		[`[work]\n${keys}`, /can't be read .*line 1/, 'canary\n'],
	] as const) {
		assert.match(closed(text, 'work', other), reason, text);
		assert.doesNotMatch(closed(text, 'work', other), /canary/);
	}
});

test('keys that are others than those that were found stay', () => {
	const {reasons, text} = closeProfiles(`[work]\n${keys}`, '', 'credentials', [
		{profile: 'work', process, keys: new Map()},
	]);
	assert.deepEqual([...reasons], [['work', 'has other keys than a moment ago']]);
	assert.equal(text, `[work]\n${keys}`);
});

test('all plain profiles of the files of a real machine lose their keys, and nothing else', () => {
	const text = fixture('aws/credentials.ini');
	const profiles = [...readProfiles(text, 'credentials').profiles].map(([profile, {data}]) => ({
		profile,
		process,
		keys: data,
	}));
	const result = closeProfiles(text, fixture('aws-config/config'), 'credentials', profiles);
	assert.ok(profiles.length - result.reasons.size >= 1, [...result.reasons].join('; '));
	const [before, after] = [text, result.text].map(each => each.split('\n'));
	const gone = before?.filter(line => !after?.includes(line)) ?? [];
	assert.ok(gone.length > 0 && gone.every(line => /^aws_(access_key_id|secret_access_key)/.test(line)), gone.join());
});

test('the time for many profiles is that for their text', () => {
	const many = Array.from({length: 8000}, (_, at) => `[p${at}]\naws_access_key_id = a\naws_secret_access_key = b\n`);
	const text = many.join('');
	const data = readProfiles(text, 'credentials').profiles;
	const profiles = [...data].map(([profile, each]) => ({profile, process, keys: each.data}));
	const result = closeProfiles(text, '', 'credentials', profiles);
	assert.equal(result.reasons.size, 0);
	assert.equal(result.text.match(/credential_process/g)?.length, 8000);
	assert.doesNotMatch(result.text, /aws_access_key_id/);
});
