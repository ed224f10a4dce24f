import type {Secret} from './secret.js';

/** The fields of a credential, by their keys. */
export type Data = ReadonlyMap<string, Secret>;

/**
 * What was done last of the replacement of a key. `intent`: nothing is known to be made; `stored`: the new key is there
 * and its secret here; `verified`: it works, and is the credential's; `off`: the old one is switched off, or can't be,
 * and the grace runs; `undoing`: everything is taken back; `undone`: the old one is the credential's again.
 */
export const rotationSteps = ['intent', 'stored', 'verified', 'off', 'undoing', 'undone'] as const;

export type RotationStep = (typeof rotationSteps)[number];

/** Who goes on with a journal now. */
export type Holder = {
	/** Tells this run from every other. */
	readonly run: string;
	readonly pid: number;
	readonly host: string;
	readonly space: string;
	readonly started: string;
	readonly at: string;
};

/** What every journal has: work at a provider, in steps that are never lost. */
type Work = {
	/** The id of the credential that it is about, or that will be. */
	readonly id: string;
	/** The journal's own id: what is made at the provider carries it, where that can. */
	readonly mark: string;
	/** When it began, and when its last step was done (RFC 3339). */
	readonly began: string;
	readonly at: string;
	/** The id of the credential that signs, where that is another one. */
	readonly admin?: string;
	readonly holder?: Holder;
};

/** The replacement of a credential's key. It owns the old secret until the old key is gone. */
export type Rotation = Work & {
	readonly kind: 'rotate';
	readonly step: RotationStep;
	/** The ids at the provider when it began, and those that somebody said may be there. */
	readonly known: readonly string[];
	/** The id of the key that is replaced. */
	readonly oldId: string;
	readonly old: Data;
	/** Since when it had them (RFC 3339). */
	readonly oldSince?: string;
	/** The new key's fields, once they are known; before its id where they are chosen here. */
	readonly fresh?: Data;
	readonly freshId?: string;
	/** The days on which both end, as far as is known: `2027-01-31`. */
	readonly oldExpires?: string;
	readonly freshExpires?: string;
	/** Marks of earlier tries to make the new key, whose answers may have been lost. */
	readonly tried?: readonly string[];
	/** How long the old key is kept, in seconds; when it was switched off, and until when it is kept (RFC 3339). */
	readonly grace: number;
	readonly offAt?: string;
	readonly until?: string;
};

/** The making of an identity at a provider, with its first key. */
export type Issue = Work & {
	readonly kind: 'issue';
	/** What the credential will be called. */
	readonly name: string;
	readonly provider: string;
	/** What the identity is called at the provider. */
	readonly identity: string;
	/** What it may do, in the provider's own words. */
	readonly policies: readonly string[];
	/** The steps that were done before it began: what they have made is not taken back. */
	readonly there: readonly string[];
	/** What is there already, step by step, with the ids that the provider gave. */
	readonly made: ReadonlyMap<string, string>;
	/** It is taken back: what is there of `made` is not known for sure. */
	readonly isBack?: true;
	/** The ids of the identity's keys before one was made. */
	readonly known?: readonly string[];
	/** Marks of the tries to make its key, each of its own: their answers may have been lost. */
	readonly tried?: readonly string[];
	readonly fresh?: Data;
	readonly freshId?: string;
	/** The day on which it ends, where its provider has said so. */
	readonly freshExpires?: string;
};

/** The end of a credential's key. */
export type Revocation = Work & {
	readonly kind: 'revoke';
	/** `off`: the key is switched off, or may be. */
	readonly step: 'intent' | 'off';
	/** Its deletion may have been sent. */
	readonly isSent?: true;
	readonly known: readonly string[];
	readonly oldId: string;
	/** The digest of the fields whose key it is. */
	readonly digest: string;
};

export type Journal = Rotation | Issue | Revocation;
