import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exportLimit, partsOfExport} from '../../source/documents/large-export.js';
import {renderYaml} from '../../source/documents/manifest.js';
import {renderJson} from '../../source/documents/manifest-json.js';
import {Secret} from '../../source/domain/secret.js';
import {look} from '../../source/look/look.js';
import {awsContent, storedCredential} from '../helpers/credentials.js';
import {filesWorld} from '../helpers/import-world.js';

const trap = '\n  - apiVersion: v1beta1\n    kind: Credential\n    {\n';
const all = Array.from({length: 800}, (_, index) =>
	storedCredential(`aws-${index}`, {
		data: awsContent('x', {secretAccessKey: `secret ${index}${trap}`}).data,
		labels: new Map([['at', String(index)]]),
		note: `one${trap}${'two, and some more\n'.repeat(200)}${index}`,
	}),
);
const texts = {'/all.yaml': renderYaml(all), '/all.json': renderJson(all)};

/** A machine that reads no more than what it is asked for, or else 1 MiB, as the real one does. */
function limited(files: Readonly<Record<string, string>>) {
	const world = filesWorld(files);
	return {...world, read: (path: string, limit = 1024 * 1024) => world.read(path, limit)};
}

test('an export of any size is found again, as YAML and as JSON', async () => {
	for (const [path, text] of Object.entries(texts)) {
		assert.ok(text.length > 2 * 1024 * 1024 && text.length < exportLimit);
		const {found, refused, damaged} = await look([path], limited(texts));
		assert.deepEqual([refused, damaged], [[], []]);
		assert.deepEqual(
			found.map(({label, about, data}) => [label, about?.note, about?.labels.get('at'), data.get('secretAccessKey')]),
			all.map(({name, note, labels, data}) => [name, note, labels.get('at'), data.get('secretAccessKey')]),
		);
		assert.ok(
			found.every(({data}, index) => data.get('secretAccessKey')?.equals(new Secret(`secret ${index}${trap}`))),
		);
	}
});

test('every part of an export is small', () => {
	for (const text of Object.values(texts)) {
		const parts = partsOfExport(text) ?? [];
		assert.ok(parts.length > 20);
		assert.ok(parts.every(part => part.text.length < 128 * 1024));
	}
});

test('other files keep their limits, and an export that is damaged says where', async () => {
	const [yaml, json] = [texts['/all.yaml'], texts['/all.json']];
	for (const foreign of [`# mine\n${yaml}`, yaml.replaceAll('\n', '\r\n'), `${json.slice(1)}`, 'a: b\n'.repeat(1e6)])
		await assert.rejects(look(['/f'], limited({'/f': foreign})), /larger than/);
	const lines = yaml.split('\n');
	const at = lines.lastIndexOf('      provider: aws');
	lines[at] = '      provider: nowhere';
	await assert.rejects(look(['/f'], limited({'/f': lines.join('\n')})), new RegExp(`line ${at + 1}, .*\`nowhere\``));
	const [head = ''] = yaml.split('    metadata:');
	const padded = `${head}${'\n'.repeat(3 * 1024 * 1024)}`;
	await assert.rejects(look(['/f'], limited({'/f': padded})), /line 1: a credential is larger than 1 MiB/);
	const short = renderYaml(all.slice(0, 20));
	assert.equal(partsOfExport(short), undefined, 'a short one is read as any file is');
});
