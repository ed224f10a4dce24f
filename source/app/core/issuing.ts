/** What somebody wants of a credential that is made at its provider, with that id. */
export type IssueWish = {readonly id: string} & (
	| {
			readonly does: 'begin';
			/** What it will be called, and the id of the credential that signs. */
			readonly name: string;
			readonly admin: string;
			/** The lines that somebody has agreed to: others are asked about. */
			readonly agreed: readonly string[];
	  }
	/** With `name` it is kept under that one. */
	| {readonly does: 'go-on'; readonly name?: string | undefined}
	| {readonly does: 'back'}
);

/** What is made for a credential. */
export type IssuePlan = {
	/** The id that the credential will have. */
	readonly id: string;
	/** What is asked before, line by line; nothing once it is begun. */
	readonly says: readonly string[];
	/** Each thing before the key, by what its journal knows it by; `isThere` where it was there before. */
	readonly steps: readonly {readonly id: string; readonly says: string; readonly isThere: boolean}[];
};
