import {careOf} from '../../../credentials/care.js';
import {expiryOf} from '../../../credentials/expiry.js';
import type {Credential} from '../../../domain/credential.js';
import type {State} from '../../core/state.js';

/** What the cell of care tells: the most urgent, how many more there are, and whether it asks for something. */
export type CareCell = {readonly brief: string; readonly more: number; readonly urgent: boolean};

/** What needs care about a credential; in the order of expiry, when it expires, even if that needs none. */
export function careCell(
	credential: Credential,
	{credentials, uses, settings: {sort}}: Pick<State, 'credentials' | 'uses' | 'settings'>,
	now: Date,
): CareCell | undefined {
	if (sort === 'expires') {
		const expiry = expiryOf(credential, now);
		if (expiry === undefined) return undefined;
		if (!expiry.urgent) return {brief: expiry.text, more: 0, urgent: false};
	}
	const [first, ...more] = careOf(credential, credentials, now, uses);
	return first && {brief: first.badge, more: more.length, urgent: true};
}

/** The cell of care in full: `expired +1` for one more reason. */
export function careText({brief, more}: CareCell): string {
	return more === 0 ? brief : `${brief} +${more}`;
}
