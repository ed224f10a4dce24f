import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {type AskScreen, askWording} from '../../app/screens/ask.js';
import {workText} from '../../app/session/under-way.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {ProblemLines} from '../components/problem-lines.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

const rows = 7;

type Props = {readonly state: State; readonly screen: AskScreen; readonly layout: Layout};

export function AskView({state, screen, layout}: Props) {
	const {cursor} = useGlyphs();
	const {title, help, placeholder} = askWording(screen);
	const width = dialogWidth(layout) - 4;
	return (
		<Dialog title={title} layout={layout} rows={rows}>
			{screen.problem !== undefined && layout.bodyHeight < 14 ? null : <Paragraph width={width}>{help}</Paragraph>}
			<Gap compact={isCompact(layout, rows)} />
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				{screen.busy ? (
					<Spinner now={state.now} text={workText(state) ?? 'Saving'} />
				) : (
					<TextField
						line={screen.line}
						width={Math.max(8, width - 2)}
						masked={screen.what === 'renew'}
						placeholder={placeholder}
					/>
				)}
			</Box>
			<Gap compact={isCompact(layout, rows)} />
			<ProblemLines
				problem={screen.problem === undefined ? undefined : {severity: 'wrong', text: screen.problem}}
				width={width}
			/>
		</Dialog>
	);
}
