import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import {scrollTo} from '../../../app/layout/layout.js';
import {fit} from '../../../app/layout/text.js';
import {
	matchingProviders,
	type Option,
	offeredProviders,
	profileOptions,
	sourceOptions,
	wizardSources,
} from '../../../app/screens/wizard/wizard-choices.js';
import type {WizardScreen} from '../../../app/screens/wizard/wizard-screen.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextField} from '../../components/text-field.js';
import {useGlyphs} from '../../theme.js';

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
	readonly room: number;
}) {
	const {cursor} = useGlyphs();
	const titleWidth = Math.min(28, Math.floor(width * 0.6), Math.max(...options.map(option => option.title.length), 4));
	const top = scrollTo(choice, 0, room, options.length);
	const below = options.length - top - room;
	return (
		<Box flexDirection="column" flexShrink={0}>
			{options.slice(top, top + room).map(({id, title, about}, index) => {
				const here = top + index === choice;
				return (
					<Box key={id} height={1} flexShrink={0}>
						<Styled tone={here ? 'key' : 'plain'}>{`${here ? cursor : ' '} ${fit(title, titleWidth)}  `}</Styled>
						<Styled tone="dim">{fit(about, Math.max(0, width - titleWidth - 4))}</Styled>
					</Box>
				);
			})}
			{below > 0 ? <Styled tone="dim">{`  ↓ ${below} more`}</Styled> : null}
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
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="title">Whose credential is it?</Styled>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				<TextField line={screen.filter} width={Math.max(8, width - 2)} masked={false} placeholder="type to search" />
			</Box>
			<Box height={1} flexShrink={0} />
			{found.length === 0 ? (
				<Paragraph tone="warning" width={width}>
					No provider matches; `generic` takes any keys.
				</Paragraph>
			) : null}
			<Options
				options={offeredProviders(screen.filter).map(({id, title, purpose}) => ({id, title, about: purpose}))}
				choice={screen.providerChoice}
				width={width}
				room={Math.max(1, room - 3)}
			/>
		</Box>
	);
}

export function SourceQuestion({
	state,
	screen,
	width,
}: {
	readonly state: State;
	readonly screen: WizardScreen;
	readonly width: number;
}) {
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="title">Where do its fields come from?</Styled>
			<Options
				options={sourceOptions(screen, state.environment)}
				choice={screen.sourceChoice}
				width={width}
				room={wizardSources.length}
			/>
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
