import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {cut, wrap} from '../../app/layout/text.js';
import {closedText, copiesText, type DeleteScreen, deleteWording, isConfirmed} from '../../app/screens/delete.js';
import {publicId} from '../../credentials/public-id.js';
import type {Credential} from '../../domain/credential.js';
import {shortId} from '../../domain/mask.js';
import {ago} from '../../domain/time.js';
import {providerOf} from '../../providers/catalog.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {TextField} from '../components/text-field.js';
import {type Tone, useGlyphs} from '../theme.js';

/** Inside the border, without a line about closed files and one about the copies; where a name is typed, and not. */
const [nameRows, questionRows] = [8, 5];

/** Describes the credentials to delete in `width` cells: details of one, or as many names as fit. */
function aboutTargets(targets: readonly Credential[], {uses, now: moment}: State, width: number): string {
	const now = new Date(moment);
	const [only] = targets;
	if (only === undefined || targets.length > 1)
		return targets
			.slice(0, width)
			.map(({name}) => name)
			.join(', ');
	const use = uses.byId.get(only.id);
	const last = use === undefined ? `made ${ago(only.created, now)}` : `used ${ago(use.at, now)}`;
	return [providerOf(only.provider).title, shortId(publicId(only)), last].filter(part => part !== '').join(' · ');
}

type Props = {readonly state: State; readonly screen: DeleteScreen; readonly layout: Layout};

export function DeleteView({state, screen, layout}: Props) {
	const width = dialogWidth(layout) - 4;
	const {verb, title, effect} = deleteWording(screen);
	const closed = closedText(state, screen);
	const {question} = screen;
	const named = wrap(visible(aboutTargets(screen.targets, state, width)), width);
	const usual = (question === undefined ? nameRows : questionRows) + (closed === '' ? 0 : 1);
	// One row in a small window, else what was used when is told whole.
	const [first = '', ...rest] = isCompact(layout, usual + 1) ? [named.join(' ')] : named;
	const about = [first, ...(rest.length === 0 ? [] : [rest.join(' ')])].map(row => cut(row, width));
	const least = usual + about.length - 1;
	// In a small window only the footer tells of the copies.
	const copies = isCompact(layout, least + 1) ? '' : copiesText(screen);
	const height = least + (copies === '' ? 0 : wrap(copies, width).length);
	const compact = isCompact(layout, height);
	return (
		<Dialog title={title} layout={layout} rows={height}>
			{closed !== '' && layout.paneHeight < 6
				? null
				: about.map(row => (
						<Styled key={row} tone="dim">
							{row}
						</Styled>
					))}
			<Paragraph width={width}>{effect}</Paragraph>
			{closed === '' ? null : <Paragraph width={width}>{closed}</Paragraph>}
			{copies === '' ? null : (
				<Paragraph width={width} tone={screen.renews ? 'plain' : 'dim'}>
					{copies}
				</Paragraph>
			)}
			<Gap compact={compact} />
			{question === undefined ? (
				<NameRows state={state} screen={screen} layout={layout} compact={compact} />
			) : screen.busy ? (
				<Spinner now={state.now} text="Deleting" />
			) : (
				<KeysRow yes="y" verb={verb} tone="danger" />
			)}
		</Dialog>
	);
}

/** What to type, and the keys if there is room. */
function NameRows({state, screen, layout, compact}: Props & {readonly compact: boolean}) {
	const {cursor} = useGlyphs();
	const {verb, ask} = deleteWording(screen);
	const width = dialogWidth(layout) - 4;
	const ready = isConfirmed(screen);
	return (
		<>
			<Styled>{`${ask}:`}</Styled>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				{screen.busy ? (
					<Spinner now={state.now} text="Deleting" />
				) : (
					<TextField line={screen.typed} width={Math.max(8, width - 2)} masked={false} />
				)}
			</Box>
			<Gap compact={compact} />
			{layout.paneHeight < 6 ? null : (
				<KeysRow yes="enter" verb={`${verb}${ready ? '' : ' (not yet)'}`} tone={ready ? 'danger' : 'dim'} />
			)}
		</>
	);
}

function KeysRow({yes, verb, tone}: {readonly yes: string; readonly verb: string; readonly tone: Tone}) {
	return (
		<Box height={1} flexShrink={0} justifyContent="space-between">
			<Box flexShrink={0}>
				<Styled tone="key">esc</Styled>
				<Styled> keep it</Styled>
			</Box>
			<Styled tone={tone}>{`${yes} ${verb}`}</Styled>
		</Box>
	);
}
