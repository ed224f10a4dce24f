import type {Tool} from './tool.js';

/** A run of a tool, or a text for the terminal. */
export type Step = Tool | {readonly terminal: string};

/** Steps that somebody else takes, in time or at once. What a tool gave back comes in, or undefined when it failed. */
export type Steps<Result> = Generator<Step, Result, Buffer | undefined>;

/** What came of clearing; `failed` when nobody could look, so that another attempt makes sense. */
export type Taken = 'cleared' | 'kept' | 'unknown' | 'failed';

/** One way to put a text where a person can paste it from. */
export type Way = {
	readonly by: string;
	/** Whether a text that was put is known to be there. */
	readonly sure: boolean;
	/** Whether an older text is kept beside a newer one. */
	readonly stacked: boolean;
	/** How many bytes it takes at most. */
	readonly limit: number;
	/** How long taking it away may last when the process ends, in milliseconds. */
	readonly lastMoment: number;
	/** True when it took the text. */
	put(text: string): Steps<boolean>;
	/** Takes the text away again, if it is still there. */
	take(text: string): Steps<Taken>;
};
