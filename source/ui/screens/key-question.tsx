import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {type KeyQuestionScreen, keyQuestionRows, keyQuestionText} from '../../app/screens/rotate/key-question.js';
import {QuestionPane} from '../components/question-pane.js';

type Props = {readonly state: State; readonly screen: KeyQuestionScreen; readonly layout: Layout};

/** Asks what only a person can decide while a key is replaced. */
export function KeyQuestionView({state, screen, layout}: Props) {
	const rows = keyQuestionRows(state, screen, layout.columns - 4);
	const {title} = keyQuestionText(state, screen);
	return <QuestionPane title={title} rows={rows} first={screen.choice} layout={layout} />;
}
