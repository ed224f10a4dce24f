import {Box} from 'ink';
import type {Layout} from '../../app/layout.js';
import {isConfirmed} from '../../app/modes/delete.js';
import type {DeleteScreen, State} from '../../app/state.js';
import {fit} from '../../app/text.js';
import {trashDays} from '../../domain/credential.js';
import {shortId} from '../../domain/mask.js';
import {age} from '../../domain/time.js';
import {visible} from '../../domain/visible.js';
import {providerOf} from '../../providers/catalog.js';
import {publicId} from '../../providers/public-id.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {useGlyphs} from '../theme.js';

const rows = 8;

export function DeleteView({
	state,
	screen,
	layout,
}: {
	readonly state: State;
	readonly screen: DeleteScreen;
	readonly layout: Layout;
}) {
	const {cursor} = useGlyphs();
	const {credential} = screen;
	const width = dialogWidth(layout) - 4;
	const dated = age(credential.created, new Date(state.now));
	const what = [
		providerOf(credential.provider).title,
		shortId(publicId(credential)),
		`made ${dated === 'just now' ? dated : `${dated} ago`}`,
	].filter(part => part !== '');
	const compact = isCompact(layout, rows);
	const ready = isConfirmed(screen);
	return (
		<Dialog title={`Delete ${visible(credential.name)}?`} layout={layout} rows={rows}>
			<Box height={1} flexShrink={0}>
				<Styled tone="dim">{fit(visible(what.join(' · ')), width)}</Styled>
			</Box>
			<Paragraph
				width={width}
			>{`It goes to the trash for ${trashDays} days; until you leave, z brings it back.`}</Paragraph>
			<Gap compact={compact} />
			<Styled>{`Type ${visible(credential.name)} to delete it:`}</Styled>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				{screen.busy ? (
					<Spinner now={state.now} text="Deleting" />
				) : (
					<TextField line={screen.typed} width={Math.max(8, width - 2)} masked={false} />
				)}
			</Box>
			<Gap compact={compact} />
			<Box height={1} flexShrink={0} justifyContent="space-between">
				<Box flexShrink={0}>
					<Styled tone="key">esc</Styled>
					<Styled> keep it</Styled>
				</Box>
				<Box flexShrink={0}>
					<Styled tone={ready ? 'danger' : 'dim'}>{ready ? 'enter delete' : 'enter delete (not yet)'}</Styled>
				</Box>
			</Box>
		</Dialog>
	);
}
