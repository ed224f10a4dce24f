import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {Window} from '../../../source/ui/components/window.js';
import {linesOf} from '../../helpers/frame.js';

test('a window has the given height, and content that does not fit is not drawn', () => {
	const lines = linesOf(
		<Window columns={10} rows={3}>
			<Text>one</Text>
		</Window>,
		{columns: 10, rows: 3},
	);
	assert.deepEqual(lines, ['one', '', '']);
	const full = linesOf(
		<Window columns={10} rows={2}>
			<Text>
				one{'\n'}two{'\n'}three
			</Text>
		</Window>,
		{columns: 10, rows: 2},
	);
	assert.deepEqual(full, ['one', 'two']);
});
