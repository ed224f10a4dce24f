import type {Event, Stored} from '../app/core/event.js';
import type {Failure} from '../app/core/failure.js';
import type {RotationQuestion} from '../app/core/rotating.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Consent, consentKey} from '../domain/verdict.js';
import type {Wait} from '../network/patience.js';
import type {KeyService} from '../providers/key-service.js';
import {type ForeignPlace, foreignKeyPlaceOf, foreignPlaceOf} from '../tasks/foreign-place.js';
import type {Rotating} from '../tasks/rotation/rotating.js';
import type {Vault} from '../vault/vault.js';
import {withVerdicts} from '../vault/verdicts.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

/** How long a request under way may take once everything is to end, in milliseconds. */
const patience = 5000;

/** What work at a provider goes on with, step by step, beside everything else. */
export type Running = {
	readonly world: World;
	readonly session: VaultSession;
	/** No further step is begun once it is aborted; what is sent already may be answered. */
	readonly signal: AbortSignal;
	readonly tell: (event: Event) => void;
	readonly ask: (question: RotationQuestion) => Promise<'yes' | 'no'>;
};

/** How a provider is reached. */
export type Reach = Pick<Rotating, 'network' | 'wait'>;

/** What came of it, and the vault as it is then; undefined when it was let go. */
type Came<End> = {readonly stored: Stored | undefined} & ({readonly end: End} | {readonly failure: Failure});

/**
 * Does work for the credential with that id at its provider, and tells each step that is written. Throws bugs only:
 * what else stops it is what came of it.
 */
export async function inSteps<End>(
	id: string,
	running: Running,
	work: (reach: Reach & {readonly onStep: () => void}) => Promise<End>,
): Promise<Came<End>> {
	const {session, signal, tell} = running;
	// What is read after a lock is of another session, which would not hear of it.
	const stored = async (): Promise<Stored | undefined> =>
		signal.aborted ? undefined : session.now().catch(() => undefined);
	let told: Promise<unknown> = Promise.resolve();
	const onStep = (): void => {
		told = told.then(async () => {
			const now = await stored();
			if (now !== undefined) tell({type: 'rotation-stepped', id, stored: now});
		});
	};
	const came = await withNetwork(running, reach => work({...reach, onStep})).then(
		end => ({end}),
		(error: unknown) => {
			if (!(error instanceof PharmerError) || error.code === 'bug') throw error;
			const {code, message, hint} = error;
			return {failure: {code, message, hint}};
		},
	);
	await told;
	return {stored: await stored(), ...came};
}

/** Lets `use` reach the network. What is under way when everything is to end has a moment to be answered. */
async function withNetwork<Result>({world, signal}: Running, use: (reach: Reach) => Promise<Result>): Promise<Result> {
	if (world.reach === undefined) throw new PharmerError('network', 'nobody can be asked here');
	const ending = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const stopped = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
	const onStop = (): void => {
		timer = setTimeout(() => ending.abort(), patience);
	};
	signal.addEventListener('abort', onStop, {once: true});
	const {network, wait} = await world.reach(ending.signal);
	const waitUnlessStopped: Wait = milliseconds => Promise.race([wait(milliseconds), stopped]);
	try {
		return await use({network, wait: waitUnlessStopped});
	} finally {
		signal.removeEventListener('abort', onStop);
		clearTimeout(timer);
		network.close();
		ending.abort();
	}
}

/** Where keys are made and deleted, and where it is asked whether one works, as far as that is no usual place. */
type Places = Pick<Rotating, 'placeOf' | 'probePlaceOf'>;

/**
 * The places that the one that signs, and the credential that it is about, name, once somebody has agreed to each. The
 * app does not look at variables: only the credential itself says where else. Throws as `agreed()` does.
 */
export async function agreedPlaces(
	service: Pick<KeyService, 'places'> | undefined,
	{credential, signing}: {readonly credential: Credential; readonly signing: Credential},
	{session, ask}: Pick<Running, 'session' | 'ask'>,
): Promise<Places> {
	const consents = [...(await session.consents())];
	const {id} = credential;
	const agree = (place: ForeignPlace | undefined, asked: Credential): Promise<ForeignPlace | undefined> =>
		agreed(place, asked, consents, session.vault, ({host, from, sends}) => ask({kind: 'place', id, host, from, sends}));
	const keysAt = await agree(service && foreignKeyPlaceOf(service, signing, {}), signing);
	const probeAt = await agree(foreignPlaceOf(credential, {}), credential);
	return {
		placeOf: asked => (asked.id === signing.id ? keysAt : undefined),
		probePlaceOf: asked => (asked.id === id ? probeAt : undefined),
	};
}

/**
 * The place, once somebody has agreed to it, which is kept and added to `consents`. Throws `cancelled`, and `invalid`
 * for one without TLS.
 */
async function agreed(
	place: ForeignPlace | undefined,
	{id}: Credential,
	consents: Consent[],
	vault: Vault,
	ask: (place: ForeignPlace) => Promise<'yes' | 'no'>,
): Promise<ForeignPlace | undefined> {
	if (place === undefined) return undefined;
	const {host, from, origin, sends, kind} = place;
	if (kind !== 'secure')
		throw new PharmerError('invalid', `${from} names ${host} without TLS: what is sent there could be read`);
	const consent = {id, origin, sends};
	if (consents.some(each => consentKey(each) === consentKey(consent))) return place;
	if ((await ask(place)) === 'no') throw new PharmerError('cancelled', `you did not agree to ${host}`);
	consents.push(consent);
	const kept = {verdicts: [], consents: [consent]};
	await vault.change(content => ({content: withVerdicts(content, kept), result: undefined}));
	return place;
}
