import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parse} from 'yaml';
import {readManifest, renderYaml} from '../../source/documents/manifest.js';
import {renderJson} from '../../source/documents/manifest-json.js';
import {readSources} from '../../source/documents/sources.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {clear, credential} from './samples.js';

// Texts that YAML 1.1 or 1.2 readers take for something else, and texts that look like syntax.
const traps = [
	...['y', 'N', 'yes', 'No', 'on', 'OFF', 'true', 'False', 'null', 'Null', '~', '=', '<<', '.inf', '-.INF', '.nan'],
	...[
		'0',
		'017',
		'0o17',
		'0x1F',
		'0b11',
		'1_000',
		'-_2',
		'+_9e2',
		'1e3',
		'1.',
		'.5',
		'-1',
		'1:30',
		'190:20:30.15',
		'1.2.3',
	],
	...[
		'2001-01-01',
		'2001-12-14t21:59:43.10-05:00',
		'2001-12-14 21:59:43',
		'+/=',
		'/abc+=',
		'=abc',
		'---',
		'--- a',
		'...',
	],
	...[
		'%a',
		'-',
		'- a',
		'?',
		'? a',
		':',
		': a',
		'a:',
		'a: b',
		'a #b',
		'a#b',
		'#a',
		'!a',
		'&a',
		'*a',
		'[a',
		'{a}',
		'a, b',
	],
	...[
		'|',
		'>',
		"'",
		'"',
		'@a',
		'`a',
		' a',
		'a ',
		'a\tb',
		'a\n',
		'\na',
		'a\r\nb\r',
		'a\n\n b',
		'\\',
		'\\u0041',
		'it\'s "so"',
	],
	...[
		'-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n',
		'{"a": "b\\n"}',
		'\ufeff',
		'\ud800',
		'\udc00\ud800',
	],
];

const text = fc.oneof(
	{weight: 2, arbitrary: fc.string({unit: 'binary', minLength: 1, maxLength: 30})},
	{weight: 2, arbitrary: fc.string({unit: 'grapheme', minLength: 1, maxLength: 30})},
	// Includes halves of surrogate pairs.
	fc.array(fc.integer({min: 0, max: 0xffff}), {minLength: 1, maxLength: 8}).map(codes => String.fromCharCode(...codes)),
	fc.string({
		unit: fc.constantFrom(...'+-._:0123456789eExobTZ ,#\'"\\~=<>%&*!|?[]{}\n\t'),
		minLength: 1,
		maxLength: 10,
	}),
	fc.constantFrom(...traps),
);
const key = fc
	.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/)
	.filter(each => !/^(constructor|prototype)$/.test(each));
const data = fc
	.dictionary(key, text, {minKeys: 1, maxKeys: 6})
	.map(record => new Map(Object.entries(record).map(([each, value]) => [each, new Secret(value)])));
const anyCredential = fc
	.record({
		name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/).map(parseName),
		data,
		labels: fc
			.dictionary(
				key,
				text.map(each => each.replaceAll(/[\r\n]/g, '')),
			)
			.map(record => new Map(Object.entries(record))),
		note: text,
	})
	.map(changes => credential({...changes, provider: 'generic', expires: '2027-01-31'}));

test('a manifest reads back the same to the byte, from YAML and from JSON', () => {
	fc.assert(
		fc.property(anyCredential, each => {
			for (const written of [renderYaml(each), renderJson(each)]) {
				const read = readManifest(written);
				assert.deepEqual(clear(read.data), clear(each.data));
				assert.deepEqual([...read.labels], [...each.labels]);
				assert.equal(read.name, each.name);
				assert.equal(read.note, each.note);
				assert.equal(read.expires, each.expires);
				assert.equal(read.created, each.created);
				assert.equal(read.provider, 'generic');
			}
		}),
		{numRuns: 150},
	);
});

test('each trap on its own reads back as the same text', () => {
	for (const trap of traps) {
		const one = credential({provider: 'generic', data: new Map([['key', new Secret(trap)]]), note: trap});
		const read = readManifest(renderYaml(one));
		assert.deepEqual([clear(read.data), read.note], [[['key', trap]], trap]);
	}
});

test('other readers get the same texts in any version of YAML', () => {
	const check = (each: ReturnType<typeof credential>): void => {
		const expected = Object.fromEntries(clear(each.data));
		assert.deepEqual(JSON.parse(renderJson(each)).spec.data, expected);
		for (const schema of ['yaml-1.1', 'core', 'failsafe'] as const) {
			for (const version of ['1.1', '1.2'] as const) {
				const {spec, metadata} = parse(renderYaml(each), {schema, version, merge: true});
				assert.deepEqual(spec.data, expected);
				assert.equal(metadata.annotations.note, each.note);
				assert.equal(metadata.name, each.name);
				assert.equal(metadata.creationTimestamp, each.created);
			}
		}
	};
	fc.assert(fc.property(anyCredential, check), {numRuns: 60});
	for (const trap of traps) {
		check(credential({provider: 'generic', data: new Map([['key', new Secret(trap)]]), note: trap}));
	}
});

test('several credentials come back as several sources, in order', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(anyCredential, {selector: each => each.name.toLowerCase(), minLength: 1, maxLength: 4}),
			all => {
				for (const written of [renderYaml(all), renderJson(all), all.map(each => renderYaml(each)).join('---\n')]) {
					const sources = readSources(written);
					assert.deepEqual(
						sources.map(source => [source.label, clear(source.data), source.manifest?.note]),
						all.map(each => [each.name, clear(each.data), each.note]),
					);
				}
			},
		),
		{numRuns: 40},
	);
});

test('reads any JSON object of texts to the byte, in any layout', () => {
	fc.assert(
		fc.property(
			fc.dictionary(key, text, {minKeys: 1, maxKeys: 6}),
			fc.constantFrom('', 2, '\t', 4),
			(record, indent) => {
				const [source] = readSources(JSON.stringify(record, undefined, indent), {
					id: 'generic',
					title: 'Generic',
					purpose: '',
					aliases: [],
					open: true,
					fields: [],
				});
				assert.deepEqual(clear(source.data), Object.entries(record));
			},
		),
		{numRuns: 150},
	);
});
