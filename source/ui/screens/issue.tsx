import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {issueLines, issueTitle} from '../../app/screens/issue/issue-lines.js';
import {type IssueScreen, isRunning} from '../../app/screens/issue/issue-screen.js';
import {Pane} from '../components/pane.js';
import {ProblemLines} from '../components/problem-lines.js';
import {StepsPane} from '../components/steps-pane.js';
import {TextQuestion} from './wizard/wizard-questions.js';

type Props = {readonly state: State; readonly screen: IssueScreen; readonly layout: Layout};

/** What would be made for a new credential, or how far that is, step by step. */
export function IssueView({state, screen, layout}: Props) {
	const title = issueTitle(state, screen);
	const {other, problem} = screen;
	if (other === undefined)
		return (
			<StepsPane
				title={title}
				lines={issueLines(state, screen)}
				top={screen.choice}
				running={isRunning(state, screen) ? state.now : undefined}
				layout={layout}
			/>
		);
	const width = layout.columns - 4;
	return (
		<Pane title={title} width={layout.columns} height={layout.bodyHeight} active>
			<TextQuestion
				title="What is it called instead?"
				line={other}
				placeholder=""
				help={problem === undefined ? 'letters, digits, . _ and -' : ''}
				tone="dim"
				width={width}
			/>
			<ProblemLines problem={problem} width={width} />
		</Pane>
	);
}
