import type {Answer, Request} from '../domain/exchange.js';

/** How often one request is sent at most. */
const tries = 3;
/** The longest that is waited before another, in seconds, whatever the provider asks for. */
const longestWait = 30;

/** Waits for so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * Sends a request again where the provider asks for patience, 429 or 503, after the time that Retry-After names
 * (RFC 9110, 10.2.3: seconds or a date), and else after one second and then two. Resolves to the last answer.
 */
export function patient<Sent extends Pick<Request, 'isOnce'>, Got extends Pick<Answer, 'status' | 'headers'>>(
	ask: (request: Sent) => Promise<Got>,
	wait: Wait,
	now: () => number,
): (request: Sent) => Promise<Got> {
	return async request => {
		for (let sent = 1; ; sent++) {
			const answer = await ask(request);
			const seconds = delayOf(answer, now()) ?? sent;
			const asksForPatience = answer.status === 429 || answer.status === 503;
			if (!asksForPatience || request.isOnce || sent === tries || seconds > longestWait) return answer;
			await wait(seconds * 1000);
		}
	};
}

function delayOf({headers}: Pick<Answer, 'headers'>, now: number): number | undefined {
	const text = headers.get('retry-after') ?? '';
	if (/^\d{1,6}$/.test(text)) return Number(text);
	const moment = Date.parse(text);
	return Number.isNaN(moment) ? undefined : Math.max(0, (moment - now) / 1000);
}
