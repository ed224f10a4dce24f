import type {Credential} from '../domain/credential.js';
import {daysUntil} from '../domain/time.js';
import {plural} from '../domain/words.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import {checkData} from './check.js';
import {expiryText} from './expiry.js';

/** Why a credential needs care, the most pressing first: it has expired or soon will, its secret is elsewhere too, its shape is odd, it is old. */
export type Care = {
	readonly kind: 'expired' | 'expires' | 'shared' | 'odd' | 'old';
	/** In a word or two, for a list. */
	readonly badge: string;
	/** In a sentence without its end. */
	readonly text: string;
};

/** What to do about each kind, as a sentence without its end. */
export const careAdvice = {
	expired: 'make a new one at the provider, put it in with e, and revoke this one',
	expires: 'make a new one at the provider in time, and put it in with e',
	shared: 'one that leaks opens both: give each its own',
	odd: 'look at it with e: a character may be missing, or it is of another kind',
	old: 'make a new one at the provider, put it in with e, and revoke this one',
} as const;

/** A secret is old when it has not been changed for more days than that. */
const oldDays = 90;

/** Shorter values are the same by chance, such as a region or a short user name. */
const shortestSecret = 8;

type Holders = ReadonlyMap<string, readonly Credential[]>;

const holdersOf = new WeakMap<readonly Credential[], Holders>();

/** Which credentials hold a secret, by the secret. Made once for a list of credentials. */
function secretHolders(credentials: readonly Credential[]): Holders {
	const known = holdersOf.get(credentials);
	if (known !== undefined) return known;
	const holders = new Map<string, Credential[]>();
	for (const credential of credentials) {
		const provider = providerOf(credential.provider);
		for (const [key, value] of credential.data) {
			const text = value.reveal();
			if (text.length < shortestSecret || !fieldOf(provider, key).secret) continue;
			const others = holders.get(text);
			if (others === undefined) holders.set(text, [credential]);
			else if (others.at(-1) !== credential) others.push(credential);
		}
	}
	holdersOf.set(credentials, holders);
	return holders;
}

/** As many are named; the others are counted. */
const namedSharers = 3;

/** Which others hold the secret that it shares with most, as a part of a sentence; undefined when it shares none. */
function sharedWith(credential: Credential, credentials: readonly Credential[]): string | undefined {
	const holders = secretHolders(credentials);
	const shared = [...credential.data.values()]
		.map(value => holders.get(value.reveal()) ?? [])
		.reduce((most, each) => (each.length > most.length ? each : most), []);
	if (shared.length < 2) return undefined;
	// Thousands can hold the same: only as many are looked at as are named.
	const named = shared
		.slice(0, namedSharers + 1)
		.filter(({id}) => id !== credential.id)
		.slice(0, namedSharers);
	const more = shared.length - 1 - named.length;
	return `${named.map(({name}) => name).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const findings = new WeakMap<Credential, string | undefined>();

/** What is odd about its data, or missing from it. */
function oddity(credential: Credential): string | undefined {
	if (!findings.has(credential)) {
		const provider = providerOf(credential.provider);
		const [finding] = checkData(provider, credential.data);
		const label = finding === undefined || finding.field === '' ? '' : `${fieldOf(provider, finding.field).label}: `;
		findings.set(credential, finding && `${label}${finding.message}`);
	}
	return findings.get(credential);
}

/** Everything about a credential, one of `credentials`, that needs care. */
export function careOf(credential: Credential, credentials: readonly Credential[], now: Date): readonly Care[] {
	const care: Care[] = [];
	if (credential.expires !== undefined) {
		const left = daysUntil(credential.expires, now);
		const {text, urgent} = expiryText(credential.expires, now);
		if (urgent) {
			const badge = left < 0 ? 'expired' : left === 0 ? 'today' : `in ${plural(left, 'day')}`;
			care.push({kind: left < 0 ? 'expired' : 'expires', badge, text: left > 0 ? `expires ${text}` : text});
		}
	}
	const others = sharedWith(credential, credentials);
	if (others !== undefined) care.push({kind: 'shared', badge: 'shared', text: `has the same secret as ${others}`});
	const odd = oddity(credential);
	if (odd !== undefined) care.push({kind: 'odd', badge: 'odd', text: odd});
	const unchanged = Math.floor((now.getTime() - Date.parse(credential.changed)) / 86_400_000);
	if (unchanged > oldDays)
		care.push({kind: 'old', badge: 'old', text: `has not been changed for ${plural(unchanged, 'day')}`});
	return care;
}

export type CareRow = {readonly credential: Credential; readonly care: Care};

/** How many credentials the rows are about. */
export function needyCount(rows: readonly CareRow[]): number {
	return new Set(rows.map(({credential}) => credential.id)).size;
}

/** A vault's credentials, and the time in milliseconds since 1970. */
type Vault = {readonly credentials: readonly Credential[]; readonly now: number};

const kinds: readonly Care['kind'][] = ['expired', 'expires', 'shared', 'odd', 'old'];

const rowsOf = new WeakMap<readonly Credential[], {readonly day: number; readonly rows: readonly CareRow[]}>();

/** All that needs care in a vault at a moment (milliseconds since 1970), the most pressing first. */
export function careRows({credentials, now}: Vault): readonly CareRow[] {
	const day = Math.floor(now / 86_400_000);
	const known = rowsOf.get(credentials);
	if (known?.day === day) return known.rows;
	const all = credentials.flatMap(credential =>
		careOf(credential, credentials, new Date(now)).map(care => ({credential, care})),
	);
	const rows = kinds.flatMap(kind => all.filter(({care}) => care.kind === kind));
	rowsOf.set(credentials, {day, rows});
	return rows;
}
