import {Text} from 'ink';
import {fit} from '../../app/layout/text.js';
import {useGlyphs, useTones} from '../theme.js';
import {Styled} from './styled.js';

/** A table column: its title and its width; a width of 0 hides it. */
export type Column = {readonly title: string; readonly cells: number};

/** The column titles; the cursor's column takes the first two cells. */
export function TableHead({columns}: {readonly columns: readonly Column[]}) {
	const shown = columns.filter(({cells}) => cells > 0);
	return <Styled tone="dim">{`  ${shown.map(({title, cells}) => fit(title, cells)).join(' ')}`}</Styled>;
}

/** One table row: a text for each column. */
export function TableRow({
	columns,
	texts,
	selected,
}: {
	readonly columns: readonly Column[];
	readonly texts: readonly string[];
	readonly selected: boolean;
}) {
	const {cursor, text} = useGlyphs();
	const tones = useTones();
	const parts = columns.flatMap(({cells}, index) => (cells > 0 ? [fit(texts[index] ?? '', cells)] : []));
	return (
		<Text {...(selected ? tones.selected : tones.plain)} wrap="truncate">
			{text(`${selected ? cursor : ' '} ${parts.join(' ')}`)}
		</Text>
	);
}
