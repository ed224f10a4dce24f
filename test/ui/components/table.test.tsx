import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box} from 'ink';
import {TableHead, TableRow} from '../../../source/ui/components/table.js';
import {linesOf, picture} from '../../helpers/frame.js';

const columns = [
	{title: 'name', cells: 8},
	{title: 'id', cells: 0},
	{title: 'state', cells: 6},
];

const table = (ascii = false): string =>
	linesOf(
		<Box flexDirection="column">
			<TableHead columns={columns} />
			<TableRow columns={columns} texts={['a-long-name', 'AKIA', 'new']} selected />
			<TableRow columns={columns} texts={['東京東京東京', 'AKIA', 'new']} selected={false} />
			<TableRow columns={columns} texts={['short']} selected={false} />
		</Box>,
		{ascii},
	).join('\n');

test('a table shows heads, a cursor at the selected row, and no zero-width column', () => {
	assert.equal(
		table(),
		picture`
			  name     state
			❯ a-long-… new
			  東京東…  new
			  short
		`,
	);
});

test('a table is drawn in ASCII on an ASCII terminal', () => {
	assert.match(table(true), /^> a-long-~ new$/m);
});
