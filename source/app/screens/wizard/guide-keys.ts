import {Secret} from '../../../domain/secret.js';
import type {Guide} from '../../../providers/provider.js';
import type {Binding} from '../../core/binding.js';
import {type Move, pageKeys} from '../../core/moves.js';
import type {Screen} from '../../core/screen.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {layout, scrollTo} from '../../layout/layout.js';
import {guideCommands, guideLines} from './guide.js';
import {resumed} from './review.js';
import {wizardGuide} from './wizard-choices.js';
import type {GuideOverlay, WizardScreen} from './wizard-screen.js';

/** Where a screen has its guide, and where one is in it; undefined while it shows none. */
export type GuideIn<S extends Screen> = {
	readonly open: (screen: S) => {readonly guide: Guide; readonly overlay: GuideOverlay} | undefined;
	readonly put: (screen: S, overlay: GuideOverlay) => S;
	readonly close: (state: State, screen: S) => Step;
};

/** Copies a command line, which is no secret, to the clipboard. */
export function copyCommand(state: State, text: string | undefined, what = 'the command'): Step {
	return text === undefined ? step(state) : step(state, {type: 'copy', text: new Secret(text), what, secret: false});
}

/** The keys of a guide. */
export function guideKeysOf<S extends Screen>({open, put, close}: GuideIn<S>): readonly Binding<S>[] {
	/** The first visible row where the end of the guide is in view. */
	const lastTop = ({size}: State, guide: Guide): number => {
		const {bodyHeight, columns} = layout(size);
		return Math.max(0, guideLines(guide, columns).length - bodyHeight);
	};
	const isAtEnd = (state: State, screen: S): boolean => {
		const shown = open(screen);
		return shown === undefined || shown.overlay.top >= lastTop(state, shown.guide);
	};
	/** Scrolls by that many rows. */
	const scroll: Move<S> = (state, screen, rows) => {
		const shown = open(screen);
		if (shown === undefined) return state;
		const top = Math.max(0, Math.min(lastTop(state, shown.guide), shown.overlay.top + rows));
		return show(state, put(screen, {...shown.overlay, top}));
	};
	/** Goes to another command, and scrolls to it. */
	const nextCommand = (state: State, screen: S, by: 1 | -1): Step => {
		const shown = open(screen);
		const count = shown === undefined ? 0 : guideCommands(shown.guide).length;
		if (shown === undefined || count === 0) return step(state);
		const {bodyHeight, columns} = layout(state.size);
		const lines = guideLines(shown.guide, columns);
		const choice = (shown.overlay.choice + by + count) % count;
		const at = lines.findIndex(line => line.command === choice);
		return step(show(state, put(screen, {top: scrollTo(at, shown.overlay.top, bodyHeight, lines.length), choice})));
	};
	const commandsOf = (screen: S): readonly string[] => {
		const shown = open(screen);
		return shown === undefined ? [] : guideCommands(shown.guide);
	};
	return [
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
			idle: isAtEnd,
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
			run: (state, screen) => copyCommand(state, commandsOf(screen)[open(screen)?.overlay.choice ?? 0]),
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
			run: close,
		},
	];
}

export const guideKeys = guideKeysOf<WizardScreen>({
	open(screen) {
		const guide = wizardGuide(screen);
		return guide === undefined || screen.guide === undefined ? undefined : {guide, overlay: screen.guide};
	},
	put: (screen, guide) => ({...screen, guide}),
	close: (state, screen) => resumed(state, {...screen, guide: undefined}),
});
