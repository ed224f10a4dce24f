import {publicId} from '../../../credentials/public-id.js';
import type {IssueWork} from '../../../credentials/waiting.js';
import {providerOf} from '../../../providers/catalog.js';
import {visible} from '../../../text/visible.js';
import type {State} from '../../core/state.js';
import {gap, heldLines, line, type MarkedLine, stoppedLines} from '../rotate/marked-lines.js';
import {type IssueScreen, isRunning, signerOf, signersAt, workOf} from './issue-screen.js';

/** What the view is about. */
export function issueTitle(state: State, screen: IssueScreen): string {
	const name = visible(screen.name);
	if (screen.signer !== undefined) return `Who signs for ${name}?`;
	if (screen.other !== undefined) return `Another name for ${name}`;
	const work = workOf(state, screen);
	if (work?.isBack === true) return `A key for ${name}, taken back`;
	const isOpen = work === undefined && !isRunning(state, screen) && screen.plan !== undefined;
	return isOpen ? `Make a key for ${name}?` : `A key for ${name}`;
}

/** Everything that the view shows, line by line. */
export function issueLines(state: State, screen: IssueScreen): readonly MarkedLine[] {
	const {signer, plan, provider} = screen;
	if (signer !== undefined)
		return signersAt(state, provider).map((each, index) =>
			line(`${visible(each.name)} · ${visible(publicId(each))}`, index === signer ? 'chosen' : 'none'),
		);
	if (plan === undefined) return [line('Looking at what is made.')];
	const work = workOf(state, screen);
	const stopped = stoppedLines(state, plan.id);
	if (work === undefined && !isRunning(state, screen))
		return [...stopped, ...(stopped.length === 0 ? [] : [gap]), ...planLines(screen)];
	const around = [...heldLines(state, plan.id, work), ...stopped];
	const {title} = providerOf(provider);
	const name = signerOf(state, screen)?.name ?? 'a credential that is gone';
	return [
		...(around.length === 0 ? [] : [...around, gap]),
		...(work?.isBack === true ? backLines(plan.steps, work) : stepLines(plan.steps, screen.name, work)),
		gap,
		line(`${visible(name)} signs, at ${title}.`),
	];
}

/** What would be made, as it is agreed to. */
function planLines({plan}: IssueScreen): readonly MarkedLine[] {
	const [first = '', ...rest] = plan?.says ?? [];
	const others = rest.map(text =>
		text.startsWith('  ') ? line(visible(text.trim()), 'todo') : line(visible(text), 'warning'),
	);
	return [
		line(visible(first)),
		...others,
		gap,
		line('On the command line, `pharmer issue` takes other policies, or another user name.'),
	];
}

type Steps = NonNullable<IssueScreen['plan']>['steps'];

/** The lines with the first that is not done as the one that is done now. */
function inOrder(steps: readonly {readonly text: string; readonly isDone: boolean}[]): readonly MarkedLine[] {
	const now = steps.findIndex(({isDone}) => !isDone);
	return steps.map(({text, isDone}, index) => line(text, isDone ? 'done' : index === now ? 'now' : 'todo'));
}

function stepLines(steps: Steps, name: string, work: IssueWork | undefined): readonly MarkedLine[] {
	const {made = [], freshId} = work ?? {};
	return inOrder([
		{text: 'what is there is looked at, and written down', isDone: work !== undefined},
		...steps.map(({id, says, isThere}) => ({
			text: `${visible(says)}${isThere ? ' (was there)' : ''}`,
			isDone: made.includes(id),
		})),
		{
			text: freshId === undefined ? 'its key is made, and stored' : `its key is made and stored: ${visible(freshId)}`,
			isDone: freshId !== undefined,
		},
		{text: `the provider is asked whether it works; then it is in the list as ${visible(name)}`, isDone: false},
	]);
}

/** The same last first; what was there before is not taken back. */
function backLines(steps: Steps, {made, freshId}: IssueWork): readonly MarkedLine[] {
	return inOrder([
		{text: 'its key is deleted', isDone: freshId === undefined},
		...steps
			.filter(({isThere}) => !isThere)
			.toReversed()
			.map(({id, says}) => ({text: `deleted, if it was made: ${visible(says)}`, isDone: !made.includes(id)})),
	]);
}
