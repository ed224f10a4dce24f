import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {readManifest} from '../../source/documents/manifest.js';
import {readSources} from '../../source/documents/sources.js';
import {PharmerError} from '../../source/domain/errors.js';
import {aws} from '../../source/providers/aws/schema.js';
import {generic} from '../../source/providers/generic/schema.js';
import {fixture, secretKey} from './samples.js';

// The manifest again, with the provider and the name before the data, in flow style and without quotes.
const inline = `{apiVersion: v1beta1, kind: Credential, metadata: {name: aws, labels: {a: b}}, spec: {provider: aws, data: {secretAccessKey: ${secretKey}, accessKeyID: A}}}\n`;
const texts = [
	inline,
	`provider: aws\n${inline.replaceAll(/[{}]/g, '')}`,
	...readdirSync(new URL('../fixtures/aws', import.meta.url))
		.filter(name => !name.startsWith('.'))
		.map(fixture),
];

/** The secrets in a text: its passwords, secret keys and session tokens. */
function secretsIn(text: string): readonly string[] {
	return (text.match(/[A-Za-z0-9/+]{38,}=*|[A-Za-z0-9]{20}(?=,https)|Ydua\/5ZMs1SW/g) ?? []).filter(
		each => !/^(?:https|[a-z:/]+$)/.test(each),
	);
}

/** Every run of eight consecutive characters of `secret`. */
function slices(secret: string): ReadonlySet<string> {
	return new Set(Array.from({length: secret.length - 7}, (_, index) => secret.slice(index, index + 8)));
}

const mutation = fc.oneof(
	fc.record({kind: fc.constant('cut' as const), from: fc.double({min: 0, max: 1, noNaN: true}), length: fc.nat(200)}),
	fc.record({kind: fc.constant('flip' as const), from: fc.double({min: 0, max: 1, noNaN: true}), bit: fc.nat(6)}),
	fc.record({
		kind: fc.constant('insert' as const),
		from: fc.double({min: 0, max: 1, noNaN: true}),
		text: fc.constantFrom(
			...'"\'{}[],:=#;&*!%|>@\n\r\t\\- \0\uFEFF<?',
			'\n  ',
			': ',
			'- ',
			'": "',
			'",\n"',
			'---\n',
			'<<: ',
			'"x',
			'[',
			']\n',
		),
	}),
	// A second secret in place of something else, as if pasted in the wrong place.
	fc.record({
		kind: fc.constant('move' as const),
		from: fc.double({min: 0, max: 1, noNaN: true}),
		to: fc.double({min: 0, max: 1, noNaN: true}),
	}),
);

function mutate(
	text: string,
	mutations: readonly (typeof mutation extends fc.Arbitrary<infer T> ? T : never)[],
): string {
	let result = text;
	for (const each of mutations) {
		const at = Math.floor(each.from * result.length);
		if (each.kind === 'cut') result = result.slice(0, at) + result.slice(at + each.length);
		else if (each.kind === 'insert') result = result.slice(0, at) + each.text + result.slice(at);
		else if (each.kind === 'flip') {
			result =
				result.slice(0, at) + String.fromCharCode(result.charCodeAt(at) ^ (1 << each.bit)) + result.slice(at + 1);
		} else {
			const secret = secretsIn(text)[0] ?? '';
			const words = [...result.matchAll(/[A-Za-z_]{3,}/g)];
			const word = words[Math.floor(each.to * words.length)] ?? {index: at, 0: ''};
			result = result.slice(0, word.index) + secret + result.slice(word.index + word[0].length);
		}
	}
	return result;
}

test('no error shows a secret, whatever is wrong with the text', () => {
	let errors = 0;
	for (const text of texts) {
		const secrets = secretsIn(text);
		assert.ok(secrets.length > 0);
		const forbidden = new Set(secrets.flatMap(secret => [...slices(secret)]));
		const property = fc.property(fc.array(mutation, {minLength: 1, maxLength: 3}), mutations => {
			const broken = mutate(text, mutations);
			for (const read of [
				() => readSources(broken),
				() => readSources(broken, aws),
				() => readSources(broken, generic),
				() => readManifest(broken),
			]) {
				try {
					read();
				} catch (error) {
					assert.ok(error instanceof PharmerError, String((error as Error).stack));
					errors += 1;
					for (const shown of [error.message, error.hint ?? '']) {
						for (const slice of slices(shown)) assert.ok(!forbidden.has(slice), 'an error shows a part of a secret');
					}
				}
			}
		});
		fc.assert(property, {numRuns: 100});
	}
	assert.ok(errors > 1000);
});
