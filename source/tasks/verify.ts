import {dataDigest} from '../credentials/data-digest.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Answer, type Ask, Unreachable} from '../domain/exchange.js';
import {roughTime, timestamp} from '../domain/time.js';
import {isDecided, isRefused, type KeptVerdict, type Verdict} from '../domain/verdict.js';
import type {Network} from '../network/network.js';
import type {Wait} from '../network/patience.js';
import {verdict} from '../providers/answers.js';
import {isSecretField, providerOf} from '../providers/catalog.js';
import {valuesOf} from '../providers/data.js';
import {probes} from '../providers/probes.js';
import type {ForeignPlace} from './foreign-place.js';

/** What was said of a credential. */
export type Asked = KeptVerdict & {
	readonly credential: Credential;
	/** Whether the provider itself has decided: only that is kept. */
	readonly isOfProvider: boolean;
};

export type Verifying = {
	readonly network: Network;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly wait: Wait;
	/** Where somebody has agreed that a credential is asked about. */
	readonly placeOf: (credential: Credential) => ForeignPlace | undefined;
	/** Nothing more is asked once this is aborted, and what is under way is not reported. */
	readonly signal?: AbortSignal;
	readonly onAsked: (asked: Asked) => void;
	/** Resolves when something else may go on: many may need no network at all. */
	readonly pause?: () => Promise<void>;
};

/** Credentials that are asked about at a time. */
const width = 8;

/** AWS may refuse a right secret within this time after a wrong one for the same id (trufflehog's detector for AWS). */
const settling = 5000;

/**
 * Asks the providers of these credentials, eight at a time and one at a time for each key, and reports each answer as
 * it comes. What is the same is asked once. Never rejects.
 */
export async function verifyAll(credentials: readonly Credential[], verifying: Verifying): Promise<void> {
	const queue = [...(await bySubject(credentials, verifying)).values()];
	const work = async (): Promise<void> => {
		for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
			await verifying.pause?.();
			await verifyGroup(group, verifying);
		}
	};
	await Promise.all(Array.from({length: width}, work));
}

/** Credentials whose digests are made before something else may go on. */
const stretch = 256;

/** The credentials that must not be asked about at the same time, together. */
async function bySubject(
	credentials: readonly Credential[],
	{pause}: Verifying,
): Promise<ReadonlyMap<string, readonly Credential[]>> {
	const groups = new Map<string, Credential[]>();
	for (const [at, credential] of credentials.entries()) {
		if (at % stretch === stretch - 1) await pause?.();
		const subject = probeOf(credential)?.subject?.(valuesOf(credential.data)) ?? '';
		const key = JSON.stringify(subject === '' ? [credential.provider, dataDigest(credential)] : [subject]);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [credential]);
		else group.push(credential);
	}
	return groups;
}

async function verifyGroup(group: readonly Credential[], verifying: Verifying): Promise<void> {
	const answered = new Map<string, Asked>();
	const refused = new Map<string, Asked>();
	for (const credential of group) {
		if (verifying.signal?.aborted) return;
		const key = JSON.stringify([dataDigest(credential), verifying.placeOf(credential)?.origin]);
		const signIn = probeOf(credential)?.signIn?.(valuesOf(credential.data)) ?? '';
		const known = answered.get(key) ?? (signIn === '' ? undefined : refused.get(signIn));
		let asked = known ?? (await askAbout(credential, verifying));
		if (known === undefined && asked.is === 'invalid' && signIn === '' && answered.size > 0) {
			await verifying.wait(settling);
			asked = await askAbout(credential, verifying);
		}
		if (verifying.signal?.aborted) return;
		answered.set(key, asked);
		// Whatever else was answered: a wrong password may be counted.
		if (!works(asked) && asked.is !== 'unreachable') refused.set(signIn, asked);
		verifying.onAsked({...asked, credential, id: credential.id, digest: dataDigest(credential)});
	}
}

/** For a credential that nobody is asked about. `now` in milliseconds since 1970. */
export function notAsked(credential: Credential, why: string, now: number): Asked {
	return {
		...verdict('unsupported', why),
		id: credential.id,
		digest: dataDigest(credential),
		host: '',
		at: timestamp(new Date(now)),
		credential,
		isOfProvider: false,
	};
}

function probeOf({provider}: Credential) {
	return probes.get(providerOf(provider).id);
}

async function askAbout(credential: Credential, verifying: Verifying): Promise<Asked> {
	const {network, now, placeOf} = verifying;
	const place = placeOf(credential);
	const hosts = new Set<string>();
	const said = await verdictOf(credential, verifying, place, request => {
		hosts.add(new URL(request.url).host);
		return network.askFor({
			provider: providerOf(credential.provider).id,
			origins: new Set(place === undefined ? [] : [place.origin]),
		})(request);
	});
	return {
		...withoutSecrets(said, credential),
		id: credential.id,
		digest: dataDigest(credential),
		host: [...hosts].join(', '),
		at: timestamp(new Date(now())),
		credential,
		isOfProvider: place === undefined && isDecided(said.is),
	};
}

/** The shortest secret that is looked for in what was said: a shorter one may be part of any word. */
const shortest = 8;

/** What was said, without any text that holds a secret of the credential: who answers may say what it was sent. */
function withoutSecrets(said: Verdict, {provider, data}: Credential): Verdict {
	const value = valuesOf(data);
	const secrets = [...data.keys()].filter(key => isSecretField(provider, key)).map(value);
	const holdsOne = (text: string): boolean => secrets.some(each => each.length >= shortest && text.includes(each));
	const who = Object.entries(said.who).filter(([, texts]) => ![texts].flat().some(holdsOne));
	return {...said, why: holdsOne(said.why) ? 'the answer repeats a secret' : said.why, who: Object.fromEntries(who)};
}

function works({is}: Verdict): boolean {
	return is === 'valid' || is === 'limited';
}

/** Clocks are never quite the same: milliseconds that change no answer. */
const tolerated = 30_000;

async function verdictOf(
	credential: Credential,
	{network, now}: Verifying,
	place: ForeignPlace | undefined,
	send: Ask,
): Promise<Verdict> {
	const probe = probeOf(credential);
	if (probe === undefined)
		return verdict('unsupported', `nobody can be asked about a credential of ${credential.provider}`);
	let skew: number | undefined;
	let isAnswered = false;
	const ask: Ask = async request => {
		const answer = await send(request);
		isAnswered = true;
		skew = skewOf(answer, now()) ?? skew;
		return answer;
	};
	const value = valuesOf(credential.data);
	const verify = (time: number): Promise<Verdict> =>
		probe.verify(value, {ask, now: new Date(time), knows: network.knows, endpoint: place?.endpoint});
	const isTimed = typeof probe.isTimed === 'function' ? probe.isTimed(value) : probe.isTimed === true;
	try {
		const said = await verify(now());
		if (!isTimed || !isAnswered || !(isRefused(said.is) || said.is === 'unknown')) return said;
		// What was signed carried a time: only what is said of the right one counts.
		if (skew === undefined) return verdict('unknown', 'the answer does not tell the time, and this clock may be wrong');
		if (Math.abs(skew) < tolerated) return said;
		const again = await verify(now() + skew);
		return {...again, why: `${again.why}; ${clockText(skew)}`};
	} catch (error) {
		if (error instanceof Unreachable) return verdict('unreachable', error.message);
		if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_CHAR')
			return verdict('unsupported', 'a value holds what no request can carry, such as a line break');
		// A host that what it names makes, and that is none of its provider's: nothing is sent there.
		if (error instanceof PharmerError) return verdict('unsupported', 'what it names leads to no host of its provider');
		return verdict('unknown', `it can't be asked about: ${error instanceof Error ? error.name : 'no error'}`);
	}
}

/** How many milliseconds the clock that wrote an answer is ahead of this one; undefined when it does not say. */
function skewOf({headers}: Answer, now: number): number | undefined {
	const moment = Date.parse(headers.get('date') ?? '');
	return Number.isNaN(moment) ? undefined : moment - now;
}

function clockText(skew: number): string {
	return `this machine's clock is ${roughTime(Math.abs(skew) / 1000)} ${skew > 0 ? 'behind' : 'ahead'}`;
}
