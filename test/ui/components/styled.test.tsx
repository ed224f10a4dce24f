import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box} from 'ink';
import {Paragraph, Styled} from '../../../source/ui/components/styled.js';
import {frameOf} from '../../helpers/frame.js';

test('a styled text takes one row and is cut at the end of its box', () => {
	const line = frameOf(
		<Box width={12}>
			<Styled tone="danger">a text that is too long</Styled>
		</Box>,
	);
	assert.equal(line, 'a text that…');
});

test('a paragraph breaks at spaces, and inside a word that is too long for a row', () => {
	assert.equal(
		frameOf(<Paragraph width={12}>one two three four fivefivefivefive six</Paragraph>),
		'one two\nthree four\nfivefivefive\nfive six',
	);
});

test('no row of a paragraph with wide characters is too wide', () => {
	const text = '東京チームのレポート用 🗼 and a-word-that-is-longer-than-a-row';
	frameOf(<Paragraph width={11}>{text}</Paragraph>, {columns: 11});
});

test('symbols beyond ASCII are replaced on an ASCII terminal', () => {
	assert.equal(frameOf(<Styled>“a” … · × ↑↓ •</Styled>, {ascii: true}), '"a" ~ - x ^v *');
});
