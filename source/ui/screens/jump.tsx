import {Box} from 'ink';
import type {Palette, State} from '../../app/core/state.js';
import {keyLabel} from '../../app/keyboard/footer.js';
import {jumps} from '../../app/keyboard/jump.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {width as cells, cut, fit} from '../../app/layout/text.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth} from '../components/dialog.js';
import {Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

/** The fewest cells of the bar with its border, where the window has them. */
const least = 84;

/** The most rows that are listed at a time. */
const most = 16;

/** Room for the key of a command. */
const pressCells = 8;

/** The jump bar: everything that can be gone to, by name. */
export function JumpView({
	state,
	palette,
	layout,
}: {
	readonly state: State;
	readonly palette: Palette;
	readonly layout: Layout;
}) {
	const {cursor} = useGlyphs();
	const found = jumps(state, palette);
	// Of one height, whatever is found: a bar that moves is hard to read while one types.
	const rows = Math.max(1, Math.min(most, layout.bodyHeight - 4));
	const top = scrollTo(palette.choice, 0, rows, found.length);
	const longest = Math.max(12, ...found.map(({title}) => cells(visible(title))));
	const explained = Math.max(
		0,
		...found.map(({what, press}) => cells(visible(what)) + (press === undefined ? 0 : pressCells)),
	);
	const wish = Math.max(least, 8 + longest + explained);
	const width = dialogWidth(layout, wish) - 4;
	// Names are cut last: what a line leads to is known by its name.
	const titleCells = Math.min(longest, Math.max(width - 4 - explained, Math.floor((width - 3) * 0.55)));
	const whatCells = Math.max(4, width - titleCells - 4);
	return (
		<Dialog title={`Jump${moreBelow(top, rows, found.length)}`} layout={layout} rows={rows + 2} width={wish}>
			<Box height={1} flexShrink={0}>
				<Styled tone="key">: </Styled>
				<TextField
					line={palette.filter}
					width={Math.max(8, width - 2)}
					masked={false}
					placeholder="a name, a field, a label, a command"
				/>
			</Box>
			<Box height={1} flexShrink={0} />
			{found.length === 0 ? <Styled tone="dim">Nothing is called that.</Styled> : null}
			{found.slice(top, top + rows).map(({key, title, what, press}, index) => {
				const isSelected = top + index === palette.choice;
				return (
					<Box key={key} height={1} flexShrink={0}>
						<Styled
							tone={isSelected ? 'selected' : 'plain'}
						>{`${isSelected ? cursor : ' '} ${fit(visible(title), titleCells)}`}</Styled>
						<Styled
							tone={isSelected ? 'plain' : 'dim'}
						>{`  ${fit(visible(what), whatCells - (press === undefined ? 0 : pressCells))}`}</Styled>
						<Styled tone="key">{press === undefined ? '' : ` ${cut(keyLabel(press), pressCells - 1)}`}</Styled>
					</Box>
				);
			})}
		</Dialog>
	);
}
