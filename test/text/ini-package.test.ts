import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'ini';
import {parseIni} from '../../source/text/ini.js';

/** The value of a key as this program's parser gives it, and as the `ini` package does. */
function values(line: string, key: string): readonly [ours: unknown, theirs: unknown] {
	const text = `[default]\n${line}\n`;
	const theirs = parse(text).default as Record<string, unknown> | undefined;
	return [parseIni(text).sections[0]?.entries.get(key)?.value, theirs?.[key]];
}

test('the ini package changes values that AWS and its tools take literally', () => {
	// A base64 secret or a token may hold any of these.
	for (const [line, key, value] of [
		['aws_secret_access_key = abc#def', 'aws_secret_access_key', 'abc#def'],
		['aws_secret_access_key = abc;def', 'aws_secret_access_key', 'abc;def'],
		['token = true', 'token', 'true'],
		['token = null', 'token', 'null'],
		['token = "quoted"', 'token', '"quoted"'],
		['token = a\\#b', 'token', 'a\\#b'],
	] as const) {
		const [ours, theirs] = values(line, key);
		assert.equal(ours, value, line);
		assert.notEqual(theirs, value, `the package reads \`${line}\` now: use it`);
	}
});

test('the ini package splits a profile at its dots, and silently lets a duplicate win', () => {
	assert.deepEqual(
		parseIni('[a.b]\nx = 1\n').sections.map(({name}) => name),
		['a.b'],
	);
	assert.deepEqual(Object.keys(parse('[a.b]\nx = 1\n')), ['a']);
	const twice = '[a]\nx = 1\n[a]\nx = 2\n';
	const [section] = parseIni(twice).sections;
	assert.equal(section?.repeat?.line, 3);
	assert.equal(section?.entries.get('x')?.value, '2');
	assert.deepEqual({...(parse(twice).a as object)}, {x: '2'});
});

test('the ini package accepts anything, and names no line of a damaged file', () => {
	const damaged = '[default\naws_secret_access_key\n';
	assert.equal(parseIni(damaged).sections[0]?.problem?.line, 1);
	assert.doesNotThrow(() => parse(damaged));
});
