import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box, Text} from 'ink';
import {labelledFrame} from '../../../source/app/layout/text.js';
import {Labelled} from '../../../source/ui/components/labelled.js';
import {frameOf, linesOf, picture} from '../../helpers/frame.js';

test('labels stand in their own column, after the signs', () => {
	assert.equal(
		linesOf(
			<Box flexDirection="column">
				<Labelled label="name" labelWidth={8}>
					<Text>prod</Text>
				</Labelled>
				<Labelled label="region" labelWidth={8} signs="❯●">
					<Text>eu-west-1</Text>
				</Labelled>
			</Box>,
		).join('\n'),
		picture`
			   name      prod
			❯● region    eu-west-1
		`,
	);
});

test('a label that is too long for its column is cut', () => {
	const line = frameOf(
		<Labelled label="a-label-that-is-long" labelWidth={8}>
			<Text>x</Text>
		</Labelled>,
	);
	assert.equal(line, 'a-label…  x');
});

test('the content of a label starts after its frame', () => {
	const [line = ''] = linesOf(
		<Labelled label="name" labelWidth={8}>
			<Text>x</Text>
		</Labelled>,
	);
	assert.equal(line.indexOf('x'), 8 + labelledFrame);
});

test('content of several rows starts on the row of its label', () => {
	const lines = linesOf(
		<Labelled label="note" labelWidth={4} rows={2}>
			<Text>one{'\n'}two</Text>
		</Labelled>,
	);
	assert.deepEqual(lines, ['   note  one', '         two']);
});
