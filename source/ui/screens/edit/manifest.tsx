import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import {holds} from '../../../app/input/line-editor.js';
import {caretOf} from '../../../app/input/text-area.js';
import {wrap} from '../../../app/layout/text.js';
import {paneFrame} from '../../../app/screens/browse/detail-rows.js';
import {
	changedRows,
	type EditScreen,
	isNew,
	type ManifestDraft,
	spokenName,
} from '../../../app/screens/edit/edit-screen.js';
import {hiddenMark, isCovered} from '../../../app/screens/edit/manifest.js';
import {workText} from '../../../app/session/under-way.js';
import {maskWidth} from '../../../domain/mask.js';
import {Pane} from '../../components/pane.js';
import {ProblemLines, problemText} from '../../components/problem-lines.js';
import {Spinner} from '../../components/spinner.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextArea} from '../../components/text-area.js';
import {useGlyphs} from '../../theme.js';

type Props = {
	readonly state: State;
	readonly screen: EditScreen;
	readonly manifest: ManifestDraft;
	/** Outer size in cells. */
	readonly width: number;
	readonly height: number;
};

/** The whole credential as YAML, edited in place. */
export function ManifestView({state, screen, manifest, width: outerWidth, height}: Props) {
	const {mask} = useGlyphs();
	const width = outerWidth - paneFrame;
	const {row, column} = caretOf(manifest.text);
	const hint = manifest.open
		? 'secrets are in clear; ctrl+r covers them'
		: `${hiddenMark} stands for a secret and keeps it; ctrl+r shows them all`;
	// A problem's lines replace the help; a covered text itself says how to show it.
	const help = screen.problem === undefined && !isCovered(screen) ? hint : '';
	const below =
		(help === '' ? 0 : wrap(help, width).length) +
		(screen.problem === undefined ? 0 : wrap(`! ${problemText(screen.problem)}`, width).length);
	const rows = Math.max(1, height - 2 - 1 - below);
	const changed = (!isNew(screen) && changedRows(screen) > 0) || !holds(manifest.text, manifest.original);
	return (
		<Pane
			title={`${spokenName(screen)} · YAML · line ${row + 1}, column ${column + 1}${changed ? ' · changed' : ''}`}
			width={outerWidth}
			height={height}
			active
		>
			{isCovered(screen) ? (
				<Box height={rows} flexDirection="column" flexShrink={0}>
					<Styled>{mask.repeat(maskWidth)}</Styled>
					<Paragraph width={width} tone="dim">
						Covered: ctrl+r shows it.
					</Paragraph>
				</Box>
			) : (
				<TextArea line={manifest.text} width={width} height={rows} />
			)}
			<Box height={1} flexShrink={0} />
			{screen.busy ? (
				<Spinner now={state.now} text={workText(state) ?? 'Reading'} />
			) : help === '' ? null : (
				<Paragraph width={width} tone="dim">
					{help}
				</Paragraph>
			)}
			<ProblemLines problem={screen.problem} width={width} />
		</Pane>
	);
}
