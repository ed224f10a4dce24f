import type {Effect} from '../app/core/effect.js';
import type {Event, Stored} from '../app/core/event.js';
import type {RotationPlan, RotationQuestion} from '../app/core/rotating.js';
import type {RotationEnd} from '../credentials/rotation-words.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Consent, consentKey} from '../domain/verdict.js';
import type {Wait} from '../network/patience.js';
import {providerOf} from '../providers/catalog.js';
import {valuesOf} from '../providers/data.js';
import type {KeyService} from '../providers/key-service.js';
import {keyServices} from '../providers/key-services.js';
import {type ForeignPlace, foreignKeyPlaceOf, foreignPlaceOf} from '../tasks/foreign-place.js';
import {knownUses} from '../tasks/known-uses.js';
import {whyByHand} from '../tasks/rotation/key-desk.js';
import {goOn, rotateKey} from '../tasks/rotation/rotate.js';
import type {Rotating} from '../tasks/rotation/rotating.js';
import {journalOf} from '../vault/journals.js';
import type {Vault} from '../vault/vault.js';
import {withVerdicts} from '../vault/verdicts.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

/** How long a request under way may take once everything is to end, in milliseconds. */
const patience = 5000;

/** Tells whether and how the key of a credential can be replaced; once they are found, with the uses of it here. */
export async function tellPlan(
	credential: Credential,
	{world, session, signal, tell}: Omit<Running, 'ask'>,
): Promise<void> {
	const plan = planOf(credential);
	const {id} = credential;
	tell({type: 'rotation-planned', id, plan});
	const log = session.vault.openUseLog();
	try {
		const {machine} = world;
		const [content, uses] = await Promise.all([session.vault.read(), log.read()]);
		const looked = {content, vault: session.vault.path, uses, world: machine.isDemo ? undefined : machine.world};
		tell({
			type: 'rotation-planned',
			id,
			plan: {...plan, uses: await knownUses(credential, {...looked, now: world.now()})},
		});
	} catch (error) {
		// A lock lets go of what is read.
		if (!signal.aborted) throw error;
	} finally {
		log.close();
	}
}

function planOf(credential: Credential): RotationPlan {
	const {id} = providerOf(credential.provider);
	const service = keyServices.get(id);
	const {signer = id, needsSigner = false, warns, disable} = service ?? {};
	return {
		why: whyByHand(credential),
		warns: warns?.(valuesOf(credential.data)),
		signer,
		needsSigner,
		disables: disable !== undefined,
	};
}

type Running = {
	readonly world: World;
	readonly session: VaultSession;
	/** No further step is begun once it is aborted; what is sent already may be answered. */
	readonly signal: AbortSignal;
	readonly tell: (event: Event) => void;
	readonly ask: (question: RotationQuestion) => Promise<'yes' | 'no'>;
};

type Wish = Extract<Effect, {type: 'rotate'}>;

/** Replaces the key as far as it goes now; tells each step that is written, and what came of it. */
export async function rotationRun(wish: Wish, running: Running): Promise<void> {
	const {id} = wish;
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
	const came = await withNetwork(running, reach => work(wish, running, {...reach, onStep})).then(
		end => ({end}),
		(error: unknown) => {
			if (!(error instanceof PharmerError) || error.code === 'bug') throw error;
			const {code, message, hint} = error;
			return {failure: {code, message, hint}};
		},
	);
	await told;
	tell({type: 'rotated', id, stored: await stored(), ...came});
}

type Reach = Pick<Rotating, 'network' | 'wait'>;

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

async function work(
	{id, does, grace, admin: adminId}: Wish,
	{world, session, signal, ask}: Running,
	reach: Reach & Pick<Rotating, 'onStep'>,
): Promise<RotationEnd> {
	const {vault} = session;
	const content = await vault.read();
	const find = (wanted: string | undefined): Credential | undefined =>
		content.credentials.find(each => each.id === wanted);
	const credential = find(id);
	if (credential === undefined) throw new PharmerError('not-found', 'that credential is gone');
	const named = find(adminId);
	const signing = named ?? find(journalOf(content, id)?.admin) ?? credential;
	const service = keyServices.get(providerOf(credential.provider).id);
	const consents = [...(await session.consents())];
	const agree = (place: ForeignPlace | undefined, asked: Credential): Promise<ForeignPlace | undefined> =>
		agreed(place, asked, consents, vault, ({host, from, sends}) => ask({kind: 'place', id, host, from, sends}));
	const keysAt = await agree(keyPlaceOf(service, signing), signing);
	const probeAt = await agree(foreignPlaceOf(credential, {}), credential);
	const rotating: Rotating = {
		...reach,
		vault,
		signal,
		now: () => world.now().getTime(),
		placeOf: () => keysAt,
		probePlaceOf: () => probeAt,
		ask: about => ask({kind: 'key', id, about}),
	};
	return does === 'begin'
		? rotateKey({credential, grace, admin: named}, rotating)
		: goOn(id, {isBack: does === 'back', isNow: does === 'now', admin: named?.id}, rotating);
}

/** The app does not look at variables: only the credential itself says where else. */
function keyPlaceOf(service: KeyService | undefined, signing: Credential): ForeignPlace | undefined {
	return service && foreignKeyPlaceOf(service, signing, {});
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
