import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box} from 'ink';
import {Paragraph, Styled} from '../../../source/ui/components/styled.js';
import {frameOf} from '../../helpers/frame.js';

test('a styled text stands on one row, and is cut where its box ends', () => {
	const line = frameOf(
		<Box width={12}>
			<Styled tone="danger">a text that is too long</Styled>
		</Box>,
	);
	assert.equal(line, 'a text that…');
});

test('a paragraph is broken at spaces, and inside a word that is too long for a row', () => {
	assert.equal(
		frameOf(<Paragraph width={12}>one two three four fivefivefivefive six</Paragraph>),
		'one two\nthree four\nfivefivefive\nfive six',
	);
});

test('no row of a paragraph is wider than it may be, whatever is in it', () => {
	const text = '東京チームのレポート用 🗼 and a-word-that-is-longer-than-a-row';
	frameOf(<Paragraph width={11}>{text}</Paragraph>, {columns: 11});
});

test('signs beyond ASCII are drawn in ASCII where the terminal has no more', () => {
	assert.equal(frameOf(<Styled>“a” … · × ↑↓ •</Styled>, {ascii: true}), '"a" ~ - x ^v *');
});
