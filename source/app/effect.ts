import type {Basis, CredentialContent} from '../domain/credential.js';
import type {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {AppOutcome} from './start.js';

/** What the app asks of the world. Each but `quit` and `redraw` is answered by an event. */
export type Effect =
	| {readonly type: 'inspect'}
	| {readonly type: 'create-vault'; readonly passphrase: Secret}
	| {readonly type: 'unlock'; readonly passphrase: Secret; readonly acceptRollback: boolean}
	| {readonly type: 'reload'}
	| {readonly type: 'add'; readonly content: CredentialContent}
	| {
			readonly type: 'replace';
			readonly basis: Basis;
			readonly content: CredentialContent /** What is replaced goes to the trash. */;
			readonly keep?: boolean;
	  }
	| {readonly type: 'delete'; readonly basis: Basis}
	| {readonly type: 'restore'; readonly id: string}
	| {readonly type: 'read-file'; readonly path: string; readonly provider: Provider}
	| {readonly type: 'suspend'}
	| {readonly type: 'redraw'}
	| {readonly type: 'quit'; readonly outcome: AppOutcome | PharmerError};
