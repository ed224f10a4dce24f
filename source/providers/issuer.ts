import type {Data} from '../domain/journal.js';
import type {KeyCall, KeyService, ListedKey, NewKey} from './key-service.js';
import type {Values} from './provider.js';
import {Refused} from './refused.js';

/** What is to be made: an identity of that name, which may do that. */
export type IssueOrder = {
	/** The name of the identity, and of what is made for it. */
	readonly identity: string;
	/** What it may do, as the issuer's `policy` takes it. */
	readonly policies: readonly string[];
	/** It is in what is made, where that can carry a text: what carries it is ours. */
	readonly mark: string;
};

/** What an identity that was found is known by: its id at the provider, and whether it carries the mark. */
export type FoundIdentity = {readonly id: string; readonly isOurs: boolean};

/** Whether it is the identity that was made, or agreed to: another one may have its name by now. */
export function isSame({made}: IssueCall, step: string, {id, isOurs}: FoundIdentity): boolean {
	const known = made.get(step);
	return known === undefined ? isOurs : known === id;
}

/** Throws `Refused` of the kind `gone` where another identity has its name by now. */
export function assertSame(call: IssueCall, step: string, found: FoundIdentity | undefined): void {
	if (found !== undefined && !isSame(call, step, found)) throw new Refused('gone', 'another one has its name by now');
}

/** Throws `Refused` of the kind `used` where what was found does not carry the mark. */
export function assertOurs({isOurs}: Pick<FoundIdentity, 'isOurs'>): void {
	if (!isOurs) throw new Refused('used', 'it is not what was made');
}

/** Throws `Refused` of the kind `used` where an identity has a key: keys go with it, and somebody uses that one. */
export function assertNoKeys(keys: readonly unknown[]): void {
	if (keys.length > 0) throw new Refused('used', 'it has a key');
}

/** What an issuer asks with. */
export type IssueCall = Pick<KeyCall, 'ask' | 'now' | 'endpoint' | 'by'> & {
	readonly order: IssueOrder;
	/** What is there already, by its step, with the ids that the provider gave. */
	readonly made: ReadonlyMap<string, string>;
};

/** One thing that is made. */
export type IssueStep = {
	/** What the journal knows it by. */
	readonly id: string;
	/** What it makes, such as `the group pharmer`: text that may hold anything. */
	readonly says: string;
	/**
	 * Makes it, and resolves to its id. It is repeatable: what is there since the answer was lost is found. Rejects with
	 * `Refused` of the kind `taken` for what somebody else made.
	 */
	readonly make: (call: IssueCall) => Promise<string>;
	/**
	 * Takes it back; what is gone is taken back. Without `id` its answer was lost. Rejects with `Refused` of the kind
	 * `used` where something else is in it, such as a key (those that are known to be ours go before), or where it is
	 * somebody else's by now.
	 */
	readonly remove: (call: IssueCall, id: string | undefined) => Promise<void>;
};

/** Something of the same name that somebody else made: it is used after a yes only. One sentence, and the question. */
type Doubt = {readonly says: string; readonly asks: string};

/** What is there before anything is made. */
export type Survey = {
	/** The steps that need not be done and are never taken back, with the provider's ids. */
	readonly there: ReadonlyMap<string, string>;
	readonly doubts: readonly Doubt[];
};

export const nothingThere: Survey = {there: new Map(), doubts: []};

/** What is asked where an identity of that name is there. */
export function doubtOf(title: string, kind: string, identity: string): Doubt {
	return {
		says: `${title} has ${kind} \`${identity}\` that this did not make.`,
		asks: `Use the ${kind.replace(/^an? /, '')} \`${identity}\` that is there?`,
	};
}

/**
 * How a dedicated identity with a key of its own is made at a provider, by a credential that may. Every method rejects
 * as those of a `KeyService` do.
 */
export type Issuer = {
	/** What the identity is called where nobody says. */
	readonly identity: string;
	/** Why that can't be its name; undefined when it can. */
	readonly refusesName?: (identity: string) => string | undefined;
	/** What it may do where nobody says, as far as the admin's fields tell. */
	readonly policies: (by: Values) => readonly string[];
	/** What `--policy` takes. */
	readonly policy: {
		/** In the help: `ARN|FILE`. */
		readonly takes: string;
		/** Whether that names a file, whose text is the policy. */
		readonly isFile: (text: string) => boolean;
		/** Why a policy can't be one, among all of them; undefined when it may be. */
		readonly refuses: (policy: string, all?: readonly string[]) => string | undefined;
	};
	/** What a policy is called in a sentence. */
	readonly policyName: (policy: string) => string;
	/** What its key is called before it is made, where it is the signer's: `a token of the user that signs`. */
	readonly keySays?: (order: IssueOrder, by: Values) => string;
	/** What to know before, such as what a policy means. One line without a full stop. */
	readonly warns?: (order: IssueOrder) => string | undefined;
	/** Where else the provider's own tools would ask. */
	readonly places?: NonNullable<KeyService['places']>;
	/** What is made, in order. */
	readonly steps: (order: IssueOrder, by: Values) => readonly IssueStep[];
	/** The step that makes the identity itself: whose keys are ours where it is. None where keys are the signer's. */
	readonly identityStep?: string;
	/** Looks for what is there. */
	readonly survey: (call: IssueCall) => Promise<Survey>;
	/**
	 * Looks whether the identity of that name is still the one that was made, where its name is all that it is known by.
	 * Rejects with `Refused` of the kind `taken` where it is another one.
	 */
	readonly assertOurs?: (call: IssueCall) => Promise<void>;
	/** The keys of the identity that was made, or that is there; where it has none, those of whoever signs. */
	readonly keys: (call: IssueCall) => Promise<readonly ListedKey[]>;
	readonly choose?: (call: IssueCall) => Promise<Data>;
	/** `mark` is in the key's name, where that has one and no secret is chosen. */
	readonly makeKey: (call: IssueCall, chosen: Values | undefined, mark: string) => Promise<NewKey>;
	readonly removeKey: (call: IssueCall, id: string) => Promise<void>;
	/** The fields of the credential beside those of its key, such as the region. */
	readonly fields: (call: Pick<IssueCall, 'by' | 'made' | 'order'>) => Data;
};
