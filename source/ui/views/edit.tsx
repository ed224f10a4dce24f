import {Box} from 'ink';
import {type DraftField, fieldFor, fieldValue, isDirty} from '../../app/draft.js';
import {type Layout, scrollTo} from '../../app/layout.js';
import type {EditScreen, State} from '../../app/state.js';
import {fit, width as textWidth} from '../../app/text.js';
import {maskWidth} from '../../domain/mask.js';
import {visible} from '../../domain/visible.js';
import {providerOf} from '../../providers/catalog.js';
import type {Provider} from '../../providers/provider.js';
import {Labelled} from '../components/labelled.js';
import {Pane} from '../components/pane.js';
import {Spinner} from '../components/spinner.js';
import {Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

/** Rows under the fields: a gap, help, a problem. */
const rowsBelow = 3;

type Props = {readonly state: State; readonly screen: EditScreen; readonly layout: Layout};

export function EditView({state, screen, layout}: Props) {
	const {failed, warning, cursor} = useGlyphs();
	const provider = providerOf(screen.basis.provider);
	const width = layout.columns - 4;
	const labels = screen.fields.map(field => textWidth(visible(fieldFor(provider, field).label)));
	const labelWidth = Math.min(20, Math.max(8, ...labels));
	const room = Math.max(1, layout.paneHeight - rowsBelow - (screen.adding === undefined ? 1 : 2));
	const top = scrollTo(screen.focus, 0, room, screen.fields.length);
	const changes = screen.fields.filter(isDirty).length;
	const focused = screen.fields[screen.focus];
	const help = focused === undefined ? '' : helpFor(provider, focused, screen.shown);
	const problem = screen.problem;
	return (
		<Pane
			title={`${visible(screen.basis.name)} · editing${changes === 0 ? '' : ` · ${changes} changed`}`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			<Labelled label={fit('provider', labelWidth)} labelWidth={labelWidth}>
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
				<Labelled label={fit('new field', labelWidth)} labelWidth={labelWidth} sign={cursor}>
					<TextField
						line={screen.adding}
						width={Math.max(8, width - labelWidth - 4)}
						masked={false}
						placeholder="its name"
					/>
				</Labelled>
			)}
			<Box height={1} flexShrink={0} />
			<Box height={1} flexShrink={0}>
				{screen.busy ? (
					<Spinner now={state.now} text="Saving" />
				) : (
					<Styled tone="dim">{`  ${fit(help, width - 2)}`}</Styled>
				)}
			</Box>
			<Box height={1} flexShrink={0}>
				{problem === undefined ? null : (
					<Styled
						tone={problem.severity === 'odd' ? 'warning' : 'danger'}
					>{`${problem.severity === 'odd' ? warning : failed} ${visible(problem.text)}`}</Styled>
				)}
			</Box>
		</Pane>
	);
}

function helpFor(provider: Provider, draft: DraftField, shown: boolean): string {
	const field = fieldFor(provider, draft);
	if (field.secret && draft.untouched && !shown && fieldValue(draft) !== '')
		return 'what you type or paste takes the place of the hidden value; ctrl+r shows it';
	return field.required ? field.help : `${field.help}; empty removes it`;
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
	const {mask, dirty, cursor} = useGlyphs();
	const field = fieldFor(provider, draft);
	const value = fieldValue(draft);
	const room = Math.max(8, width - labelWidth - 4);
	const hidden = field.secret && !(focused && shown);
	const sign = isDirty(draft) ? dirty : focused ? cursor : ' ';
	return (
		<Labelled label={fit(visible(field.label), labelWidth)} labelWidth={labelWidth} sign={sign}>
			{focused && !(hidden && draft.untouched) ? (
				<TextField
					line={draft.line}
					width={room}
					masked={hidden}
					placeholder={field.required ? 'required' : 'not set'}
				/>
			) : (
				<Resting value={value} hidden={hidden} changed={isDirty(draft)} focused={focused} mask={mask} room={room} />
			)}
		</Labelled>
	);
}

function Resting({
	value,
	hidden,
	changed,
	focused,
	mask,
	room,
}: {
	readonly value: string;
	readonly hidden: boolean;
	readonly changed: boolean;
	readonly focused: boolean;
	readonly mask: string;
	readonly room: number;
}) {
	if (value === '') return <Styled tone="dim">{changed ? 'removed' : 'not set'}</Styled>;
	const text = hidden
		? mask.repeat(Math.min(maskWidth, room))
		: fit(visible(value), Math.min(room, textWidth(visible(value))));
	return (
		<Box>
			<Styled tone={focused ? 'selected' : 'plain'}>{text}</Styled>
			{hidden && changed ? <Styled tone="dim">{'  changed'}</Styled> : null}
		</Box>
	);
}
