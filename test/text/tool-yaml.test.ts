import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openstack} from '../../source/providers/openstack/clouds-yaml.js';
import type {Node} from '../../source/text/node.js';
import {parseToolYaml} from '../../source/text/yaml.js';
import {assertInvalid} from '../documents/samples.js';
import {assertLinear} from '../helpers/linear.js';

type Value = string | null | readonly Value[] | {readonly [key: string]: Value};

function textsIn(node: Node): Value {
	if (node.kind === 'text') return node.plain && node.text === '' ? null : node.text;
	if (node.kind === 'list') return node.items.map(textsIn);
	return Object.fromEntries([...node.members].map(([key, {value}]) => [key, textsIn(value)]));
}

const read = (text: string): Value => {
	const [root] = parseToolYaml(text, 'last').documents;
	return root === undefined ? null : textsIn(root);
};

test('anchors, references and merge keys are read as PyYAML 6.0.4 and go-yaml read them', () => {
	const cases: readonly (readonly [text: string, value: Value])[] = [
		['a: &x b\nc: *x\n', {a: 'b', c: 'b'}],
		['a: &x\nc: *x\n', {a: null, c: null}],
		['&k a: b\nc: *k\n', {a: 'b', c: 'a'}],
		['a: &x b\n*x : c\n', {a: 'b', b: 'c'}],
		['x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n', {x: {a: '1', b: '2'}, y: {b: '3', a: '1'}}],
		// The map's own key counts wherever the `<<` stands, and of several merged maps the first.
		['x: &x {a: 1}\ny: {a: 0, <<: *x}\n', {x: {a: '1'}, y: {a: '0'}}],
		['x: &x {a: 1}\nz: &z {a: 2, b: 3}\ny:\n  <<: [*x, *z]\n', {x: {a: '1'}, z: {a: '2', b: '3'}, y: {a: '1', b: '3'}}],
		[
			'x: &x {a: 1}\nz: &z {a: 2, b: 3}\ny:\n  <<: *x\n  <<: *z\n',
			{x: {a: '1'}, z: {a: '2', b: '3'}, y: {a: '1', b: '3'}},
		],
		['x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}\n', {x: {a: '1'}, y: {b: '2', a: '1'}, z: {b: '2', a: '1'}}],
		['y:\n  <<: {a: 1}\n', {y: {a: '1'}}],
		// In quotes it is a key like any other.
		['x: &x b\ny: {"<<": *x}\n', {x: 'b', y: {'<<': 'b'}}],
		// go-yaml takes the anchor above; PyYAML refuses the second.
		['a: &x b\nc: &x d\ne: *x\n', {a: 'b', c: 'd', e: 'd'}],
		['a: b\na: c\n', {a: 'c'}],
		['{a: b, c}\n', {a: 'b', c: null}],
		['a: !!int 5\nb: !!bool yes\nc: !!str d\n', {a: '5', b: 'yes', c: 'd'}],
	];
	for (const [text, value] of cases) assert.deepEqual(read(text), value, text);
});

test('what only tools take is told from what every reader takes', () => {
	for (const text of ['a: &x b\n', '{a: b, c}\n', 'a: b\na: c\n', 'a: {<<: {b: c}}\n', 'a: !!int 5\n']) {
		assert.equal(parseToolYaml(text, 'last').isPlain, false, text);
	}
	assert.equal(parseToolYaml('a: b\nc: {"<<": d}\n').isPlain, true);
});

test('a reference to nothing, to itself or to a lot is refused where it stands', () => {
	assertInvalid(
		() => parseToolYaml('a: b\nc: *canary\n'),
		/^line 2, column 4: nothing above has the anchor(?!.*canary)/,
	);
	assertInvalid(() => parseToolYaml('a: &x [*x]\n'), /^line 1, column 8: .*inside the value it stands for/);
	assertInvalid(() => parseToolYaml('a: &x {<<: *x}\n'), /inside the value/);
	assertInvalid(
		() => parseToolYaml('a:\n  <<: canary\n'),
		/^line 2, column 3: `<<` stands before something(?!.*canary)/,
	);
	assertInvalid(() => parseToolYaml('a: b\na: c\n'), /^line 2, column 1: this key appears a second time/);
	assertInvalid(() => parseToolYaml('a: !secret b\n'), /tags with `!`/);
	assertInvalid(() => parseToolYaml('a: !!binary aGk=\n'), /tags with `!`/);
	const levels = Array.from({length: 30}, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(9)}]`);
	assertInvalid(() => parseToolYaml(['a0: &a0 x', ...levels].join('\n')), /stand for more than 100000 values/);
	const long = `a: &a ${'x'.repeat(60_000)}\nb: [${'*a, '.repeat(1000)}]\n`;
	assertInvalid(() => parseToolYaml(long), /stand for more than/);
});

test('references and merges take linear time, whatever they stand for', () => {
	const fill = (part: (index: number) => string, start: string, length: number): string => {
		let text = start;
		for (let index = 0; text.length < length; index++) text += part(index);
		return text;
	};
	const keys = Array.from({length: 50}, (_, index) => `k${index}: v`).join(', ');
	const hostile: Readonly<Record<string, (length: number) => string>> = {
		merges: length => fill(index => `m${index}: {<<: *a}\n`, `a: &a {${keys}}\n`, length),
		chain: length =>
			fill(index => `m${index + 1}: &m${index + 1} {<<: *m${index}, k${index}: v}\n`, 'm0: &m0 {a: b}\n', length),
		nested: length => fill(index => `m${index + 1}: &m${index + 1} [*m${index}, *m${index}]\n`, 'm0: &m0 x\n', length),
		clouds: length =>
			fill(index => `  c${index}: *a\n`, 'x: &a {auth: {username: a, password: b, auth_url: c}}\nclouds:\n', length),
	};
	for (const [name, text] of Object.entries(hostile)) {
		const run = (content: string): void => {
			try {
				openstack.read([content]);
			} catch (error) {
				assert.equal((error as Error).name, 'PharmerError', String(error));
			}
		};
		assertLinear(name, run, text, [1024, 2 * 1024]);
	}
});

test('a tag for text makes a text of what would be no value', () => {
	assert.deepEqual(read('a: !!str null\nb: !!str\nc: "~"\n'), {a: 'null', b: '', c: '~'});
});

test('of a key that is there twice, both maps are taken together where the reader does so', () => {
	const joined = (text: string): readonly Value[] => parseToolYaml(text, 'joined').documents.map(textsIn);
	assert.deepEqual(joined('{"a": {"b": "1", "c": "2"}, "a": {"c": "3"}, "a": null, "a": {"d": "4"}}'), [
		{a: {b: '1', c: '3', d: '4'}},
	]);
	assert.deepEqual(joined('{"a": "1", "a": "2", "b": {"c": "3"}, "b": "4"}'), [{a: '2', b: '4'}]);
	const repeats = (length: number): string =>
		`{"a":{${'"k":"v",'.repeat(length / 16)}"k":"v"}${',"a":{"b":"c"}'.repeat(length / 16)}}`;
	assertLinear('joined', text => void joined(text), repeats, [1024, 2 * 1024]);
});
