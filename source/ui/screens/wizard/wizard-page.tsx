import type {State} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {filledLoss} from '../../../app/screens/wizard/going-back.js';
import {wizardGuide} from '../../../app/screens/wizard/wizard-choices.js';
import {type WizardScreen, wizardLoss} from '../../../app/screens/wizard/wizard-screen.js';
import {DiscardView} from '../discard.js';
import {GuideView} from './guide.js';
import {WizardView} from './wizard.js';

type Props = {readonly state: State; readonly screen: WizardScreen; readonly layout: Layout};

/** The wizard, the guide over it, or the question whether to discard the draft. */
export function WizardPage({state, screen, layout}: Props) {
	const guide = wizardGuide(screen);
	if (screen.discarding !== undefined)
		return <DiscardView layout={layout} what={screen.discarding === 'paste' ? filledLoss : wizardLoss} />;
	if (screen.guide !== undefined && guide !== undefined)
		return <GuideView guide={guide} top={screen.guide.top} choice={screen.guide.choice} layout={layout} />;
	return <WizardView state={state} screen={screen} layout={layout} />;
}
