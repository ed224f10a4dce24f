import {PharmerError} from '../domain/errors.js';
import {alibaba} from './alibaba/schema.js';
import {aws} from './aws/schema.js';
import {azure} from './azure/schema.js';
import {azureStorage} from './azure-storage/schema.js';
import {civo} from './civo/schema.js';
import {cloudflare} from './cloudflare/schema.js';
import {digitalocean} from './digitalocean/schema.js';
import {exoscale} from './exoscale/schema.js';
import {gce} from './gce/schema.js';
import {generic} from './generic/schema.js';
import {hetzner} from './hetzner/schema.js';
import {ibm} from './ibm/schema.js';
import {linode} from './linode/schema.js';
import {oci} from './oci/schema.js';
import {openstack} from './openstack/schema.js';
import {ovh} from './ovh/schema.js';
import {packet} from './packet/schema.js';
import type {Field, Provider} from './provider.js';
import {scaleway} from './scaleway/schema.js';
import {upcloud} from './upcloud/schema.js';
import {vultr} from './vultr/schema.js';

/** Every provider, in the wizard's order. */
export const providers: readonly Provider[] = [
	aws,
	gce,
	azure,
	digitalocean,
	linode,
	vultr,
	scaleway,
	hetzner,
	cloudflare,
	ovh,
	ibm,
	alibaba,
	oci,
	civo,
	upcloud,
	exoscale,
	openstack,
	azureStorage,
	packet,
	generic,
];

const byId: ReadonlyMap<string, Provider> = new Map(
	providers
		.toReversed()
		.flatMap(provider => [...provider.aliases, provider.id].map(id => [id.toLowerCase(), provider])),
);

/** The provider with this id or older id, in any case, or undefined. */
export function findProvider(id: string): Provider | undefined {
	return byId.get(id) ?? byId.get(id.toLowerCase());
}

/** The provider with this id or older id. Throws `invalid`, with a hint that lists the ids. */
export function parseProvider(id: string): Provider {
	const provider = findProvider(id);
	if (provider === undefined) {
		throw new PharmerError(
			'invalid',
			`there is no provider \`${id}\``,
			`the providers are ${providers.map(each => each.id).join(', ')}`,
		);
	}
	return provider;
}

/** The provider of a stored credential. An unknown provider accepts any keys, and all of them are secret. */
export function providerOf(id: string): Provider {
	return findProvider(id) ?? {id, title: id, purpose: '', aliases: [], fields: [], open: true};
}

/** A provider's title and the id by which lists and flags know it: `Google Cloud (gce)`, but `Vultr`. */
export function titleWithId({id, title}: Provider): string {
	return title.toLowerCase().startsWith(id.toLowerCase()) ? title : `${title} (${id})`;
}

/** The field with this key; a key that the provider does not list is a secret text field of that name. */
export function fieldOf(provider: Provider, key: string): Field {
	return (
		provider.fields.find(field => field.key === key) ?? {
			key,
			label: key,
			help: 'any text, one line or several',
			secret: true,
			required: false,
			multiline: true,
			environment: [],
			aliases: [],
		}
	);
}

/** The keys of each provider's public fields, by its ids: lists of thousands ask for the same few. */
const publicKeys: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	[...byId].map(([id, {fields}]) => [id, new Set(fields.filter(({secret}) => !secret).map(({key}) => key))]),
);

/** Whether this field of a credential is secret. */
export function isSecretField(providerId: string, key: string): boolean {
	return publicKeys.get(providerId.toLowerCase())?.has(key) !== true;
}
