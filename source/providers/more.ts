import type {Ask, Request} from '../domain/exchange.js';
import {followUp} from './follow-up.js';

/**
 * The JSON that answers a request which only adds to what a verdict says; undefined where it is refused, holds no JSON
 * or gets no answer: that takes nothing from the verdict.
 */
export async function more(ask: Ask, request: Request): Promise<unknown> {
	const answer = await followUp(ask, request);
	if (answer?.status !== 200) return undefined;
	try {
		return JSON.parse(answer.body);
	} catch {
		return undefined;
	}
}
