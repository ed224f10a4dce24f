import {Box, Text} from 'ink';
import {Fragment, memo, type ReactNode} from 'react';
import type {Message, State} from '../../app/core/state.js';
import {type FooterItem, footerItems} from '../../app/keyboard/footer.js';
import type {Layout} from '../../app/layout/layout.js';
import {fit, width as textWidth} from '../../app/layout/text.js';
import {coversFooter, type Status, signCells, statusOf} from '../../app/session/status.js';
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
	return <HeaderRow left={fit(left, room)} right={` ${right} `} />;
}

const HeaderRow = memo(({left, right}: {readonly left: string; readonly right: string}) => (
	<Box height={1} flexShrink={0}>
		<Styled tone="title">{left}</Styled>
		<Styled tone="dim">{right}</Styled>
	</Box>
));

const noStatus = <Box height={1} flexShrink={0} />;

const messageTones: Readonly<Record<Message['kind'], Tone>> = {done: 'done', note: 'plain', error: 'danger'};

/** What runs or was said, in one row; a message that needs two has that of the keys as well. */
function StatusRows({
	status,
	state,
	columns,
}: {
	readonly status: Status | undefined;
	readonly state: State;
	readonly columns: number;
}) {
	const {done, failed} = useGlyphs();
	if (status === undefined) return noStatus;
	if (status.kind === 'work') {
		return (
			<Box height={1} flexShrink={0} paddingLeft={1}>
				<Spinner now={state.now} text={fit(status.text, Math.max(0, columns - 3))} />
			</Box>
		);
	}
	if (status.kind === 'sharing')
		return (
			<Box height={1} flexShrink={0}>
				<Styled tone={status.tone}>{` · ${fit(status.text, columns - signCells)}`}</Styled>
			</Box>
		);
	const sign = {done, note: '·', error: failed}[status.kind];
	const tone = messageTones[status.kind];
	return status.rows.map((row, index) => (
		<Box key={index} height={1} flexShrink={0}>
			<Styled tone={tone}>{` ${index === 0 ? sign : ' '} ${fit(row, columns - signCells)}`}</Styled>
		</Box>
	));
}

/** Keys with their titles; they are drawn anew only when others are shown. */
const FooterKeys = memo(
	function FooterKeys({items}: {readonly items: readonly FooterItem[]}) {
		return (
			<Box height={1} flexShrink={0} paddingLeft={1}>
				<Text wrap="truncate">
					{items.map(({binding, key}, index, {length}) => (
						<Fragment key={binding.id}>
							<Styled tone="key">{key}</Styled>
							<Styled tone="dim">{` ${binding.title}${index < length - 1 ? '  ' : ''}`}</Styled>
						</Fragment>
					))}
				</Text>
			</Box>
		);
	},
	({items: before}, {items}) =>
		before.length === items.length &&
		items.every(({binding, key}, at) => {
			const old = before[at];
			return old?.key === key && old.binding.id === binding.id && old.binding.title === binding.title;
		}),
);

/** The enabled keys that fit. */
export function Footer({state, columns}: {readonly state: State; readonly columns: number}) {
	return <FooterKeys items={footerItems(state, columns)} />;
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
	const status = statusOf(state, layout.columns);
	return (
		<Window columns={layout.columns} rows={layout.rows}>
			{header}
			<Box height={layout.bodyHeight} flexDirection="column" flexShrink={0} overflow="hidden">
				{body}
			</Box>
			<StatusRows status={status} state={state} columns={layout.columns} />
			{coversFooter(status) ? null : <Footer state={state} columns={layout.columns} />}
		</Window>
	);
}
