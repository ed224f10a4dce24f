import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {leavesOf} from '../../source/stores/xml.js';

type Tree = {readonly name: string; readonly inner: string | readonly Tree[]};

const {tree} = fc.letrec<{tree: Tree}>(tie => ({
	tree: fc.record({
		name: fc.constantFrom('Key', 'Contents', 'Owner', 'a:b'),
		inner: fc.oneof(
			{depthSize: 'small', maxDepth: 6},
			fc.string(),
			fc.array(tie('tree'), {minLength: 1, maxLength: 4}),
		),
	}),
}));

const escaped = (text: string): string =>
	text.replace(/[&<>"]/g, char => ({'&': '&amp;', '<': '&lt;', '>': '&#62;', '"': '&#x22;'})[char] ?? char);
const written = ({name, inner}: Tree): string =>
	inner === ''
		? `<${name} x="y"/>`
		: `<${name}>${typeof inner === 'string' ? escaped(inner) : inner.map(written).join('\n  ')}</${name}>`;
const leaves = ({name, inner}: Tree, above = ''): readonly (readonly [string, string])[] =>
	typeof inner === 'string' ? [[above + name, inner]] : inner.flatMap(each => leaves(each, `${above}${name}/`));

test('the leaves of any tree are read as they were written', () => {
	fc.assert(
		fc.property(tree, root => {
			const read = leavesOf(`<?xml version="1.0"?>\n${written(root)}\n`);
			assert.deepEqual(
				read?.map(({path, text}) => [path, text]),
				leaves(root),
			);
		}),
	);
});

test('what is cut anywhere is not read', () => {
	fc.assert(
		fc.property(tree, fc.nat(), (root, at) => {
			const text = written(root);
			assert.equal(leavesOf(text.slice(0, at % text.length)), undefined);
		}),
	);
});

test('any text is read or not, in linear time', () => {
	for (const part of ['<', '<a', '<a>', '<a ', '&', '&#', '</a>', '<a/>', '<?xml ', '>', ' '])
		assert.equal(leavesOf(part.repeat(500_000)), undefined);
});
