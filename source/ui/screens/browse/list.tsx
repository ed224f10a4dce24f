import {Box, Text} from 'ink';
import {memo} from 'react';
import {headRows, listHeight, showsFilter} from '../../../app/core/credential-list.js';
import type {Sort, State} from '../../../app/core/state.js';
import {type Line, lineText} from '../../../app/input/line-editor.js';
import {type Layout, moreBelow} from '../../../app/layout/layout.js';
import {runs} from '../../../app/layout/runs.js';
import {beginning, fit, shortened} from '../../../app/layout/text.js';
import {paneFrame} from '../../../app/screens/browse/detail-rows.js';
import {listColumns} from '../../../app/screens/browse/list-columns.js';
import {careOf} from '../../../credentials/care.js';
import {expiryOf} from '../../../credentials/expiry.js';
import type {LastUses} from '../../../credentials/last-use.js';
import {noMatchHint} from '../../../credentials/no-match.js';
import {publicId} from '../../../credentials/public-id.js';
import {marksOf} from '../../../credentials/query.js';
import type {Credential} from '../../../domain/credential.js';
import {shortId} from '../../../domain/mask.js';
import {shortAge} from '../../../domain/time.js';
import {grouped} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import {Pane} from '../../components/pane.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TableHead} from '../../components/table.js';
import {TextField} from '../../components/text-field.js';
import {useGlyphs, useTones} from '../../theme.js';

/** The most urgent notice, and whether there are more. */
function badge(care: readonly {readonly badge: string}[]): string {
	const [first, ...more] = care;
	return first === undefined ? '' : `${first.badge}${more.length > 0 ? ' +' : ''}`;
}

type RowProps = {
	readonly credential: Credential;
	/** All credentials: a notice about one may refer to another. */
	readonly credentials: readonly Credential[];
	readonly selected: boolean;
	readonly marked: boolean;
	/** Whether the list has the keyboard. */
	readonly active: boolean;
	readonly uses: LastUses;
	/** By expiry, every one is shown, even those that need no attention yet. */
	readonly sort: Sort;
	readonly cells: number;
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
	const shown = fit(visible(text), cells);
	// Escaping moves the letters, so the positions of matches no longer apply.
	if (marks.size === 0 || visible(text) !== text) return <>{glyphs.text(shown)}</>;
	return (
		<>
			{runs(shown, marks).map(({text: run, found: isFound}, index) =>
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
	sort,
	cells,
	query,
	minute,
}: RowProps) {
	const {cursor, dirty, text: shown} = useGlyphs();
	const tones = useTones();
	const columns = listColumns(cells, sort);
	const now = new Date(minute * 60_000);
	const care = columns.care > 0 ? badge(careOf(credential, credentials, now, uses)) : '';
	const expires = sort === 'expiry' ? (expiryOf(credential, now)?.text ?? '') : '';
	const used = uses.byId.get(credential.id)?.at;
	const selectedTone = active ? tones.selected : tones.title;
	const marks = marksOf(credential, query);
	return (
		<Text {...(selected ? selectedTone : tones.plain)} wrap="truncate">
			{`${selected ? cursor : ' '}${marked ? dirty : ' '}`}
			<Marked text={credential.name} cells={columns.name} marks={marks.name} selected={selected && active} />
			{columns.provider > 0 ? ' ' : ''}
			{columns.provider > 0 ? (
				<Marked
					text={credential.provider}
					cells={columns.provider}
					marks={marks.provider}
					selected={selected && active}
				/>
			) : (
				''
			)}
			{columns.id > 0 ? shown(` ${fit(shortId(visible(publicId(credential))), columns.id)}`) : ''}
			{columns.age > 0 ? shown(` ${fit(shortAge(credential.created, now), columns.age)}`) : ''}
			{columns.used > 0 ? shown(` ${fit(used === undefined ? '' : shortAge(used, now), columns.used)}`) : ''}
			{columns.care > 0 ? (
				<Text {...(selected || care === '' ? {} : tones.warning)}>
					{shown(` ${fit(care || expires, columns.care)}`)}
				</Text>
			) : (
				''
			)}
		</Text>
	);
});

const sortTitles: Readonly<Record<Sort, string>> = {
	name: '',
	provider: ' · by provider',
	age: ' · newest first',
	expiry: ' · by expiry',
	use: ' · by last use',
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
	const {credentials, found, top, selected, now, screen} = state;
	const cells = layout.listWidth - paneFrame;
	const query = lineText(state.filter);
	const height = listHeight(state);
	const filtering = screen.kind === 'list' && screen.filtering;
	return (
		<Pane
			title={`Credentials ${grouped(credentials.length)}${sortTitles[state.sort]}${state.marks.size > 0 ? ` · ${grouped(state.marks.size)} marked` : ''}${moreBelow(top, height, found.length)}`}
			width={layout.listWidth}
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
				<NoMatch query={query} hint={noMatchHint(credentials, query, new Date(now))} cells={cells} />
			) : null}
			{headRows(state) > 0 ? <Heads cells={cells} sort={state.sort} /> : null}
			{found.slice(top, top + height).map(credential => (
				<Row
					key={credential.id}
					credential={credential}
					credentials={credentials}
					selected={credential.id === selected}
					marked={state.marks.has(credential.id)}
					active={active}
					uses={state.uses}
					sort={state.sort}
					cells={cells}
					query={query}
					minute={Math.floor(now / 60_000)}
				/>
			))}
		</Pane>
	);
}

function Heads({cells, sort}: {readonly cells: number; readonly sort: Sort}) {
	const {name, provider, id, age: dated, used, care} = listColumns(cells, sort);
	return (
		<TableHead
			columns={[
				{title: 'name', cells: name},
				{title: 'provider', cells: provider},
				{title: 'id', cells: id},
				{title: 'age', cells: dated},
				{title: 'used', cells: used},
				{title: 'care', cells: care},
			]}
		/>
	);
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
			{deleted === 0 ? null : <Paragraph width={cells - 2}>{`T shows the ${deleted} in the trash`}</Paragraph>}
			<Paragraph width={cells - 2}>i looks for those on this machine</Paragraph>
			<Paragraph width={cells - 2}>n makes one: typed in, or from a file</Paragraph>
			<Box height={1} />
			<Paragraph width={cells - 2} tone="dim">
				All is encrypted on this machine.
			</Paragraph>
		</Box>
	);
}
