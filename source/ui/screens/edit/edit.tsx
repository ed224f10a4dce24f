import {Box} from 'ink';
import {type DraftField, fieldNameRule, fieldValue, isDirty} from '../../../app/core/draft-fields.js';
import type {State} from '../../../app/core/state.js';
import {scrollTo} from '../../../app/layout/layout.js';
import {paneFrame} from '../../../app/layout/panes.js';
import {shownCount} from '../../../app/layout/shown-rows.js';
import {beginning, cut, wrap} from '../../../app/layout/text.js';
import {formCells} from '../../../app/screens/edit/edit-cells.js';
import {changedRows, type EditRow, type EditScreen, editRows, rowHelp} from '../../../app/screens/edit/edit-screen.js';
import {workText} from '../../../app/session/under-way.js';
import {maskWidth} from '../../../domain/mask.js';
import {providerOf} from '../../../providers/catalog.js';
import type {Field} from '../../../providers/provider.js';
import {visible} from '../../../text/visible.js';
import {Labelled} from '../../components/labelled.js';
import {Pane} from '../../components/pane.js';
import {ProblemLines, problemText} from '../../components/problem-lines.js';
import {Spinner} from '../../components/spinner.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextArea} from '../../components/text-area.js';
import {TextField} from '../../components/text-field.js';
import {useGlyphs} from '../../theme.js';

type Props = {
	readonly state: State;
	readonly screen: EditScreen;
	/** Outer size in cells. */
	readonly width: number;
	readonly height: number;
};

/** Rows for the note while it is edited, if the others leave no more. */
const noteRows = 6;

/** The detail with its values as fields in place. */
export function EditView({state, screen, width: outerWidth, height}: Props) {
	const {cursor} = useGlyphs();
	const provider = providerOf(screen.basis.provider);
	const width = outerWidth - paneFrame;
	const rows = editRows(screen);
	const adding = screen.adding !== undefined;
	const {labels: labelWidth, values} = formCells(screen, outerWidth);
	const focused = rows[screen.focus];
	// A problem's lines replace the help.
	const hint = adding
		? fieldNameRule
		: focused === undefined
			? ''
			: rowHelp(focused, screen.shown, new Date(state.now));
	const help = screen.problem === undefined ? hint : '';
	const below =
		(help === '' ? 0 : wrap(help, width).length) +
		(screen.problem === undefined ? 0 : wrap(`! ${problemText(screen.problem)}`, width).length);
	const room = Math.max(1, height - 2 - 2 - below - (adding ? 1 : 0));
	const lines = focused !== undefined && isOverLines(focused) ? shownCount(focused.draft.line, values, room) : 1;
	const area = Math.max(1, Math.min(Math.max(noteRows, room - rows.length + 1), lines, room));
	const visibleRows = Math.max(1, room - area + 1);
	const top = scrollTo(screen.focus, 0, visibleRows, rows.length);
	const more = rows.length - top - visibleRows;
	const changes = changedRows(screen);
	return (
		<Pane
			title={`${visible(screen.basis.name)} · editing${changes === 0 ? '' : ` · ${changes} changed`}`}
			width={outerWidth}
			height={height}
			active
		>
			<Labelled label="provider" labelWidth={labelWidth}>
				<Styled tone="dim">{cut(`${visible(provider.title)} (fixed)`, values)}</Styled>
			</Labelled>
			{rows.slice(top, top + visibleRows).map((row, index) => (
				<FieldRow
					key={`${row.about} ${row.draft.key}`}
					row={row}
					focused={top + index === screen.focus && !adding && !screen.busy}
					shown={screen.shown}
					room={values}
					labelWidth={labelWidth}
					area={area}
				/>
			))}
			{screen.adding === undefined ? null : (
				<Labelled label="new field" labelWidth={labelWidth} signs={cursor}>
					<TextField line={screen.adding} width={values} masked={false} placeholder="its name" />
				</Labelled>
			)}
			<Styled tone="dim">{more > 0 ? `   ↓ ${more} more` : ' '}</Styled>
			{screen.busy ? (
				<Spinner now={state.now} text={workText(state) ?? 'Saving'} />
			) : help === '' ? null : (
				<Paragraph width={width} tone="dim">
					{help}
				</Paragraph>
			)}
			<ProblemLines problem={screen.problem} width={width} />
		</Pane>
	);
}

function isOverLines({about, field}: EditRow): boolean {
	return about && field.multiline === true;
}

type FieldRowProps = {
	readonly row: EditRow;
	readonly focused: boolean;
	readonly shown: boolean;
	/** Cells for the value. */
	readonly room: number;
	readonly labelWidth: number;
	/** Rows for a multi-line text that has the keyboard. */
	readonly area: number;
};

function FieldRow({row, focused, shown, room, labelWidth, area}: FieldRowProps) {
	const {dirty, cursor} = useGlyphs();
	const {draft, field} = row;
	const hidden = field.secret && !(focused && shown);
	const over = focused && isOverLines(row);
	const signs = `${focused ? cursor : ' '}${isDirty(draft) ? dirty : ''}`;
	return (
		<Labelled label={visible(field.label)} labelWidth={labelWidth} signs={signs} rows={over ? area : 1}>
			{over ? (
				<TextArea line={draft.line} width={room} height={area} />
			) : focused && !(hidden && draft.untouched) ? (
				<TextField
					line={draft.line}
					width={room}
					masked={hidden}
					placeholder={field.required ? 'required' : 'not set'}
				/>
			) : (
				<Resting draft={draft} field={field} hidden={hidden} focused={focused} room={room} />
			)}
		</Labelled>
	);
}

type RestingProps = {
	readonly draft: DraftField;
	readonly field: Field;
	readonly hidden: boolean;
	readonly focused: boolean;
	readonly room: number;
};

/** A field without the keyboard: its value or a mask, and whether it changed. */
function Resting({draft, field, hidden, focused, room}: RestingProps) {
	const {mask} = useGlyphs();
	const value = fieldValue(draft);
	if (value === '') {
		if (field.required) return <Styled tone="danger">empty, and required</Styled>;
		return <Styled tone="dim">{draft.original === '' ? 'not set' : 'removed'}</Styled>;
	}
	// Shows the first of several lines.
	const line = value.includes('\n') && !field.secret ? `${value.slice(0, value.indexOf('\n'))} …` : value;
	const text = hidden ? mask.repeat(Math.min(maskWidth, room)) : cut(visible(beginning(line, room)), room);
	return (
		<Box>
			<Styled tone={focused ? 'selected' : 'plain'}>{text}</Styled>
			{hidden && isDirty(draft) && room >= maskWidth + 9 ? (
				<Styled tone="dim">{draft.original === '' ? '  new' : '  changed'}</Styled>
			) : null}
		</Box>
	);
}
