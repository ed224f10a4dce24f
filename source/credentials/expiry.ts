import type {CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {daysUntil, parseDate} from '../domain/time.js';
import {plural} from '../domain/words.js';
import {providerOf} from '../providers/catalog.js';
import {deadSince, expirationOf} from '../providers/expiration.js';
import {isOver} from './is-over.js';

/** When a credential expires, as a person writes it: a day (`2027-01-31`), a number of days from now, or never. */
export type Expiry = {readonly day: string} | {readonly inDays: number} | 'never';

/**
 * Parses an expiry: `2027-01-31`; `+90` or `90d` for in 90 days; `none` for never. Surrounding white space is ignored.
 * Throws `invalid` for any other text.
 */
export function parseExpiry(text: string): Expiry {
	const wanted = text.trim();
	if (wanted === 'none') return 'never';
	const days = /^(?:\+\s*(\d{1,4})\s*d?(?:ays?)?|(\d{1,4})\s*d(?:ays?)?)$/.exec(wanted);
	if (days !== null) return {inDays: Number(days[1] ?? days[2])};
	const day = parseDate(wanted);
	if (day !== undefined) return {day};
	throw new PharmerError('invalid', `\`${wanted}\` is not a date`, 'write it as 2027-01-31, or +90 for in 90 days');
}

/** The day (UTC) of an expiry, counted from `now`; undefined for never. */
export function dayOf(expiry: Expiry, now: Date): string | undefined {
	if (expiry === 'never') return undefined;
	if ('day' in expiry) return expiry.day;
	return new Date(now.getTime() + expiry.inDays * 86_400_000).toISOString().slice(0, 10);
}

/** The day that a typed text means, unless it already is a day; undefined when it means none. */
export function meantDay(text: string, now: Date): string | undefined {
	if (parseDate(text.trim()) !== undefined) return undefined;
	try {
		return dayOf(parseExpiry(text), now);
	} catch {
		return undefined;
	}
}

/** Whether a typed text is a day before today. */
export function isPastDay(text: string, now: Date): boolean {
	const day = parseDate(text.trim());
	return day !== undefined && daysUntil(day, now) < 0;
}

/** Days before expiry at which a credential is flagged. */
export const urgentDays = 30;

type Content = Pick<CredentialContent, 'provider' | 'data' | 'expires'>;

/** The day on which the keys of a credential stop working, as far as they say it. */
function ownDay({provider, data}: Content): string | undefined {
	return expirationOf(providerOf(provider), data)?.slice(0, 10);
}

/** When a credential expires, and what that means now. */
type Expires = {
	readonly day: string;
	/** Whether that is over. */
	readonly isOver: boolean;
	/** Whole days until then; negative afterwards. */
	readonly left: number;
	readonly text: string;
	/** Whether it needs care. */
	readonly urgent: boolean;
};

/**
 * When a credential expires: on its day, or at the moment at which its keys stop working, if that comes first.
 * Undefined when it says neither.
 */
export function expiryOf(credential: Content, now: Date): Expires | undefined {
	const own = ownDay(credential);
	const {expires = own} = credential;
	const day = own !== undefined && expires !== undefined && own < expires ? own : expires;
	if (day === undefined) return undefined;
	const left = daysUntil(day, now);
	const over = isOver(credential, providerOf(credential.provider), now);
	return {
		day,
		isOver: over,
		left,
		// A list has no use for it.
		get text() {
			return expiryText(left, over);
		},
		urgent: left <= urgentDays,
	};
}

function expiryText(left: number, isOver: boolean): string {
	if (left < 0) return `expired ${plural(-left, 'day')} ago`;
	if (left === 0) return isOver ? 'expired today' : 'expires today';
	return `in ${plural(left, 'day')}`;
}

/**
 * A credential's content with `expires` set to the day on which its keys stop working, unless it is set. Where the keys
 * take the place of those in `before`, so does their day.
 */
export function withOwnExpiry<Kind extends Content>(content: Kind, before?: Content): Kind {
	const [day, old] = [ownDay(content), before && ownDay(before)];
	if (before !== undefined && day === old) return content;
	if (content.expires !== undefined && content.expires !== before?.expires) return content;
	if (day === undefined && content.expires !== old) return content;
	const {expires: _, ...rest} = content;
	return (day === undefined ? rest : {...rest, expires: day}) as Kind;
}

/** Throws `invalid` for temporary keys that no longer work. `name` is that of their credential, if it has one. */
export function assertAlive({provider, data}: Content, now: Date, name?: string): void {
	const moment = deadSince(providerOf(provider), data, now);
	if (moment === undefined) return;
	throw new PharmerError(
		'invalid',
		`${name === undefined ? 'these temporary keys' : `the temporary keys of \`${name}\``} expired on \`${moment}\``,
		name === undefined ? 'get new ones' : `\`pharmer edit credential ${name}\` takes new ones`,
	);
}
