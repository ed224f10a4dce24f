import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {placeRows, placeText, type VerifyScreen} from '../../app/screens/verify.js';
import {QuestionPane} from '../components/question-pane.js';

type Props = {readonly state: State; readonly screen: VerifyScreen; readonly layout: Layout};

/** Asks before anything is sent to an address that a credential names itself. */
export function VerifyView({state, screen, layout}: Props) {
	const rows = placeRows(state, screen, layout.columns - 4);
	return <QuestionPane title={placeText(state, screen).title} rows={rows} first={screen.choice} layout={layout} />;
}
