import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readSources} from '../../../source/documents/sources.js';
import {generic} from '../../../source/providers/generic/schema.js';
import {assertInvalid, clear, fixture, keyId, secretKey} from '../../documents/samples.js';

const keys = `aws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;

test('reads every profile with keys, with its session token and region', () => {
	const text = fixture('credentials.ini');
	for (const variant of [text, `\uFEFF${text.replaceAll('\n', '\r\n')}`, text.trimEnd()]) {
		const sources = readSources(variant);
		assert.deepEqual(
			sources.map(({label, format, provider, data}) => [label, format, provider.id, [...data.keys()]]),
			[
				['default', 'aws-credentials', 'aws', ['accessKeyID', 'secretAccessKey']],
				['work.eu west', 'aws-credentials', 'aws', ['accessKeyID', 'secretAccessKey', 'region']],
				['zürich', 'aws-credentials', 'aws', ['accessKeyID', 'secretAccessKey', 'sessionToken']],
			],
		);
		for (const {data} of sources) {
			assert.match(data.get('accessKeyID')?.reveal() ?? '', /^A[KS]IA[A-Z2-7]{16}$/);
			assert.match(data.get('secretAccessKey')?.reveal() ?? '', /^[A-Za-z0-9/+]{40}$/);
		}
	}
});

test('reads profile names with dots, white space, quotes, and the word profile', () => {
	for (const [header, label] of [
		['[a.b.c]', 'a.b.c'],
		['[ padded ]', 'padded'],
		['[profile my work]', 'my work'],
		['[profile "my work"]', 'my work'],
		['[profile]', 'profile'],
		['[名前] # a comment', '名前'],
		['  [indented]\t', 'indented'],
		['[constructor]', 'constructor'],
		['[__proto__]', '__proto__'],
	] as const) {
		assert.equal(readSources(`${header}\n${keys}`)[0].label, label);
	}
});

test('reads values to the byte: # and ; start a comment only after white space, and nothing is converted', () => {
	const values = ['ab#cd;ef', '"quoted"', 'true', '0123', 'a=b==', 'a b', '[x]', '$HOME', '%(a)s', '\\n'];
	for (const value of values) {
		for (const end of ['', ' # comment', '\t; comment', '   ', ' #']) {
			const [{data}] = readSources(`[a]\naws_secret_access_key=${value}${end}\n`);
			assert.deepEqual(clear(data), [['secretAccessKey', value]]);
		}
	}
});

test('understands nested settings and indented profiles', () => {
	const [indented] = readSources(`[a]\n  ${keys.replace('\n', '\n  ')}  region = eu-west-1\n`);
	assert.deepEqual([...indented.data.keys()], ['accessKeyID', 'secretAccessKey', 'region']);
	const [nested] = readSources(`[a]\n${keys}s3 =\n  region = nested\n  region = again\n`);
	assert.equal(nested.data.has('region'), false);
	assertInvalid(
		() => readSources(`[a]\naws_access_key_id = ${keyId}\n aws_secret_access_key = ${secretKey}\n`),
		/^line 3: this line is indented, so it continues the value above it\nremove the white space/,
	);
});

test('skips profiles without keys, and refuses a file that has no others', () => {
	const rest = '[role]\nrole_arn = a\n[sso-session s]\nsso_region = b\n[p]\ncredential_process = c\nregion = d\n';
	assert.equal(readSources(`${rest}[k]\n${keys}`).length, 1);
	assertInvalid(() => readSources(rest), /no profile of this AWS file holds access keys/);
	assertInvalid(() => readSources(`[a]\naws_access_key_id =\naws_secret_access_key = ; later\n`), /no profile/);
});

test('refuses what is not INI, with its line', () => {
	const cases: readonly (readonly [text: string, message: RegExp])[] = [
		['[a]\naws_session_token = x\naws_security_token = y\n', /^line 3: `sessionToken` is there a second time/],
		[`${keys}[a]\n`, /^line 1: a key comes before the first section\nput `\[default\]` on a line above/],
		[`[a\n${keys}`, /^line 1: a section is a name between/],
		[`[a]\n${keys}nonsense\n`, /^line 4: this is neither a `\[section\]` nor `key = value` nor a comment/],
		[`[a]\n${keys}= x\n`, /^line 4: a key is missing before the `=`/],
	];
	for (const [text, message] of cases) assertInvalid(() => readSources(text), message);
	assertInvalid(() => readSources(fixture('credentials.ini'), generic), /keys of aws, not of generic/);
});
