import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {wrap} from '../../app/layout/text.js';
import {blockedHint, blockedTitle, exposedLines, type UnlockScreen, wrongPassphrase} from '../../app/screens/unlock.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {PassphraseField} from '../components/passphrase-field.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {useGlyphs} from '../theme.js';

type Props = {readonly state: State; readonly screen: UnlockScreen; readonly layout: Layout};

export function UnlockView({state, screen, layout}: Props) {
	return screen.blocked === undefined ? (
		<Locked state={state} screen={screen} layout={layout} />
	) : (
		<Blocked state={state} screen={screen} layout={layout} />
	);
}

function Locked({state, screen, layout}: Props) {
	const {failed} = useGlyphs();
	const wrong = wrongPassphrase(screen);
	const width = dialogWidth(layout) - 4;
	const problem = wrong === undefined ? '' : `${failed} ${wrong}`;
	const exposed = exposedLines(state).flatMap(line => wrap(line, width));
	const rows = 4 + wrap(problem, width).length + exposed.length;
	const compact = isCompact(layout, rows);
	return (
		<Dialog title="The vault is locked" layout={layout} rows={rows}>
			{compact ? null : (
				<Box height={1}>
					<Styled tone="dim">{visible(state.path)}</Styled>
				</Box>
			)}
			<Box height={1}>
				<Styled tone="done">{screen.kept === 'draft' ? 'Your draft is kept, encrypted.' : ''}</Styled>
			</Box>
			{exposed.map(line => (
				<Box key={line} height={1} flexShrink={0}>
					<Styled tone="danger">{line}</Styled>
				</Box>
			))}
			<PassphraseField
				label="Passphrase"
				line={screen.passphrase}
				shown={screen.shown && !screen.busy}
				focused={!screen.busy}
				width={width}
			/>
			<Gap compact={compact} />
			{screen.busy ? (
				<Spinner now={state.now} text="Unlocking" />
			) : (
				<Paragraph width={width} tone="danger">
					{problem}
				</Paragraph>
			)}
		</Dialog>
	);
}

const blockedRows = 9;

function Blocked({state, screen, layout}: Props) {
	const {failed} = useGlyphs();
	const {blocked} = screen;
	if (blocked === undefined) return null;
	const width = dialogWidth(layout) - 4;
	const compact = isCompact(layout, blockedRows);
	return (
		<Dialog title={blockedTitle(blocked)} layout={layout} rows={blockedRows}>
			{compact ? null : <Styled tone="dim">{visible(state.path)}</Styled>}
			<Gap compact={compact} />
			<Paragraph width={width} tone="danger">{`${failed} ${visible(blocked.message)}`}</Paragraph>
			<Gap compact={compact} />
			<Paragraph width={width}>{visible(blockedHint(blocked))}</Paragraph>
			<Paragraph width={width} tone="dim">
				Nothing was written.
			</Paragraph>
		</Dialog>
	);
}
