import stringWidth from 'string-width';
import {visible} from '../text/visible.js';

const gap = '  ';

function padded(cell: string, width: number): string {
	return cell + ' '.repeat(Math.max(0, width - stringWidth(cell)));
}

/**
 * Rows of text in aligned columns, one per line, each line ended. Cells are made safe for a terminal, and empty ones
 * are `-`; the last column is not padded. With `color`, the header is bold.
 */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[], color: boolean): string {
	const lines = [header, ...rows].map(row => row.map(cell => visible(cell) || '-'));
	const widths = header.map((_, column) =>
		lines.reduce((most, line) => Math.max(most, stringWidth(line[column] ?? '')), 0),
	);
	return lines
		.map((line, row) => {
			const text = line
				.map((cell, column) => (column === line.length - 1 ? cell : padded(cell, widths[column] ?? 0)))
				.join(gap);
			return row === 0 && color ? `\u001b[1m${text}\u001b[22m\n` : `${text}\n`;
		})
		.join('');
}
