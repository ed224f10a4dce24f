import type {State} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {wrap} from '../../../app/layout/text.js';
import {memberTexts} from '../../../app/screens/team/member.js';
import type {MemberScreen} from '../../../app/screens/team/member-screen.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../../components/dialog.js';
import {passphraseLabel} from '../../components/passphrase-field.js';
import {problemRows} from '../../components/problem-lines.js';
import {Paragraph} from '../../components/styled.js';
import {AgainField, YesOrNo} from './again.js';
import {RoleRow} from './role-row.js';

type Props = {readonly state: State; readonly screen: MemberScreen; readonly layout: Layout};

const wish = 66;

/** A member is removed, or gets another role: what that means, the passphrase, and the question. */
export function MemberView({state, screen, layout}: Props) {
	const {does, question, busy, problem} = screen;
	const width = dialogWidth(layout, wish) - 4;
	const {title, texts} = memberTexts(state, screen);
	const wrong = problem === undefined ? 0 : problemRows({severity: 'wrong', text: problem}, width);
	const isForm = does === 'role' && question === undefined && !busy;
	const rows = texts.reduce((sum, text) => sum + wrap(text, width).length, 0) + wrong + (isForm ? 3 : 2);
	const isTight = isCompact(layout, rows);
	// In a small window the question is what matters.
	const shown = isTight ? texts.slice(0, 1) : texts;
	return (
		<Dialog title={title} layout={layout} rows={rows} width={wish}>
			{shown.map((text, index) => (
				<Paragraph key={index} width={width} tone={does === 'remove' ? 'warning' : 'plain'}>
					{text}
				</Paragraph>
			))}
			<Gap compact={isTight} />
			{isForm ? <RoleRow form={screen} label="Role" labelWidth={passphraseLabel} /> : null}
			{question === undefined ? (
				<AgainField state={state} screen={screen} width={width} isFocused={!screen.onRole} />
			) : (
				<YesOrNo yes={does === 'remove' ? 'remove' : 'give it'} no="back" />
			)}
		</Dialog>
	);
}
