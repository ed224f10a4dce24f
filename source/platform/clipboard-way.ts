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
	/** Takes the text away again if it is still there. */
	take(text: string): Steps<Taken>;
};
