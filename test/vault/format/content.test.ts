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

test('any content comes back the same, also through UTF-8 bytes', () => {
	fc.assert(
		fc.property(anyContent, content => {
			const text = Buffer.from(contentText(content)).toString('utf8');
			assert.deepEqual(plain(parseContentText(text)), plain(content));
		}),
	);
});

test('a lone surrogate is kept, not replaced', () => {
	const content = addCredential(empty, draft('x', {key: 'a\ud800b'}), new Date(0)).content;
	const [credential] = parseContentText(Buffer.from(contentText(content)).toString('utf8')).credentials;
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
	const [credential] = parseContentText(contentText(content)).credentials;
	assert.deepEqual([...(credential?.labels ?? [])], [...pairs]);
});

for (const [what, text] of [
	['an empty text', ''],
	['a list instead of an object', '[]'],
	['null instead of an object', 'null'],
	['a missing member', '{"credentials":[]}'],
	['an unknown member', '{"credentials":[],"trash":[],"more":1}'],
	['an unknown member in a credential', edited('"name"', '"color":"red","name"')],
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
		assert.throws(() => parseContentText(text), Damage);
	});
}

test('a reason never holds any of the content', () => {
	const secret = 'S3CR3T';
	const text = contentText(addCredential(empty, draft('x', {key: secret}), new Date(0)).content);
	for (let index = 0; index < text.length; index++) {
		try {
			parseContentText(text.slice(0, index) + text.slice(index + 1));
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
