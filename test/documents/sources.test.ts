import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chooseSource, readSources} from '../../source/documents/sources.js';
import {aws} from '../../source/providers/aws/schema.js';
import {generic} from '../../source/providers/generic/schema.js';
import {assertInvalid, clear, fixture, keyId, secretKey} from './samples.js';

const fields = [
	['accessKeyID', keyId],
	['secretAccessKey', secretKey],
];

test('reads the documented file as printed, with its trailing comma', () => {
	const text = fixture('documented.json');
	assert.match(text, /",\n}/);
	for (const provider of [undefined, aws]) {
		const [source, ...others] = readSources(text, provider);
		assert.equal(others.length, 0);
		assert.deepEqual([source.label, source.format, source.provider.id], ['', 'fields', 'aws']);
		assert.deepEqual([...source.data.keys()], ['accessKeyID', 'secretAccessKey']);
		assert.ok(text.includes(source.data.get('secretAccessKey')?.reveal() ?? 'nothing'));
	}
});

test('recognizes fields in every spelling, in JSON and YAML', () => {
	const spellings = [
		['accessKeyID', 'secretAccessKey'],
		['aws_access_key_id', 'aws_secret_access_key'],
		['AccessKeyId', 'SecretAccessKey'],
		['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
		['Access key ID', 'Secret access key'],
		['access-key-id', 'aws secret key'],
	];
	for (const [id, secret] of spellings) {
		const texts = [
			`{"${id}":"${keyId}","${secret}":"${secretKey}"}`,
			`\uFEFF{\r\n\t"${secret}": "${secretKey}",\r\n\t"${id}": "${keyId}"\r\n}\r\n`,
			`# mine\n${id}: ${keyId}\n${secret}: ${secretKey}\nregion: ~\nsession_token: ''\n`,
			`---\n'${secret}': '${secretKey}'\n"${id}": "${keyId}"\nregion: null\n...\n`,
		];
		for (const text of texts) assert.deepEqual(clear(readSources(text)[0].data), fields);
	}
});

test('without a provider, the required fields have to determine it', () => {
	const hint =
		/these fields do not tell which provider.*\n.*-f FILE --provider PROVIDER` says it; PROVIDER is aws, .*generic/;
	assertInvalid(() => readSources('token: abc\n'), hint);
	assertInvalid(() => readSources(`accessKeyID: ${keyId}\n`), hint);
	assertInvalid(() => readSources(`accessKeyID: ${keyId}\nsecretAccessKey: null\n`), hint);
	assertInvalid(() => readSources('{}'), hint);
	assert.deepEqual(clear(readSources(`accessKeyID: ${keyId}\n`, aws)[0].data), fields.slice(0, 1));
});

test('a provider that accepts any fields keeps them as spelled', () => {
	const [source] = readSources('{"Token": "a", "token": "b", "10": "c", "empty": ""}', generic);
	assert.deepEqual(clear(source.data), [
		['Token', 'a'],
		['token', 'b'],
		['10', 'c'],
	]);
	assertInvalid(() => readSources('{"a key": "b"}', generic), /line 1, column 2: `a key` can't be a field/);
});

test('names a key that the provider does not have, or that is given twice', () => {
	const text = fixture('documented.json');
	assertInvalid(
		() => readSources(text.replace('{', '{"token": "x",'), aws),
		/^line 1, column 2: `token` is not a field of aws\nits fields are accessKeyID, secretAccessKey, sessionToken, region, expiration/,
	);
	assertInvalid(
		() => readSources(text.replace('{', '{"AWS_ACCESS_KEY_ID": "x",')),
		/^line 2, column 3: `accessKeyID` is the same field as `AWS_ACCESS_KEY_ID`/,
	);
	assertInvalid(
		() => readSources(text.replace('{', '{"accessKeyID": "x",')),
		/line 2, column 3: this key appears a second time/,
	);
	assertInvalid(() => readSources('accessKeyID: [a]\n', aws), /`accessKeyID` is not text/);
});

test('reads the output of the aws command', () => {
	const keys = ['accessKeyID', 'secretAccessKey', 'sessionToken', 'expiration'];
	for (const [name, count] of [
		['create-access-key.json', 2],
		['assume-role.json', 4],
		['credential-process.json', 4],
	] as const) {
		for (const provider of [undefined, aws]) {
			const [source, ...others] = readSources(fixture(name), provider);
			assert.equal(others.length, 0);
			assert.deepEqual([source.label, source.format, source.provider.id], ['', 'aws-access-keys', 'aws']);
			assert.deepEqual([...source.data.keys()], keys.slice(0, count));
			const written = fixture(name).replace('+00:00', 'Z');
			for (const [, value] of clear(source.data)) assert.ok(written.includes(`"${value}"`));
		}
	}
	assertInvalid(() => readSources(fixture('create-access-key.json'), generic), /`AccessKey` is not text/);
	const unknown = fixture('create-access-key.json').replace('"Status"', '"Colour"');
	assertInvalid(() => readSources(unknown), /`Colour` is not a field of aws/);
	assertInvalid(() => readSources('{"AccessKey": {}, "Other": {}}'), /do not tell which provider/);
});

test('reads one manifest, several documents, and a list', () => {
	const [one] = readSources(fixture('manifest.yaml'));
	assert.deepEqual([one.label, one.format, one.provider.id], ['aws', 'manifest', 'aws']);
	assert.deepEqual(one.manifest, {name: 'aws', created: '2019-04-04T09:33:32Z', labels: new Map()});
	assert.deepEqual(clear(one.data), fields);

	const list = readSources(fixture('list.yaml'), aws);
	assert.deepEqual(
		list.map(source => [source.label, source.manifest?.note, source.manifest?.expires, source.manifest?.labels.size]),
		[
			['alpha', 'of alpha', '2027-01-31', 1],
			['beta', 'of beta', '2027-01-31', 1],
		],
	);
	const unnamed = fixture('manifest.yaml').replace('  name: aws\n', '');
	assert.equal(readSources(unnamed)[0].label, '');
	const documents = readSources(
		`---\n${fixture('manifest.yaml')}---\n---\n${unnamed}---\n${fixture('list.yaml')}...\n`,
	);
	assert.deepEqual(
		documents.map(source => source.label),
		['aws', 'document 2', 'alpha', 'beta'],
	);
	assertInvalid(
		() => readSources(`${fixture('manifest.yaml')}---\n${fixture('manifest.yaml').replace('name: aws', 'name: AWS')}`),
		/holds two credentials `AWS`/,
	);
	assertInvalid(() => readSources(fixture('manifest.yaml'), generic), /this manifest is for aws, not for generic/);
	assertInvalid(() => readSources('apiVersion: v1beta1\nkind: CredentialList\nitems: []\n'), /`items` is not a list/);
	assertInvalid(() => readSources('kind: CredentialList\nitems: [{}]\n'), /`apiVersion` is missing/);
});

test('an unknown format is answered with the known ones', () => {
	const texts = [
		'hello\n',
		'just some words, and more\n',
		'[1, 2]',
		'["a"]',
		'- a\n- b\n',
		'"text"',
		'42',
		'<xml a="b"/>\n',
	];
	for (const text of texts) {
		assertInvalid(
			() => readSources(text),
			/the input is not in a known format\nit can be .*JSON.*YAML.*manifest.*AWS.*\.csv/,
		);
	}
});

test('says when the input is not text, empty, or too large', () => {
	for (const text of ['', ' \r\n\t\n', '\uFEFF', '\uFEFF\n']) assertInvalid(() => readSources(text), /is empty/);
	assertInvalid(() => readSources('# only\n# comments: here\n'), /nothing but comments/);
	assertInvalid(() => readSources('{"a": "b\0"}'), /is not text/);
	assertInvalid(() => readSources(`a: ${'é'.repeat(600_000)}\n`), /over 1 MiB/);
});

test('takes the only source, and requires a choice among several', () => {
	const one = readSources(fixture('documented.json'));
	assert.equal(chooseSource(one), one[0]);
	assertInvalid(
		() => chooseSource(one, 'work'),
		/nothing called `work` in it\nthere is one credential in it, without a name/,
	);

	const several = readSources(fixture('credentials.ini'));
	assert.equal(chooseSource(several), undefined);
	assert.equal(chooseSource(several, 'zürich'), several[2]);
	assertInvalid(
		() => chooseSource(several, 'zurich'),
		/nothing called `zurich` in it\nit holds `default`, `work.eu west`, `zürich`/,
	);
	const single = readSources(`[default]\naws_access_key_id = ${keyId}\n`);
	assert.equal(chooseSource(single), single[0]);
	assert.equal(chooseSource(single, 'default'), single[0]);
	assertInvalid(() => chooseSource(single, 'other'), /it holds `default`/);
});
