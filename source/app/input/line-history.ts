/** A part of a text that was replaced. The caret was at `at` before. */
export type Change = {
	readonly from: number;
	readonly removed: readonly string[];
	readonly added: readonly string[];
	readonly at: number;
};

/** One step of undo; `grows` as long as single characters may join it. */
type Step = Change & {readonly grows: boolean};

/** What undo takes back and redo does again, the latest last. */
type History = {readonly past: readonly Step[]; readonly future: readonly Step[]};

/** Most steps that are remembered, and most graphemes in them; a longer last step is remembered all the same. */
const [mostSteps, mostGraphemes] = [200, 256 * 1024];

/**
 * How texts came about, as far as edits made them. It belongs to a text and dies with it: a lock, which seals a draft's
 * text, keeps none of it.
 */
const histories = new WeakMap<readonly string[], History>();

export function historyOf(text: readonly string[]): History {
	return histories.get(text) ?? {past: [], future: []};
}

export function remember(text: readonly string[], history: History): void {
	histories.set(text, history);
}

/** Remembers that `change` made `after` of `before`: as a step of its own, or as more of the word before it. */
export function note(before: readonly string[], after: readonly string[], change: Change): void {
	const {removed, added} = change;
	const history = historyOf(before);
	if (removed.length + added.length === 0) {
		remember(after, history);
		return;
	}
	const last = history.past.at(-1);
	const step = {...change, grows: removed.length <= 1 && added.length <= 1};
	const longer = last?.grows === true && step.grows ? (typedOn(last, step) ?? deletedOn(last, step)) : undefined;
	const past = longer === undefined ? [...history.past, step] : [...history.past.slice(0, -1), longer];
	remember(after, {past: kept(past), future: []});
}

/** The latest of these steps, as many as are remembered. */
function kept(steps: readonly Step[]): readonly Step[] {
	let first = steps.length;
	let graphemes = 0;
	while (first > 0 && steps.length - first < mostSteps) {
		const {removed, added} = steps[first - 1] ?? {removed: [], added: []};
		graphemes += removed.length + added.length;
		if (graphemes > mostGraphemes && first < steps.length) break;
		first--;
	}
	return steps.slice(first);
}

const isBlank = (grapheme = ''): boolean => /^\s/.test(grapheme);

/** Both as one step, if the second types on at the end of what the first has typed, in the same word. */
function typedOn(first: Step, second: Step): Step | undefined {
	const {from, removed, added} = first;
	// A mark that joins a letter replaces it.
	const stays = added.length - second.removed.length;
	const follows = from + stays === second.from && stays >= 0 && removed.length === 0;
	if (!follows || second.added.length === 0 || (isBlank(added.at(-1)) && !isBlank(second.added[0]))) return undefined;
	return {...first, added: [...added.slice(0, stays), ...second.added]};
}

/** Both as one step, if the second deletes on where the first did, in the same word. */
function deletedOn(first: Step, second: Step): Step | undefined {
	const [letter] = second.removed;
	if (letter === undefined || second.added.length + first.added.length > 0) return undefined;
	// The blanks behind a word belong to it, in both directions.
	if (second.from + 1 === first.from && !(isBlank(letter) && !isBlank(first.removed[0])))
		return {...first, from: second.from, removed: [letter, ...first.removed]};
	if (second.from === first.from && !(isBlank(first.removed.at(-1)) && !isBlank(letter)))
		return {...first, removed: [...first.removed, letter]};
	return undefined;
}
