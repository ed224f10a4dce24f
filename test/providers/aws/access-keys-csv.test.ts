import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readSources} from '../../../source/documents/sources.js';
import {generic} from '../../../source/providers/generic/schema.js';
import {assertInvalid, clear, fixture, keyId, secretKey} from '../../documents/samples.js';

const head = 'Access key ID,Secret access key';
const row = `${keyId},${secretKey}`;
const expected = [
	['accessKeyID', keyId],
	['secretAccessKey', secretKey],
];

test('reads current and older console files, with a byte order mark and CRLF', () => {
	for (const [name, label] of [
		['current_accessKeys.csv', /^AKIA[A-Z2-7]{16}$/],
		['new_user_credentials.csv', /^pharmer$/],
	] as const) {
		const text = fixture(name);
		assert.ok(text.startsWith('\uFEFF') && text.includes('\r\n'));
		const [source, ...others] = readSources(text);
		assert.equal(others.length, 0);
		assert.match(source.label, label);
		assert.deepEqual([source.format, source.provider.id], ['aws-access-keys', 'aws']);
		const [, secret] = clear(source.data)[1] ?? [];
		assert.ok(secret?.length === 40 && text.includes(`,${secret}`));
	}
});

test('names rows by user, or by key when a user has two', () => {
	const sources = readSources(fixture('several_users.csv'));
	const ids = sources.map(source => source.data.get('accessKeyID')?.reveal());
	assert.deepEqual(
		sources.map(source => source.label),
		['alice', ids[1], ids[2]],
	);
});

test('accepts headers in any case and order, with white space, quotes and other columns', () => {
	const variants = [
		`${head.toUpperCase()}\n${row}`,
		` access key id ,\tSECRET ACCESS KEY\n${row}\n`,
		`"Access key ID","Secret access key"\r\n"${keyId}","${secretKey}"\r\n`,
		`Secret access key,Status,Access key ID\n${secretKey},Active,${keyId}\n`,
		`${head}\r${row}\r`,
		`\n${head}\n\n${row}\n\n`,
		`User name,Password,Access key ID,Secret access key,Console login link\n,,,,\n"a,b","x""y",${row},\n`,
	];
	for (const text of variants) {
		const sources = readSources(text);
		assert.equal(sources.length, 1, text);
		assert.deepEqual(clear(sources[0].data), expected);
	}
});

test('tells a console password from access keys', () => {
	const message = /the CSV holds a console password, not access keys\nmake an access key/;
	assertInvalid(() => readSources(fixture('console_password.csv')), message);
	assertInvalid(
		() => readSources('User name,Password,Access key ID,Secret access key,Console login link\nme,pw,,,https://x\n'),
		message,
	);
});

test('reports an invalid CSV by line, without any value', () => {
	const cases: readonly (readonly [text: string, message: RegExp])[] = [
		[`${head}\n`, /no access key under its headers/],
		[`${head}\n,\n`, /no access key under its headers/],
		[`User name,Access key ID\nme,${keyId}\n`, /no column `Secret access key`/],
		[`User name,Secret access key\nme,${secretKey}\n`, /no column `Access key ID`/],
		[`${head},Secret access key\n${row},x\n`, /the column `Secret access key` twice/],
		[`${head}\n${row}\n${row},x\n`, /^line 3: this row has more or fewer values/],
		[`${head}\n${keyId},"${secretKey}\n`, /^line 2: a closing quote is missing/],
		[`${head}\n${keyId},"${secretKey}"x\n`, /^line 2: there is text between a closing quote/],
		[`${head}\n${keyId},a"${secretKey}\n`, /^line 2: there is a quote inside a value/],
	];
	for (const [text, message] of cases) assertInvalid(() => readSources(text), message);
	assertInvalid(() => readSources(fixture('current_accessKeys.csv'), generic), /keys of aws, not of generic/);
});
