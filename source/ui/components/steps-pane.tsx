import {Box} from 'ink';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {type Mark, type MarkedLine, markedRows} from '../../app/screens/rotate/marked-lines.js';
import {type Tone, useGlyphs} from '../theme.js';
import {Pane} from './pane.js';
import {Styled} from './styled.js';

const tones: Readonly<Record<Mark, Tone>> = {
	done: 'done',
	now: 'accent',
	todo: 'dim',
	failed: 'danger',
	warning: 'warning',
	chosen: 'selected',
	none: 'plain',
};

type Props = {
	readonly title: string;
	readonly lines: readonly MarkedLine[];
	/** The first row that is shown, unless a line is chosen, or one runs. */
	readonly top: number;
	/** The time in milliseconds, by which the sign of what runs now turns; undefined where nothing runs. */
	readonly running: number | undefined;
	readonly layout: Layout;
};

/** What is done at a provider, step by step, or a choice about it. */
export function StepsPane({title, lines, top: wanted, running, layout}: Props) {
	const {columns, bodyHeight, paneHeight} = layout;
	const {done, current, todo, failed, warning, cursor, spinner} = useGlyphs();
	const now = running === undefined ? current : (spinner[Math.floor(running / 100) % spinner.length] ?? current);
	const glyphs: Readonly<Record<Mark, string>> = {done, now, todo, failed, warning, chosen: cursor, none: ' '};
	const rows = markedRows(lines, columns - 4);
	// What runs stays in sight, too.
	const followed = rows.findIndex(({mark}) => mark === 'chosen' || (mark === 'now' && running !== undefined));
	const last = Math.max(0, rows.length - paneHeight);
	const top = followed === -1 ? Math.min(wanted, last) : scrollTo(followed, 0, paneHeight, rows.length);
	return (
		<Pane title={`${title}${moreBelow(top, paneHeight, rows.length)}`} width={columns} height={bodyHeight} active>
			{rows.slice(top, top + paneHeight).map(({mark, label, text}, index) => (
				<Box key={index} height={1} flexShrink={0}>
					<Styled tone={tones[mark]}>{`${glyphs[mark]} `}</Styled>
					{label === '' ? null : <Styled tone="dim">{label}</Styled>}
					<Styled tone={mark === 'todo' || mark === 'failed' || mark === 'warning' ? tones[mark] : 'plain'}>
						{text}
					</Styled>
				</Box>
			))}
		</Pane>
	);
}
