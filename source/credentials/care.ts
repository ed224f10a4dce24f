import type {Credential} from '../domain/credential.js';
import {type Exposures, nobodyRemoved} from '../domain/team.js';
import {noWorks, type UnderWayWorks} from '../domain/under-way-work.js';
import {isRefused} from '../domain/verdict.js';
import {listed, plural} from '../domain/words.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import {checkData} from './check.js';
import {expiryOf, urgentDays} from './expiry.js';
import {type LastUses, unusedDays} from './last-use.js';
import {beforeSorting} from './order.js';
import {namedSharers, SecretHolders, sharers, sharersText} from './same.js';
import {secretDays} from './secret-since.js';
import {decidedNow, noVerdicts, type Verdicts} from './standing.js';
import {waitingFor, workNow} from './waiting.js';

/** A reason why a credential needs care: `careKinds` has them in their order, `careMeaning()` what each means. */
export type Care = {
	readonly kind: 'refused' | 'expired' | 'exposed' | 'rotation' | 'expires' | 'shared' | 'odd' | 'old' | 'unused';
	/** One or two words, for a list. */
	readonly badge: string;
	/** A sentence without its full stop. */
	readonly text: string;
};

/** The words for the kinds, for people; the kinds themselves are for programs. */
const words: Readonly<Record<Care['kind'], string>> = {
	refused: 'refused',
	expired: 'expired',
	exposed: 'exposed',
	rotation: 'waits',
	expires: 'expires',
	shared: 'duplicate',
	odd: 'check',
	old: 'old',
	unused: 'unused',
};

export function careWord(kind: Care['kind']): string {
	return words[kind];
}

/** How a person changes, deletes and asks about a credential here, and goes on with it, as in `put it in WITH E`. */
export type Means = {readonly change: string; readonly remove: string; readonly ask: string; readonly goOn: string};

/** What to do about each kind, as a sentence without its full stop. */
export function careAdvice(kind: Care['kind'], {change, remove, ask, goOn}: Means): string {
	switch (kind) {
		case 'refused':
			return `ask again ${ask}; if it stays so, make a new one at the provider and put it in ${change}`;
		case 'expired':
		case 'old':
			return `make a new one at the provider, put it in ${change}, and revoke this one`;
		case 'exposed':
			return 'rotate it, or make a new one at the provider: until then whoever was removed can use it';
		case 'rotation':
			return `go on ${goOn}`;
		case 'expires':
			return `make a new one at the provider in time, and put it in ${change}`;
		case 'shared':
			return 'one that leaks opens both: give each its own';
		case 'odd':
			return `look at it ${change}: a character may be missing, or it is of another kind`;
		case 'unused':
			return `if nothing needs it any more, revoke it at the provider and delete it ${remove}`;
	}
}

/** Days after which a secret is old that was not changed. */
const oldDays = 90;
/** Days without a use on this machine after which a credential may not be needed. */
const unusedLimit = 180;

/** What each kind means, as a sentence without its full stop. */
export function careMeaning(kind: Care['kind']): string {
	switch (kind) {
		case 'refused':
			return 'its provider says that it does not work any more';
		case 'expired':
			return 'the day on which it expires has passed';
		case 'exposed':
			return 'somebody who was removed from the team could read it, and it is still the same';
		case 'rotation':
			return 'what was begun for it at its provider has not come to its end';
		case 'expires':
			return `it expires within ${urgentDays} days`;
		case 'shared':
			return 'another one has the same secret';
		case 'odd':
			return 'a value does not look as its provider makes them';
		case 'old':
			return `its secret has not been changed for ${oldDays} days`;
		case 'unused':
			return `it has not been used here for ${unusedLimit} days`;
	}
}

const holdersOf = new WeakMap<readonly Credential[], SecretHolders<Credential>>();

/** Who holds which secret. Computed once per list of credentials. */
function secretHolders(credentials: readonly Credential[]): SecretHolders<Credential> {
	const known = holdersOf.get(credentials);
	if (known !== undefined) return known;
	const holders = new SecretHolders<Credential>();
	const sharing = sharers(beforeSorting(credentials));
	if (sharing.size > 0)
		for (const credential of credentials) if (sharing.has(credential)) holders.add(credential, credential);
	holdersOf.set(credentials, holders);
	return holders;
}

/** The other holders of the credential's most shared secret, as part of a sentence; undefined when it shares none. */
function sharedWith(credential: Credential, credentials: readonly Credential[]): string | undefined {
	const shared = secretHolders(credentials).mostOf(credential);
	if (shared.length < 2) return undefined;
	// Thousands may hold the same secret: look at no more of them than are named.
	const named = shared.slice(0, namedSharers + 1).filter(({id}) => id !== credential.id);
	return sharersText(
		named.map(({name}) => name),
		shared.length - 1,
	);
}

const oddities = new WeakMap<Credential, readonly string[]>();

/** Everything that is odd about its data or missing from it. Computed once per credential. */
function odditiesOf(credential: Credential): readonly string[] {
	const known = oddities.get(credential);
	if (known !== undefined) return known;
	const provider = providerOf(credential.provider);
	const texts = checkData(provider, credential.data).map(({field, message}) =>
		field === '' ? message : `${fieldOf(provider, field).label}: ${message}`,
	);
	oddities.set(credential, texts);
	return texts;
}

/** Every reason why a credential, one of `credentials`, needs care; uses and verdicts as far as they are known. */
export function careOf(
	credential: Credential,
	credentials: readonly Credential[],
	now: Date,
	uses: LastUses,
	verdicts = noVerdicts,
	works = noWorks,
	exposed = nobodyRemoved,
): readonly Care[] {
	const cares = [...refusalOf(credential, verdicts, now), ...ownCareOf(credential, credentials, now, uses)];
	const more = [...exposureOf(credential.id, exposed), ...waitingOf(credential.id, works, now)];
	return more.length === 0 ? cares : byUrgency([...more, ...cares], care => care);
}

/** Who was removed from the team, and could read a credential that is still the same. */
function exposureOf(id: string, exposed: Exposures): readonly Care[] {
	const who = exposed.get(id);
	if (who === undefined) return [];
	const text = `could be read by ${listed(who)}, who ${who.length === 1 ? 'was' : 'were'} removed`;
	return [{kind: 'exposed', badge: careWord('exposed'), text}];
}

/** What waits for a credential, or for one that it signs for. */
function waitingOf(id: string, works: UnderWayWorks, now: Date): readonly Care[] {
	if (works.size === 0) return [];
	return waitingFor(id, works, now).map(text => ({kind: 'rotation', badge: careWord('rotation'), text}));
}

/** The most urgent kind first, and those of a kind as they were. */
function byUrgency<Item>(items: readonly Item[], careIn: (item: Item) => Care): readonly Item[] {
	return careKinds.flatMap(kind => items.filter(item => careIn(item).kind === kind));
}

/** What its provider says of one that it does not take any more. */
function refusalOf(credential: Credential, verdicts: Verdicts, now: Date): readonly Care[] {
	const decided = decidedNow(credential, verdicts, now);
	if (decided === undefined || !isRefused(decided.is)) return [];
	const text = `is ${decided.is}, as its provider said ${decided.ago}: ${decided.why}`;
	return [{kind: 'refused', badge: decided.badge, text}];
}

/** The reasons that need no provider to be known. */
function ownCareOf(
	credential: Credential,
	credentials: readonly Credential[],
	now: Date,
	uses: LastUses,
): readonly Care[] {
	const care: Care[] = [];
	const expiry = expiryOf(credential, now);
	if (expiry?.urgent === true) {
		const {left, isOver, text} = expiry;
		const badge = isOver ? 'expired' : left === 0 ? 'today' : `in ${plural(left, 'day')}`;
		care.push({kind: isOver ? 'expired' : 'expires', badge, text: left > 0 ? `expires ${text}` : text});
	}
	const others = sharedWith(credential, credentials);
	if (others !== undefined)
		care.push({kind: 'shared', badge: careWord('shared'), text: `has the same secret as ${others}`});
	for (const text of odditiesOf(credential)) care.push({kind: 'odd', badge: careWord('odd'), text});
	const old = secretDays(credential, now);
	if (old > oldDays) {
		const what = credential.secretSince === undefined ? 'has not been changed' : 'has had the same secret';
		care.push({kind: 'old', badge: 'old', text: `${what} for ${plural(old, 'day')}`});
	}
	const unused = unusedDays(credential, uses, now) ?? 0;
	if (unused > unusedLimit)
		care.push({kind: 'unused', badge: 'unused', text: `has not been used here for ${plural(unused, 'day')}`});
	return care;
}

export type CareRow = {readonly credential: Credential; readonly care: Care};

/** The number of different credentials in the rows. */
export function needyCount(rows: readonly CareRow[]): number {
	return new Set(rows.map(({credential}) => credential.id)).size;
}

/**
 * A vault's credentials, their last uses, what providers said of them and what is under way there, who was removed from
 * the team and could read them, and the time in milliseconds since 1970.
 */
type Vault = {
	readonly credentials: readonly Credential[];
	readonly uses: LastUses;
	readonly verdicts?: Verdicts | undefined;
	readonly works?: UnderWayWorks | undefined;
	readonly exposed?: Exposures | undefined;
	readonly now: number;
};

/** The kinds, most urgent first. */
export const careKinds: readonly Care['kind'][] = [
	'refused',
	'expired',
	'exposed',
	'rotation',
	'expires',
	'shared',
	'odd',
	'old',
	'unused',
];

/** Rows by the day on which their credentials expire, the first first. */
function byDay(now: Date): (one: CareRow, other: CareRow) => number {
	const left = ({credential}: CareRow): number => expiryOf(credential, now)?.left ?? 0;
	return (one, other) => left(one) - left(other);
}

type KnownRows = {readonly day: number; readonly uses: LastUses; readonly rows: readonly CareRow[]};

const ownRowsOf = new WeakMap<readonly Credential[], KnownRows>();

/** The reasons that need no provider to be known, once per list of credentials, their uses, and day. */
function ownRows({credentials, uses, now}: Vault): readonly CareRow[] {
	const day = Math.floor(now / 86_400_000);
	const known = ownRowsOf.get(credentials);
	if (known?.day === day && known.uses === uses) return known.rows;
	const all = credentials.flatMap(credential =>
		ownCareOf(credential, credentials, new Date(now), uses).map(care => ({credential, care})),
	);
	const rows = careKinds.flatMap(kind => {
		const ofKind = all.filter(({care}) => care.kind === kind);
		return kind === 'expired' || kind === 'expires' ? ofKind.sort(byDay(new Date(now))) : ofKind;
	});
	ownRowsOf.set(credentials, {day, uses, rows});
	return rows;
}

type AllRows = Required<Pick<Vault, 'verdicts' | 'exposed'>> & {
	readonly own: readonly CareRow[];
	readonly waiting: string;
	readonly rows: readonly CareRow[];
};

const rowsOf = new WeakMap<readonly Credential[], AllRows>();

/**
 * Everything in a vault that needs care at that time, most urgent first. Computed once per list of credentials, their
 * uses and verdicts, what waits, who was removed, and day.
 */
export function careRows(vault: Vault): readonly CareRow[] {
	const {credentials, verdicts = noVerdicts, works = noWorks, exposed = nobodyRemoved, now} = vault;
	const own = ownRows(vault);
	const moment = new Date(now);
	const waits = [...works.values()].filter(work => workNow(work, moment).waits);
	const waiting = waits.map(({id, at}) => `${id} ${at}`).join();
	const known = rowsOf.get(credentials);
	const isKnown = known?.own === own && known.verdicts === verdicts && known.exposed === exposed;
	if (isKnown && known.waiting === waiting) return known.rows;
	const about = new Set(waits.flatMap(({id, admin = id}) => [id, admin]));
	const first = credentials.flatMap(credential => [
		...refusalOf(credential, verdicts, moment).map(care => ({credential, care})),
		...exposureOf(credential.id, exposed).map(care => ({credential, care})),
		...(about.has(credential.id) ? waitingOf(credential.id, works, moment) : []).map(care => ({credential, care})),
	]);
	const rows = about.size + exposed.size === 0 ? [...first, ...own] : byUrgency([...first, ...own], ({care}) => care);
	rowsOf.set(credentials, {own, verdicts, waiting, exposed, rows});
	return rows;
}
