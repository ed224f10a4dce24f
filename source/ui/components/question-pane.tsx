import {Box} from 'ink';
import {type Layout, moreBelow} from '../../app/layout/layout.js';
import {Pane} from './pane.js';
import {Styled} from './styled.js';

type Props = {
	readonly title: string;
	/** All rows of what is asked, each of one line; what is indented comes from elsewhere and stands out. */
	readonly rows: readonly string[];
	/** The first row that is shown, as far as there are more than fit. */
	readonly first: number;
	readonly layout: Layout;
};

/** A question that takes the whole window, and scrolls where it is longer. */
export function QuestionPane({title, rows, first, layout}: Props) {
	const {columns, bodyHeight, paneHeight} = layout;
	const top = Math.min(first, Math.max(0, rows.length - paneHeight));
	return (
		<Pane title={`${title}${moreBelow(top, paneHeight, rows.length)}`} width={columns} height={bodyHeight} active>
			{rows.slice(top, top + paneHeight).map((row, index) => (
				<Box key={index} height={1} flexShrink={0}>
					<Styled tone={row.startsWith('  ') ? 'warning' : 'plain'}>{row}</Styled>
				</Box>
			))}
		</Pane>
	);
}
