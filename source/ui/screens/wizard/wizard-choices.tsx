import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import {scrollTo} from '../../../app/layout/layout.js';
import {width as cells, fit, wrap} from '../../../app/layout/text.js';
import {
	matchingProviders,
	type Option,
	offeredProviders,
	profileOptions,
	sourceOptions,
} from '../../../app/screens/wizard/wizard-choices.js';
import type {WizardScreen} from '../../../app/screens/wizard/wizard-screen.js';
import {Gap} from '../../components/dialog.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextField} from '../../components/text-field.js';
import {useGlyphs} from '../../theme.js';

const noProvider = 'No provider matches; `generic` takes any keys.';

/** A few options, one of them under the cursor. */
function Options({
	options,
	choice,
	width,
	room,
}: {
	readonly options: readonly Option[];
	readonly choice: number;
	readonly width: number;
	/** Rows that they may take. */
	readonly room: number;
}) {
	const {cursor} = useGlyphs();
	// What is further down takes a row to tell of it, where there is one.
	const height = Math.max(1, options.length > room ? room - 1 : room);
	const top = scrollTo(choice, 0, height, options.length);
	const shown = options.slice(top, top + height);
	const below = options.length - top - height;
	const titleCells = (of: readonly Option[]): number => Math.max(4, ...of.map(({title}) => cells(title)));
	const about = Math.max(0, ...shown.map(option => cells(option.about)));
	// The column stays while one scrolls, unless that costs text.
	const whole = titleCells(options);
	const titleWidth = Math.min(Math.floor(width * 0.6), whole + about + 4 > width ? titleCells(shown) : whole);
	return (
		<Box flexDirection="column" flexShrink={0}>
			{shown.map(({id, title, about}, index) => {
				const here = top + index === choice;
				return (
					<Box key={id} height={1} flexShrink={0}>
						<Styled tone={here ? 'key' : 'plain'}>{`${here ? cursor : ' '} ${fit(title, titleWidth)}  `}</Styled>
						<Styled tone="dim">{fit(about, Math.max(0, width - titleWidth - 4))}</Styled>
					</Box>
				);
			})}
			{below > 0 && room > 1 ? <Styled tone="dim">{`  ↓ ${below} more`}</Styled> : null}
		</Box>
	);
}

export function ProviderQuestion({
	screen,
	width,
	room,
}: {
	readonly screen: WizardScreen;
	readonly width: number;
	readonly room: number;
}) {
	const {cursor} = useGlyphs();
	const found = matchingProviders(screen.filter);
	const none = found.length === 0 ? wrap(noProvider, width).length : 0;
	const compact = room < 6;
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="title">Which provider is it for?</Styled>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				<TextField line={screen.filter} width={Math.max(8, width - 2)} masked={false} placeholder="type to search" />
			</Box>
			<Gap compact={compact} />
			{found.length === 0 ? (
				<Paragraph tone="warning" width={width}>
					{noProvider}
				</Paragraph>
			) : null}
			<Options
				options={offeredProviders(screen.filter).map(({id, title, purpose}) => ({id, title, about: purpose}))}
				choice={screen.providerChoice}
				width={width}
				room={Math.max(1, room - none - (compact ? 2 : 3))}
			/>
		</Box>
	);
}

export function SourceQuestion({
	state,
	screen,
	width,
	room,
}: {
	readonly state: State;
	readonly screen: WizardScreen;
	readonly width: number;
	readonly room: number;
}) {
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="title">Where do its values come from?</Styled>
			<Options options={sourceOptions(screen, state)} choice={screen.sourceChoice} width={width} room={room - 1} />
		</Box>
	);
}

export function ProfileQuestion({
	screen,
	width,
	room,
}: {
	readonly screen: WizardScreen;
	readonly width: number;
	readonly room: number;
}) {
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="title">The file holds several. Which one?</Styled>
			<Options
				options={profileOptions(screen)}
				choice={screen.profileChoice}
				width={width}
				room={Math.max(1, room - 1)}
			/>
		</Box>
	);
}
