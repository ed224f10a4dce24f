import assert from 'node:assert/strict';
import {test} from 'node:test';
import {closeProfile} from '../../../source/providers/aws/closed-profile.js';
import {ourProfiles} from '../../../source/providers/aws/our-profiles.js';
import {fixture} from '../../helpers/importing.js';

const process = '/opt/node "/opt/my tools/pharmer" aws credential-process work';
const keys = 'aws_access_key_id = AKIAQ4J5K6L7M2N3P4Q5\naws_secret_access_key = canary/with+signs=\n';

/** The text afterwards, or why it stays. */
function closed(text: string, profile = 'work', other = '', file: 'config' | 'credentials' = 'credentials'): string {
	const result = closeProfile(text, other, {profile, process, file});
	return 'text' in result ? result.text : result.reason;
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

test('what comes from the files of a real machine loses the keys of each plain profile, and nothing else', () => {
	const text = fixture('aws/credentials.ini');
	const other = fixture('aws-config/config');
	for (const [, profile = ''] of text.matchAll(/^\[(.*?)\]/gm)) {
		const result = closeProfile(text, other, {profile, process, file: 'credentials'});
		if ('reason' in result) continue;
		const [before, after] = [text, result.text].map(each => each.split('\n'));
		const gone = before?.filter(line => !after?.includes(line)) ?? [];
		assert.ok(
			gone.every(line => /^aws_(access_key_id|secret_access_key)/.test(line)),
			gone.join(),
		);
	}
});
