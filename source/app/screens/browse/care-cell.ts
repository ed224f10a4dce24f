import {careOf} from '../../../credentials/care.js';
import {expiryOf} from '../../../credentials/expiry.js';
import type {Credential} from '../../../domain/credential.js';
import type {State} from '../../core/state.js';

/** What the cell of care says. */
export type CareCell = {
	/** The most urgent reason, and how many more there are: `expired +1`. */
	readonly text: string;
	/** The same where it is narrow: `expired`, `in 9d`. */
	readonly brief: string;
	/** Whether something is to be done. */
	readonly urgent: boolean;
};

function cellOf(reason: string, more: number, urgent: boolean): CareCell {
	const brief = reason.replace(/^in ([\d,]+) days?$/, 'in $1d');
	return {text: more === 0 ? reason : `${reason} +${more}`, brief, urgent};
}

/** What needs care about a credential; in the order of expiry, when it expires, even if that needs none. */
export function careCell(
	credential: Credential,
	{credentials, uses, settings: {sort}}: Pick<State, 'credentials' | 'uses' | 'settings'>,
	now: Date,
): CareCell | undefined {
	if (sort === 'expires') {
		const expiry = expiryOf(credential, now);
		if (expiry === undefined) return undefined;
		if (!expiry.urgent) return cellOf(expiry.text, 0, false);
	}
	const [first, ...more] = careOf(credential, credentials, now, uses);
	return first && cellOf(first.badge, more.length, true);
}
