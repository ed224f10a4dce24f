import type {Credential} from '../domain/credential.js';
import {type Consent, consentKey} from '../domain/verdict.js';
import {listed, plural} from '../domain/words.js';
import {type ForeignPlace, foreignPlaceOf} from '../tasks/foreign-place.js';
import {agrees} from './agree.js';
import type {Context} from './context.js';
import {usage} from './talk.js';

/** Where credentials may be asked about beside their providers' own hosts. */
export type Consents = {
	/** Where a credential is asked about. */
	readonly places: ReadonlyMap<Credential, ForeignPlace>;
	/** Those that are not asked about at all, and why. */
	readonly refused: ReadonlyMap<Credential, string>;
	/** What was agreed to just now. */
	readonly added: readonly Consent[];
	/** Whether somebody said no. */
	readonly isDeclined: boolean;
};

type Asking = {
	/** What was agreed to before. */
	readonly known: readonly Consent[];
	/** `--endpoint-from-env`: it is agreed to all of them. */
	readonly isAgreed: boolean;
	/** Where a credential would be asked about; undefined at its provider's own hosts. */
	readonly placeOf?: (credential: Credential) => ForeignPlace | undefined;
};

const flag = '`--endpoint-from-env`';

/**
 * Asks the person at the terminal for each address that is not a provider's own whether these credentials may be asked
 * about there, once an address. Throws `usage`, before anything is sent, where nobody can be asked or where the flag is
 * needed.
 */
export async function consentTo(
	credentials: readonly Credential[],
	{known, isAgreed, placeOf = credential => foreignPlaceOf(credential, context.environment)}: Asking,
	context: Context,
): Promise<Consents> {
	const agreed = new Set(known.map(consentKey));
	const places = new Map<Credential, ForeignPlace>();
	const refused = new Map<Credential, string>();
	const open = new Map<string, {readonly place: ForeignPlace; readonly credentials: Credential[]}>();
	for (const credential of credentials) {
		const place = placeOf(credential);
		if (place === undefined) continue;
		const isKnown = agreed.has(consentKey({...place, id: credential.id}));
		if (place.kind === 'open') refused.set(credential, `${place.from} names ${place.host} without TLS`);
		else if (isAgreed || (isKnown && place.kind === 'secure')) places.set(credential, place);
		else if (place.kind === 'local')
			refused.set(credential, `${place.from} names ${place.host} without TLS, where ${flag} asks`);
		else {
			const key = JSON.stringify([place.origin, place.from, place.sends]);
			const others = open.get(key);
			if (others === undefined) open.set(key, {place, credentials: [credential]});
			else others.credentials.push(credential);
		}
	}
	const added: Consent[] = [];
	let isDeclined = false;
	for (const {place, credentials: asking} of open.values()) {
		if (await agreesTo(place, asking, context)) {
			for (const credential of asking) {
				places.set(credential, place);
				added.push({id: credential.id, origin: place.origin, sends: place.sends});
			}
		} else {
			isDeclined = true;
			for (const credential of asking) refused.set(credential, `you did not agree to ${place.host}`);
		}
	}
	return {places, refused, added, isDeclined};
}

async function agreesTo(
	{host, from, sends}: ForeignPlace,
	credentials: readonly Credential[],
	context: Context,
): Promise<boolean> {
	const names = credentials.map(({name}) => name);
	const who = names.length > 3 ? plural(names.length, 'credential') : listed(names);
	const prompt = context.prompt(false);
	if (prompt === undefined)
		throw usage(`\`${from}\` names ${host}, which is not a host of the provider, for ${who}`, `${flag} asks there`);
	return agrees(prompt, `For ${who}, ${from} names ${host}. Send it ${sends}? A yes is remembered. [y/N] `, 'fresh');
}
