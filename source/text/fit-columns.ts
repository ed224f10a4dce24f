/** How a column gives way where there is no room for all. */
export type Yielding = {
	/** Columns with a higher rank are cut first, and then left out first. */
	readonly rank: number;
	/** The fewest cells that it is cut to while others can be left out. */
	readonly least: number;
};

/**
 * The width of each column in `room` cells, from those that it would take and with `gap` cells between two; 0 for one
 * that is left out. The column of the lowest rank stays: alone, it takes what there is.
 */
export function fitColumns(
	columns: readonly Yielding[],
	wide: readonly number[],
	room: number,
	gap: number,
): readonly number[] {
	const byRank = [...columns.keys()].sort((one, other) => (columns[other]?.rank ?? 0) - (columns[one]?.rank ?? 0));
	const [important = 0] = byRank.toReversed();
	const out = new Set<number>();
	for (const last of byRank) {
		const widths = wide.map((width, at) => (out.has(at) ? 0 : width));
		let over = widths.reduce((sum, width) => sum + width, gap * (columns.length - out.size - 1)) - room;
		for (const at of byRank) {
			const width = widths[at] ?? 0;
			const less = Math.max(0, Math.min(over, width - (columns[at]?.least ?? 0)));
			if (less > 0) {
				widths[at] = width - less;
				over -= less;
			}
		}
		if (over <= 0) return widths;
		out.add(last);
	}
	return wide.map((_, at) => (at === important ? Math.max(1, room) : 0));
}
