import type {Credential} from '../domain/credential.js';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {isLoopback, isOwnHost} from '../network/hosts.js';
import {addressIn} from '../providers/address.js';
import {providerOf} from '../providers/catalog.js';
import {valuesOf} from '../providers/data.js';
import type {KeyService} from '../providers/key-service.js';
import type {Probe} from '../providers/probe.js';
import {probes} from '../providers/probes.js';

/** An address, beside the provider's own, at which a credential would be asked about: only with somebody's consent. */
export type ForeignPlace = {
	/** Scheme, host and port. */
	readonly origin: string;
	readonly host: string;
	/** What names it: a variable, or a field of the credential. */
	readonly from: string;
	/** What would be sent there. */
	readonly sends: string;
	/** https, or http that stays on this machine, which needs the flag. */
	readonly kind: 'secure' | 'local' | 'open';
	/** For a variable: what takes the place of the provider's address, without a slash at its end. */
	readonly endpoint?: string;
};

/** Where another address than the provider's own may come from, and what would be sent there. */
type Sources = Pick<Probe, 'address' | 'endpointVariables' | 'sends'>;

/**
 * Where a credential would be asked about, when that is not one of its provider's own hosts: at the address of a
 * variable of `environment`, or at the one that it names itself. Throws `invalid` for a variable that holds no address.
 */
export function foreignPlaceOf(credential: Credential, environment: Environment): ForeignPlace | undefined {
	return placeFrom(probes.get(providerOf(credential.provider).id), credential, environment);
}

/** The same for where a credential signs for what makes and deletes keys by that service. */
export function foreignKeyPlaceOf(
	{places}: Pick<KeyService, 'places'>,
	credential: Credential,
	environment: Environment,
): ForeignPlace | undefined {
	return placeFrom(places ?? probes.get(providerOf(credential.provider).id), credential, environment);
}

function placeFrom(
	probe: Sources | undefined,
	credential: Credential,
	environment: Environment,
): ForeignPlace | undefined {
	if (probe === undefined) return undefined;
	const {id} = providerOf(credential.provider);
	const value = valuesOf(credential.data);
	const place = (from: string, url: URL, endpoint?: string): ForeignPlace | undefined =>
		isOwnHost(id, url)
			? undefined
			: {
					origin: url.origin,
					host: url.host,
					from,
					sends: probe.sends(value),
					kind: url.protocol === 'https:' ? 'secure' : isLoopback(url) ? 'local' : 'open',
					...(endpoint === undefined ? {} : {endpoint}),
				};
	const {endpointVariables: variables = []} = probe;
	for (const name of typeof variables === 'function' ? variables(value) : variables) {
		const text = environment[name];
		if (!text) continue;
		const url = addressIn(text);
		if (url === undefined) throw new PharmerError('invalid', `\`${name}\` is no address of http or https`);
		return place(name, url, url.href.replace(/(?<!\/)\/+$/, ''));
	}
	const {from, url: text} = probe.address?.(value) ?? {};
	const url = text === undefined ? undefined : addressIn(text);
	return from === undefined || url === undefined ? undefined : place(from, url);
}
