import {Box} from 'ink';
import {paneFrame} from '../../app/detail.js';
import {type DraftField, fieldFor, fieldValue, isDirty} from '../../app/draft.js';
import {scrollTo} from '../../app/layout.js';
import {keyRule} from '../../app/modes/edit.js';
import type {EditScreen, State} from '../../app/state.js';
import {fit, width as textWidth, wrap} from '../../app/text.js';
import {maskWidth} from '../../domain/mask.js';
import {visible} from '../../domain/visible.js';
import {providerOf} from '../../providers/catalog.js';
import type {Field, Provider} from '../../providers/provider.js';
import {Labelled, labelledFrame} from '../components/labelled.js';
import {Pane} from '../components/pane.js';
import {ProblemLines} from '../components/problem-lines.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

type Props = {
	readonly state: State;
	readonly screen: EditScreen;
	/** Outer size in cells. */
	readonly width: number;
	readonly height: number;
};

/** The detail with its values as fields, where they stand. */
export function EditView({state, screen, width: outerWidth, height}: Props) {
	const {cursor} = useGlyphs();
	const provider = providerOf(screen.basis.provider);
	const width = outerWidth - paneFrame;
	const labels = screen.fields.map(field => textWidth(visible(fieldFor(provider, field).label)));
	const labelWidth = Math.min(20, Math.max(8, ...labels));
	const focused = screen.fields[screen.focus];
	const help =
		screen.adding !== undefined ? keyRule : focused === undefined ? '' : helpFor(provider, focused, screen.shown);
	const below =
		wrap(help, width).length + (screen.problem === undefined ? 0 : wrap(`! ${screen.problem.text}`, width).length);
	const room = Math.max(1, height - 2 - 2 - below - (screen.adding === undefined ? 0 : 1));
	const top = scrollTo(screen.focus, 0, room, screen.fields.length);
	const more = screen.fields.length - top - room;
	const changes = screen.fields.filter(isDirty).length;
	return (
		<Pane
			title={`${visible(screen.basis.name)} · editing${changes === 0 ? '' : ` · ${changes} changed`}`}
			width={outerWidth}
			height={height}
			active
		>
			<Labelled label="provider" labelWidth={labelWidth}>
				<Styled tone="dim">{`${visible(provider.title)} (fixed)`}</Styled>
			</Labelled>
			{screen.fields.slice(top, top + room).map((field, index) => (
				<FieldRow
					key={field.key}
					provider={provider}
					field={field}
					focused={top + index === screen.focus && screen.adding === undefined && !screen.busy}
					shown={screen.shown}
					width={width}
					labelWidth={labelWidth}
				/>
			))}
			{screen.adding === undefined ? null : (
				<Labelled label="new field" labelWidth={labelWidth} signs={cursor}>
					<TextField
						line={screen.adding}
						width={Math.max(8, width - labelWidth - labelledFrame)}
						masked={false}
						placeholder="its name"
					/>
				</Labelled>
			)}
			<Styled tone="dim">{more > 0 ? `   ↓ ${more} more` : ' '}</Styled>
			{screen.busy ? (
				<Spinner now={state.now} text="Saving" />
			) : (
				<Paragraph width={width} tone="dim">
					{help}
				</Paragraph>
			)}
			<ProblemLines problem={screen.problem} width={width} />
		</Pane>
	);
}

function helpFor(provider: Provider, draft: DraftField, shown: boolean): string {
	const field = fieldFor(provider, draft);
	if (field.secret && draft.untouched && !shown && fieldValue(draft) !== '')
		return 'what you type or paste takes the place of the hidden value; ctrl+r shows it';
	const empty = field.required ? '' : '; empty removes it';
	const back = isDirty(draft) ? '; ctrl+o puts it back' : '';
	return `${field.help}${empty}${back}`;
}

type FieldRowProps = {
	readonly provider: Provider;
	readonly field: DraftField;
	readonly focused: boolean;
	readonly shown: boolean;
	readonly width: number;
	readonly labelWidth: number;
};

function FieldRow({provider, field: draft, focused, shown, width, labelWidth}: FieldRowProps) {
	const {dirty, cursor} = useGlyphs();
	const field = fieldFor(provider, draft);
	const room = Math.max(8, width - labelWidth - labelledFrame);
	const hidden = field.secret && !(focused && shown);
	const signs = `${focused ? cursor : ' '}${isDirty(draft) ? dirty : ''}`;
	return (
		<Labelled label={visible(field.label)} labelWidth={labelWidth} signs={signs}>
			{focused && !(hidden && draft.untouched) ? (
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

/** A field that is not typed into: its value or a mask, and what has become of it. */
function Resting({draft, field, hidden, focused, room}: RestingProps) {
	const {mask} = useGlyphs();
	const value = fieldValue(draft);
	if (value === '') {
		if (field.required) return <Styled tone="danger">empty, and required</Styled>;
		return <Styled tone="dim">{draft.original === '' ? 'not set' : 'removed'}</Styled>;
	}
	const text = hidden
		? mask.repeat(Math.min(maskWidth, room))
		: fit(visible(value), Math.min(room, textWidth(visible(value))));
	return (
		<Box>
			<Styled tone={focused ? 'selected' : 'plain'}>{text}</Styled>
			{hidden && isDirty(draft) ? <Styled tone="dim">{draft.original === '' ? '  new' : '  changed'}</Styled> : null}
		</Box>
	);
}
