import type {Name} from '../../domain/name.js';

/** What the app is opened for. */
export type AppStart =
	| {readonly kind: 'browse'}
	| {
			readonly kind: 'create';
			readonly name?: Name;
			/** A provider's id. */
			readonly provider?: string;
			readonly labels?: ReadonlyMap<string, string>;
			readonly note?: string;
			readonly expires?: string;
	  }
	| {readonly kind: 'edit'; readonly name: string}
	/** Look for credentials: at those paths, or where tools keep them; in those kinds of sources, or in all. */
	| {readonly kind: 'import'; readonly paths: readonly string[]; readonly kinds: readonly string[]}
	/** Decide what a merge of the vault in that file leaves open. */
	| {readonly kind: 'merge'; readonly file: string};

/** What is not shared yet of the vault at a path: how many credentials, or `reader` where this device shares none. */
export type LeftToShare = {readonly path: string; readonly pending: number | 'reader'};

/** How the app was left. */
export type AppOutcome = (
	| {readonly kind: 'quit'}
	| {readonly kind: 'edited'; readonly name: string}
	/** `others` were created after it. */
	| {readonly kind: 'created'; readonly name: string; readonly others?: readonly string[]}
	| {readonly kind: 'imported'; readonly count: number}
	| {readonly kind: 'cancelled'}
) & {
	/** What is left to share. */
	readonly left?: LeftToShare;
};
