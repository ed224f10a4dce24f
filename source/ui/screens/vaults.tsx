import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {width as cells, wrap} from '../../app/layout/text.js';
import {foundVaults, noVaultText, onlyOneText, type VaultsScreen, vaultState} from '../../app/screens/vaults.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {Styled} from '../components/styled.js';
import {TableRow} from '../components/table.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

/** The fewest cells of the dialog with its border, where the window has them. */
const least = 66;

/** The most rows that are listed at a time. */
const most = 12;

type Props = {readonly state: State; readonly screen: VaultsScreen; readonly layout: Layout};

/** The vaults that have a name, to go to one. */
export function VaultsView({state, screen, layout}: Props) {
	const {cursor} = useGlyphs();
	const found = foundVaults(screen);
	const all = screen.vaults ?? [];
	const longest = (texts: readonly string[]): number => Math.max(4, ...texts.map(text => cells(text)));
	const names = Math.min(24, longest(all.map(({name}) => visible(name))));
	const states = longest(all.map(vault => vaultState(state, vault)));
	const paths = longest(all.map(({path}) => visible(path)));
	const wish = Math.max(least, names + states + paths + 8);
	const width = dialogWidth(layout, wish) - 4;
	const help = all.length === 1 ? wrap(onlyOneText, width) : [];
	const rows = Math.max(1, Math.min(most, all.length, layout.bodyHeight - 4 - help.length));
	const top = scrollTo(screen.choice, 0, rows, found.length);
	const columns = [
		{title: 'name', cells: names},
		{title: 'state', cells: Math.min(states, Math.max(0, width - names - 3))},
		{title: 'path', cells: Math.max(0, width - names - states - 4)},
	];
	const height = rows + 2 + (help.length === 0 ? 0 : help.length + 1);
	const none = noVaultText(screen);
	return (
		<Dialog title={`Vaults${moreBelow(top, rows, found.length)}`} layout={layout} rows={height} width={wish}>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				<TextField
					line={screen.filter}
					width={Math.max(8, width - 2)}
					masked={false}
					placeholder="a part of its name"
				/>
			</Box>
			<Gap compact={isCompact(layout, height)} />
			{none === undefined ? null : <Styled tone="dim">{none}</Styled>}
			{found.slice(top, top + rows).map((vault, index) => (
				<TableRow
					key={vault.path}
					columns={columns}
					selected={top + index === screen.choice}
					texts={[visible(vault.name), vaultState(state, vault), visible(vault.path)]}
				/>
			))}
			<Gap compact={help.length === 0 || isCompact(layout, height)} />
			{help.map(row => (
				<Styled key={row} tone="dim">
					{row}
				</Styled>
			))}
		</Dialog>
	);
}
