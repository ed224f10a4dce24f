/**
 * Does `work` for each of them, two at a time, as where each waits for a program of its own. Rejects as the first
 * that does.
 */
export async function inTwoLanes<T>(list: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
	const left = list.values();
	async function lane(): Promise<void> {
		for (const each of left) await work(each);
	}
	await Promise.all([lane(), lane()]);
}
