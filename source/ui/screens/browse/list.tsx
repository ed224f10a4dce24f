import {Box, Text} from 'ink';
import {memo, useMemo} from 'react';
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
import type {Exposures} from '../../../domain/team.js';
import {shortAge} from '../../../domain/time.js';
import type {UnderWayWorks} from '../../../domain/under-way-work.js';
import {grouped} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import {Pane} from '../../components/pane.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TableHead} from '../../components/table.js';
import {TextField} from '../../components/text-field.js';
import {type Tone, useGlyphs, useTones} from '../../theme.js';

/** What all rows of a list are drawn by. */
type Shared = {
	/** All credentials: a notice about one may refer to another. */
	readonly credentials: readonly Credential[];
	/** Whether the list has the keyboard. */
	readonly active: boolean;
	readonly uses: LastUses;
	readonly verdicts: Verdicts;
	readonly works: UnderWayWorks;
	readonly exposed: Exposures;
	readonly settings: Settings;
	readonly columns: Columns;
	/** The filter text whose matches are highlighted. */
	readonly query: string;
	/** Ages change only by the minute. */
	readonly minute: number;
};

type RowProps = {
	readonly credential: Credential;
	readonly selected: boolean;
	readonly marked: boolean;
	readonly shared: Shared;
};

/** A text of a row, and its tone where that is not the row's. */
type Part = {readonly text: string; readonly tone?: Tone | undefined};

/** A text in its cells, with matches highlighted in a way that needs no colour. */
function markedParts(text: string, cells: number, marks: ReadonlySet<number>, tone: Tone): readonly Part[] {
	const shown = fitEnds(visible(text), cells);
	// Escaping moves the letters, so the positions of matches no longer apply.
	if (marks.size === 0 || visible(text) !== text) return [{text: shown}];
	const marked = runs(shown, marksInEnds(text, cells, marks));
	return marked.map(({text, found}) => (found ? {text, tone} : {text}));
}

/** The parts with those of the row's own tone in one: each text of a row is looked at whenever the row changes. */
function joined(parts: readonly Part[]): readonly Part[] {
	const fewer: Part[] = [];
	for (const part of parts) {
		const last = fewer.at(-1);
		if (last === undefined || last.tone !== undefined || part.tone !== undefined) fewer.push(part);
		else fewer[fewer.length - 1] = {text: last.text + part.text};
	}
	return fewer;
}

const Row = memo(function Row({credential, selected, marked, shared}: RowProps) {
	const {active, uses, columns, query, minute} = shared;
	const {cursor, dirty, warning, text: shown} = useGlyphs();
	const tones = useTones();
	const now = new Date(minute * 60_000);
	const used = uses.byId.get(credential.id)?.at;
	const marks = marksOf(credential, query);
	const care = columns.care + columns.sign > 0 ? careCell(credential, shared, now) : undefined;
	const found = (text: string, cells: number, at: ReadonlySet<number>) =>
		markedParts(text, cells, at, selected && active ? 'found-selected' : 'found');
	const noticed = (text: string, cells: number): readonly Part[] => [
		{text: fit(text, cells), tone: selected || care?.urgent !== true ? undefined : 'warning'},
	];
	const plain = (text: string): readonly Part[] => [{text}];
	const cells: Readonly<Record<Column, (width: number) => readonly Part[]>> = {
		name: width => found(credential.name, width, marks.name),
		provider: width => found(credential.provider, width, marks.provider),
		id: width => plain(fitEnds(visible(publicId(credential)), width)),
		age: width => plain(fit(shortAge(credential.created, now), width)),
		used: width => plain(fit(used === undefined ? '' : shortAge(used, now), width)),
		care: width => noticed(care === undefined ? '' : care.text.length <= width ? care.text : care.brief, width),
		sign: width => noticed(care?.urgent === true ? warning : '', width),
		labels: width => plain(fit(visible(labelsText(credential)), width)),
	};
	const parts = shownColumns(columns).flatMap((column, index) => [
		...plain(index === 0 ? '' : ' '),
		...cells[column](columns[column]),
	]);
	return (
		<Text {...(selected ? (active ? tones.selected : tones.title) : tones.plain)} wrap="truncate">
			{joined([...plain(`${selected ? cursor : ' '}${marked ? dirty : ' '}`), ...parts]).map(({text, tone}, index) =>
				tone === undefined ? (
					shown(text)
				) : (
					<Text key={index} {...tones[tone]}>
						{shown(text)}
					</Text>
				),
			)}
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
	const {credentials, found, top, selected, now, screen, settings, uses, verdicts, works, exposed} = state;
	const {listWidth} = browsePanes(state);
	const cells = listWidth - paneFrame;
	const measures = measuresOf(state);
	const columns = useMemo(() => columnsFor(measures, settings, cells), [measures, settings, cells]);
	const query = lineText(state.filter);
	const minute = Math.floor(now / 60_000);
	const shared = useMemo(
		() => ({credentials, active, uses, verdicts, works, exposed, settings, columns, query, minute}),
		[credentials, active, uses, verdicts, works, exposed, settings, columns, query, minute],
	);
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
				<NoMatch query={query} hint={noMatchHint(credentials, query, new Date(now), verdicts)} cells={cells} />
			) : null}
			{headRows(state) > 0 ? <Heads columns={columns} sort={settings.sort} /> : null}
			{found.slice(top, top + height).map((credential, index) => (
				// Of a list that scrolls, the row that leaves becomes the one that enters.
				<Row
					key={(top + index) % height}
					credential={credential}
					selected={credential.id === selected}
					marked={state.marks.has(credential.id)}
					shared={shared}
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
				<TextField
					line={line}
					width={room}
					masked={false}
					placeholder="name, tag:x, provider:aws, expires:<30d, is:invalid"
				/>
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
