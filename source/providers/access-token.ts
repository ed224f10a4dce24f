import type {Answer} from '../domain/exchange.js';
import {objectOf} from './answers.js';

/** The token that an OAuth endpoint gives (RFC 6749, 5.1); undefined when the answer is another. */
export function accessTokenOf(answer: Answer): string | undefined {
	const {access_token: token, token_type: type} = objectOf(answer) ?? {};
	const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
	const isToken = typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
	return answer.status === 200 && isBearer && isToken ? token : undefined;
}

/** What a request is sent with so that the token counts (RFC 6750, 2.1). */
export function bearing(token: string): Readonly<Record<string, string>> {
	return {authorization: `Bearer ${token}`, accept: 'application/json'};
}
