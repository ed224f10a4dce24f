import assert from 'node:assert/strict';
import {test} from 'node:test';
import {withNeededImports} from '../../tools/needed-imports.js';

const modules = new Map([
	['start.mjs', 'import"./chunk-AAAAAAAA.mjs";import{a as b}from"./chunk-BBBBBBBB.mjs";'],
	[
		'get-GGGGGGGG.mjs',
		'import{a as c}from"./chunk-BBBBBBBB.mjs";import"./chunk-AAAAAAAA.mjs";import"./chunk-CCCCCCCC.mjs";',
	],
	['chunk-AAAAAAAA.mjs', 'export{a};'],
	['chunk-BBBBBBBB.mjs', 'import{a}from"./chunk-AAAAAAAA.mjs";export{a}from"./chunk-BBBBBBBB.mjs";'],
	['chunk-CCCCCCCC.mjs', 'import("./get-GGGGGGGG.mjs");'],
]);

test('an import that only loads goes when a named one behind it loads the same, except where a process starts', () => {
	const needed = withNeededImports(modules);
	assert.deepEqual([...needed.keys()], [...modules.keys()]);
	assert.equal(
		needed.get('get-GGGGGGGG.mjs'),
		'import{a as c}from"./chunk-BBBBBBBB.mjs";import"./chunk-CCCCCCCC.mjs";',
		'what nothing else loads stays',
	);
	for (const name of [...modules.keys()].filter(each => each !== 'get-GGGGGGGG.mjs'))
		assert.equal(needed.get(name), modules.get(name), name);
});
