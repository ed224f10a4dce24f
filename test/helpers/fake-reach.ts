import {type Answer, type Ask, type Request, Unreachable} from '../../source/domain/exchange.js';
import type {World} from '../../source/ui/world.js';
import {noStorage} from './no-storage.js';

/** What a fake AWS says of a key by its id; `silent` never answers. */
export type Says = (keyId: string) => 'valid' | 'invalid' | 'expired' | 'disabled' | 'unreachable' | 'silent';

const codes = {invalid: 'SignatureDoesNotMatch', expired: 'ExpiredToken', disabled: 'InvalidClientTokenId'} as const;

/** The way to a fake AWS without a network, whose clock is at that moment, and the ids of the keys that it was asked. */
export function fakeReach(now: number, says: Says) {
	const asked: string[] = [];
	const signals: AbortSignal[] = [];
	const answer = (status: number, body: string): Answer => ({
		status,
		headers: new Map([['date', new Date(now).toUTCString()]]),
		body: `<Response>${body}</Response>`,
	});
	const ask: Ask = async ({headers, url}: Request) => {
		// What is asked for more than whose a key is does not count here.
		if (/^https:\/\/iam\./.test(url)) throw new Unreachable('nobody is there');
		const [, keyId = ''] = /Credential=(\w+)\//.exec(JSON.stringify(headers)) ?? [];
		asked.push(keyId);
		const is = says(keyId);
		if (is === 'silent') return new Promise(() => {});
		if (is === 'unreachable') throw new Unreachable("sts.amazonaws.com can't be reached (ECONNREFUSED)");
		if (is === 'valid')
			return answer(
				200,
				`<Arn>arn:aws:iam::123456789012:user/${keyId.toLowerCase()}</Arn><Account>123456789012</Account>`,
			);
		return answer(403, `<Error><Code>${codes[is]}</Code></Error>`);
	};
	let closed = 0;
	const reach: World['reach'] = async signal => {
		signals.push(signal);
		return {
			network: {askFor: () => ask, askStorage: noStorage, knows: async () => true, close: () => void closed++},
			wait: async () => {},
		};
	};
	return {
		reach,
		/** The ids of the keys that were asked about. */
		asked: (): readonly string[] => asked,
		/** Runs that were begun, and connections that were let go. */
		runs: () => signals.length,
		closed: () => closed,
	};
}
