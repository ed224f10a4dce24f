import type {NamedFile} from '../../credentials/environment.js';
import type {Closing} from '../../domain/closed-file.js';
import type {Basis, Credential, CredentialContent, Replacement, Restoration} from '../../domain/credential.js';
import type {PharmerError} from '../../domain/errors.js';
import type {ExportFormat} from '../../domain/export-format.js';
import type {Decisions} from '../../domain/merge.js';
import type {Name} from '../../domain/name.js';
import type {Secret} from '../../domain/secret.js';
import type {Settings} from '../../domain/settings.js';
import type {OpenConflict} from '../../domain/team.js';
import type {UseKind} from '../../domain/use.js';
import type {Consent} from '../../domain/verdict.js';
import type {Cause} from '../../domain/version.js';
import type {Provider} from '../../providers/provider.js';
import type {Pair, Stored} from './event.js';
import type {IssueWish} from './issuing.js';
import type {FaceContent} from './preview.js';
import type {RotationWish} from './rotating.js';
import type {RosterChange, SyncKind} from './sharing.js';
import type {AppOutcome} from './start.js';

/** What changes the vault's content, in one write. */
export type ContentEffect =
	| {
			readonly type: 'add';
			readonly contents: readonly (CredentialContent & {readonly created?: string})[];
	  }
	| {
			readonly type: 'replace';
			readonly replacements: readonly Replacement[];
			/** What the versions say that replaced them; an edit when left out. */
			readonly cause?: Cause;
	  }
	| {readonly type: 'delete'; readonly bases: readonly Basis[]}
	| {readonly type: 'restore'; readonly restorations: readonly Restoration[]; readonly name?: Name}
	/** With `renewsCopies`, the copies beside the vault are made anew, which hold what is purged. */
	| {readonly type: 'purge'; readonly bases: readonly Basis[]; readonly renewsCopies?: boolean}
	/** Purges the versions of one. */
	| {readonly type: 'purge-versions'; readonly bases: readonly Basis[]; readonly renewsCopies?: boolean}
	/** Merges what another vault holds; nothing is written where something is left open. */
	| {readonly type: 'merge'; readonly other: Stored; readonly decisions: Decisions}
	/** Ends an open conflict with the others, by that side. */
	| {readonly type: 'settle'; readonly conflict: OpenConflict; readonly side: 'mine' | 'theirs'}
	/** Opens it again, and puts back what it was settled with. */
	| {
			readonly type: 'unsettle';
			readonly conflict: OpenConflict;
			readonly side: 'mine' | 'theirs';
			readonly pairs: readonly Pair[];
	  }
	/** Several changes, one after the other. */
	| {readonly type: 'together'; readonly effects: readonly ContentEffect[]};

/**
 * What the app asks of the world. An event answers each that succeeds, except `lock`, `stop-look`, `stop-verify`,
 * `answer-rotation`, `save-settings`, `suspend`, `redraw` and `quit`; `failed` answers one that does not.
 */
export type Effect =
	| ContentEffect
	/** Finds what a merge would leave open. Without `other`, it is what the app was opened to merge. */
	| {readonly type: 'compare'; readonly other?: Stored}
	| {readonly type: 'inspect'}
	/** Keeps other users out of the vault, where its location allows that. */
	| {readonly type: 'protect'}
	| {readonly type: 'create-vault'; readonly passphrase: Secret; readonly agentMinutes?: number}
	| {
			readonly type: 'unlock';
			readonly passphrase: Secret;
			readonly acceptRollback: boolean;
			/** Unlocks the vault for commands too, until it is not used for that long; so does `create-vault`. */
			readonly agentMinutes?: number;
	  }
	/** Lists the vaults that have a name. */
	| {readonly type: 'list-vaults'}
	/** Goes to another vault, which locks the one that is open. */
	| {readonly type: 'switch-vault'; readonly name: string; readonly path: string}
	/** Locks the vault for commands too. */
	| {readonly type: 'end-agent'}
	/** Finds the way in that a passphrase or recovery key is, and the others. */
	| {readonly type: 'check-passphrase'; readonly passphrase: Secret}
	/** Makes a new key for the vault, with this passphrase as the only way in; those ids were agreed to be dropped. */
	| {
			readonly type: 'change-passphrase';
			readonly slot: string;
			readonly passphrase: Secret;
			readonly dropped: readonly string[];
	  }
	/** Drops the key. The draft stays, sealed under it, and returns when the same vault is opened. */
	| {readonly type: 'lock'; readonly draft: Secret}
	| {readonly type: 'reload'}
	/** Opens the vault again that has got a new key; what is on the screen stays. */
	| {readonly type: 'renew'; readonly passphrase: Secret}
	/** Reads the use log, if it has changed; nothing waits for it, and it never fails. */
	| {readonly type: 'read-uses'}
	/** Notes in the use log that secrets were shown; nothing waits for it, and it never fails. */
	| {readonly type: 'note-use'; readonly ids: readonly string[]; readonly kind: UseKind}
	/** Finds out which of these credentials name an address that somebody has to agree to before they are asked about. */
	| {readonly type: 'plan-verify'; readonly credentials: readonly Credential[]}
	/**
	 * Asks the providers of these credentials, beside everything else, and keeps what they decide in one write at the
	 * end. Those that name an address are left out unless it is in `agreed`, or was agreed to before.
	 */
	| {
			readonly type: 'verify';
			readonly credentials: readonly Credential[];
			readonly agreed: readonly Consent[];
	  }
	/** Asks nobody any more; what was said until then is kept. */
	| {readonly type: 'stop-verify'}
	/** Finds out whether and how the key of a credential can be replaced at its provider; nothing waits for it. */
	| {readonly type: 'plan-rotation'; readonly credential: Credential}
	/** Replaces that key, or goes on with that, beside everything else; several come one after the other. */
	| ({readonly type: 'rotate'} & RotationWish)
	/** Finds out what would be made, or is, for a credential of that name, signed by the one with that id. */
	| {readonly type: 'plan-issue'; readonly name: string; readonly admin: string}
	/** Makes it, goes on with that, or takes it back, in the queue of those that are replaced. */
	| ({readonly type: 'issue'} & IssueWish)
	/** Answers what a person was asked meanwhile. */
	| {readonly type: 'answer-rotation'; readonly reply: 'yes' | 'no'}
	/** Takes in what others have shared, and shares what is other here, beside everything else. */
	| {readonly type: 'sync'; readonly kind: SyncKind}
	/** Reads the card of a newcomer. */
	| {readonly type: 'read-card'; readonly text: string}
	/** Changes the members of the team. */
	| {readonly type: 'change-team'; readonly change: RosterChange}
	/** Looks for credentials on this machine, at those paths or the usual ones. */
	| {readonly type: 'look'; readonly paths: readonly string[]; readonly kinds: readonly string[]}
	/** Says what closing a plaintext file would do. `kinds` are those of the finds in it. */
	| {readonly type: 'plan-close'; readonly path: string; readonly kinds: readonly string[]}
	/** Closes it in that way, if nothing has changed since. */
	| {
			readonly type: 'close-file';
			readonly path: string;
			readonly kinds: readonly string[];
			readonly closing: Closing;
	  }
	/** Counts what lies in clear on this machine; nothing waits for it, and it never fails. */
	| {readonly type: 'count-plaintext'}
	/** Gives up the looks and reads under way, which then fail with `cancelled`. */
	| {readonly type: 'stop-look'}
	/** Reads the versions of the credential with that id, in the list or the trash. */
	| {readonly type: 'read-versions'; readonly id: string}
	/** Reads what the pane beside the list shows of a credential; nothing waits for it, and it never fails. */
	| {readonly type: 'preview'; readonly face: FaceContent['face']; readonly credential: Credential}
	/** Reads the files that environment variables name for fields. */
	| {readonly type: 'read-named'; readonly files: readonly NamedFile[]}
	| {readonly type: 'read-file'; readonly path: string; readonly provider: Provider}
	/** Completes a path with names of files; nothing waits for it. */
	| {readonly type: 'complete-path'; readonly text: string}
	/** Finds the files of a provider's tools, to choose from; nothing waits for it, and it never fails. */
	| {readonly type: 'offer-paths'; readonly provider: Provider}
	/**
	 * Reads a text that was pasted, as of that provider where the text alone does not tell. Of the files that it names,
	 * only those in `files` are read; undefined as long as nobody was asked.
	 */
	| {
			readonly type: 'read-paste';
			readonly text: Secret;
			readonly provider?: Provider | undefined;
			readonly files?: readonly string[];
	  }
	/** Copies to the clipboard; `what` names the text, such as `secret access key of prod`, `of` whose secret it is. */
	| {
			readonly type: 'copy';
			readonly text: Secret;
			readonly what: string;
			readonly secret: boolean;
			readonly of?: string;
	  }
	| {readonly type: 'clear-clipboard'}
	/** Writes credentials in clear to a new file. */
	| {
			readonly type: 'export';
			readonly credentials: readonly Credential[];
			readonly path: string;
			readonly format: ExportFormat;
	  }
	/** Writes a credential as a manifest to edit, with the text `hidden` in place of each hidden value. */
	| {readonly type: 'write-manifest'; readonly credential: Credential; readonly hidden?: string}
	/** Reads the credential from an edited manifest of `basis`; a value `hidden` stands for the one in `data`. */
	| {
			readonly type: 'read-manifest';
			readonly text: Secret;
			readonly basis: Credential;
			readonly hidden: string;
			readonly data: ReadonlyMap<string, Secret>;
	  }
	| {readonly type: 'save-settings'; readonly settings: Settings}
	/** Answered when what is on the screen now has been drawn. */
	| {readonly type: 'draw'}
	| {readonly type: 'suspend'}
	| {readonly type: 'redraw'}
	| {readonly type: 'quit'; readonly outcome: AppOutcome | PharmerError};

/** An effect that is running, and when it began, in milliseconds since the epoch. */
export type UnderWay = {readonly effect: Effect['type']; readonly since: number};
