import type {Provider} from '../provider.js';

/** Any keys, all of them secret: for what has no provider of its own. */
export const generic: Provider = {
	id: 'generic',
	title: 'Generic',
	purpose: 'any service, any field names',
	aliases: [],
	open: true,
	fields: [],
};
