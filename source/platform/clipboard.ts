import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {clipboardAdvice, clipboardWays} from './clipboard-choice.js';
import {atOnce, inTime, type Step, type Taken, type Way} from './clipboard-way.js';
import {type Fingerprint, fingerprintOf, isSameText} from './fingerprint.js';
import {runTool, runToolNow, toolEnvironment} from './tool.js';

/** The result of a copy. */
type Copied = {
	/** What accepted the text, in the user's words: `the clipboard`, `tmux`, `the terminal (OSC 52)`. */
	readonly by: string;
	/** Whether the text is known to be in a clipboard, or in tmux's buffer: never for OSC 52. */
	readonly sure: boolean;
};

/**
 * The result of clearing: `cleared` for certain; `kept` when nothing of ours was there, and the content was left
 * alone; `unknown` when nobody can tell. In that case a terminal was told to empty its clipboard, without an answer
 * (in tmux the buffer is gone for certain); any other clipboard that didn't answer was left as it is, and is checked
 * again next time.
 */
type Cleared = 'cleared' | 'kept' | 'unknown';

/**
 * A clipboard for secrets. They reach other programs through standard input only. A copy that a clipboard manager
 * kept can't be taken back: only wl-copy (2.3) can ask it not to keep one; pbcopy, xclip, xsel and PowerShell have no
 * such option.
 */
export type Clipboard = {
	/** Copies `text`. Throws `file`, with what to install as its hint, when nothing accepts it. */
	copy(text: Secret): Promise<Copied>;
	/** Empties the clipboard if it still holds what `copy()` last put there. */
	clear(): Promise<Cleared>;
	/**
	 * Synchronous variant of `clear()` for process exit, bounded to about two seconds (four for PowerShell). Never
	 * throws.
	 */
	clearNow(): void;
	/** Where what `copy()` last put lies, for whoever clears it later; undefined when nothing does. */
	held(): Held | undefined;
};

/** A text that lies in a clipboard: the way it got there, and what tells it. */
export type Held = {readonly way: string; readonly ours: Fingerprint};

export type ClipboardOptions = {
	readonly environment: Environment;
	readonly platform: NodeJS.Platform;
	/** Writes to the terminal. */
	readonly write: (text: string) => void;
};

/**
 * A clipboard that uses whatever works here. Nothing is run or written before the first copy, and of what is copied
 * only what tells it is kept.
 */
export function createClipboard({environment, platform, write}: ClipboardOptions): Clipboard {
	const ways = clipboardWays(environment, platform);
	const toolsGet = toolEnvironment(environment, platform);
	let held: {readonly way: Way; readonly ours: Fingerprint} | undefined;
	let last: Promise<unknown> = Promise.resolve();

	/** Runs one task at a time: a copy in progress finishes before it is cleared or another one is made. */
	function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
		const next = last.then(task);
		last = next.catch(() => {});
		return next;
	}

	function tell(text: string): Buffer | undefined {
		try {
			write(text);
			return Buffer.alloc(0);
		} catch {
			return undefined;
		}
	}

	async function take(step: Step): Promise<Buffer | undefined> {
		return 'terminal' in step ? tell(step.terminal) : runTool(step, toolsGet).catch(() => undefined);
	}

	function forget(what: typeof held, taken: Taken): Cleared {
		if (taken === 'failed') return 'unknown';
		// Another copy may have been made in the meantime.
		if (held === what) held = undefined;
		return taken;
	}

	async function clear(): Promise<Cleared> {
		const what = held;
		if (what === undefined) return 'kept';
		return forget(what, await inTime(what.way.take(what.ours), take));
	}

	async function copy(text: Secret): Promise<Copied> {
		const before = held;
		const ours = fingerprintOf(text.reveal());
		const {length} = ours;
		const fitting = ways.filter(way => length <= way.limit);
		for (const way of fitting) {
			// Set before the text is there: the process can end in between.
			held = {way, ours};
			if (!(await inTime(way.put(text.reveal()), take))) continue;
			// A previous copy that this one does not overwrite is taken away.
			const stays = before !== undefined && (before.way.stacked || before.way !== way);
			if (stays && !isSameText(before.ours, ours)) await inTime(before.way.take(before.ours), take);
			return {by: way.by, sure: way.sure};
		}
		held = before;
		const advice = clipboardAdvice(environment, platform);
		if (fitting.length < ways.length)
			throw new PharmerError('file', `${length} bytes are too many for the clipboard here`, advice);
		throw new PharmerError('file', 'no clipboard works here', advice);
	}

	return {
		copy: text => inTurn(() => copy(text)),
		clear: () => inTurn(clear),
		clearNow() {
			if (held === undefined) return;
			try {
				const end = Date.now() + held.way.lastMoment;
				const steps = held.way.take(held.ours);
				forget(
					held,
					atOnce(steps, step =>
						'terminal' in step ? tell(step.terminal) : runToolNow(step, toolsGet, end - Date.now()),
					),
				);
			} catch {
				// The process is ending, so nobody is left to tell.
			}
		},
		held: () => held && {way: held.way.id, ours: held.ours},
	};
}
