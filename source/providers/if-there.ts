import {Refused} from './refused.js';

/** What is asked for, or undefined where the provider does not have it. */
export async function ifThere<Result>(asking: Promise<Result>): Promise<Result | undefined> {
	try {
		return await asking;
	} catch (error) {
		if (error instanceof Refused && error.kind === 'gone') return undefined;
		throw error;
	}
}
