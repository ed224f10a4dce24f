import type {Credential} from '../domain/credential.js';

/**
 * What a team has in common: the credentials by their ids, and what is under way at providers, as the lines of the
 * vault's journals by the ids of their credentials. Revisions in it are those of whoever wrote the record.
 */
export type Shared = {
	readonly records: ReadonlyMap<string, Credential>;
	readonly journals: ReadonlyMap<string, string>;
};

export const nothingShared: Shared = {records: new Map(), journals: new Map()};
