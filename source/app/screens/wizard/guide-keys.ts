import {Secret} from '../../../domain/secret.js';
import type {Guide} from '../../../providers/provider.js';
import type {Binding} from '../../core/binding.js';
import {type Move, pageKeys} from '../../core/moves.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {layout, scrollTo} from '../../layout/layout.js';
import {guideCommands, guideLines} from './guide.js';
import {resumed} from './review.js';
import {wizardProvider} from './wizard-choices.js';
import type {GuideOverlay, WizardScreen} from './wizard-screen.js';

type Key = Binding<WizardScreen>;

type Open = {readonly guide: Guide; readonly overlay: GuideOverlay};

function openGuide(screen: WizardScreen): Open | undefined {
	const guide = wizardProvider(screen)?.guide;
	return guide === undefined || screen.guide === undefined ? undefined : {guide, overlay: screen.guide};
}

/** The first visible row where the end of the guide is in view. */
function lastTop({size}: State, {guide}: Open): number {
	const {bodyHeight, columns} = layout(size);
	return Math.max(0, guideLines(guide, columns).length - bodyHeight);
}

function isAtEnd(state: State, screen: WizardScreen): boolean {
	const open = openGuide(screen);
	return open === undefined || open.overlay.top >= lastTop(state, open);
}

/** Scrolls by that many rows. */
const scroll: Move<WizardScreen> = (state, screen, rows) => {
	const open = openGuide(screen);
	if (open === undefined) return state;
	const top = Math.max(0, Math.min(lastTop(state, open), open.overlay.top + rows));
	return show(state, {...screen, guide: {...open.overlay, top}});
};

/** Goes to another command, and scrolls to it. */
function nextCommand(state: State, screen: WizardScreen, by: 1 | -1): Step {
	const open = openGuide(screen);
	const count = open === undefined ? 0 : guideCommands(open.guide).length;
	if (open === undefined || count === 0) return step(state);
	const {bodyHeight, columns} = layout(state.size);
	const lines = guideLines(open.guide, columns);
	const choice = (open.overlay.choice + by + count) % count;
	const at = lines.findIndex(line => line.command === choice);
	const top = scrollTo(at, open.overlay.top, bodyHeight, lines.length);
	return step(show(state, {...screen, guide: {top, choice}}));
}

/** Copies a command line, which is no secret, to the clipboard. */
export function copyCommand(state: State, text: string | undefined, what = 'the command'): Step {
	return text === undefined ? step(state) : step(state, {type: 'copy', text: new Secret(text), what, secret: false});
}

const commandsOf = (screen: WizardScreen): readonly string[] => {
	const open = openGuide(screen);
	return open === undefined ? [] : guideCommands(open.guide);
};

export const guideKeys: readonly Key[] = [
	...pageKeys(scroll, ({size}) => layout(size).bodyHeight - 2),
	{
		id: 'up',
		keys: ['up', 'k', 'ctrl+p'],
		title: 'up',
		says: 'scrolls up',
		group: 'Move',
		run: (state, screen) => step(scroll(state, screen, -1)),
	},
	{
		id: 'down',
		keys: ['down', 'j', 'ctrl+n'],
		title: 'scroll',
		says: 'scrolls down',
		group: 'Move',
		footer: 5,
		idle: (state, screen) => isAtEnd(state, screen),
		run: (state, screen) => step(scroll(state, screen, 1)),
	},
	{
		id: 'next-command',
		keys: ['tab'],
		title: 'next command',
		says: 'chooses the next command',
		group: 'Move',
		footer: 6,
		run: (state, screen) => nextCommand(state, screen, 1),
	},
	{
		id: 'previous-command',
		keys: ['shift+tab'],
		title: 'previous command',
		says: 'chooses the command before',
		group: 'Move',
		run: (state, screen) => nextCommand(state, screen, -1),
	},
	{
		id: 'copy-command',
		keys: ['y'],
		title: 'copy command',
		says: 'copies the chosen command',
		group: 'Act',
		footer: 7,
		run: (state, screen) => copyCommand(state, commandsOf(screen)[screen.guide?.choice ?? 0]),
	},
	{
		id: 'copy-commands',
		keys: ['Y'],
		title: 'copy all commands',
		says: 'copies all commands at once',
		group: 'Act',
		run: (state, screen) => copyCommand(state, commandsOf(screen).join('\n'), 'all commands'),
	},
	{
		id: 'back',
		keys: ['esc', 'q', '?', 'ctrl+g', 'enter'],
		title: 'close',
		says: 'closes the guide',
		group: 'Leave',
		footer: 9,
		run: (state, screen) => resumed(state, {...screen, guide: undefined}),
	},
];
