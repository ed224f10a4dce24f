import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseEnv} from 'node:util';
import {parse} from 'csv-parse/sync';
import fc from 'fast-check';
import {parseAllDocuments} from 'yaml';
import {exportCsv} from '../../source/documents/exports/csv.js';
import {exportDotenv} from '../../source/documents/exports/dotenv.js';
import {exportSecrets} from '../../source/documents/exports/k8s-secret.js';
import {exportTfvars} from '../../source/documents/exports/tfvars.js';
import {readSources} from '../../source/documents/sources.js';
import type {Credential} from '../../source/domain/credential.js';
import {exportAws} from '../../source/providers/aws/export.js';
import {parseAssignments} from '../../source/text/assignments.js';
import {clear, fields} from '../helpers/command-line.js';
import {awsContent, keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {hostileValues} from '../helpers/hostile.js';
import {size} from '../helpers/rounds.js';

const work = storedCredential('Work', {data: awsContent('Work', {region: 'eu-west-1'}).data});
const generic = (name: string, data: Record<string, string>): Credential =>
	storedCredential(name, {provider: 'generic', data: fields(data)});
const box = generic('box', {apiToken: 'hush', 'key.file': 'one\ntwo'});

const values = fc.string({unit: 'binary', minLength: 1, maxLength: 20}).filter(text => !text.includes('\0'));
const anyData = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/), values, {
	minKeys: 1,
	maxKeys: 4,
	noNullPrototype: true,
});

test("dotenv has the tools' variables, with a comment for each credential", () => {
	const text = exportDotenv([work, box]);
	assert.deepEqual(
		{...parseEnv(text)},
		{
			AWS_ACCESS_KEY_ID: keyId,
			AWS_SECRET_ACCESS_KEY: secretKey,
			AWS_REGION: 'eu-west-1',
			AWS_DEFAULT_REGION: 'eu-west-1',
			API_TOKEN: 'hush',
			KEY_FILE: 'one\ntwo',
		},
	);
	assert.match(text, /^# Work \(aws\)\nAWS_ACCESS_KEY_ID=AKIA.*[\s\S]*\n\n# box \(generic\)\n/);
});

test("dotenv refuses a variable with two different values, and values it can't quote", () => {
	const other = storedCredential('other', {data: awsContent('other', {accessKeyID: keyId.replace('Q4', 'Q7')}).data});
	assert.throws(() => exportDotenv([work, other]), {
		code: 'invalid',
		message: '`Work` and `other` want the variable `AWS_ACCESS_KEY_ID` with different values',
	});
	const same = exportDotenv([work, storedCredential('same')]);
	assert.equal(same.match(/^AWS_ACCESS_KEY_ID=/gm)?.length, 1);
	assert.throws(() => exportDotenv([generic('box', {'a-b': 'x', 'a.b': 'y'})]), {
		message: /two fields of `box` want the variable `A_B`/,
	});
	assert.throws(() => exportDotenv([generic('box', {key: `'"\``})]), {
		message: "`key` of `box` has characters that a .env file can't carry",
	});
});

test('aws is a credentials file that reads back, and refuses other providers', () => {
	const temporary = storedCredential('tmp', {data: awsContent('tmp', {sessionToken: 'token=='}).data});
	const text = exportAws([work, temporary]);
	assert.deepEqual(
		readSources(text).map(({label, data}) => [label, clear(data)]),
		[work, temporary].map(({name, data}) => [name, clear(data)]),
	);
	assert.match(text, /^\[Work\]\naws_access_key_id = AKIA/);
	assert.throws(() => exportAws([work, box]), {code: 'invalid', message: /`box` is for generic/, hint: /-p aws/});
	for (const secret of ['a #b', 'a\nb', ' a', 'a ', ';a']) {
		const odd = storedCredential('odd', {data: awsContent('odd', {secretAccessKey: secret}).data});
		assert.throws(() => exportAws([odd]), {message: /`secretAccessKey` of `odd` has characters/});
	}
});

test('csv reads back to the byte', () => {
	assert.match(exportCsv([work]), /^name,provider,field,value\r\nWork,aws,accessKeyID,AKIA/);
	fc.assert(
		fc.property(anyData, data => {
			fc.pre(
				!Object.values(data).some(value => /^[\t\r\n]|(?:^|[;\t\r\n])[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(value)),
			);
			const [header, ...rows] = parse(exportCsv([generic('box', data)]), {relax_column_count: false}) as string[][];
			assert.deepEqual(header, ['name', 'provider', 'field', 'value']);
			assert.deepEqual(
				rows,
				Object.entries(data).map(([key, value]) => ['box', 'generic', key, value]),
			);
		}),
	);
});

test('csv refuses what a spreadsheet would take for a formula, and a key in PEM is none', () => {
	for (const value of ['=1+1', '+cmd|x!A1', '-2', '@SUM(1)', '\t=1', '\r1', 'a;=1', 'a\n=1', '\uff1d1']) {
		assert.throws(() => exportCsv([generic('box', {key: value})]), {
			code: 'invalid',
			message: "`key` of `box` has characters that a spreadsheet can't carry",
		});
	}
	const key = '-----BEGIN PRIVATE KEY-----\nAB\n+/==\n-----END PRIVATE KEY-----\n';
	assert.ok(exportCsv([generic('box', {key, other: 'a=b-c+d@e'})]).includes(`"${key}"`));
	assert.throws(() => exportCsv([generic('box', {key: `${key}=1`})]), {code: 'invalid'});
});

test('tfvars refuses an accent that Terraform would compose with its letter', () => {
	assert.throws(() => exportTfvars([generic('box', {key: 'e\u0301'})]), {
		code: 'invalid',
		message: "`key` of `box` has characters that Terraform can't carry",
	});
	assert.match(exportTfvars([generic('box', {key: '\u00e9'})]), /"\u00e9"/);
});

test('dotenv refuses a variable that a shell which reads the file keeps for itself', () => {
	for (const key of ['UID', 'username']) {
		assert.throws(() => exportDotenv([generic('box', {[key]: 'x'})]), {code: 'invalid', message: /^shells .* keep U/});
	}
});

test('tfvars escapes what Terraform would interpolate', () => {
	const text = exportTfvars([generic('1.x', {a: `\${x} %{y} $\${z} $x 100%`, 'b.c': 'q"\\\n\r\t\u0007\u{e0001}é'})]);
	assert.ok(
		text.endsWith(
			[
				'credentials = {',
				'  # generic',
				'  "1.x" = {',
				`    "a" = "$\${x} %%{y} $$\${z} $x 100%"`,
				'    "b.c" = "q\\"\\\\\\n\\r\\t\\u0007\\U000e0001é"',
				'  }',
				'}',
				'',
			].join('\n'),
		),
		text,
	);
});

test('reading an export meant for other programs says so', () => {
	const credentials = [storedCredential('prod')];
	for (const [format, text] of [
		['csv', exportCsv(credentials)],
		['tfvars', exportTfvars(credentials)],
		['k8s-secret', exportSecrets(credentials)],
	] as const) {
		assert.throws(() => readSources(text), {
			code: 'invalid',
			message: `this is an export as ${format}, which is for other programs and not read back`,
		});
	}
});

test('k8s-secret writes a secret for each credential, with values in base64', () => {
	fc.assert(
		fc.property(anyData, data => {
			const documents = parseAllDocuments(exportSecrets([generic('Big_Box', data), work]), {schema: 'failsafe'}).map(
				each => each.toJS(),
			);
			assert.deepEqual(
				documents.map(({apiVersion, kind, metadata, type}) => [apiVersion, kind, metadata, type]),
				['big-box', 'work'].map(name => ['v1', 'Secret', {name}, 'Opaque']),
			);
			const decoded = Object.entries<string>(documents[0]?.data).map(([key, value]) => [
				key,
				Buffer.from(value, 'base64').toString(),
			]);
			assert.deepEqual(decoded, Object.entries(data));
		}),
	);
});

test('names of secrets are valid in Kubernetes, and no two coincide', () => {
	for (const [name, object] of [
		['A_b.C', 'a-b.c'],
		['a..b', 'a.b'],
		['a-', 'a'],
		['a._b-.c', 'a.b.c'],
		['1', '1'],
	] as const) {
		assert.match(exportSecrets([generic(name, {a: 'x'})]), new RegExp(`^  name: "?${object}"?$`, 'm'));
	}
	assert.throws(() => exportSecrets([generic('a_b', {a: 'x'}), generic('A-b', {a: 'x'})]), {
		code: 'invalid',
		message: '`a_b` and `A-b` would both be the secret `a-b`',
	});
});

test('refuses half of a surrogate pair where it would be altered', () => {
	for (const write of [exportDotenv, exportCsv, exportTfvars, exportSecrets]) {
		assert.throws(() => write([generic('box', {key: 'a\ud800'})]), {code: 'invalid', message: /`key` of `box`/});
	}
});

/** What Terraform reads from a quoted template without interpolation. */
const readHcl = (text: string): string =>
	JSON.parse(
		text
			.replace(/([$%])\1\{/g, '$1{')
			.replace(/\\(?:U([\da-f]{8})|.)/g, (whole, code) =>
				code === undefined ? whole : String.fromCodePoint(Number.parseInt(code, 16)),
			),
	);

test('hostile values come out of every export to the byte, or are refused by name', () => {
	const refusal = /^`key` of `box` has characters that .* can't carry$/;
	const readers: readonly (readonly [write: typeof exportCsv, read: (text: string) => unknown])[] = [
		[exportCsv, text => (parse(text) as string[][])[1]?.[3]],
		[exportTfvars, text => readHcl(/"key" = (.*)\n {2}\}\n\}\n$/s.exec(text)?.[1] ?? '')],
		[exportSecrets, text => Buffer.from(/^ {2}key: "?(.*?)"?$/m.exec(text)?.[1] ?? '', 'base64').toString()],
		[exportDotenv, text => parseAssignments(text).values.get('KEY')],
	];
	for (const value of hostileValues(size(1000, 100_000), 17)) {
		for (const [write, read] of readers) {
			let text: string;
			try {
				text = write([generic('box', {key: value})]);
			} catch (error) {
				assert.match((error as Error).message, refusal);
				continue;
			}
			assert.equal(read(text), value, JSON.stringify([write.name, value]));
		}
	}
});
