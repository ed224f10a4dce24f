import {Box} from 'ink';
import type {Palette, State} from '../../app/core/state.js';
import {keyLabel} from '../../app/keyboard/footer.js';
import {type PaletteEntry, paletteEntries} from '../../app/keyboard/palette-entries.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {fit} from '../../app/layout/text.js';
import {careLegend} from '../../app/screens/care-legend.js';
import {Dialog, dialogWidth} from '../components/dialog.js';
import {Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

const wish = 76;

/** Rows that commands keep beside a legend. */
const fewestCommands = 6;

/** Cells of a word of the legend, and a gap. */
const wordCells = 11;

/** Every command that has keys here, by name; a disabled one says why. Below, what words on the screen mean. */
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
	const width = dialogWidth(layout, wish) - 4;
	const grouped = palette.filter.text.length === 0;
	const room = layout.bodyHeight - 4;
	const most = Math.max(0, Math.min(Math.floor(room / 3), room - fewestCommands));
	const legend = grouped ? careLegend(state).slice(0, most) : [];
	const legendRows = legend.length === 0 ? 0 : legend.length + 1;
	const rows = Math.max(1, Math.min(entries.length, room - legendRows));
	const top = scrollTo(palette.choice, 0, rows, entries.length);
	return (
		<Dialog
			title={`Keys and commands${moreBelow(top, rows, entries.length)}`}
			layout={layout}
			rows={rows + 2 + legendRows}
			width={wish}
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
				/>
			))}
			{legend.length === 0 ? null : <Box height={1} flexShrink={0} />}
			{legend.map(({word, meaning}) => (
				<Box key={word} height={1} flexShrink={0}>
					<Styled tone="warning">{fit(word, wordCells)}</Styled>
					<Styled tone="dim">{fit(meaning, Math.max(0, width - wordCells))}</Styled>
				</Box>
			))}
		</Dialog>
	);
}

type EntryProps = {
	readonly entry: PaletteEntry;
	readonly group: boolean;
	readonly selected: boolean;
	readonly width: number;
};

function Entry({entry: {binding, off}, group, selected, width}: EntryProps) {
	const {cursor} = useGlyphs();
	const groupCells = width >= 56 ? 7 : 0;
	const titleCells = Math.min(20, width - groupCells - 12);
	const keys = binding.keys.map(keyLabel).join(' ');
	const rest = Math.max(4, width - groupCells - titleCells - 3);
	return (
		<Box height={1} flexShrink={0}>
			{groupCells === 0 ? null : <Styled tone="dim">{fit(group ? binding.group : '', groupCells)}</Styled>}
			<Styled
				tone={off !== undefined ? 'dim' : selected ? 'selected' : 'plain'}
			>{`${selected ? cursor : ' '} ${fit(binding.title, titleCells)}`}</Styled>
			<Styled
				tone={off === undefined ? 'key' : 'dim'}
			>{` ${fit(off === undefined ? keys : `${keys} · ${off}`, rest)}`}</Styled>
		</Box>
	);
}
