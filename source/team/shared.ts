import type {Credential} from '../domain/credential.js';
import type {Changed} from '../domain/team.js';

/**
 * What a team has in common: the credentials by their ids, and what is under way at providers, as the lines of the
 * vault's journals by the ids of their credentials. Revisions in it are those of whoever wrote the record.
 */
export type Shared = {
	readonly records: ReadonlyMap<string, Credential>;
	readonly journals: ReadonlyMap<string, string>;
};

export const nothingShared: Shared = {records: new Map(), journals: new Map()};

/** What makes one state of a team's content of another: whole records, and what is gone. */
export type Difference = {
	readonly records: readonly Credential[];
	/** The ids of credentials that are gone. */
	readonly gone: readonly string[];
	readonly journals: ReadonlyMap<string, string>;
	/** The ids of credentials whose journals have ended. */
	readonly ended: readonly string[];
	/** The same for whoever reads the log. */
	readonly what: readonly Changed[];
};
