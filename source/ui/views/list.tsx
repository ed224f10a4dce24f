import {Box, Text} from 'ink';
import {memo} from 'react';
import {paneFrame, urgentDays} from '../../app/detail.js';
import type {Layout} from '../../app/layout.js';
import type {State} from '../../app/state.js';
import {fit} from '../../app/text.js';
import type {Credential} from '../../domain/credential.js';
import {shortId} from '../../domain/mask.js';
import {age, daysUntil} from '../../domain/time.js';
import {visible} from '../../domain/visible.js';
import {publicId} from '../../providers/public-id.js';
import {Pane} from '../components/pane.js';
import {Styled} from '../components/styled.js';
import {tones, useGlyphs} from '../theme.js';

/** Widths of the columns of a row that is `cells` wide: what there is no room for has none. */
export function listColumns(cells: number): {
	readonly name: number;
	readonly provider: number;
	readonly id: number;
	readonly when: number;
} {
	const when = cells >= 34 ? 13 : 0;
	const provider = cells >= 42 ? 9 : 0;
	const id = cells >= 58 ? 13 : 0;
	const gaps = [when, provider, id].filter(width => width > 0).length;
	return {name: Math.max(4, cells - 2 - when - provider - id - gaps), provider, id, when};
}

/** The age, or when it needs care its expiry instead. */
function badge(credential: Credential, now: Date): {readonly text: string; readonly urgent: boolean} {
	const days = credential.expires === undefined ? Number.POSITIVE_INFINITY : daysUntil(credential.expires, now);
	if (days > urgentDays) return {text: age(credential.created, now), urgent: false};
	return {
		text: days < 0 ? '! expired' : days === 0 ? '! today' : `! in ${days} day${days === 1 ? '' : 's'}`,
		urgent: true,
	};
}

type RowProps = {
	readonly credential: Credential;
	readonly selected: boolean;
	readonly cells: number;
	/** The day: ages do not change within a frame. */
	readonly minute: number;
};

const Row = memo(function Row({credential, selected, cells, minute}: RowProps) {
	const {cursor, text: shown} = useGlyphs();
	const columns = listColumns(cells);
	const {text, urgent} = badge(credential, new Date(minute * 60_000));
	const parts = [
		`${selected ? cursor : ' '} ${fit(visible(credential.name), columns.name)}`,
		...(columns.provider > 0 ? [fit(visible(credential.provider), columns.provider)] : []),
		...(columns.id > 0 ? [fit(shortId(visible(publicId(credential))), columns.id)] : []),
	].join(' ');
	return (
		<Text {...(selected ? tones.selected : {})} wrap="truncate">
			{shown(parts)}
			{columns.when > 0 ? (
				<Text {...(urgent && !selected ? tones.warning : {})}>{shown(` ${fit(text, columns.when)}`)}</Text>
			) : (
				''
			)}
		</Text>
	);
});

export function ListView({
	state,
	layout,
	active,
}: {
	readonly state: State;
	readonly layout: Layout;
	readonly active: boolean;
}) {
	const {credentials, top, selected, now} = state;
	const cells = layout.listWidth - paneFrame;
	const shown = credentials.slice(top, top + layout.paneHeight);
	return (
		<Pane
			title={`Credentials ${credentials.length}`}
			width={layout.listWidth}
			height={layout.bodyHeight}
			active={active}
		>
			{credentials.length === 0 ? <Empty /> : null}
			{shown.map(credential => (
				<Row
					key={credential.id}
					credential={credential}
					selected={credential.id === selected}
					cells={cells}
					minute={Math.floor(now / 60_000)}
				/>
			))}
		</Pane>
	);
}

function Empty() {
	return (
		<Box flexDirection="column" paddingX={1} paddingY={1}>
			<Styled tone="title">No credentials yet</Styled>
			<Box height={1} />
			<Box>
				<Styled tone="key">n</Styled>
				<Styled> makes one: typed in, from the environment, or a file</Styled>
			</Box>
			<Box height={1} />
			<Styled tone="dim">All is encrypted on this machine.</Styled>
		</Box>
	);
}
