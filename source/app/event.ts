import type {Credential, TrashedCredential} from '../domain/credential.js';
import type {Effect} from './effect.js';
import type {Size} from './layout.js';
import type {Failure, FileSource, TypedAhead} from './state.js';

/** What a change to the vault did. */
export type Change =
	| {readonly kind: 'added' | 'replaced' | 'restored'; readonly credential: Credential}
	| {readonly kind: 'deleted'; readonly credential: TrashedCredential};

/** Everything that can happen to the app: what a person does, time, and what came of effects. */
export type Event =
	| TypedAhead
	| {readonly type: 'resize'; readonly size: Size}
	| {readonly type: 'tick'}
	/** The vault is there and sound, as far as can be told without its passphrase. */
	| {readonly type: 'inspected'}
	| {readonly type: 'opened'; readonly credentials: readonly Credential[]}
	| {readonly type: 'reloaded'; readonly credentials: readonly Credential[]}
	| {readonly type: 'changed'; readonly change: Change; readonly credentials: readonly Credential[]}
	| {readonly type: 'file-read'; readonly sources: readonly FileSource[]}
	| {
			readonly type: 'failed';
			readonly during: Effect['type'];
			readonly failure: Failure;
			/** The newest content, where it could be read. */
			readonly credentials?: readonly Credential[] | undefined;
	  };
