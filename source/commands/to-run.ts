import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

/** Throws `usage` when standard input, which is for the command to run, holds the passphrase. */
export function assertInputFree({passphraseFd}: GlobalOptions): void {
	if (passphraseFd !== 0) return;
	throw usage(
		'`--passphrase-fd 0` is also what the command reads',
		'use another descriptor, such as --passphrase-fd 3 3< FILE',
	);
}

/**
 * The command to run, from the words after `--` (undefined without it): the given one, or the person's shell when
 * somebody is there to use it. `verb` is what comes before `--`. Throws `usage`.
 */
export function commandToRun(
	words: readonly string[] | undefined,
	verb: string,
	context: Context,
): readonly [string, ...string[]] {
	const [program, ...args] = words ?? [];
	if (program !== undefined) return [program, ...args];
	const {SHELL, ComSpec} = context.environment;
	if (words !== undefined || context.noScreen !== undefined) {
		throw usage('there is no command to run', `put it after \`--\`: \`pharmer ${verb} -- COMMAND\``);
	}
	return [SHELL || ComSpec || '/bin/sh'];
}
