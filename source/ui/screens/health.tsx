import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {fit, wrap} from '../../app/layout/text.js';
import {advice, type HealthScreen, plaintextLine} from '../../app/screens/health.js';
import {careRows, needyCount} from '../../credentials/care.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {Gap} from '../components/dialog.js';
import {Pane} from '../components/pane.js';
import {Paragraph, Styled} from '../components/styled.js';
import {TableHead, TableRow} from '../components/table.js';
import {useGlyphs} from '../theme.js';

type Props = {readonly state: State; readonly screen: HealthScreen; readonly layout: Layout};

/** Credentials that need attention, why, and what to do about the selected one. */
export function HealthView({state, screen, layout}: Props) {
	const {done} = useGlyphs();
	const rows = careRows(state);
	const width = layout.columns - 4;
	const name = Math.max(10, Math.min(30, Math.floor(width * 0.36)));
	const columns = [
		{title: 'name', cells: name},
		{title: 'why', cells: width - 3 - name},
	];
	const choice = Math.min(screen.choice, rows.length - 1);
	const chosen = rows[choice];
	const below =
		chosen === undefined
			? []
			: wrap(`${visible(chosen.credential.name)} ${visible(chosen.care.text)}: ${advice(chosen.care)}.`, width);
	const clear = plaintextLine(screen);
	const room = layout.paneHeight - (clear === undefined ? 0 : 1);
	const tight = room < below.length + 3;
	const height = Math.max(1, room - below.length - (tight ? 0 : 2));
	const top = scrollTo(choice, 0, height, rows.length);
	return (
		<Pane
			title={
				rows.length === 0
					? 'Health'
					: `Health · ${grouped(needyCount(rows))} of ${grouped(state.credentials.length)} need care${moreBelow(top, height, rows.length)}`
			}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{clear === undefined ? null : <Styled tone="warning">{fit(clear, width)}</Styled>}
			{rows.length === 0 ? (
				<Paragraph
					width={width}
					tone="done"
				>{`${done} Nothing needs care: none expires within 30 days, is older than 90 days, is there twice, has an odd shape or was not used for 180 days.`}</Paragraph>
			) : tight ? null : (
				<TableHead columns={columns} />
			)}
			{rows.slice(top, top + height).map(({credential, care}, index) => (
				<TableRow
					key={`${credential.id} ${care.text}`}
					columns={columns}
					selected={top + index === choice}
					texts={[visible(credential.name), visible(care.text)]}
				/>
			))}
			<Gap compact={tight} />
			{below.slice(0, room - 1).map((row, index) => (
				<Styled key={index} tone="warning">
					{row}
				</Styled>
			))}
		</Pane>
	);
}
