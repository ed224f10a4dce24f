import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../source/providers/file-text.js';

test('parses a text once for each format', () => {
	const map = new FileText('{"a": "b"}', 'a.json');
	assert.equal(map.yamlMap?.members.size, 1);
	assert.equal(map.yamlMap, map.yaml);
	assert.equal(map.documents, map.documents);
	const sections = new FileText('[a]\nb = c\n', 'a');
	assert.equal(sections.sections(), sections.sections());
	assert.notEqual(sections.sections(), sections.sections('aws'));
	const toml = new FileText('a = "b"\n', 'a.toml');
	assert.equal(toml.toml?.get('a'), 'b');
	assert.equal(toml.toml, toml.toml);
});

test('text in another format, or with several documents, is not a map', () => {
	const several = new FileText('a: b\n---\nc: d\n', 'a.yaml');
	assert.equal(several.documents?.length, 2);
	assert.equal(several.yaml, undefined);
	const list = new FileText('[a]', '');
	assert.equal(list.yaml?.kind, 'list');
	assert.equal(list.yamlMap, undefined);
	const words = new FileText('some words: {', '');
	assert.deepEqual([words.yaml, words.toml, words.sections()], [undefined, undefined, []]);
});

test('tells a JSON object from YAML by its beginning', () => {
	assert.ok(new FileText('\n {"a": 1}', '').isJsonObject);
	assert.ok(!new FileText('a: {b: c}', '').isJsonObject);
});
