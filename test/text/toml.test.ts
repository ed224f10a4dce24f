import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {parseToml, parseTomlParts, plainMaps, plainText} from '../../source/text/toml.js';

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
