import {fit} from '../../../app/layout/text.js';
import {Styled} from '../../components/styled.js';

/** Cells of a word of the list with a gap behind it. */
const wordCells = 11;

/** The cells of a number before the words. */
function before(number: number | undefined): string {
	return number === undefined ? '  ' : `  ${number}  `;
}

/** How many words stand in a row of so many cells, in two rows where that fits. */
function perRow(number: number | undefined, width: number): number {
	return width >= before(number).length + 3 * wordCells ? 3 : 2;
}

/** The rows that six words take. */
export function wordRows(number: number | undefined, width: number): number {
	return 6 / perRow(number, width);
}

/** A number, if there is one, and six words, to be read aloud. */
export function SixWords({
	number,
	words,
	width,
}: {
	readonly number?: number | undefined;
	readonly words: string;
	readonly width: number;
}) {
	const all = words.split(' ');
	const count = perRow(number, width);
	const start = before(number);
	const rows = Array.from({length: Math.ceil(all.length / count)}, (_, at) => all.slice(at * count, (at + 1) * count));
	return rows.map((row, index) => (
		<Styled key={index} tone="title">
			{`${index === 0 ? start : ' '.repeat(start.length)}${row.map(word => fit(word, wordCells)).join('')}`}
		</Styled>
	));
}
