import {type Answer, type Ask, type Request, Unreachable} from '../domain/exchange.js';

/** The answer to a request that only adds to a verdict: when nobody answers, there is nothing to add. */
export async function followUp(ask: Ask, request: Request): Promise<Answer | undefined> {
	try {
		return await ask(request);
	} catch (error) {
		if (error instanceof Unreachable) return undefined;
		throw error;
	}
}
