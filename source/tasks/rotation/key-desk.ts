import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {Unreachable} from '../../domain/exchange.js';
import type {Data} from '../../domain/journal.js';
import type {Network} from '../../network/network.js';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import type {KeyCall, KeyService} from '../../providers/key-service.js';
import {keyServices} from '../../providers/key-services.js';
import {Refused} from '../../providers/refused.js';
import type {ForeignPlace} from '../foreign-place.js';

/** How a provider is reached about the keys of credentials. */
export type DeskReach = {
	readonly network: Network;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Where somebody has agreed that keys of a credential are made and deleted. */
	readonly placeOf: (credential: Credential) => ForeignPlace | undefined;
	readonly signal?: AbortSignal | undefined;
};

/** Clocks are never quite the same: milliseconds that no provider minds. */
const tolerated = 30_000;

/** Why the key of a credential can't be replaced through its provider's API; undefined when it can. */
export function whyByHand({provider, data}: Pick<Credential, 'provider' | 'data'>): string | undefined {
	const {id, title} = providerOf(provider);
	const service = keyServices.get(id);
	return service === undefined ? `${title} has no API for that` : service.cant(valuesOf(data));
}

/** The service that makes and deletes the keys of a credential. Throws `invalid` where there is none for it. */
export function keyServiceOf(credential: Credential): KeyService {
	const service = keyServices.get(providerOf(credential.provider).id);
	const why = whyByHand(credential);
	if (service !== undefined && why === undefined) return service;
	throw new PharmerError('invalid', `the key of \`${credential.name}\` can't be replaced by itself: ${why}`);
}

/** Asks a provider about the keys of one credential. */
export class KeyDesk<Service = KeyService> {
	readonly service: Service;
	readonly #reach: DeskReach;
	/** How far ahead the provider's clock is, as its last answer tells, in milliseconds. */
	#skew = 0;
	/** The same, once a signature was refused for it. */
	#ahead = 0;

	constructor(service: Service, reach: DeskReach) {
		this.service = service;
		this.#reach = reach;
	}

	/** A time of this machine as the provider's clock tells it, in milliseconds since 1970. */
	there(time: number): number {
		return time + this.#skew;
	}

	/**
	 * Has the service do something about the keys of a credential as it is now. `by` are the fields that sign, and
	 * `admin` the credential that they are of, where it is another one. What is refused since this machine's clock is off
	 * is asked once more with the provider's. Throws `refused`, with `Refused` as its cause, and `network`.
	 */
	async call<Result>(
		{credential, ownId}: Subject,
		{by, admin}: Signer,
		what: string,
		work: (service: Service, call: KeyCall) => Promise<Result>,
	): Promise<Result> {
		const {network, now, placeOf, signal} = this.#reach;
		const signing = admin ?? credential;
		const place = placeOf(signing);
		const send = network.askFor({
			provider: providerOf(signing.provider).id,
			origins: new Set(place === undefined ? [] : [place.origin]),
		});
		let hasChanged = false;
		const once = (): Promise<Result> =>
			work(this.service, {
				ask: async request => {
					if (signal?.aborted) throw new Unreachable('it was stopped');
					const answer = await send(request);
					hasChanged ||= request.isOnce === true && answer.status < 300;
					const moment = Date.parse(answer.headers.get('date') ?? '');
					if (!Number.isNaN(moment)) this.#skew = moment - now();
					return answer;
				},
				now: new Date(now() + this.#ahead),
				endpoint: place?.endpoint,
				of: valuesOf(credential.data),
				by: valuesOf(by),
				isAdmin: admin !== undefined,
				ownId,
			});
		try {
			return await once().catch(error => {
				const isOff = Math.abs(this.#skew - this.#ahead) > tolerated;
				if (!(error instanceof Refused) || error.kind === 'gone' || hasChanged || !isOff) throw error;
				this.#ahead = this.#skew;
				return once();
			});
		} catch (error) {
			throw explained(error, what, admin);
		}
	}
}

/** Whose keys they are, and the id of the one that it holds, where that is known. */
export type Subject = {readonly credential: Credential; readonly ownId?: string | undefined};

/** The fields that sign, and the credential that they are of where that is another one. */
export type Signer = {readonly by: Data; readonly admin?: Credential | undefined};

/** What a provider's refusal, or its silence, means to whoever asked for `what`. */
function explained(error: unknown, what: string, admin: Credential | undefined): unknown {
	if (error instanceof Unreachable)
		return new PharmerError('network', `${what}: ${error.message}`, undefined, {cause: error});
	// A host that what it names makes, and that is none of its provider's: nothing is sent there.
	if (error instanceof PharmerError && error.code === 'bug')
		return new PharmerError('invalid', `${what}: what it names leads to no host of its provider`);
	if (!(error instanceof Refused)) return error;
	const hint =
		error.kind === 'denied' || error.kind === 'unsigned'
			? admin === undefined
				? 'another credential of the account may: `--with NAME`'
				: `\`${admin.name}\` signs for it: name another one, \`--with NAME\``
			: error.kind === 'later'
				? 'try again later'
				: undefined;
	return new PharmerError('refused', `${what}: ${error.message}`, hint, {cause: error});
}

/** Why a provider has refused; undefined when it has not. */
export function refusedFor(error: unknown): Refused['kind'] | undefined {
	const {cause} = error instanceof PharmerError ? error : {};
	return cause instanceof Refused ? cause.kind : undefined;
}
