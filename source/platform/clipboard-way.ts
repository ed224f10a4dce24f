import type {Fingerprint} from './fingerprint.js';
import type {Tool} from './tool.js';

/** A run of a tool, or a text for the terminal. */
export type Step = Tool | {readonly terminal: string};

/**
 * Steps that a driver takes, asynchronously or synchronously. Each resumes with the tool's output, or with undefined
 * when it failed.
 */
export type Steps<Result> = Generator<Step, Result, Buffer | undefined>;

/** The result of clearing; `failed` when the content could not be checked, so that another attempt makes sense. */
export type Taken = 'cleared' | 'kept' | 'unknown' | 'failed';

/** One way to put a text where the user can paste it from. */
export type Way = {
	/** Names it among all ways. */
	readonly id: string;
	/** What it is called in a sentence: `the clipboard`, `tmux`. */
	readonly by: string;
	/** Whether a text that was put is known to be there. */
	readonly sure: boolean;
	/** Whether older texts are kept beside newer ones. */
	readonly stacked: boolean;
	/** The most bytes it accepts. */
	readonly limit: number;
	/** How long taking the text away may last when the process ends, in milliseconds. */
	readonly lastMoment: number;
	/** True when it accepted the text. */
	put(text: string): Steps<boolean>;
	/** Takes the text of that fingerprint away again if it is still there. */
	take(ours: Fingerprint): Steps<Taken>;
};

/** Takes steps one after the other. */
export async function inTime<Result>(
	steps: Steps<Result>,
	take: (step: Step) => Promise<Buffer | undefined>,
): Promise<Result> {
	let turn = steps.next();
	while (!turn.done) turn = steps.next(await take(turn.value));
	return turn.value;
}

/** Takes steps without letting go of the process. */
export function atOnce<Result>(steps: Steps<Result>, take: (step: Step) => Buffer | undefined): Result {
	let turn = steps.next();
	while (!turn.done) turn = steps.next(take(turn.value));
	return turn.value;
}
