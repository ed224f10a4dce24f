import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readManifest} from '../../source/documents/manifest.js';
import {assertInvalid, clear, fixture, keyId, secretKey} from './samples.js';

/** The documented manifest with a part replaced. */
function changed(part: string, by: string): string {
	const text = fixture('manifest.yaml');
	assert.ok(text.includes(part));
	return text.replace(part, () => by);
}

test('reads the documented manifest', () => {
	const {name, created, provider, data, labels, note, expires} = readManifest(fixture('manifest.yaml'));
	assert.deepEqual([name, created, provider], ['aws', '2019-04-04T09:33:32Z', 'aws']);
	assert.deepEqual(clear(data), [
		['accessKeyID', keyId],
		['secretAccessKey', secretKey],
	]);
	assert.deepEqual([labels.size, note, expires], [0, undefined, undefined]);
});

test('reads an older release: its apiVersion, provider id, key spellings and empty members', () => {
	const manifest = readManifest(fixture('older-manifest.json'));
	assert.deepEqual([manifest.name, manifest.provider, 'created' in manifest], ['older', 'aws', false]);
	assert.deepEqual([...manifest.data.keys()], ['accessKeyID', 'secretAccessKey']);
	for (const version of ['v1alpha1', 'v1beta1', 'cloud.pharmer.io/v1']) {
		assert.equal(readManifest(changed('v1beta1', version)).name, 'aws');
	}
	for (const id of ['AWS', 'eks', 'lightsail', 'amazon']) {
		assert.equal(readManifest(changed('provider: aws', `provider: ${id}`)).provider, 'aws');
	}
});

test('values are text: numbers, dates, booleans and exponents stay as written', () => {
	const {data, labels, note} = readManifest(`apiVersion: v1beta1
kind: Credential
metadata:
  annotations: {note: 2019-04-04}
  labels: {zip: 01234, on: yes, empty: , big: 1e400}
spec:
  provider: generic
  data:
    one: 0x1F
    two: 1_000.50
    three: true
    four: "null"
    five: |
      -----BEGIN-----
      a: b # c
    six: null
    seven: ~
    eight:
    nine: +abc/=
`);
	assert.deepEqual(clear(data), [
		['one', '0x1F'],
		['two', '1_000.50'],
		['three', 'true'],
		['four', 'null'],
		['five', '-----BEGIN-----\na: b # c\n'],
		['nine', '+abc/='],
	]);
	assert.deepEqual(Object.fromEntries(labels), {zip: '01234', on: 'yes', empty: '', big: '1e400'});
	assert.equal(note, '2019-04-04');
});

test('the name, metadata, data, and empty annotations and labels are optional', () => {
	const bare = readManifest('apiVersion: v1beta1\nkind: Credential\nspec: {provider: aws}\n');
	assert.deepEqual([bare.name, bare.provider, bare.data.size, bare.labels.size], [undefined, 'aws', 0, 0]);
	const empty = readManifest(
		changed('  name: aws', '  name:\n  labels:\n  annotations: {note: "", expires: null}\n  uid: ""\n  generation:'),
	);
	assert.equal('name' in empty || 'note' in empty || 'expires' in empty, false);
});

test('converts a time in another zone to UTC', () => {
	const {created} = readManifest(changed('"2019-04-04T09:33:32Z"', '2019-04-04T11:33:32.5+02:00'));
	assert.equal(created, '2019-04-04T09:33:32Z');
});

test('reports unknown members with path and position', () => {
	const cases: readonly (readonly [part: string, by: string, message: RegExp])[] = [
		['kind:', 'status: {}\nkind:', /^line 2, column 1: `status` is not part of a manifest/],
		['  name:', '  uid: 1234\n  name:', /^line 5, column 3: `metadata.uid` is not part/],
		['  name:', '  namespace: default\n  name:', /`metadata.namespace`/],
		['  name:', '  annotations: {owner: me}\n  name:', /^line 5, column 17: `metadata.annotations.owner`/],
		[
			'  provider:',
			'  foo: 1\n  provider:',
			/^line 10, column 3: `spec.foo` is not part.*\nhere it has data, provider/,
		],
		['accessKeyID', 'accessKey2', /`spec.data.accessKey2` is not a field of aws\nits fields are accessKeyID, /],
	];
	for (const [part, by, message] of cases) assertInvalid(() => readManifest(changed(part, by)), message);
});

test('reports an invalid member with its position', () => {
	const cases: readonly (readonly [part: string, by: string, message: RegExp])[] = [
		['apiVersion: v1beta1\n', '', /^line 1, column 1: `apiVersion` is missing\nit is one of v1beta1, v1alpha1, cloud/],
		['v1beta1', 'v2', /^line 1, column 13: this `apiVersion` is not known/],
		['Credential', 'Secret', /^line 2, column 7: `kind` is not `Credential`/],
		['kind: Credential\n', '', /`kind` is not `Credential`/],
		['name: aws', 'name: ../aws', /^line 5, column 9: `metadata.name` is not a name: a name starts with a letter/],
		['name: aws', 'name: [aws]', /^line 5, column 9: `metadata.name` is not text/],
		['"2019-04-04T09:33:32Z"', '2019-04-04', /`metadata.creationTimestamp` is not a date.*\nwrite it as 2019-04-04T/],
		[
			'  name:',
			'  annotations: {expires: 2027-02-30}\n  name:',
			/`metadata.annotations.expires`.*\nwrite it as 2027-01-31/,
		],
		['  name:', '  labels: {"a b": c}\n  name:', /^line 5, column 12: `metadata.labels.a b` is not a label/],
		['  name:', '  labels: {a: "b\\nc"}\n  name:', /`metadata.labels.a` is not a label/],
		['  name:', '  labels: [a]\n  name:', /`metadata.labels` is not a map/],
		['provider: aws', 'provider: awz', /^line 10, column 13: there is no provider `awz`\nthe providers are aws, /],
		['  provider: aws\n', '', /`spec.provider` is missing/],
		[keyId, `{a: b}`, /^line 8, column 18: `spec.data.accessKeyID` is not text/],
		['  name: aws', '  name: aws\n  name: b', /^line 6, column 3: this key appears a second time/],
		[
			'    secretAccessKey:',
			'    aws_access_key_id: x\n    secretAccessKey:',
			/^line 9, column 5: `spec.data.aws_access_key_id` is the same field as `spec.data.accessKeyID`/,
		],
	];
	for (const [part, by, message] of cases) assertInvalid(() => readManifest(changed(part, by)), message);
	assertInvalid(() => readManifest('apiVersion: v1beta1\nkind: Credential\n'), /`spec` is missing/);
	assertInvalid(() => readManifest('- a\n'), /is not a map/);
	assertInvalid(() => readManifest('# nothing\n'), /nothing but comments/);
	assertInvalid(() => readManifest(`${fixture('manifest.yaml')}---\na: b\n`), /more than one document/);
	assertInvalid(() => readManifest(fixture('list.yaml')), /`kind` is not `Credential`/);
});

test('for a provider that accepts any field, the key has to be a valid one', () => {
	const text = changed('provider: aws', 'provider: generic');
	assert.deepEqual([...readManifest(text).data.keys()], ['accessKeyID', 'secretAccessKey']);
	assertInvalid(() => readManifest(text.replace('accessKeyID', 'access key')), /`access key` can't be a field/);
});
