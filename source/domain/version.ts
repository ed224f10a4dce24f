import type {CredentialContent} from './credential.js';

/** What replaced a version. */
export type Cause = 'edit' | 'rename' | 'rotate' | 'import' | 'undo' | 'merge';

/** A state of a credential that a change has replaced. */
export type Version = {
	/** The credential's revision at that time: the version's number. */
	readonly revision: number;
	/** When it was replaced (RFC 3339), and by what. */
	readonly until: string;
	readonly cause: Cause;
	readonly content: CredentialContent;
	/**
	 * False when a program that keeps no versions has changed the credential since: what it changed is as it was left,
	 * not as it was then.
	 */
	readonly isExact: boolean;
};
