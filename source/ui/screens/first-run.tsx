import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import type {FirstRunScreen} from '../../app/screens/first-run.js';
import {weakWording} from '../../app/screens/new-passphrase.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {NewPassphraseFields} from '../components/new-passphrase-fields.js';
import {QuestionDialog} from '../components/question-dialog.js';
import {Paragraph, Styled} from '../components/styled.js';

const rows = 11;

type Props = {readonly state: State; readonly screen: FirstRunScreen; readonly layout: Layout};

export function FirstRunView({state, screen, layout}: Props) {
	if (screen.question !== undefined)
		return <QuestionDialog {...weakWording(screen)} no="choose another" yes="use it" layout={layout} />;
	const width = dialogWidth(layout) - 4;
	const compact = isCompact(layout, rows);
	return (
		<Dialog title="Welcome to pharmer" layout={layout} rows={rows}>
			{compact ? null : <Styled>Keeps your cloud credentials in one encrypted file.</Styled>}
			{compact ? null : <Styled tone="dim">{visible(state.path)}</Styled>}
			<Paragraph width={width} tone="warning">
				{compact
					? 'There is no recovery: write it down.'
					: 'There is no recovery: without the passphrase nobody can read the file. Write it down.'}
			</Paragraph>
			<Gap compact={compact} />
			<NewPassphraseFields
				typed={screen}
				label="Passphrase"
				work="Making the vault"
				now={state.now}
				width={width}
				compact={compact}
			/>
		</Dialog>
	);
}
