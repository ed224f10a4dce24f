import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Stages} from '../../../../source/ui/screens/wizard/stages.js';
import {frameOf} from '../../../helpers/frame.js';

test('the stages say which are done, and the current one by its name alone where there is little room', () => {
	const row = (width: number): string => frameOf(<Stages stage={2} width={width} />, {columns: width, rows: 1}).trim();
	assert.equal(row(70), '✓ provider   ✓ name   ● from   ○ fields   ○ review');
	assert.equal(row(40), '✓   ✓   ● from   ○   ○');
});
