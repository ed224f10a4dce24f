import {Box} from 'ink';
import {offered} from '../../app/core/path-completion.js';
import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {width as cellsOf, cut} from '../../app/layout/text.js';
import {type ExportScreen, exportText, formatOf} from '../../app/screens/export.js';
import {workText} from '../../app/session/under-way.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {PathNames} from '../components/path-names.js';
import {ProblemLines} from '../components/problem-lines.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

const rows = 8;

type Props = {readonly state: State; readonly screen: ExportScreen; readonly layout: Layout};

export function ExportView({state, screen, layout}: Props) {
	const {cursor} = useGlyphs();
	const {title, help, placeholder, what, notice} = exportText(screen);
	const width = dialogWidth(layout) - 4;
	const compact = isCompact(layout, rows);
	const format = `  < ${formatOf(screen)} >`;
	const problem =
		screen.problem !== undefined
			? ({severity: 'wrong', text: screen.problem} as const)
			: notice === ''
				? undefined
				: ({severity: 'odd', text: notice} as const);
	// While a path is completed, its name is not the last word.
	const names = screen.problem === undefined && offered(screen.path, screen.completion) !== undefined;
	return (
		<Dialog title={title} layout={layout} rows={rows}>
			{screen.problem !== undefined && layout.bodyHeight < 14 ? null : <Paragraph width={width}>{help}</Paragraph>}
			<Gap compact={compact} />
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				{screen.busy ? (
					<Spinner now={state.now} text={workText(state) ?? 'Saving'} />
				) : (
					<TextField line={screen.path} width={Math.max(8, width - 2)} masked={false} placeholder={placeholder} />
				)}
			</Box>
			<Box height={1} flexShrink={0}>
				<Styled>{`${format}  `}</Styled>
				<Styled tone="dim">{cut(what, width - cellsOf(format) - 2)}</Styled>
			</Box>
			<Gap compact={compact} />
			{names ? (
				<PathNames line={screen.path} completion={screen.completion} width={width} rows={2} />
			) : (
				<ProblemLines problem={problem} width={width} />
			)}
		</Dialog>
	);
}
