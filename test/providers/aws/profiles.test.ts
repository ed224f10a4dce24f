import assert from 'node:assert/strict';
import {test} from 'node:test';
import {aws} from '../../../source/providers/aws/shared-files.js';
import type {Reading} from '../../../source/providers/importer.js';
import {clear} from '../../helpers/importing.js';

/** Two settings that make a profile worth keeping: `id` tells profiles and values apart. */
const keys = (id: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = s${id}\n`;

/** The id of each find by its profile. */
const ids = (reading: Reading): Readonly<Record<string, string>> =>
	Object.fromEntries(clear(reading).map(([label, data]) => [label, data[0]?.[1] ?? '']));

const inConfig = (config: string): Reading => aws.read([config], ['/home/me/.aws/config']);
const inCredentials = (text: string): Reading => aws.read([text, undefined]);
const reasons = (reading: Reading): readonly string[] => reading.refused.map(({label, reason}) => `${label} ${reason}`);

test('a section or key that is there twice goes on, the last value counts, and a remark says it', () => {
	const twice = inConfig(`[profile a]\n${keys('ONE')}[profile b]\n${keys('B')}[profile a]\nAWS_Access_Key_Id = TWO\n`);
	assert.deepEqual(ids(twice), {a: 'TWO', b: 'B'});
	assert.match(twice.found[0]?.remark ?? '', /^line 7: this section appears a second time; AWS SDKs take the last/);
	const key = inCredentials(`[a]\n${keys('ONE')}aws_access_key_id = TWO\n`);
	assert.deepEqual(ids(key), {a: 'TWO'});
	assert.match(key.found[0]?.remark ?? '', /^line 4: this key appears a second time/);
	assert.deepEqual(ids(inConfig(`[profile a]\n${keys('ONE')}[profile "a"]\naws_access_key_id = TWO\n`)), {a: 'TWO'});
});

test('a comment, or for configparser any text, may stand right behind a header', () => {
	for (const behind of ['; made by hand', '# [b]', ' # with ] in it', ' ; x = y', ' and more', '\t']) {
		const reading = inCredentials(`[a]${behind}\n${keys('A')}[c]\n${keys('C')}`);
		assert.deepEqual(ids(reading), {a: 'A', c: 'C'}, behind);
		assert.deepEqual(reading.refused, []);
	}
});

test('a setting behind a header, up to a later bracket, is no part of the name', () => {
	const {refused, found} = inCredentials('[work] aws_secret_access_key=canary]1\nno setting\n');
	assert.deepEqual([found, refused.map(({label}) => label)], [[], ['work']]);
	assert.doesNotMatch(JSON.stringify(refused), /canary/);
});

test('the last moment that can be read is when keys expire, whatever else their profile says', () => {
	const token = 'aws_session_token = t\n';
	const {found} = inCredentials(
		`[a]\n${keys('A')}${token}expiration=2020-01-01T00:00:00Z\naws_expiration=never\nx_security_token_expires=2019-01-01T00:00:00Z\n`,
	);
	assert.equal(found[0]?.data.get('expiration')?.reveal(), '2020-01-01T00:00:00Z');
});

test('`key: value` is read as the aws command reads it, and a remark says that SDKs do not', () => {
	const reading = inCredentials(`[one]\n${keys('ONE').replaceAll(' =', ':')}[two]\n${keys('TWO')}`);
	assert.deepEqual(ids(reading), {one: 'ONE', two: 'TWO'});
	assert.match(reading.found[0]?.remark ?? '', /^line 2: AWS SDKs do not take a `:`/);
	assert.equal(reading.found[1]?.remark, undefined);
	const [{data} = {data: new Map()}] = inCredentials('[a]\naws_secret_access_key: a=b:c\n').found;
	assert.equal(data.get('secretAccessKey')?.reveal(), 'a=b:c');
});

test('`[profile default]` counts before `[default]` in the config file, wherever it stands', () => {
	const [first, second] = [`[profile default]\n${keys('P')}`, `[default]\n${keys('D')}region = lost\n`];
	for (const text of [first + second, second + first, `${first}${second}[profile default]\nregion = r\n`]) {
		const reading = inConfig(text);
		assert.deepEqual(ids(reading), {default: 'P'});
		assert.equal(
			clear(reading)
				.flatMap(([, data]) => data.map(([, value]) => value))
				.includes('lost'),
			false,
		);
		assert.match(reasons(reading).join(), /^default stands as `\[NAME\]` on line \d: AWS tools read/);
	}
	assert.deepEqual(ids(inConfig(second)), {default: 'D'});
});

test('keys that no AWS tool reads in that file are said', () => {
	const config = inConfig(`[work]\n${keys('W')}[profilework]\n${keys('W')}[profile b]\n${keys('B')}`);
	assert.deepEqual(ids(config), {b: 'B'});
	assert.deepEqual(
		config.refused.map(({label}) => label),
		['work', 'profilework'],
	);
	const both = inCredentials(`[profile a]\n${keys('P')}[a]\n${keys('A')}`);
	assert.deepEqual(ids(both), {a: 'A'});
	assert.match(reasons(both).join(), /^a stands as `\[profile NAME\]` on line 1/);
	const sessions = inCredentials(`[sso-session a]\n${keys('A')}[sso-sessionb]\n${keys('B')}`);
	assert.deepEqual(ids(sessions), {'sso-sessionb': 'B'});
});

test('a bad line costs its profile, is said with its line, and costs no other', () => {
	const good = `[good]\n${keys('G')}`;
	for (const [bad, line, label] of [
		[`[bad]\n${keys('X')}no separator\n`, 4, 'bad'],
		[`[bad]\n${keys('X')}= no key\n`, 4, 'bad'],
		[`[bad]\n${keys('X')}: no key\n`, 4, 'bad'],
		[`[bad\n${keys('X')}`, 1, ''],
		[`[]\n${keys('X')}`, 1, ''],
		[`[bad]\naws_access_key_id = X\n aws_secret_access_key = Y\n`, 3, 'bad'],
		[`[bad]\naws_secret_access_key =\n  wrapped\n`, 3, 'bad'],
		[`[bad]\n${keys('X')}[bad]\n  -continued\n`, 5, 'bad'],
		[`[bad]\naws_session_token = X\naws_security_token = Y\n`, 3, 'bad'],
	] as const) {
		for (const text of [bad + good, `${good}${bad}[also]\n${keys('H')}`]) {
			const reading = inCredentials(text);
			assert.deepEqual(ids(reading), text.startsWith('[good') ? {good: 'G', also: 'H'} : {good: 'G'}, text);
			const at = text.startsWith('[good') ? line + 3 : line;
			assert.deepEqual(
				reading.refused.map(each => [each.label, new RegExp(`^can't be read: line ${at}: `).test(each.reason)]),
				[[label, true]],
				text,
			);
		}
	}
	const before = inCredentials(`aws_access_key_id = X\n${good}`);
	assert.deepEqual(ids(before), {good: 'G'});
	assert.match(
		reasons(before).join(),
		/^ can't be read: line 1: a key comes before the first section; put `\[default\]`/,
	);
});

test('what an open header holds is not taken for the profile before it', () => {
	assert.deepEqual(ids(inCredentials(`[a]\n${keys('A')}[b\naws_access_key_id = B\n`)), {a: 'A'});
});

test('a profile with a bad line in one file is not taken from the other', () => {
	const reading = aws.read([`[a]\n${keys('X')}junk\n`, `[profile a]\n${keys('OLD')}[profile b]\n${keys('B')}`]);
	assert.deepEqual(ids(reading), {b: 'B'});
});

test('names are trimmed, and hold what AWS takes in them', () => {
	for (const [header, name] of [
		['[profile \ta \t]', 'a'],
		['[profile\ta]', 'a'],
		['[   profile a    ]', 'a'],
		['[profile so-me:lo/ng_na%me.x@y+z]', 'so-me:lo/ng_na%me.x@y+z'],
	] as const) {
		assert.deepEqual(ids(inConfig(`${header}\r\n${keys('A').replaceAll('\n', '\r\n')}`)), {[name]: 'A'}, header);
	}
	assert.deepEqual(ids(inCredentials(`\uFEFF[   a    ]\n${keys('A')}`)), {a: 'A'});
});

test('blank lines, comments, nested settings and unknown keys are no matter', () => {
	const text = `\t \n;\n[a];\n\t\n# x\n  # y\n${keys('A')}\t \nin valid = x\ns3 =\n  a = b\n\t \n = c\n  nothing\n region: = x\n`;
	const reading = inCredentials(text);
	assert.deepEqual(ids(reading), {a: 'A'});
	assert.deepEqual(reading.refused, []);
	assert.deepEqual(clear(inCredentials(`[a]\n${keys('A')}region = v# x; y ; z\n`))[0]?.[1].at(-1), [
		'region',
		'v# x; y',
	]);
});

test('a profile in both files: the credentials file counts, and halves of keys are put together', () => {
	const reading = aws.read(['[a]\naws_access_key_id = A\n', '[profile a]\naws_secret_access_key = S\nregion = r\n']);
	assert.deepEqual(clear(reading)[0]?.[1], [
		['accessKeyID', 'A'],
		['secretAccessKey', 'S'],
		['region', 'r'],
	]);
});

test('`[DEFAULT]` fills what a profile lacks, as botocore does, but no profile with keys from elsewhere', () => {
	const text = `[a]\n${keys('A')}[b]\noutput = json\n[role]\nrole_arn = x\n[DEFAULT]\n${keys('D')}region = r\n`;
	const reading = inCredentials(text);
	assert.deepEqual(ids(reading), {a: 'A', b: 'D', DEFAULT: 'D'});
	assert.deepEqual(clear(reading)[0]?.[1].at(-1), ['region', 'r']);
	assert.match(reasons(reading).join(), /^role assumes a role/);
});

test('a profile that assumes a role keeps its own keys; one without, or with half of them, is said', () => {
	const reading = inConfig(
		`[profile self]\n${keys('S')}role_arn = r\nsource_profile = self\n[profile role]\nrole_arn = r\nsource_profile = self\n` +
			'[profile web]\nrole_arn = r\nweb_identity_token_file = /t\n[profile browser]\nlogin_session = arn\n',
	);
	assert.deepEqual(ids(reading), {self: 'S'});
	assert.deepEqual(
		reading.refused.map(({label}) => label),
		['role', 'web', 'browser'],
	);
});
