import type {NamedFile} from '../credentials/environment.js';
import type {Basis, Credential, CredentialContent} from '../domain/credential.js';
import type {PharmerError} from '../domain/errors.js';
import type {Name} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {Settings} from './settings.js';
import type {AppOutcome} from './start.js';

/** What the app asks of the world. Each but `lock`, `quit` and `redraw` is answered by an event. */
export type Effect =
	| {readonly type: 'inspect'}
	/** Others are kept from the vault, where that can be done in its place. */
	| {readonly type: 'protect'}
	| {readonly type: 'create-vault'; readonly passphrase: Secret}
	| {readonly type: 'unlock'; readonly passphrase: Secret; readonly acceptRollback: boolean}
	/** The key is let go; the draft stays, sealed under it, and comes back when the same vault is opened. */
	| {readonly type: 'lock'; readonly draft: Secret}
	| {readonly type: 'reload'}
	| {
			readonly type: 'add';
			readonly contents: readonly (CredentialContent & {readonly created?: string})[];
	  }
	/** Credentials that are on this machine, in those places or the usual ones. */
	| {readonly type: 'look'; readonly paths: readonly string[]; readonly kinds: readonly string[]}
	| {
			readonly type: 'replace';
			readonly replacements: readonly {readonly basis: Basis; readonly next: CredentialContent}[];
			/** What is replaced goes to the trash. */
			readonly keep?: boolean;
	  }
	| {readonly type: 'delete'; readonly bases: readonly Basis[]}
	| {readonly type: 'restore'; readonly ids: readonly string[]; readonly name?: Name}
	| {readonly type: 'purge'; readonly bases: readonly Basis[]}
	/** The files that the environment names for fields. */
	| {readonly type: 'read-named'; readonly files: readonly NamedFile[]}
	| {readonly type: 'read-file'; readonly path: string; readonly provider: Provider}
	/** To the clipboard; `what` names it, such as `secret access key of prod`. */
	| {readonly type: 'copy'; readonly text: Secret; readonly what: string; readonly secret: boolean}
	| {readonly type: 'clear-clipboard'}
	/** As manifests into a new file. */
	| {readonly type: 'export'; readonly credentials: readonly Credential[]; readonly path: string}
	/** A credential as a manifest to be edited; what is hidden has the text `hidden` in its place. */
	| {readonly type: 'write-manifest'; readonly credential: Credential; readonly hidden?: string}
	/** The credential in an edited manifest of `basis`; a value that is `hidden` is the one of `data`. */
	| {
			readonly type: 'read-manifest';
			readonly text: Secret;
			readonly basis: Credential;
			readonly hidden: string;
			readonly data: ReadonlyMap<string, Secret>;
	  }
	| {readonly type: 'save-settings'; readonly settings: Settings}
	| {readonly type: 'suspend'}
	| {readonly type: 'redraw'}
	| {readonly type: 'quit'; readonly outcome: AppOutcome | PharmerError};

/** An effect that is carried out and has not been answered yet, and since when, in milliseconds since the epoch. */
export type UnderWay = {readonly effect: Effect['type']; readonly since: number};
