import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import {type Layout, scrollTo} from '../../app/layout/layout.js';
import {width as cells, wrap} from '../../app/layout/text.js';
import type {UseScreen} from '../../app/screens/use.js';
import {usesOf} from '../../credentials/uses.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth} from '../components/dialog.js';
import {Styled} from '../components/styled.js';
import {TableRow} from '../components/table.js';

/** The fewest cells of the dialog with its border, where the window has them. */
const least = 84;

/** Cells beside the two columns: the border, the cursor, and what is between them. */
const around = 8;

type Props = {readonly state: State; readonly screen: UseScreen; readonly layout: Layout};

/** The ways to hand a credential to tools: what each does, and the command line of the selected one. */
export function UseView({state, screen, layout}: Props) {
	const uses = usesOf(screen.credential, state.vault);
	const commands = Math.max(0, ...uses.map(({command}) => cells(visible(command))));
	const titles = Math.max(0, ...uses.map(({title}) => cells(title)));
	const wish = Math.max(least, around + titles + commands);
	const width = dialogWidth(layout, wish) - 4;
	const title = Math.min(titles + 1, Math.floor(width / 2));
	const columns = [
		{title: 'what', cells: width >= 60 ? title : width - 2},
		{title: 'command', cells: width >= 60 ? width - 3 - title : 0},
	];
	const chosen = wrap(visible(uses[screen.choice]?.command ?? ''), width);
	const height = Math.max(1, Math.min(uses.length, layout.bodyHeight - 3 - chosen.length));
	const top = scrollTo(screen.choice, 0, height, uses.length);
	return (
		<Dialog
			title={`Use ${visible(screen.credential.name)}`}
			layout={layout}
			rows={height + 1 + chosen.length}
			width={wish}
		>
			{uses.slice(top, top + height).map(({title: what, command}, index) => (
				<TableRow
					key={what}
					columns={columns}
					selected={top + index === screen.choice}
					texts={[what, visible(command)]}
				/>
			))}
			<Box height={1} flexShrink={0} />
			{chosen.map((row, index) => (
				<Styled key={index} tone="key">
					{row}
				</Styled>
			))}
		</Dialog>
	);
}
