import {Refused} from './refused.js';

/** Resolves also where what is to be deleted or switched off is gone. */
export async function unlessGone(done: Promise<unknown>): Promise<void> {
	try {
		await done;
	} catch (error) {
		if (!(error instanceof Refused && error.kind === 'gone')) throw error;
	}
}
