import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import {holds, type Line} from '../../../app/input/line-editor.js';
import {caretOf, rowAt} from '../../../app/input/text-area.js';
import {paneFrame} from '../../../app/layout/panes.js';
import {wrap} from '../../../app/layout/text.js';
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
import {type YamlPart, yamlParts} from '../../../text/yaml-parts.js';
import {Pane} from '../../components/pane.js';
import {ProblemLines, problemText} from '../../components/problem-lines.js';
import {Spinner} from '../../components/spinner.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextArea, type Toned} from '../../components/text-area.js';
import {type Tone, useGlyphs} from '../../theme.js';

type Props = {
	readonly state: State;
	readonly screen: EditScreen;
	readonly manifest: ManifestDraft;
	/** Outer size in cells. */
	readonly width: number;
	readonly height: number;
};

const tones: Readonly<Record<YamlPart['kind'], Tone>> = {key: 'accent', value: 'value', comment: 'dim', sign: 'dim'};

/** The line that the problem's text names, counted from 0. */
function problemLine({problem}: EditScreen): number | undefined {
	const [, line] = /^line (\d+)/.exec(problem?.text ?? '') ?? [];
	return line === undefined ? undefined : Number(line) - 1;
}

/** The tones of a manifest's lines, from the first to `last`; all of the one with the problem is in one tone. */
function tonesTo(text: Line, last: number, wrong: number | undefined): readonly (readonly Toned[])[] {
	const lines = Array.from({length: last + 1}, (_, row) => rowAt(text, row).join(''));
	return yamlParts(lines).map((parts, row) => {
		if (row === wrong) return [{tone: 'danger', end: lines[row]?.length ?? 0}];
		return parts.map(({kind, end}, index) => {
			const isHidden = lines[row]?.slice(parts[index - 1]?.end ?? 0, end).trim() === hiddenMark;
			return {tone: isHidden ? 'secret' : tones[kind], end};
		});
	});
}

/** The whole credential as YAML, edited in place. */
export function ManifestView({state, screen, manifest, width: outerWidth, height}: Props) {
	const {mask} = useGlyphs();
	const width = outerWidth - paneFrame;
	const {row, column} = caretOf(manifest.text);
	const hint = manifest.open
		? 'secrets are shown; ctrl+r covers them'
		: `${hiddenMark} leaves a secret as it is; ctrl+r shows them all`;
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
				<TextArea
					line={manifest.text}
					width={width}
					height={rows}
					tonesTo={last => tonesTo(manifest.text, last, problemLine(screen))}
				/>
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
