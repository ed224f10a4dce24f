import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseName} from '../../../source/domain/name.js';
import {contentText, parseContentText} from '../../../source/vault/format/content.js';
import {Damage} from '../../../source/vault/json-values.js';
import {addCredential} from '../../../source/vault/operations.js';
import {anyContent, draft, ofCode, plain} from '../../helpers/vault-samples.js';

const empty = {credentials: [], trash: []};
const one = addCredential(empty, {...draft('one', {a: '1', b: '2'}), note: 'n'}, new Date(0)).content;

/** The text of `one` with one part replaced. */
function edited(from: string, to: string): string {
	const text = contentText(one);
	assert.ok(text.includes(from), `${text} has ${from}`);
	return text.replace(from, to);
}

/** The text of `one` with a member that no version has. */
function changedTo(value: string): string {
	return edited('"changed":"1970-01-01T00:00:00Z"', `"changed":"1970-01-01T00:00:00Z","color":${value}`);
}

test('any content comes back the same, also through UTF-8 bytes', () => {
	fc.assert(
		fc.property(anyContent, content => {
			const text = Buffer.from(contentText(content)).toString('utf8');
			const read = parseContentText(text, 2);
			assert.deepEqual(plain(read), plain(content));
			assert.deepEqual(read.sections, content.sections);
			assert.equal(contentText(read), text);
		}),
	);
});

test('a lone surrogate is kept, not replaced', () => {
	const content = addCredential(empty, draft('x', {key: 'a\ud800b'}), new Date(0)).content;
	const [credential] = parseContentText(Buffer.from(contentText(content)).toString('utf8'), 2).credentials;
	assert.equal(credential?.data.get('key')?.reveal(), 'a\ud800b');
});

test('keys that mean something to an object, and numeric keys, keep their order', () => {
	const data = {z: '1', __proto: '2', 10: '3', 2: '4'};
	const pairs = new Map([
		['z', '1'],
		['__proto__', '2'],
		['10', '3'],
		['2', '4'],
	]);
	const content = addCredential(empty, {...draft('x', data), labels: pairs}, new Date(0)).content;
	const [credential] = parseContentText(contentText(content), 2).credentials;
	assert.deepEqual([...(credential?.labels ?? [])], [...pairs]);
});

for (const [what, text] of [
	['an empty text', ''],
	['a list instead of an object', '[]'],
	['null instead of an object', 'null'],
	['a missing member', '{"credentials":[],"trash":[]}'],
	['an unknown member', '{"credentials":[],"trash":[],"sections":{},"more":1}'],
	['an unknown member before a known one', edited('"name"', '"color":"red","name"')],
	['an unknown member that is null', changedTo('null')],
	['an unknown member with a fraction', changedTo('1.5')],
	['an unknown number spelled in another way', changedTo('1.0')],
	['an unknown number that is not exact', changedTo('9007199254740993')],
	['an unknown text spelled in another way', changedTo('"\\u0041"')],
	['an unknown member that is too deep', changedTo(`${'['.repeat(40)}${']'.repeat(40)}`)],
	['a section without a version', edited('"sections":{}', '"sections":{"history":{}}')],
	['a section that is a list', edited('"sections":{}', '"sections":{"history":[]}')],
	['a deletion time outside the trash', changedTo('1').replace('"color":1', '"deleted":"1970-01-01T00:00:00Z"')],
	['an invalid name', edited('"name":"one"', '"name":"../one"')],
	['a value that is not text', edited('"1"', '1')],
	['a pair with three members', edited('"1"]', '"1","x"]')],
	['a duplicate key', edited('["b"', '["a"')],
	['a revision of zero', edited('"revision":1', '"revision":0')],
	['a fractional revision', edited('"revision":1', '"revision":1.5')],
	['a time in another form', edited('1970-01-01T00:00:00Z', '1970-01-01T00:00:00+00:00')],
	['a day that does not exist', edited('"note":"n"', '"note":"n","expires":"2027-02-29"')],
	['a note that is not text', edited('"note":"n"', '"note":null')],
	[
		'a duplicate credential',
		edited(']', ']').replace(/"credentials":\[(.*)\],"trash"/, '"credentials":[$1,$1],"trash"'),
	],
] as const) {
	test(`content with ${what} is damaged`, () => {
		assert.throws(() => parseContentText(text, 2), Damage);
	});
}

test('content of version 1 has no unknown members and no sections', () => {
	const first = (text: string) => text.replace(',"sections":{}', '');
	assert.deepEqual(plain(parseContentText(first(contentText(one)), 1)), plain(one));
	for (const text of [contentText(one), first(changedTo('"red"'))])
		assert.throws(() => parseContentText(text, 1), Damage);
	assert.deepEqual(parseContentText(changedTo('"red"'), 2).credentials[0]?.carried, {color: 'red'});
});

test('a reason never holds any of the content', () => {
	const secret = 'S3CR3T';
	const text = contentText(addCredential(empty, draft('x', {key: secret}), new Date(0)).content);
	for (let index = 0; index < text.length; index++) {
		try {
			parseContentText(text.slice(0, index) + text.slice(index + 1), 2);
		} catch (error) {
			assert.ok(error instanceof Damage, `a deletion at ${index}`);
			assert.ok(!error.message.includes(secret) && !error.message.includes('S3C'), error.message);
		}
	}
});

test('content that could not be read back is never turned into text', () => {
	const [credential] = one.credentials;
	assert.ok(credential !== undefined);
	for (const wrong of [
		{...credential, id: 'not a uuid'},
		{...credential, revision: 0},
		{...credential, changed: 'yesterday'},
		{...credential, expires: '2027-13-01'},
	]) {
		assert.throws(() => contentText({credentials: [wrong], trash: []}), ofCode('bug', /read back/));
	}
	const twin = {...credential, id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: parseName('ONE')};
	assert.throws(() => contentText({credentials: [credential, twin], trash: []}), ofCode('bug', /a name appears twice/));
});
