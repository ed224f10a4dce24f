import {differences, type Part} from '../../../credentials/differences.js';
import type {Conflict, Decisions, Side} from '../../../domain/merge.js';
import {ago} from '../../../domain/time.js';
import {grouped, plural} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import type {Stored} from '../../core/event.js';
import type {Question} from '../../core/question.js';

/** A merge of another vault: what both have with other content is decided, one after the other. */
export type MergeScreen = {
	readonly kind: 'merge';
	/** The other vault's file. */
	readonly file: string;
	/** What the other vault holds; undefined until it was compared. */
	readonly other?: Stored | undefined;
	readonly conflicts: readonly Conflict[];
	/** How many are added without a question. */
	readonly fresh: number;
	readonly decisions: Decisions;
	/** The conflict that is shown. */
	readonly choice: number;
	readonly shown: boolean;
	readonly question?: Question<'leave'> | undefined;
	readonly busy: boolean;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly merge: MergeScreen;
	}
}

/** Where a merge begins: the other vault is compared. */
export function mergeScreen(file: string): MergeScreen {
	return {
		kind: 'merge',
		file,
		conflicts: [],
		fresh: 0,
		decisions: new Map(),
		choice: 0,
		shown: false,
		busy: true,
	};
}

/** The conflict that is shown; undefined when there is none. */
export function shownConflict({conflicts, choice}: MergeScreen): Conflict | undefined {
	return conflicts[Math.min(choice, conflicts.length - 1)];
}

/** What was decided of a conflict; undefined when nothing was, or one of both is another one by now. */
export function decisionOf({decisions}: Pick<MergeScreen, 'decisions'>, {mine, theirs}: Conflict): Side | undefined {
	const decision = decisions.get(theirs.id);
	return decision?.mine.id === mine.id && decision.mine.revision === mine.revision ? decision.side : undefined;
}

/** The conflicts that are not decided. */
export function leftToDecide(screen: MergeScreen): readonly Conflict[] {
	return screen.conflicts.filter(each => decisionOf(screen, each) === undefined);
}

const sideTexts: Readonly<Record<Side, string>> = {
	mine: 'yours stays',
	theirs: "the file's comes in its place, yours stays as a version",
	both: "both stay, the file's under another name",
};

/** What was decided, in a few words. */
export function sideText(side: Side | undefined): string {
	return side === undefined ? 'not decided' : sideTexts[side];
}

const partsOf = new WeakMap<Conflict, readonly Part[]>();

/** In what both sides differ: each part is the one here, and the file's. Made once for a conflict. */
export function conflictParts(conflict: Conflict): readonly Part[] {
	const known = partsOf.get(conflict) ?? differences(conflict.mine, conflict.theirs);
	partsOf.set(conflict, known);
	return known;
}

/** When each side was changed, and what was decided so far. */
export function mergeNotice(screen: MergeScreen, now: Date): string {
	const conflict = shownConflict(screen);
	if (conflict === undefined) return '';
	const {mine, theirs} = conflict;
	return `Yours was changed ${ago(mine.changed, now)}, that of ${visible(screen.file)} ${ago(theirs.changed, now)}.`;
}

/** How far it is, and what comes next. */
export function mergeProgress(screen: MergeScreen): string {
	const {conflicts, fresh} = screen;
	const left = leftToDecide(screen).length;
	const more =
		fresh === 0
			? ''
			: ` ${plural(fresh, 'credential')} ${fresh === 1 ? 'is' : 'are'} new and come${fresh === 1 ? 's' : ''} in.`;
	if (left === 0) return `All ${grouped(conflicts.length)} are decided: enter merges.${more}`;
	const rest = left > 1 ? '; M, T and B decide all the rest' : '';
	const others = conflicts.length > 1 ? ' j and k show the others.' : '';
	return `${grouped(conflicts.length - left)} of ${grouped(conflicts.length)} decided${rest}.${others} Nothing is written before enter.${more}`;
}
