import type {CommandId} from './binding.js';

/** Moves a choice among `count` rows, some commands by a `page`; undefined for a command that does not move. */
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
	// Rows may be gone since the choice was made.
	return by === undefined ? undefined : Math.max(0, Math.min(count - 1, Math.min(choice, count - 1) + by));
}
