import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Json} from '../../../source/domain/json.js';
import {parseName} from '../../../source/domain/name.js';
import {contentText, parseContent, parseContentText} from '../../../source/vault/format/content.js';
import {padded} from '../../../source/vault/format/padding.js';
import {Damage} from '../../../source/vault/json-values.js';
import {addCredential} from '../../../source/vault/operations.js';
import type {Content} from '../../../source/vault/vault.js';
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

test('the age of a secret comes behind what older programs know, as what they carry does', () => {
	const [credential] = one.credentials;
	assert.ok(credential !== undefined);
	const aged = {...credential, secretSince: '1969-01-01T00:00:00Z', carried: {color: 'red'}};
	const text = contentText({credentials: [aged], trash: [{...aged, id: randomUUID(), deleted: aged.changed}]});
	const end = '"secretSince":"1969-01-01T00:00:00Z","color":"red"}';
	assert.ok(text.includes(`"changed":"1970-01-01T00:00:00Z",${end}],"trash"`), text);
	assert.ok(text.includes(`"deleted":"1970-01-01T00:00:00Z",${end}],"sections"`), text);
	assert.throws(() => parseContentText(text.replaceAll('1969-01-01T', '1969-01-32T'), 2), Damage);
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

/** A content of so many credentials that it is parsed in several parts. */
function large(carried: Json): Content {
	const credentials = Array.from({length: 300}, (_, index) => {
		const [credential] = addCredential(empty, draft(`c${index}`, {token: 'x'.repeat(300)}), new Date(0)).content
			.credentials;
		assert.ok(credential !== undefined);
		return {...credential, carried: {new: carried}};
	});
	return {credentials, trash: [], sections: {}};
}

test('what is parsed in parts is what is parsed as a whole', () => {
	const looksAlike = {id: 'a', more: [{id: 'b'}, {id: '},{"id":"'}, {id: '],"trash":['}]};
	const contents = [empty, one, large(1), large(looksAlike), large([looksAlike, looksAlike])];
	for (const content of [...contents, ...fc.sample(anyContent, 200)]) {
		const text = contentText(content);
		const read = parseContent(padded(text), 2);
		assert.deepEqual(plain(read), plain(parseContentText(text, 2)));
		assert.equal(contentText(read), text);
	}
});

test('a part that is damaged is told as it is of the whole', () => {
	const text = contentText(large(1));
	const at = text.lastIndexOf('"c299"');
	const name = text.slice(at + 1, at + 5);
	for (const [from, to] of [
		[`"${name}"`, '"c0"'],
		[`"${name}"`, '"a/b"'],
		[`"${name}"`, name],
		['],"trash":[', ',],"trash":['],
		['],"trash":[', '] ,"trash":[{}'],
		['"sections":{}', '"sections":{},"credentials":0'],
		['"sections":{}', '"section":{}'],
	] as const) {
		assert.ok(text.includes(from));
		assert.throws(() => parseContent(padded(text.replace(from, to)), 2), Damage, `${from} and ${to}`);
	}
});

test('what an operation makes of a content is checked as if all of it were new', () => {
	const read = parseContentText(contentText(large(1)), 2);
	const [first, second] = read.credentials;
	assert.ok(first !== undefined && second !== undefined);
	const bad = [
		{...read, credentials: [...read.credentials, first]},
		{...read, credentials: [...read.credentials, {...first, id: randomUUID()}]},
		{...read, credentials: [...read.credentials, {...first, name: parseName('other')}]},
		{...read, credentials: [{...first, name: parseName('C1')}, ...read.credentials.slice(1)]},
		{...read, credentials: [{...first, changed: 'now'}, ...read.credentials.slice(1)]},
		{...read, trash: [{...first, deleted: first.changed}]},
		{...read, sections: {new: {version: 0}}},
	];
	for (const content of bad) assert.throws(() => contentText(content, read), ofCode('bug'));
	const good = [
		read,
		{...read, credentials: read.credentials.toReversed()},
		{...read, credentials: read.credentials.slice(200)},
		{...read, credentials: read.credentials.slice(1), trash: [{...first, deleted: first.changed}]},
		{...read, credentials: [second, {...first, note: 'n'}, ...read.credentials.slice(2)]},
	];
	for (const content of good) assert.equal(contentText(content, read), contentText(content));
});
