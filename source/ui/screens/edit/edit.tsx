import {Box} from 'ink';
import {type DraftField, draftData, fieldNameRule, fieldValue, isDirty} from '../../../app/core/draft-fields.js';
import type {State} from '../../../app/core/state.js';
import {scrollTo} from '../../../app/layout/layout.js';
import {paneFrame} from '../../../app/layout/panes.js';
import {shownCount} from '../../../app/layout/shown-rows.js';
import {beginning, width as cellsOf, cut, wrap} from '../../../app/layout/text.js';
import {formCells} from '../../../app/screens/edit/edit-cells.js';
import {changedRows, type EditRow, type EditScreen, editRows, rowHelp} from '../../../app/screens/edit/edit-screen.js';
import {wizardOf} from '../../../app/screens/wizard/review.js';
import {sourceText, stageOf} from '../../../app/screens/wizard/wizard-answers.js';
import {workText} from '../../../app/session/under-way.js';
import {checkData} from '../../../credentials/check.js';
import {maskWidth} from '../../../domain/mask.js';
import {providerOf} from '../../../providers/catalog.js';
import type {Field} from '../../../providers/provider.js';
import {visible} from '../../../text/visible.js';
import {Gap} from '../../components/dialog.js';
import {Labelled} from '../../components/labelled.js';
import {Pane} from '../../components/pane.js';
import {ProblemLines, problemText} from '../../components/problem-lines.js';
import {Spinner} from '../../components/spinner.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextArea} from '../../components/text-area.js';
import {TextField} from '../../components/text-field.js';
import {useGlyphs} from '../../theme.js';
import {Stages} from '../wizard/stages.js';

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
	const wizard = wizardOf(screen);
	const fresh = wizard !== undefined;
	const hint = adding
		? fieldNameRule
		: focused === undefined
			? ''
			: rowHelp(focused, screen.shown, new Date(state.now), fresh);
	const help = screen.problem === undefined ? hint : '';
	const below =
		(help === '' ? 0 : wrap(help, width).length) +
		(screen.problem === undefined ? 0 : wrap(`! ${problemText(screen.problem)}`, width).length);
	// The wizard's stages, a gap and where the fields are from stand above a new credential.
	const head = fresh ? (height < 14 ? 1 : 3) : 0;
	const room = Math.max(1, height - 2 - 2 - head - below - (adding ? 1 : 0));
	const lines = focused !== undefined && isOverLines(focused) ? shownCount(focused.draft.line, values, room) : 1;
	const area = Math.max(1, Math.min(Math.max(noteRows, room - rows.length + 1), lines, room));
	const visibleRows = Math.max(1, room - area + 1);
	const top = scrollTo(screen.focus, 0, visibleRows, rows.length);
	const more = rows.length - top - visibleRows;
	const changes = changedRows(screen);
	const odd = new Set(fresh ? checkData(provider, draftData(provider, screen.fields)).map(({field}) => field) : []);
	return (
		<Pane
			title={
				fresh
					? 'New credential'
					: `${visible(screen.basis.name)} · editing${changes === 0 ? '' : ` · ${changes} changed`}`
			}
			width={outerWidth}
			height={height}
			active
		>
			{fresh ? <Stages stage={stageOf.review} width={width} /> : null}
			<Gap compact={head < 3} />
			<Labelled label="provider" labelWidth={labelWidth}>
				<Styled tone="dim">{cut(`${visible(provider.title)}${fresh ? '' : ' (fixed)'}`, values)}</Styled>
			</Labelled>
			{head < 3 || wizard === undefined ? null : (
				<Labelled label="from" labelWidth={labelWidth}>
					<Styled tone="dim">{cut(visible(sourceText(wizard)), values)}</Styled>
				</Labelled>
			)}
			{rows.slice(top, top + visibleRows).map((row, index) => (
				<FieldRow
					key={`${row.about} ${row.draft.key}`}
					row={row}
					focused={top + index === screen.focus && !adding && !screen.busy}
					shown={screen.shown}
					room={values}
					labelWidth={labelWidth}
					area={area}
					odd={odd.has(row.draft.key) && !row.about}
					fresh={fresh}
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
	/** Its value has an unusual format. */
	readonly odd: boolean;
	/** It belongs to a new credential, where everything is. */
	readonly fresh: boolean;
};

function FieldRow({row, focused, shown, room, labelWidth, area, odd, fresh}: FieldRowProps) {
	const {dirty, cursor, warning} = useGlyphs();
	const {draft, field} = row;
	const hidden = field.secret && !((focused || fresh) && shown);
	const over = focused && isOverLines(row);
	const sign = fresh ? (odd ? warning : '') : isDirty(draft) ? dirty : '';
	const signs = `${focused ? cursor : ' '}${sign}`;
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
				<Resting draft={draft} field={field} hidden={hidden} focused={focused} room={room} fresh={fresh} />
			)}
		</Labelled>
	);
}

function changeText(draft: DraftField): string {
	if (!isDirty(draft)) return '';
	return draft.original === '' ? 'new' : 'changed';
}

type RestingProps = {
	readonly draft: DraftField;
	readonly field: Field;
	readonly hidden: boolean;
	readonly focused: boolean;
	readonly room: number;
	readonly fresh: boolean;
};

/** A field without the keyboard: its value or a mask, and whether it changed. */
function Resting({draft, field, hidden, focused, room, fresh}: RestingProps) {
	const {mask} = useGlyphs();
	const value = fieldValue(draft);
	if (value === '') {
		if (field.required) return <Styled tone="danger">empty, and required</Styled>;
		return <Styled tone="dim">{draft.original === '' ? 'not set' : 'removed'}</Styled>;
	}
	// Shows the first of several lines.
	const line = value.includes('\n') && !field.secret ? `${value.slice(0, value.indexOf('\n'))} …` : value;
	const text = hidden ? mask.repeat(Math.min(maskWidth, room)) : cut(visible(beginning(line, room)), room);
	const told = fresh
		? draft.origin === undefined
			? ''
			: `from ${visible(draft.origin)}`
		: hidden
			? changeText(draft)
			: '';
	const left = room - cellsOf(text) - 2;
	return (
		<Box>
			<Styled tone={focused ? 'selected' : 'plain'}>{text}</Styled>
			{told === '' || left < Math.min(7, told.length) ? null : <Styled tone="dim">{`  ${cut(told, left)}`}</Styled>}
		</Box>
	);
}
