import type {Provider} from '../provider.js';

/** Accepts any keys, all of them secret, for services without a provider of their own. */
export const generic: Provider = {
	id: 'generic',
	title: 'Generic',
	purpose: 'any service, any field names',
	aliases: [],
	open: true,
	fields: [],
};
