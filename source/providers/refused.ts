import {type Answer, Unreachable} from '../domain/exchange.js';
import {judged, type Row, strange} from './answers.js';

/**
 * Why a provider does not do what was asked. `denied`: it may not; `unsigned`: the credential itself is not accepted;
 * `full`: there are as many keys as there may be; `gone`: what it is about is not there; `used`: something else is in
 * it; `taken`: something of that name is there; `later`: it wants fewer requests; `other`: anything else.
 */
export type Refusal = 'denied' | 'unsigned' | 'full' | 'gone' | 'used' | 'taken' | 'later' | 'other';

/** A provider has not done what was asked. Its message is one line without a full stop, and no part of an answer. */
export class Refused extends Error {
	readonly kind: Refusal;

	constructor(kind: Refusal, message: string) {
		super(message);
		this.kind = kind;
	}
}

/** An answer by which a provider is known to refuse something. */
export type RefusalRow = Pick<Row, 'status' | 'code' | 'why'> & {readonly kind: Refusal};

/**
 * What is thrown for an answer that is not the one that was hoped for. `code` is what the answer has in the place where
 * this provider has its codes; undefined when it is none of the provider's answers. `Unreachable` where it is not known
 * whether the provider has done it.
 */
export function refusal(answer: Answer, code: string | undefined, rows: readonly RefusalRow[]): Refused | Unreachable {
	const known = rows.find(each => judged(answer, code, [{...each, is: 'limited'}]).is === 'limited');
	if (known !== undefined) return new Refused(known.kind, known.why);
	const {is, why} = judged(answer, code, []);
	return is === 'unreachable' ? new Unreachable(why) : new Refused('other', why);
}

/** For an answer that says it was done, and lacks what it has to have: nobody knows. */
export function incomplete(answer: Answer): Unreachable {
	return new Unreachable(strange(answer).why);
}
