import type {Secret} from './secret.js';

/** What a member may do: an admin changes the roster, a writer the credentials, a reader nothing. */
export const roles = ['admin', 'writer', 'reader'] as const;
export type Role = (typeof roles)[number];

/** A role with its article: `an admin`. */
export function aRole(role: Role): string {
	return `${role === 'admin' ? 'an' : 'a'} ${role}`;
}

/** A device or a job that shares a vault. */
export type Member = {
	/** Made of its keys. */
	readonly id: string;
	/** What the team calls it: a name as credentials have, unique in the roster. */
	readonly name: string;
	readonly role: Role;
	readonly isSelf: boolean;
	/** Six words that stand for its keys. */
	readonly words: string;
};

/** A place in the log: the number of a slot, and the hash of all slots up to it (hexadecimal). */
export type LogPlace = {readonly seq: number; readonly hash: string};

/** Who has written an entry, by the name at that time, and when by its own clock (RFC 3339). */
export type Author = {readonly name: string; readonly at: string};

/** A change of a team's vault that could not be merged: both sides changed the same. Theirs stays, mine is kept. */
export type OpenConflict = {
	/** The credential's id, and its name when it was found. */
	readonly id: string;
	readonly name: string;
	/**
	 * What both have changed, with all that belongs to it: `provider` and its fields as `data.KEY`, `name`, `note`,
	 * `expires`, `label.KEY`, `journal`, and `carried.KEY` for what newer programs keep.
	 */
	readonly unit: readonly string[];
	/** The values of the unit by its parts; without what is not set. Secrets like those of credentials. */
	readonly base: ReadonlyMap<string, Secret>;
	readonly mine: ReadonlyMap<string, Secret>;
	readonly theirs: ReadonlyMap<string, Secret>;
	/** When it was found here (RFC 3339). */
	readonly at: string;
	/** Who has changed theirs last, where that is known. */
	readonly by?: Author | undefined;
};

/** A slot of the log that counts for nobody, and why. */
export type Skipped = {readonly seq: number; readonly why: string};

/** A credential that a removed member could read, and that has the same data still. */
export type Exposed = {
	readonly id: string;
	/** The digest of the data that it could read. */
	readonly digest: string;
	/** Who was removed last, in that order. */
	readonly members: readonly string[];
};

/** Who could read which credentials before being removed: the names of members, by the credential's id. */
export type Exposures = ReadonlyMap<string, readonly string[]>;

export const nobodyRemoved: Exposures = new Map();

/** What is known of the sharing of a vault without asking anybody. */
export type TeamState = {
	/** The store's address. */
	readonly url: string;
	readonly vault: string;
	readonly place: LogPlace;
	/** Six words that stand for the place. */
	readonly words: string;
	readonly members: readonly Member[];
	readonly self: Member | undefined;
	readonly epoch: number;
	readonly conflicts: readonly OpenConflict[];
	readonly exposed: readonly Exposed[];
	readonly skipped: readonly Skipped[];
	/** When the last entry of somebody else came in here (RFC 3339). */
	readonly lastWord: string | undefined;
	/** When the storage was reached last; undefined when it is not known. */
	readonly reached: string | undefined;
	/** How many credentials are not shared yet; undefined when it is not known until the next sync. */
	readonly pending: number | undefined;
	/** This device was removed: nothing comes in and nothing goes out. */
	readonly isRemoved: boolean;
};

/** What a sync did. */
export type Synced = {
	/** How many entries of others came in. */
	readonly came: number;
	/** How many credentials were shared: put, changed or deleted. */
	readonly went: number;
	/** What a person should hear of the merge, as sentences without their full stops. */
	readonly said: readonly string[];
	readonly state: TeamState;
};

/** What an entry of the log did to a credential: the keys of fields, never their values. */
export type Changed = {
	readonly id: string;
	readonly name: string;
	readonly verb: 'added' | 'changed' | 'renamed' | 'deleted';
	/** Such as `data.secretAccessKey`, `label.env`, `note`; the old name of one that was renamed. */
	readonly fields: readonly string[];
};
