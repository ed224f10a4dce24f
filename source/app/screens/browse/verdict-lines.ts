import {type Care, careOf} from '../../../credentials/care.js';
import {type Verdicts, verdictNow, whoTexts} from '../../../credentials/standing.js';
import type {Credential} from '../../../domain/credential.js';
import {ago} from '../../../domain/time.js';
import {visible} from '../../../text/visible.js';
import type {State} from '../../core/state.js';

/** What needs care about a credential and has no row of its own in the detail, as expiry and verdict have. */
export function detailCares(
	credential: Credential,
	{credentials, uses, verdicts, works, exposed}: Pick<State, 'credentials' | 'uses' | 'verdicts' | 'works' | 'exposed'>,
	now: Date,
): readonly Care[] {
	const said = verdictNow(credential, verdicts, now)?.badge;
	return careOf(credential, credentials, now, uses, verdicts, works, exposed).filter(
		({kind, badge}) => kind !== 'expired' && kind !== 'expires' && !(kind === 'refused' && badge === said),
	);
}

/** A line of the detail: a label, what it says in parts, and whether something is to be done. Safe for a terminal. */
type VerdictLine = {readonly label: string; readonly texts: readonly string[]; readonly isWarning: boolean};

/** What a credential's provider says of it, a line each; none when nobody was asked. */
export function verdictLines(credential: Credential, verdicts: Verdicts, now: Date): readonly VerdictLine[] {
	const standing = verdictNow(credential, verdicts, now);
	if (standing === undefined) return [];
	const {badge, is, why, who, expires, lastUsed, host} = standing;
	const line = (label: string, ...texts: readonly string[]): VerdictLine => ({
		label,
		texts: texts.map(visible),
		isWarning: label === 'verdict' && is !== 'valid',
	});
	const dated = (moment: string): readonly string[] => [moment.slice(0, 10), ago(moment, now)];
	return [
		line('verdict', badge, why),
		...whoTexts(who).map(([label, text]) => line(label, text)),
		...(expires === undefined ? [] : [line('ends', expires.slice(0, 10))]),
		...(lastUsed === undefined ? [] : [line('last used', ...dated(lastUsed))]),
		line('asked', ...(host === '' ? [] : [host]), standing.ago),
	];
}
