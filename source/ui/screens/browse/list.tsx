import {Box, Text} from 'ink';
import {Fragment, memo, type ReactNode, useMemo} from 'react';
import {headRows, listHeight, showsFilter} from '../../../app/core/credential-list.js';
import type {State} from '../../../app/core/state.js';
import {type Line, lineText} from '../../../app/input/line-editor.js';
import {type Layout, moreBelow} from '../../../app/layout/layout.js';
import {paneFrame} from '../../../app/layout/panes.js';
import {runs} from '../../../app/layout/runs.js';
import {beginning, fit, fitEnds, marksInEnds, shortened} from '../../../app/layout/text.js';
import {browsePanes} from '../../../app/screens/browse/browse-panes.js';
import {careCell} from '../../../app/screens/browse/care-cell.js';
import {type Columns, columnsFor, shownColumns} from '../../../app/screens/browse/list-columns.js';
import {type Column, columnTitle, labelsText, measuresOf} from '../../../app/screens/browse/list-measures.js';
import type {LastUses} from '../../../credentials/last-use.js';
import {noMatchHint} from '../../../credentials/no-match.js';
import {publicId} from '../../../credentials/public-id.js';
import {marksOf} from '../../../credentials/query.js';
import type {Verdicts} from '../../../credentials/standing.js';
import type {Credential} from '../../../domain/credential.js';
import type {Settings, Sort} from '../../../domain/settings.js';
import {shortAge} from '../../../domain/time.js';
import {grouped} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import {Pane} from '../../components/pane.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TableHead} from '../../components/table.js';
import {TextField} from '../../components/text-field.js';
import {useGlyphs, useTones} from '../../theme.js';

type RowProps = {
	readonly credential: Credential;
	/** All credentials: a notice about one may refer to another. */
	readonly credentials: readonly Credential[];
	readonly selected: boolean;
	readonly marked: boolean;
	/** Whether the list has the keyboard. */
	readonly active: boolean;
	readonly uses: LastUses;
	readonly verdicts: Verdicts;
	readonly settings: Settings;
	readonly columns: Columns;
	/** The filter text whose matches are highlighted. */
	readonly query: string;
	/** Ages change only by the minute. */
	readonly minute: number;
};

/** A text in its cells, with matches highlighted in a way that needs no colour. */
function Marked({
	text,
	cells,
	marks,
	selected,
}: {
	readonly text: string;
	readonly cells: number;
	readonly marks: ReadonlySet<number>;
	readonly selected: boolean;
}) {
	const glyphs = useGlyphs();
	const found = useTones()[selected ? 'found-selected' : 'found'];
	const shown = fitEnds(visible(text), cells);
	// Escaping moves the letters, so the positions of matches no longer apply.
	if (marks.size === 0 || visible(text) !== text) return <>{glyphs.text(shown)}</>;
	return (
		<>
			{runs(shown, marksInEnds(text, cells, marks)).map(({text: run, found: isFound}, index) =>
				isFound ? (
					<Text key={index} {...found}>
						{run}
					</Text>
				) : (
					glyphs.text(run)
				),
			)}
		</>
	);
}

const Row = memo(function Row({
	credential,
	credentials,
	selected,
	marked,
	active,
	uses,
	verdicts,
	settings,
	columns,
	query,
	minute,
}: RowProps) {
	const {cursor, dirty, warning, text: shown} = useGlyphs();
	const tones = useTones();
	const now = new Date(minute * 60_000);
	const used = uses.byId.get(credential.id)?.at;
	const marks = marksOf(credential, query);
	const care =
		columns.care + columns.sign > 0 ? careCell(credential, {credentials, uses, verdicts, settings}, now) : undefined;
	const found = (text: string, cells: number, at: ReadonlySet<number>) => (
		<Marked text={text} cells={cells} marks={at} selected={selected && active} />
	);
	const noticed = (text: string, cells: number) => (
		<Text {...(selected || care?.urgent !== true ? {} : tones.warning)}>{shown(fit(text, cells))}</Text>
	);
	const cells: Readonly<Record<Column, (width: number) => ReactNode>> = {
		name: width => found(credential.name, width, marks.name),
		provider: width => found(credential.provider, width, marks.provider),
		id: width => shown(fitEnds(visible(publicId(credential)), width)),
		age: width => fit(shortAge(credential.created, now), width),
		used: width => fit(used === undefined ? '' : shortAge(used, now), width),
		care: width => noticed(care === undefined ? '' : care.text.length <= width ? care.text : care.brief, width),
		sign: width => noticed(care?.urgent === true ? warning : '', width),
		labels: width => shown(fit(visible(labelsText(credential)), width)),
	};
	return (
		<Text {...(selected ? (active ? tones.selected : tones.title) : tones.plain)} wrap="truncate">
			{`${selected ? cursor : ' '}${marked ? dirty : ' '}`}
			{shownColumns(columns).map((column, index) => (
				<Fragment key={column}>
					{index === 0 ? '' : ' '}
					{cells[column](columns[column])}
				</Fragment>
			))}
		</Text>
	);
});

const sortTitles: Readonly<Record<Sort, string>> = {
	name: '',
	provider: ' · by provider',
	age: ' · newest first',
	expires: ' · by expiry',
	used: ' · by last use',
};

export function ListView({
	state,
	layout,
	active,
}: {
	readonly state: State;
	readonly layout: Layout;
	readonly active: boolean;
}) {
	const {credentials, found, top, selected, now, screen, settings} = state;
	const {listWidth} = browsePanes(state);
	const cells = listWidth - paneFrame;
	const measures = measuresOf(state);
	const columns = useMemo(() => columnsFor(measures, settings, cells), [measures, settings, cells]);
	const query = lineText(state.filter);
	const height = listHeight(state);
	const filtering = screen.kind === 'list' && screen.filtering;
	return (
		<Pane
			title={`Credentials ${grouped(credentials.length)}${sortTitles[settings.sort]}${state.marks.size > 0 ? ` · ${grouped(state.marks.size)} marked` : ''}${moreBelow(top, height, found.length)}`}
			width={listWidth}
			height={layout.bodyHeight}
			active={active}
		>
			{showsFilter(state) ? (
				<FilterLine
					line={state.filter}
					typing={filtering}
					count={`${grouped(found.length)} of ${grouped(credentials.length)}`}
					cells={cells}
				/>
			) : null}
			{credentials.length === 0 ? <Empty cells={cells} deleted={state.trash.length} /> : null}
			{credentials.length > 0 && found.length === 0 ? (
				<NoMatch query={query} hint={noMatchHint(credentials, query, new Date(now), state.verdicts)} cells={cells} />
			) : null}
			{headRows(state) > 0 ? <Heads columns={columns} sort={settings.sort} /> : null}
			{found.slice(top, top + height).map(credential => (
				<Row
					key={credential.id}
					credential={credential}
					credentials={credentials}
					selected={credential.id === selected}
					marked={state.marks.has(credential.id)}
					active={active}
					uses={state.uses}
					verdicts={state.verdicts}
					settings={settings}
					columns={columns}
					query={query}
					minute={Math.floor(now / 60_000)}
				/>
			))}
		</Pane>
	);
}

function Heads({columns, sort}: {readonly columns: Columns; readonly sort: Sort}) {
	const heads = shownColumns(columns).map(column => ({title: columnTitle(column, sort), cells: columns[column]}));
	return <TableHead columns={heads} />;
}

function FilterLine({
	line,
	typing,
	count,
	cells,
}: {
	readonly line: Line;
	readonly typing: boolean;
	readonly count: string;
	readonly cells: number;
}) {
	const room = Math.max(6, cells - count.length - 3);
	return (
		<Box height={1} flexShrink={0}>
			<Styled tone="key">/ </Styled>
			{typing ? (
				<TextField line={line} width={room} masked={false} placeholder="name, tag:x, provider:aws, expires:<30d" />
			) : (
				<Styled tone="accent">{fit(visible(beginning(lineText(line), room)), room)}</Styled>
			)}
			<Styled tone="dim">{` ${count}`}</Styled>
		</Box>
	);
}

function NoMatch({
	query,
	hint,
	cells,
}: {
	readonly query: string;
	readonly hint: string | undefined;
	readonly cells: number;
}) {
	return (
		<Box flexDirection="column" paddingY={1}>
			<Paragraph width={cells} tone="title">{`Nothing matches “${visible(shortened(query, 200))}”.`}</Paragraph>
			{hint === undefined ? null : <Paragraph width={cells}>{visible(hint)}</Paragraph>}
			<Box height={1} />
			<Paragraph width={cells} tone="dim">
				esc shows all again
			</Paragraph>
		</Box>
	);
}

function Empty({cells, deleted}: {readonly cells: number; readonly deleted: number}) {
	return (
		<Box flexDirection="column" paddingX={1} paddingY={1}>
			<Styled tone="title">{deleted === 0 ? 'No credentials yet' : 'No credentials'}</Styled>
			<Box height={1} />
			{deleted === 0 ? null : <Paragraph width={cells - 2}>{`T shows the ${grouped(deleted)} in the trash`}</Paragraph>}
			<Paragraph width={cells - 2}>i finds those on this machine</Paragraph>
			<Paragraph width={cells - 2}>n makes one: typed in, or from a file</Paragraph>
			<Box height={1} />
			<Paragraph width={cells - 2} tone="dim">
				Everything here is encrypted.
			</Paragraph>
		</Box>
	);
}
