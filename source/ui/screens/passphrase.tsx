import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {wrap} from '../../app/layout/text.js';
import {type PassphraseScreen, passphraseNotice, passphraseQuestion} from '../../app/screens/passphrase.js';
import {workText} from '../../app/session/under-way.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {NewPassphraseFields} from '../components/new-passphrase-fields.js';
import {PassphraseField} from '../components/passphrase-field.js';
import {ProblemLines} from '../components/problem-lines.js';
import {QuestionDialog} from '../components/question-dialog.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph} from '../components/styled.js';

const rows = 9;

type Props = {readonly state: State; readonly screen: PassphraseScreen; readonly layout: Layout};

export function PassphraseView({state, screen, layout}: Props) {
	const question = passphraseQuestion(screen);
	if (question !== undefined) return <QuestionDialog {...question} layout={layout} />;
	const width = dialogWidth(layout) - 4;
	const compact = isCompact(layout, rows);
	const work = workText(state) ?? 'Working';
	const notice = passphraseNotice(screen);
	const leavesOut = compact && (screen.problem !== undefined || wrap(notice, width).length > 1);
	return (
		<Dialog title="Change the passphrase" layout={layout} rows={rows}>
			{leavesOut ? null : (
				<Paragraph width={width} tone={screen.checked === undefined ? 'dim' : 'warning'}>
					{notice}
				</Paragraph>
			)}
			<Gap compact={compact} />
			{screen.checked === undefined ? (
				<Current screen={screen} work={work} now={state.now} width={width} compact={compact} />
			) : (
				<NewPassphraseFields typed={screen} label="New" work={work} now={state.now} width={width} compact={compact} />
			)}
		</Dialog>
	);
}

function Current({
	screen: {current, shown, busy, problem},
	work,
	now,
	width,
	compact,
}: {
	readonly screen: PassphraseScreen;
	readonly work: string;
	readonly now: number;
	readonly width: number;
	readonly compact: boolean;
}) {
	return (
		<>
			<PassphraseField label="Current" line={current} shown={shown && !busy} focused={!busy} width={width} />
			<Gap compact={compact} />
			{busy ? (
				<Spinner now={now} text={work} />
			) : (
				<ProblemLines problem={problem === undefined ? undefined : {severity: 'wrong', text: problem}} width={width} />
			)}
		</>
	);
}
