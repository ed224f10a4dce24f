import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {parseToml, plainMaps, plainText} from '../../source/text/toml.js';
import {parseTomlParts} from '../../source/text/toml-parts.js';

test('tables, lists of tables and values become maps, lists and texts', () => {
	const toml = parseToml(
		'active = "one"\ncount = 9007199254740993\nwhen = 2027-01-31\non = true\n[[contexts]]\nname = "one"\ntoken = "a#b=c"\n[[contexts]]\nname = \'tw"o\'\n',
	);
	assert.equal(plainText(toml, 'active'), 'one');
	assert.equal(plainText(toml, 'count'), '9007199254740993');
	assert.equal(plainText(toml, 'when'), '2027-01-31');
	assert.equal(plainText(toml, 'on'), 'true');
	assert.equal(plainText(toml, 'contexts'), '');
	assert.deepEqual(
		plainMaps(toml, 'contexts').map(each => [plainText(each, 'name'), plainText(each, 'token')]),
		[
			['one', 'a#b=c'],
			['tw"o', ''],
		],
	);
});

test('invalid TOML is reported with its position and none of its text', () => {
	for (const text of [
		'a = "canary',
		'[a\nb = "canary"',
		'a = canary',
		'a = "canary"\na = "canary"',
		`a = ${'['.repeat(100)}`,
	]) {
		assert.throws(
			() => parseToml(text),
			(error: unknown) =>
				error instanceof PharmerError && error.code === 'invalid' && !error.message.includes('canary'),
			text,
		);
	}
	assert.throws(() => parseToml('a = 1\nb = canary'), /line 2, column \d+: invalid TOML from here on/);
});

test('no key becomes a property', () => {
	const toml = parseToml('["__proto__"]\npolluted = "yes"\n');
	assert.equal(({} as Record<string, unknown>).polluted, undefined);
	assert.equal(plainText(toml, 'polluted'), '');
});

test('a damaged table is left out and told with its line; the others are read', () => {
	const good = ['[[a]]', 'name = "one"', '[[a]]', 'name = "two"', '[a.sub]', 'x = 1', '[[a]]', 'name = "three"'];
	for (const [index, bad, names, line] of [
		[1, 'name = canary', ['two', 'three'], 2],
		[2, '[[a', ['one', 'three'], 3],
		[3, 'name = "canary', ['one', 'three'], 4],
		[3, 'name = "two"\nname = "canary"', ['one', 'three'], 5],
		[5, 'canary', ['one', 'two', 'three'], 6],
		[7, "name = '''canary", ['one', 'two'], 8],
	] as const) {
		const {root, damage} = parseTomlParts(good.toSpliced(index, 1, bad).join('\n'));
		const read = plainMaps(root, 'a').map(each => plainText(each, 'name'));
		assert.deepEqual(read, names, bad);
		assert.equal(damage.length, 1);
		assert.match(damage[0]?.message ?? '', new RegExp(`^line ${line}, column \\d+: invalid TOML$`), bad);
	}
	const {root, damage} = parseTomlParts('a = 1\nb = canary\n[c]\nd = 2\n');
	assert.deepEqual([[...root.keys()], damage.length], [['c'], 1]);
	assert.throws(() => parseTomlParts('[a]\nb\n'.repeat(20)), /line 2, /);
});

test('headers inside values are no tables, and no table is lost or wrong without a word', () => {
	const names = (text: string) => plainMaps(parseTomlParts(text).root, 'a').map(each => plainText(each, 'name'));
	const lines = (text: string) => parseTomlParts(text).damage.map(({message}) => Number.parseInt(message.slice(5), 10));
	const three = '[[a]]\nname = "three"\n';
	const inValue = `[[a]]\nnote = """\n[b]\n"""\nname = "one"\nx = canary\n${three}`;
	assert.deepEqual([names(inValue), lines(inValue)], [['three'], [6]]);
	const unclosed = `[[a]]\nname = "one"\nx = [1, 2\n[[a]]\nname = "two"\n${three}`;
	assert.deepEqual([names(unclosed), lines(unclosed)], [['two', 'three'], [3]]);
	for (const below of ['[a .x]', '["a".x]', "[ 'a' . x ]", '[[a.x]]']) {
		const text = `[[a]]\nname = "one"\n[[a]]\nname = canary\n${below}\nname = "x"\n${three}`;
		assert.deepEqual([names(text), lines(text)], [['one', 'three'], [4]], below);
		assert.equal(parseTomlParts(text).root.size, 1);
	}
	for (const [text, line] of [
		[`[[a]]\nname = "one"\n[[a]]\nx = canary\nnote = """\n[[a]]\nname = "wrong"\n[b]\n"""\n${three}`, 4],
		[`[[a]]\nname = """one\n[[a]]\nname = "two"\n${three}`, 2],
		['[[a]]\nname = "one"\n[b]\na]]\nname = "two"\n[a.x]\nname = "x"\n', 4],
		['[[a]]\nname = "one"\nx = ,""\n[[a]]\nname = "wrong"\n[b]\n"""\n', 3],
		['[[a]]\nname = "one"\nx = ""#"\n[[a]]\nname = "wrong"\n"""\n', 6],
		['[[a]]\nname = "one"\n[[a]]\nx = canary\n[b]\n[a.x]\nname = "two"\n', 4],
		[`[[a]]\nname = "one"\n[[a\nname = "two"\n[b]\n[a.x]\n${three}`, 3],
	] as const) {
		assert.throws(() => parseTomlParts(text), new RegExp(`^PharmerError: line ${line}, `), text);
	}
});
