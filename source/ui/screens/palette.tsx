import {Box} from 'ink';
import type {Palette, State} from '../../app/core/state.js';
import {keyLabel} from '../../app/keyboard/footer.js';
import {explained, hiddenCommands, type PaletteEntry, paletteEntries} from '../../app/keyboard/palette-entries.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {fit, wrap} from '../../app/layout/text.js';
import {careLegend} from '../../app/screens/care-legend.js';
import {Dialog, dialogWidth} from '../components/dialog.js';
import {Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

/** The width with sentences below the list, and beside it. */
const [wish, wideWish] = [76, 116];

/** Rows that commands keep beside a legend. */
const fewestCommands = 6;

/** Cells of a word of the legend, and a gap. */
const wordCells = 11;

/** Rows of the body below which the list needs them all. */
const lowest = 12;

const [groupCells, keysCells] = [7, 22];

/**
 * Every command that works here, with its keys and what it does; one that is searched for says why it is off. Below,
 * what the words on the screen mean.
 */
export function PaletteView({
	state,
	palette,
	layout,
}: {
	readonly state: State;
	readonly palette: Palette;
	readonly layout: Layout;
}) {
	const entries = paletteEntries(state);
	const isWide = layout.columns >= wideWish;
	const outer = isWide ? wideWish : wish;
	const width = dialogWidth(layout, outer) - 4;
	const below = isWide ? [] : sentenceRows(entries[palette.choice], width, layout);
	const hidden = hiddenCommands(state);
	const isLow = layout.bodyHeight < lowest;
	const foot = [...below, ...(hidden === undefined || isLow ? [] : [fit(hidden, width)])];
	const footRows = foot.length === 0 || isLow ? foot.length : foot.length + 1;
	const grouped = palette.filter.text.length === 0;
	const room = layout.bodyHeight - 4 - footRows;
	const most = Math.max(0, Math.min(Math.floor(room / 3), room - fewestCommands));
	const legend = grouped ? careLegend(state).slice(0, most) : [];
	const legendRows = legend.length === 0 ? 0 : legend.length + 1;
	const rows = Math.max(1, Math.min(entries.length, room - legendRows));
	const top = scrollTo(palette.choice, 0, rows, entries.length);
	return (
		<Dialog
			title={`Keys and commands${moreBelow(top, rows, entries.length)}`}
			layout={layout}
			rows={rows + 2 + legendRows + footRows}
			width={outer}
		>
			<Box height={1} flexShrink={0}>
				<Styled tone="key">: </Styled>
				<TextField
					line={palette.filter}
					width={Math.max(8, width - 2)}
					masked={false}
					placeholder="type to search, enter runs it"
				/>
			</Box>
			<Box height={1} flexShrink={0} />
			{entries.length === 0 ? <Styled tone="dim">No command is called that here.</Styled> : null}
			{entries.slice(top, top + rows).map((entry, index) => (
				<Entry
					key={`${entry.binding.id} ${entry.binding.keys.join(' ')}`}
					entry={entry}
					group={grouped && (index === 0 || entries[top + index - 1]?.binding.group !== entry.binding.group)}
					selected={top + index === palette.choice}
					width={width}
					isWide={isWide}
				/>
			))}
			{legend.length === 0 ? null : <Box height={1} flexShrink={0} />}
			{legend.map(({word, meaning}) => (
				<Box key={word} height={1} flexShrink={0}>
					<Styled tone="warning">{fit(word, wordCells)}</Styled>
					<Styled tone="dim">{fit(meaning, Math.max(0, width - wordCells))}</Styled>
				</Box>
			))}
			{footRows === foot.length ? null : <Box height={1} flexShrink={0} />}
			{foot.map((row, index) => (
				<Box key={index} height={1} flexShrink={0}>
					<Styled tone={index < below.length ? 'plain' : 'dim'}>{row}</Styled>
				</Box>
			))}
		</Dialog>
	);
}

/** What is said below the list of the chosen command: as many rows for each, so that the list stays where it is. */
function sentenceRows(entry: PaletteEntry | undefined, width: number, {bodyHeight}: Layout): readonly string[] {
	const rows = width >= 60 || bodyHeight < lowest ? 1 : 2;
	const text = entry === undefined ? '' : explained(entry);
	const wrapped = rows === 1 ? [fit(text, width)] : wrap(text, width).map(row => fit(row, width));
	return Array.from({length: rows}, (_, at) => wrapped[at] ?? '');
}

type EntryProps = {
	readonly entry: PaletteEntry;
	readonly group: boolean;
	readonly selected: boolean;
	readonly width: number;
	/** Whether there is room for what it does. */
	readonly isWide: boolean;
};

function Entry({entry, group, selected, width, isWide}: EntryProps) {
	const {cursor} = useGlyphs();
	const {binding, off} = entry;
	const before = width >= 56 ? groupCells : 0;
	const titleCells = Math.min(20, width - before - 12);
	const rest = Math.max(4, width - before - titleCells - 3);
	const keys = fit(binding.keys.map(keyLabel).join(' '), isWide ? keysCells : rest);
	return (
		<Box height={1} flexShrink={0}>
			{before === 0 ? null : <Styled tone="dim">{fit(group ? binding.group : '', before)}</Styled>}
			<Styled
				tone={off !== undefined ? 'dim' : selected ? 'selected' : 'plain'}
			>{`${selected ? cursor : ' '} ${fit(binding.title, titleCells)}`}</Styled>
			<Styled tone={off === undefined ? 'key' : 'dim'}>{` ${keys}`}</Styled>
			{isWide ? (
				<Styled tone={selected ? 'plain' : 'dim'}>{fit(explained(entry), Math.max(4, rest - keysCells))}</Styled>
			) : null}
		</Box>
	);
}
