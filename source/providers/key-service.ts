import type {Ask} from '../domain/exchange.js';
import type {Data} from '../domain/journal.js';
import type {Probe} from './probe.js';
import type {Values} from './provider.js';

/** A key as its provider lists it: texts of its own, which may hold anything. Never a secret. */
export type ListedKey = {
	/** What the provider deletes it by. */
	readonly id: string;
	/** Its name, label or description there. */
	readonly label?: string | undefined;
	/** When it was made (RFC 3339). */
	readonly created?: string | undefined;
	/** When it was last used (RFC 3339), or that it never was; undefined where the provider does not tell. */
	readonly lastUsed?: string | 'never' | undefined;
	/** It is switched off. */
	readonly isOff?: boolean;
	/** It is the key that `of` holds, as far as that shows. */
	readonly isOwn?: boolean;
};

/** A key that was made. */
export type NewKey = {
	/** Its id, as it is listed. */
	readonly id: string;
	/** The fields that are other ones in the new key. */
	readonly fields: Data;
	/** When it ends (RFC 3339). */
	readonly expires?: string | undefined;
};

/** What a service asks with. */
export type KeyCall = {
	/** Sends to the provider. What changes something there is sent with `isOnce`. */
	readonly ask: Ask;
	/** The time to sign with. */
	readonly now: Date;
	/** The address to ask at in place of the provider's own, without a slash at its end. */
	readonly endpoint?: string | undefined;
	/** The fields of the key that is replaced: it tells whose keys these are. */
	readonly of: Values;
	/** The fields of the key that signs: that one, the new one, or one of another credential. */
	readonly by: Values;
	/** Whether another credential signs, which may be of another user. */
	readonly isAdmin: boolean;
	/** The id of the key that is replaced, once it is known: some lists do not show which of them that is. */
	readonly ownId?: string | undefined;
};

/**
 * How the keys of a credential are listed, made and deleted at its provider. Every method rejects with `Refused` where
 * the provider does not do it, and with `Unreachable` where nobody knows whether it did. What is done already is done:
 * a key that is gone is deleted, one that is off is switched off.
 */
export type KeyService = {
	/**
	 * Why the key of a credential can't be replaced here while the old one goes on; undefined when it can. One line
	 * without a full stop.
	 */
	readonly cant: (of: Values) => string | undefined;
	/** The provider whose credentials can sign for it; its own when left out. */
	readonly signer?: string;
	/** Whether only another credential can sign. */
	readonly needsSigner?: true;
	/** What to know before a key is replaced, such as what stops at once. One line without a full stop. */
	readonly warns?: (of: Values) => string | undefined;
	/** The most keys that there may be, where that is few. */
	readonly most?: number;
	/** Whether a key carries a text there in which the mark is put: what carries it is ours. */
	readonly isMarked: boolean;
	/** Where else the provider's own tools would ask; as the probe of the provider when left out. */
	readonly places?: Pick<Probe, 'address' | 'endpointVariables' | 'sends'>;
	/** Whether these fields hold the key with that id, where the id is no field of its own. */
	readonly holds?: (of: Values, id: string) => boolean;
	/** All keys among which the credential's is. */
	readonly keys: (call: KeyCall) => Promise<readonly ListedKey[]>;
	/**
	 * The fields of a new key, where its secret is chosen here: it is stored before it is sent. `make` then gets it, and
	 * is repeatable: what is there already is found.
	 */
	readonly choose?: (of: Values, mark: string, now: Date) => Promise<Data>;
	/** Makes a key beside the one that there is, of the same rights. `mark` is in its name, where it has one. */
	readonly make: (call: KeyCall, mark: string, chosen: Values | undefined) => Promise<NewKey>;
	/** Switches a key off and on, where the provider can. */
	readonly disable?: (call: KeyCall, id: string) => Promise<void>;
	readonly enable?: (call: KeyCall, id: string) => Promise<void>;
	readonly remove: (call: KeyCall, id: string) => Promise<void>;
};

/** The name, label or description of a key that is made for a journal with that mark. */
export function markedLabel(mark: string): string {
	return `pharmer-${mark}`;
}
