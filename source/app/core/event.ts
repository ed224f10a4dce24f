import type {FileStep} from '../../closing/step.js';
import type {FoundField} from '../../credentials/environment.js';
import type {Look} from '../../credentials/found.js';
import type {LastUses} from '../../credentials/last-use.js';
import type {Plaintext} from '../../credentials/plaintext.js';
import type {RotationEnd} from '../../credentials/rotation-words.js';
import type {SaidVerdict} from '../../credentials/standing.js';
import type {Credential, CredentialContent, TrashedCredential} from '../../domain/credential.js';
import type {ExportFormat} from '../../domain/export-format.js';
import type {Exposure} from '../../domain/exposure.js';
import type {Conflict, Merged} from '../../domain/merge.js';
import type {Secret} from '../../domain/secret.js';
import type {OpenConflict, TeamState} from '../../domain/team.js';
import type {UnderWayWork} from '../../domain/under-way-work.js';
import type {UseKind} from '../../domain/use.js';
import type {ListedVault} from '../../domain/vault-list.js';
import type {Consent, KeptVerdict} from '../../domain/verdict.js';
import type {Version} from '../../domain/version.js';
import type {Provider} from '../../providers/provider.js';
import {type KeyPress, keyName} from '../input/keys.js';
import type {MouseAction} from '../input/mouse.js';
import type {Size} from '../layout/layout.js';
import type {Effect} from './effect.js';
import type {Failure} from './failure.js';
import type {IssuePlan} from './issuing.js';
import type {Completion} from './path-completion.js';
import type {FaceContent} from './preview.js';
import type {RotationPlan, RotationQuestion} from './rotating.js';
import type {SharingAnswer} from './sharing-answer.js';
import type {Switched} from './switched.js';

/** One set of fields in a file; the label tells it from the others, and the remark is what to know about it. */
export type FileSource = {
	readonly label: string;
	readonly data: ReadonlyMap<string, Secret>;
	readonly remark?: string;
};

/** The vault's current content. */
export type Stored = {
	readonly credentials: readonly Credential[];
	readonly trash: readonly TrashedCredential[];
	/** Of each closed file that can be put back, the ids of the credentials that it held; none when left out. */
	readonly closed?: readonly (readonly string[])[];
	/** What providers decided; nothing when left out. */
	readonly verdicts?: readonly KeptVerdict[];
	/** What is under way at providers; nothing when left out. */
	readonly works?: readonly UnderWayWork[];
	/** With whom it is shared, or why that can't be told; with nobody when left out. */
	readonly team?: TeamState | Failure | undefined;
};

/** A credential before and after a change. */
export type Pair = {readonly before: Credential; readonly after: Credential};

/** An address that credentials name to be asked about at, which is not one of their provider's. */
export type NamedPlace = {
	/** Scheme, host and port. */
	readonly origin: string;
	readonly host: string;
	/** The fields that name it. */
	readonly from: readonly string[];
	/** What a yes agrees to, for each of these credentials. */
	readonly consents: readonly Consent[];
};

/** What a change did to the vault. */
export type Change =
	| {readonly kind: 'added'; readonly credentials: readonly Credential[]}
	| {readonly kind: 'replaced'; readonly pairs: readonly Pair[]}
	| {readonly kind: 'restored'; readonly credentials: readonly Credential[]}
	| {readonly kind: 'deleted'; readonly credentials: readonly TrashedCredential[]}
	| {readonly kind: 'purged'; readonly count: number}
	/** Versions of that credential. */
	| {readonly kind: 'versions-purged'; readonly name: string}
	| {readonly kind: 'merged'; readonly merged: Merged}
	/** A conflict with the others has ended, by what has replaced what, or is open again. */
	| {
			readonly kind: 'settled' | 'unsettled';
			readonly conflict: OpenConflict;
			readonly side: 'mine' | 'theirs';
			readonly pairs: readonly Pair[];
	  }
	| {readonly kind: 'together'; readonly changes: readonly Change[]};

/** Why the copies beside the vault could not be made anew, and how many of them are still there. */
export type Renewal = {readonly unkept?: string; readonly left: number};

/** A way into the vault, and what it is called in a sentence: `1b4e28ba` (a recovery key). */
export type OtherWay = {readonly id: string; readonly kind: string; readonly name: string};

/** Something done since the app was opened that can be undone. */
export type UndoEntry =
	| {readonly kind: 'created' | 'restored'; readonly credentials: readonly Credential[]}
	| {readonly kind: 'changed'; readonly pairs: readonly Pair[]}
	| {readonly kind: 'deleted'; readonly credentials: readonly TrashedCredential[]}
	| Extract<Change, {readonly kind: 'settled' | 'unsettled'}>
	/** A merge, which is several of them: they are undone in this order, in one write. */
	| {readonly kind: 'together'; readonly entries: readonly UndoableEntry[]}
	/** It can't be undone, and what was done before it is not undone in its place without a word. */
	| {readonly kind: 'final'; readonly what: string /** What does it, as a sentence. */; readonly instead?: string};

/** What can be undone by changing the vault. */
export type UndoableEntry = Exclude<UndoEntry, {readonly kind: 'final'}>;

/** Input that can wait while the screen waits for an effect. */
export type TypedAhead =
	| {readonly type: 'key'; readonly press: KeyPress}
	| {readonly type: 'paste'; readonly text: string};

/** What comes from the person. */
export type Input = TypedAhead | {readonly type: 'mouse'; readonly action: MouseAction};

export function isInput(event: Event): event is Input {
	return event.type === 'key' || event.type === 'paste' || event.type === 'mouse';
}

/** Whether a press asks to leave, on any screen. */
export function isLeave(event: Event): boolean {
	return event.type === 'key' && keyName(event.press) === 'ctrl+c';
}

/** Everything that can happen to the app: input, time, and results of effects. */
export type Event =
	| Input
	| {readonly type: 'resize'; readonly size: Size}
	/** The terminal has said what its background is. */
	| {readonly type: 'background'; readonly isLight: boolean}
	| {readonly type: 'tick'}
	| Answer;

/** What became of an effect, or what somebody else did to the vault. */
export type Answer =
	/** The vault exists and looks sound, as far as that shows without its passphrase. */
	| {readonly type: 'inspected'}
	/** How others can still reach the vault. */
	| {readonly type: 'protected'; readonly exposures: readonly Exposure[]}
	/**
	 * `draft` is what was sealed when this vault was locked. `copies` are names of other states of the vault, which a
	 * sync tool left beside it.
	 */
	| {
			readonly type: 'opened';
			readonly stored: Stored;
			readonly draft?: Secret | undefined;
			/** What was sealed is of another vault, and stays sealed until that one is opened. */
			readonly isOther?: boolean;
			readonly copies?: readonly string[];
	  }
	/** The id of the slot that the passphrase opened, and the other ways in. */
	| {readonly type: 'passphrase-checked'; readonly slot: string; readonly others: readonly OtherWay[]}
	/**
	 * The paths of copies beside the vault that were removed, because the old passphrase opened them, and of those that
	 * are still there; `unkept` tells why there is no copy of the vault as it is now. `entries` names ways in that were
	 * dropped, and stay in the keyring.
	 */
	| {
			readonly type: 'passphrase-changed';
			readonly unkept?: string;
			readonly removed: readonly string[];
			readonly left: readonly string[];
			readonly entries?: readonly string[];
	  }
	/** What became of the agent, which held keys for commands. */
	| {readonly type: 'agent-ended'; readonly was: 'ended' | 'absent' | 'silent'}
	| {readonly type: 'reloaded'; readonly stored: Stored; readonly copies?: readonly string[]}
	/** The vaults that have a name. */
	| {readonly type: 'vaults-listed'; readonly vaults: readonly ListedVault[]}
	/** Another vault takes the place of the one that is open. */
	| ({readonly type: 'switched'} & Switched)
	/** What the use log says. */
	| {readonly type: 'uses'; readonly uses: LastUses}
	/** Credentials were handed out here, at that time. */
	| {readonly type: 'used'; readonly ids: readonly string[]; readonly kind: UseKind; readonly at: string}
	/** The places that somebody has to agree to before the credentials with these ids are asked about. */
	| {readonly type: 'verify-planned'; readonly ids: readonly string[]; readonly places: readonly NamedPlace[]}
	/** What was said of some of them. */
	| {readonly type: 'answers'; readonly said: readonly SaidVerdict[]}
	/** Nobody says more of these. `remark` is what to know of the keeping of what was said. */
	| {readonly type: 'verified'; readonly ids: readonly string[]; readonly remark?: string}
	/** Whether and how the key of the credential with that id can be replaced. */
	| {readonly type: 'rotation-planned'; readonly id: string; readonly plan: RotationPlan}
	/** A step of its replacement, or making, by this app is written. */
	| {readonly type: 'rotation-stepped'; readonly id: string; readonly stored: Stored}
	/** It goes on when a person has answered. */
	| {readonly type: 'rotation-asks'; readonly question: RotationQuestion}
	/** It has come so far as it goes now, or was stopped by that. */
	| ({readonly type: 'rotated'; readonly id: string; readonly stored?: Stored | undefined} & (
			| {readonly end: RotationEnd}
			| {readonly failure: Failure}
	  ))
	| SharingAnswer
	/** What would be made, or is, for a credential of that name, signed by the one with that id. */
	| {readonly type: 'issue-planned'; readonly name: string; readonly admin: string; readonly plan: IssuePlan}
	/** It is made, or taken back, or was stopped by that. */
	| ({readonly type: 'issued'; readonly id: string; readonly stored?: Stored | undefined} & (
			| {readonly end: 'made' | 'back'}
			| {readonly failure: Failure}
	  ))
	/** The versions of the credential with that id, newest first. */
	| {readonly type: 'versions-read'; readonly id: string; readonly versions: readonly Version[]}
	/** What the pane beside the list shows of the credential with that id, as it was at that revision. */
	| {readonly type: 'previewed'; readonly id: string; readonly revision: number; readonly content: FaceContent}
	/** `unkept` tells why the change has kept no copy of the vault as it was, `renewal` what became of the copies. */
	| {
			readonly type: 'changed';
			readonly change: Change;
			readonly stored: Stored;
			readonly unkept?: string;
			readonly renewal?: Renewal;
	  }
	/** What the other vault holds, the conflicts with it, and what comes without a question. */
	| {
			readonly type: 'compared';
			readonly other: Stored;
			readonly conflicts: readonly Conflict[];
			readonly fresh: number;
	  }
	| {readonly type: 'looked'; readonly look: Look}
	/** What closing a file would do, and that it is done. */
	| {readonly type: 'close-planned' | 'file-closed'; readonly plan: FileStep}
	/** What lies in clear on this machine. */
	| {readonly type: 'plaintext-counted'; readonly plaintext: Plaintext}
	| {readonly type: 'named-read'; readonly found: readonly FoundField[]}
	/** `left` are sentences about what was left out of the file. */
	| {readonly type: 'file-read'; readonly sources: readonly FileSource[]; readonly left?: readonly string[]}
	/** What the path `asked` was completed with, and the files of a provider's tools. */
	| {readonly type: 'path-completed'; readonly asked: string; readonly completion: Completion}
	| {readonly type: 'paths-offered'; readonly paths: readonly string[]}
	/**
	 * What is in a pasted text, which was read as of that provider; for a text that is nothing known, why. `names` are
	 * the files that it needs, and that somebody is asked about.
	 */
	| {
			readonly type: 'paste-read';
			readonly text: Secret;
			readonly provider?: Provider | undefined;
			readonly look: Look;
			readonly names: readonly string[];
			readonly why?: string;
	  }
	/** What was copied, by which means, and whether it is certain to have arrived. */
	| {
			readonly type: 'copied';
			readonly what: string;
			readonly secret: boolean;
			readonly by: string;
			readonly sure: boolean;
	  }
	| {readonly type: 'clipboard-cleared'; readonly result: 'cleared' | 'kept' | 'unknown'}
	| {readonly type: 'exported'; readonly path: string; readonly format: ExportFormat; readonly count: number}
	| {readonly type: 'manifest-written'; readonly text: Secret}
	| {readonly type: 'manifest-read'; readonly content: CredentialContent}
	/** What was on the screen when this was asked for has been drawn. */
	| {readonly type: 'drawn'}
	| {
			readonly type: 'failed';
			readonly during: Effect['type'];
			readonly failure: Failure;
			/** The newest content, if it could be read. */
			readonly stored?: Stored | undefined;
	  };

/** The result of an effect one screen asked for. */
export type Result = Extract<
	Answer,
	{
		readonly type:
			| 'passphrase-checked'
			| 'passphrase-changed'
			| 'versions-read'
			| 'vaults-listed'
			| 'compared'
			| 'looked'
			| 'close-planned'
			| 'file-closed'
			| 'plaintext-counted'
			| 'named-read'
			| 'file-read'
			| 'paste-read'
			| 'path-completed'
			| 'paths-offered'
			| 'manifest-written'
			| 'manifest-read'
			| 'exported'
			| 'rotation-planned'
			| 'issue-planned'
			| 'card-read'
			| 'team-changed'
			| 'drawn';
	}
>;

/** A change that adds or replaces credentials. */
export type Saved = Extract<Change, {readonly kind: 'added' | 'replaced'}>;
