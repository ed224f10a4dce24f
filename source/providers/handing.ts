import type {Field, Provider} from './provider.js';

/** How a field reaches its provider's tools, and when the secret that goes with it stops working. */
export type HandedField = Pick<
	Field,
	'key' | 'setting' | 'environment' | 'environmentFiles' | 'variables' | 'variablesWith' | 'file' | 'endOf'
>;

/** What has to be known of a provider to pass a credential on: plain data, of which the build makes a table. */
export type Handing = Pick<Provider, 'conflicts'> & {readonly fields: readonly HandedField[]};

/** A provider in that table, with all its ids in lower case. */
export type HandingRow = Handing & {readonly ids: readonly string[]};
