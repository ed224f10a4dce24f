import type {State} from '../../../app/core/state.js';
import {lineText} from '../../../app/input/line-editor.js';
import type {Layout} from '../../../app/layout/layout.js';
import {cut, labelledFrame, wrap} from '../../../app/layout/text.js';
import {inviteTexts} from '../../../app/screens/team/invite.js';
import type {InviteScreen} from '../../../app/screens/team/invite-screen.js';
import {roleTexts} from '../../../app/screens/team/team-screen.js';
import {visible} from '../../../text/visible.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../../components/dialog.js';
import {Labelled} from '../../components/labelled.js';
import {problemRows} from '../../components/problem-lines.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextField} from '../../components/text-field.js';
import {useGlyphs} from '../../theme.js';
import {AgainField, YesOrNo} from './again.js';
import {RoleRow} from './role-row.js';
import {SixWords, wordRows} from './six-words.js';

type Props = {readonly state: State; readonly screen: InviteScreen; readonly layout: Layout};

const [wish, labelWidth] = [70, 4];

const titles = {card: 'Add a member', name: 'Compare six words', again: 'Add a member', done: 'Say number and words'};

/** The rows of what is typed or answered. */
const fieldRows = {card: 1, name: 2, again: 1, done: 2} as const;

/** A member is added, step by step: what has to be compared or said by voice stands by itself. */
export function InviteView({state, screen, layout}: Props) {
	const {stage, question, place, problem} = screen;
	const width = dialogWidth(layout, wish) - 4;
	const {says, words} = inviteTexts(screen);
	const wordsHigh = words === undefined ? 0 : wordRows(place?.seq, width) + 1;
	const wrong = problem === undefined ? 0 : problemRows({severity: 'wrong', text: problem}, width);
	const rows = says.reduce((sum, text) => sum + wrap(text, width).length, 0) + wordsHigh + fieldRows[stage] + wrong + 1;
	const isTight = isCompact(layout, rows);
	// In a small window what is compared comes before what it is for.
	const shown = isTight && question !== undefined ? says.slice(-1) : says;
	return (
		<Dialog title={titles[stage]} layout={layout} rows={rows} width={wish}>
			{shown.map(text => (
				<Paragraph key={text} width={width}>
					{text}
				</Paragraph>
			))}
			<Gap compact={isTight || words === undefined} />
			{words === undefined ? null : <SixWords number={place?.seq} words={words} width={width} />}
			<Gap compact={isTight} />
			<Field state={state} screen={screen} width={width} />
		</Dialog>
	);
}

/** What is typed or answered, and what is wrong with it. */
function Field({state, screen, width}: Omit<Props, 'layout'> & {readonly width: number}) {
	const {cursor} = useGlyphs();
	const {stage, question, busy, card, name} = screen;
	const nameWidth = Math.max(8, width - labelWidth - labelledFrame);
	if (question !== undefined) return <YesOrNo yes="they are the same: add" no="back" />;
	if (stage === 'done')
		return (
			<Paragraph width={width} tone="dim">
				It types in both, so that it knows that nobody shows it another vault.
			</Paragraph>
		);
	if (stage === 'again' || busy) return <AgainField state={state} screen={screen} width={width} />;
	return (
		<>
			{stage === 'card' ? (
				<TextField line={card} width={width} masked={false} placeholder="pharmer1.NAME.KEYS" />
			) : (
				<>
					<Labelled label="name" labelWidth={labelWidth} signs={screen.onRole ? '' : cursor}>
						{screen.onRole ? (
							<Styled>{cut(visible(lineText(name)), nameWidth)}</Styled>
						) : (
							<TextField line={name} width={nameWidth} masked={false} />
						)}
					</Labelled>
					<RoleRow form={screen} label="role" labelWidth={labelWidth} says={`: ${roleTexts[screen.role]}`} />
				</>
			)}
			<AgainField state={state} screen={screen} width={width} isQuiet />
		</>
	);
}
