import type {State} from '../../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../../app/layout/layout.js';
import {columnOf, tableColumns} from '../../../app/layout/table-columns.js';
import {fitEnds} from '../../../app/layout/text.js';
import {type ExposedScreen, exposedRows, noneExposed} from '../../../app/screens/team/exposed.js';
import {enumerated, grouped} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import {Pane} from '../../components/pane.js';
import {Paragraph} from '../../components/styled.js';
import {TableHead, TableRow} from '../../components/table.js';
import {useGlyphs} from '../../theme.js';

type Props = {readonly state: State; readonly screen: ExposedScreen; readonly layout: Layout};

/** What removed members could read, until each has another secret. */
export function ExposedView({state, screen, layout}: Props) {
	const {done} = useGlyphs();
	const rows = exposedRows(state);
	const width = layout.columns - 4;
	const columns = tableColumns(
		[
			columnOf('name', rows, ({credential}) => visible(credential.name), {rank: 0, least: 12}),
			columnOf('provider', rows, ({credential}) => visible(credential.provider), {rank: 2, least: 8}),
			columnOf('who could read it', rows, ({members}) => visible(enumerated(members)), {rank: 1, least: 8}),
		],
		width,
	);
	const [nameCells = 0] = columns.map(({cells}) => cells);
	const height = Math.max(1, layout.paneHeight - 1);
	const choice = Math.min(screen.choice, rows.length - 1);
	const top = scrollTo(choice, 0, height, rows.length);
	return (
		<Pane
			title={`To rotate · ${grouped(rows.length)}${moreBelow(top, height, rows.length)}`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{rows.length === 0 ? (
				<Paragraph width={width} tone="done">{`${done} ${noneExposed}`}</Paragraph>
			) : (
				<TableHead columns={columns} />
			)}
			{rows.slice(top, top + height).map(({credential, members}, index) => (
				<TableRow
					key={credential.id}
					columns={columns}
					selected={top + index === choice}
					texts={[
						fitEnds(visible(credential.name), nameCells),
						visible(credential.provider),
						visible(enumerated(members)),
					]}
				/>
			))}
		</Pane>
	);
}
