import type {CommandId} from './binding.js';

/** The choice after a command that moves through `count` rows, a `page` at a time for some; undefined for a command that does not. */
export function movedChoice(
	command: CommandId | undefined,
	choice: number,
	count: number,
	page = 1,
): number | undefined {
	const steps: Partial<Record<CommandId, number>> = {
		down: 1,
		up: -1,
		'page-down': page,
		'page-up': -page,
		first: -count,
		last: count,
	};
	const by = command && steps[command];
	// Rows may have gone since the choice was made.
	return by === undefined ? undefined : Math.max(0, Math.min(count - 1, Math.min(choice, count - 1) + by));
}
