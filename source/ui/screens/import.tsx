import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {columnOf, tableColumns} from '../../app/layout/table-columns.js';
import {width as cellsOf, fit, fitEnds, wrap} from '../../app/layout/text.js';
import {type ImportLine, importLines} from '../../app/screens/import/import-lines.js';
import {foundIn, nothingNew, tickedRows} from '../../app/screens/import/import-rows.js';
import type {ImportScreen} from '../../app/screens/import/import-screen.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {Pane} from '../components/pane.js';
import {PathNames} from '../components/path-names.js';
import {ProblemLines} from '../components/problem-lines.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {type Column, TableHead, TableRow} from '../components/table.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

type Props = {readonly state: State; readonly screen: ImportScreen; readonly layout: Layout};

/** Most rows for details of the selected line. */
const aboutRows = 4;

/** Rows for a question: its title, the answer, and a problem of two lines. */
const askingRows = 4;

/** Fewest list lines shown. */
const fewest = 3;

/** Asks for a name or a path, in place of the line's details. */
function Asking({
	asking,
	of,
	width,
}: {
	readonly asking: NonNullable<ImportScreen['asking']>;
	readonly of: string;
	readonly width: number;
}) {
	const {cursor} = useGlyphs();
	const title = asking.what === 'name' ? fit(`What should ${of} be called?`, width) : 'Which file or directory?';
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="title">{title}</Styled>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				<TextField line={asking.line} width={Math.max(8, width - 2)} masked={false} placeholder="" />
			</Box>
			<PathNames line={asking.line} completion={asking.completion} width={width} rows={2} />
			<ProblemLines
				problem={asking.problem === undefined ? undefined : {severity: 'wrong', text: visible(asking.problem)}}
				width={width}
			/>
		</Box>
	);
}

function Nothing({screen, width}: {readonly screen: ImportScreen; readonly width: number}) {
	const {paths, problem} = screen;
	if (problem !== undefined) return <ProblemLines problem={{severity: 'wrong', text: problem}} width={width} />;
	const where =
		paths.length === 0 ? ' in the environment or in the files of known tools' : ` in ${visible(paths.join(', '))}`;
	return (
		<Paragraph width={width}>
			{`Nothing was found${where}. o looks in another file or directory, n in the list makes a new one.`}
		</Paragraph>
	);
}

/** The fewest cells of a name, an id and a path, and of a state: those of "in the vault". */
const [leastName, leastId, leastWhere, shortState] = [10, 9, 30, 12];

/** Cells of what shows whether a find is ticked. */
const tickCells = 3;

/** Shares the room out: by what the columns hold, and names of finds are cut after long states. */
function nameAndState(lines: readonly ImportLine[], room: number): readonly [name: number, state: number] {
	const {state, name: all, find} = widest(lines);
	const name = Math.max(
		Math.min(leastName, all),
		Math.min(all, room - state),
		Math.min(find, room - Math.min(shortState, state)),
	);
	return [name, Math.max('state'.length, room - name)];
}

/** The widest texts of the lines; of names, also the widest of a find. */
function widest(lines: readonly ImportLine[]): {readonly name: number; readonly find: number; readonly state: number} {
	const longest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, cellsOf(text)), 0);
	return {
		name: longest(['name', ...lines.map(line => line.name)]),
		find: longest(lines.flatMap(line => (line.ticked === undefined ? [] : line.name))),
		state: longest(['state', ...lines.map(line => line.state)]),
	};
}

/** The columns: where they do not fit as wide as what they hold, paths are left out, and then ids are cut. */
function columnsOf(lines: readonly ImportLine[], cells: number): readonly Column[] {
	const {name, find, state} = widest(lines);
	// The tick, the name and the state, which share their room as they do.
	const whole = tickCells + name + state + 2;
	const least = Math.min(whole, tickCells + Math.max(leastName, find) + Math.min(shortState, state) + 2);
	const [provider, id] = [
		columnOf('provider', lines, line => line.provider, {rank: 1}),
		columnOf('id', lines, line => line.id, {rank: 2, least: leastId}),
	];
	const where = columnOf('where', lines, line => line.where, {rank: 3, least: leastWhere});
	const main = {title: 'name', whole, rank: 0};
	const roomy = tableColumns([provider, {...id, least: id.whole}, {...main, least: whole}, where], cells);
	const fits = roomy.every(column => column.cells > 0);
	const [providerCells = 0, idCells = 0, mainCells = 0, whereCells = 0] = (
		fits ? roomy : tableColumns([provider, id, {...main, least}], cells)
	).map(column => column.cells);
	const [nameCells, stateCells] = nameAndState(lines, mainCells - tickCells - 2);
	return [
		{title: '', cells: tickCells},
		{title: 'name', cells: nameCells},
		{title: 'provider', cells: providerCells},
		{title: 'id', cells: idCells},
		{title: 'state', cells: stateCells},
		{title: 'where', cells: whereCells},
	];
}

/** Credentials found on this machine, selected or not, with details of the current one. */
export function ImportView({state: app, screen, layout}: Props) {
	const width = layout.columns - 4;
	if (screen.rows === undefined) {
		return (
			<Pane title="On this machine" width={layout.columns} height={layout.bodyHeight} active>
				<Spinner now={app.now} text="Looking around" />
			</Pane>
		);
	}
	const lines = importLines(screen);
	const columns = columnsOf(lines, width);
	const [, nameCells = 0, , idCells = 0] = columns.map(({cells}) => cells);
	const choice = Math.min(screen.choice, lines.length - 1);
	const chosen = lines[choice];
	const about = chosen === undefined ? [] : wrap(chosen.about, width).slice(0, aboutRows);
	const room = layout.paneHeight - 1;
	// A small window keeps some lines to choose from before the empty row and the last sentences.
	const least = screen.asking === undefined ? Math.min(fewest, lines.length) : 1;
	const height = Math.max(least, room - 1 - (screen.asking === undefined ? about.length : askingRows));
	const below = about.slice(0, room - height);
	const top = scrollTo(choice, 0, height, lines.length);
	const ticked = tickedRows(screen).length;
	const known = nothingNew(screen);
	const news = ticked > 0 ? ` · ${ticked} to keep` : known === undefined ? '' : ` · ${known}`;
	return (
		<Pane
			title={`${foundIn(screen)} ${grouped(lines.length)}${news}${moreBelow(top, height, lines.length)}`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{lines.length > 0 ? (
				<TableHead columns={columns} />
			) : screen.asking === undefined ? (
				<Nothing screen={screen} width={width} />
			) : null}
			{lines.slice(top, top + height).map((line, index) => (
				<TableRow
					key={`${top + index}`}
					columns={columns}
					selected={top + index === choice}
					texts={[
						line.ticked === undefined ? '' : line.ticked ? '[x]' : '[ ]',
						line.ticked === undefined ? line.name : fitEnds(line.name, nameCells),
						line.provider,
						fitEnds(line.id, idCells),
						line.state,
						line.where,
					]}
				/>
			))}
			<Box flexGrow={1} />
			{screen.asking === undefined ? (
				below.map((row, index) => (
					<Styled key={index} tone="dim">
						{row}
					</Styled>
				))
			) : (
				<Asking asking={screen.asking} of={chosen?.name ?? ''} width={width} />
			)}
		</Pane>
	);
}
