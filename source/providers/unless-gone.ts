import {Refused} from './refused.js';

/** Resolves also where what is to be deleted or switched off is gone. */
export async function unlessGone(done: Promise<unknown>): Promise<void> {
	try {
		await done;
	} catch (error) {
		if (!(error instanceof Refused && error.kind === 'gone')) throw error;
	}
}

/** What is asked for, or undefined where the provider does not have it. */
export async function ifThere<Result>(asking: Promise<Result>): Promise<Result | undefined> {
	try {
		return await asking;
	} catch (error) {
		if (error instanceof Refused && error.kind === 'gone') return undefined;
		throw error;
	}
}
