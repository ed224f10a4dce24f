import type {Effect} from '../app/core/effect.js';
import type {Event, NamedPlace} from '../app/core/event.js';
import type {SaidVerdict} from '../credentials/standing.js';
import type {Credential} from '../domain/credential.js';
import {type Consent, consentKey} from '../domain/verdict.js';
import {type ForeignPlace, foreignPlaceOf} from '../tasks/foreign-place.js';
import {type Asked, notAsked, verifyAll} from '../tasks/verify.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

/** The most steps in which answers are shown. */
const steps = 250;

/** The app does not look at variables: only the credential itself says where else. */
function placeOf(credential: Credential): ForeignPlace | undefined {
	return foreignPlaceOf(credential, {});
}

/** Tells whether it was agreed to ask about a credential at that place. */
function agreement(consents: readonly Consent[]): (consent: Consent) => boolean {
	const agreed = new Set(consents.map(consentKey));
	return consent => agreed.has(consentKey(consent));
}

/** The places of these credentials that somebody has to agree to, each once. Plain http is nothing to agree to. */
export function placesToAgree(credentials: readonly Credential[], consents: readonly Consent[]): readonly NamedPlace[] {
	const isAgreed = agreement(consents);
	const places = new Map<string, {from: Set<string>; consents: Consent[]; host: string}>();
	for (const credential of credentials) {
		const place = placeOf(credential);
		if (place?.kind !== 'secure') continue;
		const {origin, host, sends} = place;
		const consent = {id: credential.id, origin, sends};
		if (isAgreed(consent)) continue;
		const known = places.get(origin) ?? {from: new Set(), consents: [], host};
		known.from.add(place.from);
		known.consents.push(consent);
		places.set(origin, known);
	}
	return [...places].map(([origin, {from, consents: wanted, host}]) => ({
		origin,
		host,
		from: [...from],
		consents: wanted,
	}));
}

type Running = {
	readonly world: World;
	readonly session: VaultSession;
	readonly signal: AbortSignal;
	readonly tell: (event: Event) => void;
};

/**
 * Asks the providers, tells what they say frame by frame, and keeps what they decide in one write: at the end, or as
 * soon as it is stopped. Resolves to a remark on the keeping, if there is one. Throws what a write throws.
 */
export async function verifyRun(
	{credentials, agreed}: Extract<Effect, {type: 'verify'}>,
	consents: readonly Consent[],
	{world, session, signal, tell}: Running,
): Promise<string | undefined> {
	const isAgreed = agreement([...consents, ...agreed]);
	const said: SaidVerdict[] = [];
	let told = 0;
	let isWaiting = false;
	const flush = (): void => {
		const fresh = said.slice(told);
		told = said.length;
		isWaiting = false;
		if (fresh.length > 0) tell({type: 'answers', said: fresh});
	};
	// Every step looks at all credentials: with many of them, there is one for many answers.
	const batch = Math.max(1, Math.floor(credentials.length / steps));
	const onSaid = (verdict: SaidVerdict): void => {
		said.push(verdict);
		if (isWaiting || said.length - told < batch) return;
		isWaiting = true;
		void world.drawn().then(flush);
	};
	const keep = (): Promise<string | undefined> =>
		session.keep(
			said.filter(each => each.isOfProvider),
			agreed,
		);
	let kept: Promise<string | undefined> | undefined;
	// At a lock the vault is there for the last time.
	const onStop = (): void => {
		kept = keep();
		kept.catch(() => undefined);
	};
	const stopped = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
	signal.addEventListener('abort', onStop, {once: true});
	const places = new Map(credentials.flatMap(each => [[each.id, placeOf(each)] as const]));
	const wanted = credentials.filter(credential => {
		const place = places.get(credential.id);
		if (place === undefined) return true;
		if (place.kind !== 'secure') onSaid(without(notAsked(credential, httpText(place), world.now().getTime())));
		return place.kind === 'secure' && isAgreed({...place, id: credential.id});
	});
	if (world.reach !== undefined) {
		const {network, wait} = await world.reach(signal);
		try {
			const asking = verifyAll(wanted, {
				network,
				now: () => world.now().getTime(),
				wait,
				placeOf: ({id}) => places.get(id),
				signal,
				onAsked: asked => onSaid(without(asked)),
				pause: () => new Promise(resolve => setImmediate(resolve)),
			});
			// What is looked up by name can't be ended.
			await Promise.race([asking, stopped]);
		} finally {
			network.close();
		}
	}
	signal.removeEventListener('abort', onStop);
	flush();
	return kept ?? keep();
}

/** Why a credential is not asked about that names an address of plain http. */
function httpText({host, from, kind}: ForeignPlace): string {
	return kind === 'local'
		? `${from} names ${host}: only \`pharmer verify --endpoint-from-env\` asks there`
		: `${from} names ${host} without TLS: what is sent there could be read`;
}

/** What was said, without the credential. */
function without({credential: _, ...said}: Asked): SaidVerdict {
	return said;
}
