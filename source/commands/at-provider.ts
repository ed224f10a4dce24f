import {type KeyQuestion, questionText, type Reply} from '../credentials/key-question.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Rotation} from '../domain/journal.js';
import {isOffline} from '../domain/offline.js';
import type {Consent} from '../domain/verdict.js';
import type {KeyService} from '../providers/key-service.js';
import {type ForeignPlace, foreignKeyPlaceOf} from '../tasks/foreign-place.js';
import type {Rotating} from '../tasks/rotation/rotating.js';
import {visible} from '../text/visible.js';
import type {Vault} from '../vault/vault.js';
import {verdictsOf, withVerdicts} from '../vault/verdicts.js';
import {agrees} from './agree.js';
import {consentTo} from './consent.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';

/** What decides how providers are reached, and what is asked. */
export type ProviderOptions = GlobalOptions & {
	readonly endpointFromEnv: boolean;
	readonly offline: boolean;
	/** The id of the credential's own key, where its provider does not tell. */
	readonly key: string | undefined;
	/** The ids of keys that are deleted without a question, since nobody has their secrets. */
	readonly orphans: readonly string[];
};

/** Whose keys are made and deleted, by which service, and who signs. */
export type KeyWork = {
	readonly service: Pick<KeyService, 'places'>;
	readonly credential: Credential;
	readonly admin?: Credential | undefined;
};

/** Throws `network` when nothing may be connected. */
export function assertOnline({offline}: Pick<ProviderOptions, 'offline'>, {environment}: Context): void {
	if (offline || isOffline(environment))
		throw new PharmerError('network', 'nothing is asked offline', 'leave `--offline` out, and PHARMER_OFFLINE');
}

/**
 * Does something about the keys of a credential at its provider. Throws `cancelled` where somebody does not agree to an
 * address, `usage` where nobody can be asked, and what `work` throws; `interrupted` when it was stopped.
 */
export async function atProvider<Result>(
	vault: Vault,
	{service, credential, admin}: KeyWork,
	options: ProviderOptions,
	context: Context,
	{
		onStep,
		work,
	}: {readonly onStep: (rotation: Rotation) => void; readonly work: (rotating: Rotating) => Promise<Result>},
): Promise<Result> {
	const known = verdictsOf(await vault.read())?.consents ?? [];
	const isAgreed = options.endpointFromEnv;
	const signing = admin ?? credential;
	const keyPlace = (each: Credential): ForeignPlace | undefined =>
		foreignKeyPlaceOf(service, each, context.environment);
	const keys = await consentTo([signing], {known, isAgreed, placeOf: keyPlace}, context);
	const probe = await consentTo([credential], {known: [...known, ...keys.added], isAgreed}, context);
	const [why] = [...keys.refused.values(), ...probe.refused.values()];
	if (why !== undefined) throw new PharmerError('cancelled', why, 'nothing was done');
	const consents = [...keys.added, ...probe.added];
	await keepConsents(vault, consents);
	const {network, wait, signal, release} = await context.network();
	const [keysAt, probeAt] = [keys.places.get(signing), probe.places.get(credential)];
	try {
		return await work({
			vault,
			network,
			wait,
			signal,
			now: () => context.now().getTime(),
			placeOf: ({id}) => (id === signing.id ? keysAt : undefined),
			probePlaceOf: ({id}) => (id === credential.id ? probeAt : undefined),
			ask: question => reply(question, options, context),
			onStep,
		});
	} finally {
		network.close();
		release();
	}
}

/** An answer, unless everything is stopped first: while providers are reached, a signal alone ends nothing. */
export function unlessStopped<Result>(answer: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
	const stopped = new Promise<never>((_, reject) => {
		signal?.addEventListener('abort', () => reject(new PharmerError('interrupted', 'it was stopped')), {once: true});
	});
	return Promise.race([answer, stopped]);
}

async function keepConsents(vault: Vault, consents: readonly Consent[]): Promise<void> {
	if (consents.length === 0) return;
	await vault.change(content => ({content: withVerdicts(content, {verdicts: [], consents}), result: undefined}));
}

/** What a provider is asked with whether a credential works. */
type ProbeReach = Pick<Rotating, 'network' | 'now' | 'wait' | 'probePlaceOf' | 'signal'>;

/**
 * Asks a provider about a credential, also offline: nothing is sent then. Throws `cancelled` where somebody does not
 * agree to an address, and `usage` where nobody can be asked.
 */
export async function reachProbe<Result>(
	vault: Vault,
	credential: Credential,
	{endpointFromEnv}: ProviderOptions,
	context: Context,
	work: (reach: ProbeReach) => Promise<Result>,
): Promise<Result> {
	const known = verdictsOf(await vault.read())?.consents ?? [];
	const {places, refused, added} = await consentTo([credential], {known, isAgreed: endpointFromEnv}, context);
	const [why] = [...refused.values()];
	if (why !== undefined) throw new PharmerError('cancelled', why, 'nothing was changed');
	await keepConsents(vault, added);
	const {network, wait, signal, release} = await context.network();
	const now = (): number => context.now().getTime();
	try {
		return await work({network, wait, signal, now, probePlaceOf: () => places.get(credential)});
	} finally {
		network.close();
		release();
	}
}

async function reply(question: KeyQuestion, {key, orphans}: ProviderOptions, context: Context): Promise<Reply> {
	const [{id} = {id: ''}] = question.keys;
	if (question.kind === 'orphan' && orphans.includes(id)) return 'yes';
	if (question.kind === 'own' && key !== undefined) return key === id ? 'yes' : 'no';
	const prompt = context.prompt(false);
	if (prompt === undefined) return 'nobody';
	const {says, asks} = questionText(question);
	return (await agrees(prompt, `${visible(says)} ${visible(asks)} [y/N] `, 'fresh')) ? 'yes' : 'no';
}
