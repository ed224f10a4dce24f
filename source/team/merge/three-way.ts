/** What one has at three places: when both were the same, here, and there. */
export type Sides<Value> = {readonly base: Value; readonly mine: Value; readonly theirs: Value};

/** Who has changed something: nobody in another way than the other, one of both, or both differently. */
export type Choice = 'same' | 'mine' | 'theirs' | 'both';

export function choiceOf<Value>(
	{base, mine, theirs}: Sides<Value>,
	same: (one: Value, other: Value) => boolean,
): Choice {
	if (same(mine, theirs)) return 'same';
	if (same(base, theirs)) return 'mine';
	return same(base, mine) ? 'theirs' : 'both';
}

/** What two choices become of which only one side's may count. Where both sides chose, theirs stays. */
export function together(one: Choice, other: Choice): readonly [Choice, Choice] {
	const isTorn = one !== 'same' && other !== 'same' && one !== other;
	const kept = (choice: Choice): Choice => (choice === 'theirs' ? 'theirs' : 'both');
	return isTorn ? [kept(one), kept(other)] : [one, other];
}
