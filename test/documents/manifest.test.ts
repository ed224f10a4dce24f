import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'yaml';
import {readManifest, renderYaml} from '../../source/documents/manifest.js';
import {renderJson} from '../../source/documents/manifest-json.js';
import {Secret} from '../../source/domain/secret.js';
import {isSecretField} from '../../source/providers/catalog.js';
import {clear, credential, fixture, keyId, secretKey, secrets} from './samples.js';

test('a minimal credential has exactly the documented shape', () => {
	assert.equal(renderYaml(credential()), fixture('manifest.yaml'));
	assert.equal(
		renderJson(credential()),
		`{
  "apiVersion": "v1beta1",
  "kind": "Credential",
  "metadata": {
    "creationTimestamp": "2019-04-04T09:33:32Z",
    "name": "aws"
  },
  "spec": {
    "data": {
      "accessKeyID": "${keyId}",
      "secretAccessKey": "${secretKey}"
    },
    "provider": "aws"
  }
}
`,
	);
});

test('labels and annotations appear in their places when set', () => {
	const full = credential({
		labels: new Map([
			['team', 'platform'],
			['cost-center', '0042'],
		]),
		note: 'of the "deploy" user',
		expires: '2027-01-31',
	});
	assert.equal(
		renderYaml(full),
		`apiVersion: v1beta1
kind: Credential
metadata:
  annotations:
    expires: "2027-01-31"
    note: of the "deploy" user
  creationTimestamp: "2019-04-04T09:33:32Z"
  labels:
    team: platform
    cost-center: "0042"
  name: aws
spec:
  data:
    accessKeyID: ${keyId}
    secretAccessKey: ${secretKey}
  provider: aws
`,
	);
	assert.deepEqual(Object.keys(JSON.parse(renderJson(full)).metadata), [
		'annotations',
		'creationTimestamp',
		'labels',
		'name',
	]);
});

test('a note of several lines is a block, on its own and in a list; a value of several lines is not', () => {
	const data = secrets({note: 'one\ntwo'});
	const one = credential({provider: 'generic', data, note: 'from the console:\n  IAM # users\n---\n'});
	const block = `    note: |
      from the console:
        IAM # users
      ---
`;
	assert.ok(renderYaml(one).includes(`  annotations:\n${block}`));
	assert.ok(renderYaml([one, one]).includes(block.replaceAll(/^/gm, '    ').trimEnd()));
	assert.ok(renderYaml(one).includes('    note: "one\\ntwo"\n'));
	for (const text of [renderYaml(one), renderYaml(one).replaceAll('\n', '\r\n'), renderJson(one)])
		assert.equal(readManifest(text).note, one.note);
	assert.ok(renderJson(one).includes('"note": "from the console:\\n  IAM # users\\n---\\n"'));
});

test('an array of credentials is one list object, even with none or one', () => {
	const two = [
		credential(),
		credential({
			provider: 'generic',
			data: new Map([
				['10', new Secret('b')],
				['9', new Secret('a')],
			]),
		}),
	];
	const json = JSON.parse(renderJson(two));
	assert.deepEqual(Object.keys(json), ['apiVersion', 'kind', 'items']);
	assert.equal(json.kind, 'CredentialList');
	assert.equal(json.items[1].spec.data['10'], 'b');
	assert.deepEqual(parse(renderYaml(two)), json);
	assert.match(renderJson(two), /"10": "b",\n\s+"9": "a"/);
	assert.deepEqual(JSON.parse(renderJson([])), {apiVersion: 'v1beta1', kind: 'CredentialList', items: []});
	assert.equal(parse(renderYaml([credential()])).items.length, 1);
});

test('redacting hides secret fields, or all fields of an unknown provider, and keeps public ones', () => {
	const yaml = renderYaml(credential(), isSecretField);
	assert.match(yaml, new RegExp(`accessKeyID: ${keyId}\n    secretAccessKey: "\\[redacted\\]"\n`));
	for (const provider of ['generic', 'no-longer-known']) {
		const json = JSON.parse(renderJson(credential({provider}), isSecretField));
		assert.deepEqual(json.spec.data, {accessKeyID: '[redacted]', secretAccessKey: '[redacted]'});
	}
});

test('text that could control a terminal is escaped and reads back the same', () => {
	const hostile = {
		clipboard: '\u001b]52;c;ZWNobw==\u0007',
		bidi: 'user\u202e\u2066txt.exe',
		invisible: 'a\u200bb\u{e0041}\ufeff',
		controls: '\u0000\u0007\u0008\u009b31m\u2028\u2029\r\n\t',
		halves: '\ud800x\udc00',
		family: '👩‍👩‍👧 stays',
	};
	const all = credential({provider: 'generic', data: secrets(hostile), note: hostile.clipboard});
	for (const text of [renderYaml(all), renderJson(all), renderYaml([all])]) {
		// biome-ignore format: one line for each kind
		assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u);
		assert.ok(text.includes('👩‍👩‍👧 stays'));
		assert.deepEqual(Object.entries((parse(text).items?.[0] ?? parse(text)).spec.data), clear(all.data));
	}
	assert.match(renderYaml(all), /\\U000e0041/);
});

test('escapes characters that only YAML refuses, in YAML', () => {
	const odd = credential({provider: 'generic', data: secrets({key: 'a\ufffeb\uffff'})});
	assert.match(renderYaml(odd), /key: "a\\ufffeb\\uffff"/);
});

test('quotes what any reader may take for a number, a merge or a default, but not AWS keys', () => {
	const written = (value: string): string => {
		const yaml = renderYaml(credential({provider: 'generic', data: secrets({key: value})}));
		return /^ {4}key: (.*)$/m.exec(yaml)?.[1] ?? '';
	};
	for (const value of ['=', '<<', '-_2', '+_9e2', '1.2.3', '.', '0o17', '09', '12e03', '2019-04-04 09:33']) {
		assert.equal(written(value), `"${value}"`);
	}
	for (const value of [
		secretKey,
		`+${secretKey}`,
		`/${secretKey}`,
		`${secretKey}=`,
		'a=b',
		'0abc/DEF+xyz',
		'1password',
	]) {
		assert.equal(written(value), value);
	}
});
