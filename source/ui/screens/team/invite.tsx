import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {wrap} from '../../../app/layout/text.js';
import {inviteTexts} from '../../../app/screens/team/invite.js';
import type {InviteScreen} from '../../../app/screens/team/invite-screen.js';
import {roleTexts} from '../../../app/screens/team/team-screen.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../../components/dialog.js';
import {Labelled} from '../../components/labelled.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextField} from '../../components/text-field.js';
import {AgainField, YesOrNo} from './again.js';
import {SixWords, wordRows} from './six-words.js';

type Props = {readonly state: State; readonly screen: InviteScreen; readonly layout: Layout};

const [wish, labelWidth] = [70, 4];

const titles = {card: 'Add a member', name: 'Compare six words', again: 'Add a member', done: 'Say number and words'};

/** A member is added, step by step: what has to be compared or said by voice stands by itself. */
export function InviteView({state, screen, layout}: Props) {
	const {stage, question, place, name, role, busy} = screen;
	const width = dialogWidth(layout, wish) - 4;
	const [first = '', ...others] = inviteTexts(screen);
	const words = others.at(-1) ?? '';
	const texts = question === undefined ? [first] : [first, others[0] ?? ''];
	const field = stage === 'name' && question === undefined ? 2 : 0;
	const around = {card: 2, name: 2, again: 2, done: 1}[stage];
	const rows =
		texts.reduce((sum, text) => sum + wrap(text, width).length, 0) +
		(words === '' ? 0 : wordRows(width) + 1) +
		field +
		around +
		1;
	const isTight = isCompact(layout, rows);
	return (
		<Dialog title={titles[stage]} layout={layout} rows={rows + (screen.problem === undefined ? 0 : 1)} width={wish}>
			{texts.map((text, index) => (
				<Paragraph key={index} width={width}>
					{text}
				</Paragraph>
			))}
			{words === '' ? null : (
				<>
					<Gap compact={isTight} />
					<SixWords number={place?.seq} words={words} width={width} />
				</>
			)}
			<Gap compact={isTight} />
			{question !== undefined ? (
				<YesOrNo yes="they are the same: add" no="back" />
			) : stage === 'done' ? (
				<Styled tone="dim">It has to type in both: then it knows that nobody shows it another vault.</Styled>
			) : stage === 'name' ? (
				<>
					<Labelled label="name" labelWidth={labelWidth} signs="" tone="accent">
						<TextField line={name} width={Math.max(8, width - labelWidth - 5)} masked={false} />
					</Labelled>
					<Labelled label="role" labelWidth={labelWidth}>
						<Styled>{`${role}: ${roleTexts[role]}`}</Styled>
					</Labelled>
					<AgainField state={state} screen={screen} width={width} isQuiet />
				</>
			) : stage === 'card' && !busy ? (
				<>
					<Box height={1} flexShrink={0}>
						<TextField line={screen.card} width={width} masked={false} placeholder="pharmer1.NAME.KEYS" />
					</Box>
					<AgainField state={state} screen={screen} width={width} isQuiet />
				</>
			) : (
				<AgainField state={state} screen={screen} width={width} />
			)}
		</Dialog>
	);
}
