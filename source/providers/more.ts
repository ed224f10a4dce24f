import {type Ask, type Request, Unreachable} from '../domain/exchange.js';

/**
 * The JSON that answers a request which only adds to what a verdict says; undefined where it is refused, holds no JSON
 * or gets no answer: that takes nothing from the verdict.
 */
export async function more(ask: Ask, request: Request): Promise<unknown> {
	try {
		const {status, body} = await ask(request);
		return status === 200 ? JSON.parse(body) : undefined;
	} catch (error) {
		if (error instanceof Unreachable || error instanceof SyntaxError) return undefined;
		throw error;
	}
}
