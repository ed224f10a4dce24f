import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {withReferences} from '../../source/closing/env-file.js';
import {parseAssignments} from '../../source/text/assignments.js';
import {fields} from '../helpers/command-line.js';
import {awsContent, keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {assertLinear} from '../helpers/linear.js';
import {samplesOf} from '../helpers/samples.js';

const token = 'h'.repeat(64);
const hetzner = storedCredential('hz', {id: '1', provider: 'hetzner', data: fields({token})});
const aws = storedCredential('aws-prod', {id: '2', data: awsContent('x', {region: 'eu-west-1'}).data});
const generic = storedCredential('db', {
	id: '3',
	provider: 'generic',
	data: fields({DB_URL: "it's a = b", PEM: 'a\nb\nc'}),
});
const all = [hetzner, aws, generic];

function referring(text: string, credentials = all): string {
	const result = withReferences(text, credentials);
	return 'text' in result ? result.text : result.reason;
}

test('values that the vault holds become references, and every other byte stays', () => {
	const text = `# HCLOUD_TOKEN=${token}\r\nA = '1'\r\n  export HCLOUD_TOKEN="${token}"\r\nAWS_ACCESS_KEY_ID=${keyId}\r\nAWS_SECRET_ACCESS_KEY = '${secretKey}'\r\nAWS_REGION=eu-west-1\r\nDB_URL="it's a = b"\r\n\r\nEND=`;
	assert.equal(
		referring(text),
		text
			.replace(`"${token}"`, '"pharmer://hz/token"')
			.replace(keyId, 'pharmer://aws-prod/accessKeyID')
			.replace(`'${secretKey}'`, "'pharmer://aws-prod/secretAccessKey'")
			.replace('"it\'s a = b"', '"pharmer://db/DB_URL"'),
	);
	const result = withReferences(text, all);
	assert.ok('text' in result);
	assert.deepEqual(result.variables, ['HCLOUD_TOKEN', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'DB_URL']);
	assert.deepEqual(
		result.credentials.map(({name}) => name),
		['hz', 'aws-prod', 'db'],
	);
});

test('a value of several lines becomes one reference', () => {
	assert.equal(referring('X=1\nPEM="a\nb\nc"\nY=2\n'), 'X=1\nPEM="pharmer://db/PEM"\nY=2\n');
});

test('nothing is replaced where `run --env-file` would not read it, or not exactly that', () => {
	for (const [text, reason] of [
		['A=$HOME\nHCLOUD_TOKEN=TOKEN\n', /can't read: line 1/],
		['HCLOUD_TOKEN=TOKEN\nsome words\n', /can't read: line 2/],
		['HCLOUD_TOKEN=x\nHCLOUD_TOKEN=TOKEN\n', /replaced exactly: `HCLOUD_TOKEN`/],
		['set -gx HCLOUD_TOKEN TOKEN\nA=1\n', /replaced exactly: `HCLOUD_TOKEN`/],
		["HCLOUD_TOKEN='other'\n", /no value that the vault holds/],
		['TOKEN_OF_MINE=TOKEN\n', /no value that the vault holds/],
		['HCLOUD_TOKEN=\n', /no value that the vault holds/],
		['HCLOUD_TOKEN=pharmer://hz/token\n', /no value that the vault holds/],
		['AWS_REGION=eu-west-1\n', /no value that the vault holds/],
		['PEM="a\r\nb\r\nc"\r\nX=1', /replaced exactly|no value/],
	] as const) {
		assert.match(referring(text.replace('TOKEN\n', `${token}\n`)), reason, text);
	}
});

test('a line within a value that looks like an assignment is not taken for one', () => {
	const text = `NOTE="x\nHCLOUD_TOKEN=${token}\ny"\nHCLOUD_TOKEN=${token}\n`;
	assert.match(referring(text), /replaced exactly/);
});

test('whatever a file holds, its environment is the same afterwards, or it is left', () => {
	const samples = [...samplesOf('gce'), ...samplesOf('oci')].flatMap(sample => Object.values(sample));
	const value = fc.oneof(fc.constantFrom('', token, secretKey, ...samples), fc.string({unit: 'binary', maxLength: 20}));
	const quote = fc.constantFrom('', '"', "'");
	const line = fc.tuple(
		fc.constantFrom('', 'export ', '  ', '# '),
		fc.constantFrom('A', 'DB_URL', 'HCLOUD_TOKEN'),
		quote,
		value,
	);
	let replaced = 0;
	fc.assert(
		fc.property(fc.array(line, {minLength: 1, maxLength: 6}), fc.constantFrom('\n', '\r\n'), (lines, newline) => {
			const text = lines.map(([before, name, mark, each]) => `${before}${name}=${mark}${each}${mark}`).join(newline);
			const {values} = parseAssignments(text);
			const holder = storedCredential('x', {provider: 'generic', data: fields(Object.fromEntries(values))});
			const result = withReferences(text, [hetzner, holder]);
			if (!('text' in result)) return;
			replaced++;
			const filled = result.text.replaceAll('pharmer://hz/token', token);
			const after = parseAssignments(filled.replaceAll(/pharmer:\/\/x\/(\w+)/g, (_, name) => values.get(name) ?? ''));
			assert.deepEqual([...after.values], [...values]);
		}),
		{numRuns: 2000, seed: 1},
	);
	assert.ok(replaced > 200, `${replaced}`);
});

test('a file of many variables takes linear time', () => {
	for (const newline of ['\n', '\r\n', '\r']) {
		const textOf = (length: number): string =>
			Array.from({length: length / 32}, (_, index) => `TOKEN_${index}=a-secret-of-mine-${index}${newline}`).join('');
		const holderOf = (text: string) => {
			const data = fields(Object.fromEntries(parseAssignments(text).values));
			return storedCredential('many', {provider: 'generic', data});
		};
		const lengths = [1024, 16 * 1024];
		const holders = new Map([...lengths, 256 * 1024].map(textOf).map(text => [text, holderOf(text)]));
		const run = (text: string) => withReferences(text, [holders.get(text) ?? assert.fail()]);
		assertLinear(JSON.stringify(newline), run, textOf, lengths);
	}
});
