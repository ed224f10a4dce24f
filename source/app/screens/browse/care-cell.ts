import {careOf} from '../../../credentials/care.js';
import {expiryOf} from '../../../credentials/expiry.js';
import {verdictNow} from '../../../credentials/standing.js';
import type {Credential} from '../../../domain/credential.js';
import {isDecided} from '../../../domain/verdict.js';
import type {State} from '../../core/state.js';

/** What the cell of care says. */
export type CareCell = {
	/** What its provider says, and the most urgent reason for care with how many more there are: `valid, old +1`. */
	readonly text: string;
	/** The more urgent of the two where it is narrow: `expired`, `in 9d`, `valid`. */
	readonly brief: string;
	/** Whether something is to be done. */
	readonly urgent: boolean;
};

function briefly(reason: string): string {
	return reason.replace(/^in ([\d,]+) days?$/, 'in $1d');
}

/**
 * What needs care about a credential, and what its provider says; in the order of expiry, when it expires, even if that
 * needs none.
 */
export function careCell(
	credential: Credential,
	{
		credentials,
		uses,
		verdicts,
		works,
		exposed,
		settings: {sort},
	}: Pick<State, 'credentials' | 'uses' | 'verdicts' | 'works' | 'exposed' | 'settings'>,
	now: Date,
): CareCell | undefined {
	if (sort === 'expires') {
		const expiry = expiryOf(credential, now);
		if (expiry === undefined) return undefined;
		if (!expiry.urgent) return {text: expiry.text, brief: briefly(expiry.text), urgent: false};
	}
	const [first, ...more] = careOf(credential, credentials, now, uses, verdicts, works, exposed);
	const {is = 'valid', badge: said} = verdictNow(credential, verdicts, now) ?? {};
	if (first === undefined) return said === undefined ? undefined : {text: said, brief: said, urgent: false};
	const reason = more.length === 0 ? first.badge : `${first.badge} +${more.length}`;
	const isFirst = ['refused', 'expired', 'rotation', 'expires'].includes(first.kind);
	// That nobody could be reached is no reason to hide one.
	const words = isDecided(is) ? [said, reason] : [reason, said];
	return {
		text: said === first.badge ? reason : words.filter(each => each !== undefined).join(', '),
		brief: briefly(isFirst || said === undefined || !isDecided(is) ? first.badge : said),
		urgent: true,
	};
}
