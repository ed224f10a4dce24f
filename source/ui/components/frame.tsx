import {Box, Text} from 'ink';
import {Fragment, type ReactNode} from 'react';
import type {Message, State} from '../../app/core/state.js';
import {saidTrouble} from '../../app/core/trouble.js';
import {footerItems} from '../../app/keyboard/footer.js';
import type {Layout} from '../../app/layout/layout.js';
import {fit, width as textWidth} from '../../app/layout/text.js';
import {leavesText, saysWork, workText} from '../../app/session/under-way.js';
import {visible} from '../../text/visible.js';
import {type Tone, useGlyphs} from '../theme.js';
import {Spinner} from './spinner.js';
import {Styled} from './styled.js';
import {Window} from './window.js';

/** Breadcrumbs on the left, counts and timers on the right. */
export function Header({
	root,
	place,
	right,
	columns,
}: {
	/** The program's name and how it was opened. */
	readonly root: string;
	readonly place: readonly string[];
	readonly right: string;
	readonly columns: number;
}) {
	const {crumb} = useGlyphs();
	const left = ` ${[root, ...place].map(visible).join(` ${crumb} `)}`;
	const room = Math.max(0, columns - textWidth(right) - 2);
	return (
		<Box height={1} flexShrink={0}>
			<Styled tone="title">{fit(left, room)}</Styled>
			<Styled tone="dim">{` ${right} `}</Styled>
		</Box>
	);
}

const messageTones: Readonly<Record<Message['kind'], Tone>> = {done: 'done', note: 'plain', error: 'danger'};

/** Shows a running effect unless the screen does, and that the app leaves after it; otherwise the message. */
function StatusLine({state, columns}: {readonly state: State; readonly columns: number}) {
	const work = saysWork(state) ? undefined : workText(state);
	const leaves = leavesText(state);
	if (work === undefined && leaves === undefined)
		return <MessageLine message={state.message ?? troubleOf(state)} columns={columns} />;
	const parts = [work && `${work}…`, leaves && `pharmer ${leaves}`];
	const text = parts.filter(part => part !== undefined).join(' ');
	return (
		<Box height={1} flexShrink={0} paddingLeft={1}>
			<Spinner now={state.now} text={fit(text, Math.max(0, columns - 3))} />
		</Box>
	);
}

/** What is wrong with the vault's file, as long as it lasts. */
function troubleOf({trouble}: State): Omit<Message, 'until'> | undefined {
	const text = saidTrouble(trouble);
	return text === undefined ? undefined : {kind: 'error', text};
}

function MessageLine({
	message,
	columns,
}: {
	readonly message: Omit<Message, 'until'> | undefined;
	readonly columns: number;
}) {
	const {done, failed} = useGlyphs();
	const signs = {done, note: '·', error: failed};
	const text = message === undefined ? '' : ` ${signs[message.kind]} ${visible(message.text)}`;
	return (
		<Box height={1} flexShrink={0}>
			<Styled tone={message === undefined ? 'plain' : messageTones[message.kind]}>{fit(text, columns)}</Styled>
		</Box>
	);
}

/** The enabled keys that fit. */
export function Footer({state, columns}: {readonly state: State; readonly columns: number}) {
	return (
		<Box height={1} flexShrink={0} paddingLeft={1}>
			<Text wrap="truncate">
				{footerItems(state, columns).map(({binding, key}, index, {length}) => (
					<Fragment key={binding.id}>
						<Styled tone="key">{key}</Styled>
						<Styled tone="dim">{` ${binding.title}${index < length - 1 ? '  ' : ''}`}</Styled>
					</Fragment>
				))}
			</Text>
		</Box>
	);
}

/** Header, body, message and footer, exactly as tall as the window. */
export function Frame({
	header,
	body,
	state,
	layout,
}: {
	readonly header: ReactNode;
	readonly body: ReactNode;
	readonly state: State;
	readonly layout: Layout;
}) {
	return (
		<Window columns={layout.columns} rows={layout.rows}>
			{header}
			<Box height={layout.bodyHeight} flexDirection="column" flexShrink={0} overflow="hidden">
				{body}
			</Box>
			<StatusLine state={state} columns={layout.columns} />
			<Footer state={state} columns={layout.columns} />
		</Window>
	);
}
