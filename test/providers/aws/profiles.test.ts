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

test('the rules that AWS publishes for its SDKs hold for keys, and what breaks one costs its profile', () => {
	const [a, b] = [keys('A'), keys('B')];
	const [id, secret] = ['aws_access_key_id', 'aws_secret_access_key'];
	type Rule = readonly [
		config: string,
		found: Readonly<Record<string, string>>,
		refused?: string | undefined,
		credentials?: string,
	];
	const rules: readonly Rule[] = [
		['', {}],
		['[profile a]', {}],
		[`[profile some-thing:long/the_one%only.a@b+]\n${a}[profile a!b]`, {'some-thing:long/the_one%only.a@b+': 'A'}],
		[`[profile a\n${a}`, {}, ' line 1: a section is a name between'],
		[`[profile \ta \t]\n${a}`, {a: 'A'}],
		[`[profile\ta]\n${a}`, {a: 'A'}],
		[a, {}, ' line 1: a key comes before the first section'],
		[`[profile a]\n${a}`, {a: 'A'}],
		[`[profile a]\r\n${id} = A\r\n${secret} = sA`, {a: 'A'}],
		[`[profile a]\n${id} = A=B==\n${secret} = s`, {a: 'A=B=='}],
		[`[profile a]\n${id} = 😂é\n${secret} = s`, {a: '😂é'}],
		[`[profile a]\n${id} \t=  \tA \t\n${secret}=sA`, {a: 'A'}],
		[`[profile a]\n${a}aws_session_token =\nregion =`, {a: 'A'}],
		[`[profile a]\n${a}= value\n[profile b]\n${b}`, {b: 'B'}, 'a line 4: a key is missing before the `='],
		[`[profile a]\n${a}key - value\n[profile b]\n${b}`, {b: 'B'}, 'a line 4: this is neither'],
		['[profile a]\n[profile b]', {}],
		[`[profile a]\n${a}[profile b]\n${b}`, {a: 'A', b: 'B'}],
		[`\t \n[profile a]\n\t\n \n${a}\t \n[profile b]\n \t${b}`, {a: 'A', b: 'B'}],
		[`# C\n[profile a] # C\n${id} = A # C with # sign\n${secret} = s`, {a: 'A'}],
		[`; C\n[profile a] ; C\n${id} = A ; C with ; sign\n${secret} = s`, {a: 'A'}],
		[`# C\n[profile a] ; C\n${id} = A # C with ; sign\n${secret} = s`, {a: 'A'}],
		[`;\n[profile a];\n${id} = A ;\n${secret} = s`, {a: 'A'}],
		[`[profile a]; C\n${a}[profile b]# C\n${b}`, {a: 'A', b: 'B'}],
		[`[profile a]\n${id} = A; C\n${secret} = s\n[profile b]\n${id} = B# C\n${secret} = s`, {a: 'A; C', b: 'B# C'}],
		[`[profile a]\n${a} -continued\n[profile b]\n${b}`, {b: 'B'}, 'a line 4: this line is indented'],
		[`[profile a]\n${a}note = x\n -continued # C\n \t -and-continued ; C \t \n`, {a: 'A'}],
		[` -continued\n[profile a]\n${a}`, {a: 'A'}, ' line 1: this is neither'],
		[`[profile a]\n -continued\n${a}[profile b]\n${b}`, {b: 'B'}, 'a line 2: this is neither'],
		[`[profile a]\n${a}[profile a]\n -continued\n[profile b]\n${b}`, {b: 'B'}, 'a line 5: this is neither'],
		[`[profile a]\n${id} = A\n[profile a]\n${secret} = sA`, {a: 'A'}],
		[`[profile a]\n${id} = old\n${a}`, {a: 'A'}],
		[`[profile a]\n${b}[profile a]\n${a}`, {a: 'A'}],
		[`[profile a]\n${b.toUpperCase()}[profile a]\n${a}`, {a: 'A'}],
		[`[profile default]\n${a}[default]\nregion = lost`, {default: 'A'}],
		[`[default]\nregion = lost\n[profile default]\n${a}`, {default: 'A'}],
		[`[profile a]\n${a}in valid = x`, {a: 'A'}],
		[`[profile ABCxyz0189-_]\n${a}ABCxyz0189-_ = x`, {'ABCxyz0189-_': 'A'}],
		[`[profile a]\n${a}s3 =\n ${id} = nested`, {a: 'A'}],
		[`[profile a]\n${a}s3 =\n name =`, {a: 'A'}],
		[`[profile a]\n${a}s3 =\n in valid = x`, {a: 'A'}],
		[`[profile a]\n${a}s3 =\n name = x\n\t \n name2 = y`, {a: 'A'}],
		[`[profile a]\n${secret} = sA`, {a: 'A'}, undefined, `[a]\n${id} = A`],
		[
			`[profile default]\n${secret} = s\n[default]\nregion = x\n[profile default]\nregion = y`,
			{default: 'A'},
			undefined,
			`[default]\n${id} = A`,
		],
		[`[profile a]\n${b}`, {a: 'A'}, undefined, `[a]\n${a}`],
		[`[a]\n${a}`, {}, 'a stands as `[NAME]` on line 1'],
		[`[profilefoo]\n${a}[profile b]\n${b}`, {b: 'B'}, 'profilefoo stands as'],
		[`[   profile a    ]\n${a}[profile b]\n${b}`, {a: 'A', b: 'B'}],
		['', {a: 'A'}, undefined, `[   a    ]\n${a}`],
		[`[profile a]\n${a}[profile in valid]\nx = 1\n[profile b]\n${b}`, {a: 'A', b: 'B'}],
		[`[sso-session a]\n${a}[profile b]\n${b}`, {b: 'B'}],
		['', {'sso-sessiona': 'A', b: 'B'}, undefined, `[sso-sessiona]\n${a}[b]\n${b}`],
		[`[sso-sesion a]\n${a}[profile b]\n${b}`, {b: 'B'}, 'sso-sesion a stands as'],
	];
	for (const [config, found, refused, credentials] of rules) {
		const reading = credentials === undefined ? inConfig(config) : aws.read([credentials, config]);
		assert.deepEqual(ids(reading), found, config);
		const told = reasons(reading).map(each => each.replace("can't be read: ", ''));
		assert.equal(told.length, refused === undefined ? 0 : 1, told.join());
		assert.ok(told[0]?.startsWith(refused ?? '') ?? true, told[0]);
	}
});

test('where AWS tools differ and keys are taken all the same, a remark says how', () => {
	const remarkOf = (reading: Reading): string => reading.found[0]?.remark ?? '';
	assert.match(
		remarkOf(inCredentials(`[a]\n${keys('A')}region = r # mine\n`)),
		/^line 4: the aws command takes the comment for a part of the value/,
	);
	for (const nested of ['nothing', '= value']) {
		assert.match(
			remarkOf(inConfig(`[profile a]\n${keys('A')}s3 =\n  x = y\n  ${nested}\n`)),
			/^line 6: this nested line is not `name = value`/,
		);
	}
	assert.equal(remarkOf(inConfig(`[profile a]\n${keys('A')}s3 =\n  x = y\n  z =\n`)), '');
	const prefixed = aws.read([`[profile a]\n${keys('A')}`, '']);
	assert.deepEqual(ids(prefixed), {a: 'A'});
	assert.match(remarkOf(prefixed), /^line 1: AWS SDKs pass over `\[profile NAME\]` in the credentials file/);
	const [first, last] = [`[profile default]\n${keys('P')}`, `[default]\n${keys('D')}`];
	assert.match(reasons(inConfig(first + last)).join(), /the config file, but the aws command the last of both$/);
	assert.match(reasons(inConfig(last + first)).join(), /the config file$/);
});

test('the reason for a profile without keys is the way that counts among several', () => {
	const role = 'role_arn = arn:aws:iam::123456789012:role/x\n';
	for (const [settings, reason] of [
		[`${role}source_profile = b\ncredential_process = x\n`, 'assumes a role with the keys of another profile'],
		[`${role}credential_source = Environment\n`, 'has its keys from the machine or container it runs on'],
		[`${role}source_profile = a\nweb_identity_token_file = /t\n`, 'signs in with a token of another service'],
		['sso_session = s\ncredential_process = x\n', 'signs in with a browser'],
		['source_profile = b\ncredential_process = x\n', 'gets its keys from a program'],
		[role, 'assumes a role, but does not say with whose keys'],
		['source_profile = b\n', 'says whose keys to assume a role with, but not which role'],
	] as const) {
		assert.ok(
			reasons(inConfig(`[profile a]\n${settings}`))
				.join()
				.startsWith(`a ${reason}`),
			reason,
		);
	}
});

test('what is odd about `[DEFAULT]` is said of the profiles that inherit from it, and they share no endless text', () => {
	const twice = '[DEFAULT]\naws_secret_access_key = a\naws_secret_access_key = b\n';
	const {found} = aws.read([`${twice}[x]\naws_access_key_id = X\n[y]\n${keys('Y')}`]);
	assert.deepEqual(
		found.filter(({label}) => label !== 'DEFAULT').map(({label, remark}) => [label, remark?.split(':', 1)[0]]),
		[
			['x', 'line 3'],
			['y', undefined],
		],
	);
	const long = `[DEFAULT]\naws_secret_access_key = ${'x'.repeat(60_000)}\n`;
	const many = Array.from({length: 1000}, (_, index) => `[p${index}]\naws_access_key_id = a\n`).join('');
	const reading = aws.read([`${long}${many}[y]\n${keys('Y')}`]);
	assert.ok(reading.found.length > 100 && reading.found.length < 200);
	assert.equal(reading.found.at(-1)?.label, 'y');
	assert.match(reading.refused.at(-1)?.reason ?? '', /^can't be read: line \d+: too many profiles inherit/);
});
