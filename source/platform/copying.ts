import process from 'node:process';
import type {Environment} from '../domain/environment.js';
import type {Secret} from '../domain/secret.js';
import type {Clearing} from './clearing.js';
import {createClipboard, type Held} from './clipboard.js';
import {writeOnControllingTerminal} from './controlling-terminal.js';
import {undoAtEnd} from './ending.js';
import {clearingEnvironment} from './take-back.js';
import {ownTerminalDevice} from './terminal-device.js';

/** What a copy came to. */
export type Copied = {
	/** What accepted the text: `the clipboard`, `tmux`, `the terminal (OSC 52)`. */
	readonly by: string;
	/** Whether the text is known to be there. */
	readonly sure: boolean;
	/** What another process needs to take it away; undefined where none could. */
	readonly clearing: Clearing | undefined;
};

/**
 * Copies a text, and calls `handOver`, which has somebody else take it away later: a process that ends before that is
 * done takes it away itself. Throws `file`.
 */
export async function copyWith(
	text: Secret,
	environment: Environment,
	handOver: (copied: Copied) => Promise<void>,
): Promise<void> {
	const {platform} = process;
	const clipboard = createClipboard({environment, platform, write: writeOnControllingTerminal});
	const callOff = undoAtEnd(() => clipboard.clearNow());
	try {
		const {by, sure} = await clipboard.copy(text);
		const held = clipboard.held();
		await handOver({by, sure, clearing: held && clearingOf(held, environment)});
	} catch (error) {
		await clipboard.clear();
		throw error;
	} finally {
		callOff();
	}
}

function clearingOf(held: Held, environment: Environment): Clearing | undefined {
	const clearing = {...held, environment: clearingEnvironment(environment, process.platform)};
	if (held.way !== 'terminal') return clearing;
	const terminal = ownTerminalDevice();
	return terminal && {...clearing, terminal};
}
