import type {DamagedFile, FoundCredential, Refusal} from '../credentials/found.js';
import type {Credential} from '../domain/credential.js';
import type {ErrorCode} from '../domain/errors.js';
import type {Name} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {DraftField} from './draft.js';
import type {Line} from './line-editor.js';

/** Something that went wrong, as a person reads it. */
export type Failure = {readonly code: ErrorCode; readonly message: string; readonly hint?: string | undefined};

/** What stands in the way of going on. An `odd` problem is accepted by asking for the same again. */
export type Problem = {readonly severity: 'wrong' | 'odd'; readonly text: string};

/** A draft is about to be lost: by leaving it, by leaving the app, or by taking what somebody else saved. */
type Discarding = 'leave' | 'quit' | 'theirs';

export type FirstRunScreen = {
	readonly kind: 'first-run';
	readonly passphrase: Line;
	readonly again: Line;
	readonly focus: 'passphrase' | 'again';
	readonly shown: boolean;
	readonly problem?: string | undefined;
	readonly busy: boolean;
};

export type UnlockScreen = {
	readonly kind: 'unlock';
	readonly passphrase: Line;
	readonly shown: boolean;
	/** The passphrase that is tried was not typed, but came from a flag or the environment. */
	readonly given: boolean;
	/** Wrong passphrases so far. */
	readonly tries: number;
	readonly acceptRollback: boolean;
	/** The vault was locked over something that was being written, or over nothing that could be lost; undefined at the start. */
	readonly kept?: 'draft' | 'place' | undefined;
	/** Leaving would lose the draft that is kept: asked once. */
	readonly leaving?: boolean;
	/** The vault can't be opened with any passphrase as it is. */
	readonly blocked?: Failure | undefined;
	readonly busy: boolean;
};

/** The list; while `filtering`, what is typed goes to the filter. */
export type ListScreen = {readonly kind: 'list'; readonly filtering: boolean};

export type DetailScreen = {readonly kind: 'detail'; readonly top: number};

/** What is in the trash, the newest on top. */
export type TrashScreen = {readonly kind: 'trash'; readonly choice: number; readonly busy: boolean};

/** What needs care. */
export type HealthScreen = {readonly kind: 'health'; readonly choice: number};

export type SettingsScreen = {
	readonly kind: 'settings';
	readonly choice: number;
	readonly from: ListScreen | DetailScreen;
};

/** Credentials are about to go: to the trash, or out of it for good. */
export type DeleteScreen = {
	readonly kind: 'delete';
	readonly targets: readonly Credential[];
	readonly purge: boolean;
	readonly typed: Line;
	readonly from: ListScreen | DetailScreen | TrashScreen;
	readonly busy: boolean;
};

/** Which field of a credential to copy. */
export type CopyScreen = {
	readonly kind: 'copy';
	readonly credential: Credential;
	readonly choice: number;
	readonly from: ListScreen | DetailScreen;
};

/** How a credential is handed to tools: command lines to copy. */
export type UseScreen = {
	readonly kind: 'use';
	readonly credential: Credential;
	readonly choice: number;
	readonly from: ListScreen | DetailScreen;
};

/** One line is asked for: a label for credentials, a file to export them to, or another name for one that is restored. */
export type AskScreen = {
	readonly kind: 'ask';
	readonly what: 'label' | 'export' | 'name';
	readonly targets: readonly Credential[];
	readonly line: Line;
	readonly problem?: string | undefined;
	readonly from: ListScreen | DetailScreen | TrashScreen;
	readonly busy: boolean;
};

/** One credential on this machine, and whether it is to be kept. */
export type ImportRow = {
	readonly found: FoundCredential;
	readonly name: Name;
	readonly ticked: boolean;
	/** Why it is not one to keep, such as `in the vault as prod`; undefined for a new one. */
	readonly held?: string | undefined;
};

/** What is on this machine, to be ticked and kept. */
export type ImportScreen = {
	readonly kind: 'import';
	/** Undefined while it is looked for the first time. */
	readonly rows?: readonly ImportRow[] | undefined;
	/** What was named to look at last; nothing for where tools keep theirs. */
	readonly paths: readonly string[];
	/** Why nothing could be looked at. */
	readonly problem?: string | undefined;
	readonly refused: readonly Refusal[];
	readonly damaged: readonly DamagedFile[];
	/** Counts through the rows, then what can't be kept. */
	readonly choice: number;
	/** A name for the row under the cursor, or the path of a file or directory elsewhere. */
	readonly asking?:
		| {readonly what: 'name' | 'path'; readonly line: Line; readonly problem?: string | undefined}
		| undefined;
	readonly busy: boolean;
};

/** One set of fields that a file holds; the label tells it from the others. */
export type FileSource = {readonly label: string; readonly data: ReadonlyMap<string, Secret>};

export type WizardStep = 'provider' | 'name' | 'source' | 'file' | 'profile' | 'key' | 'field' | 'review' | 'done';

export type WizardScreen = {
	readonly kind: 'wizard';
	readonly step: WizardStep;
	readonly filter: Line;
	readonly providerChoice: number;
	readonly provider?: Provider;
	readonly name: Line;
	readonly sourceChoice: number;
	readonly file: Line;
	readonly profiles: readonly FileSource[];
	readonly profileChoice: number;
	/** The name of the next field, for a provider that takes any. */
	readonly key: Line;
	readonly fields: readonly DraftField[];
	readonly focus: number;
	/** The first answer that the review shows. */
	readonly top: number;
	readonly shown: boolean;
	readonly problem?: Problem | undefined;
	readonly discarding?: Discarding | undefined;
	readonly busy: boolean;
	readonly guide?: GuideOverlay | undefined;
	readonly saved?: Credential;
};

/** `choice` is the command that is copied next. */
export type GuideOverlay = {readonly top: number; readonly choice: number};

export type EditScreen = {
	readonly kind: 'edit';
	/** The credential as it was when editing began. */
	readonly basis: Credential;
	readonly fields: readonly DraftField[];
	/** Name, labels, expiry and note. */
	readonly about: readonly DraftField[];
	/** Counts through the fields and then what is about them. */
	readonly focus: number;
	readonly shown: boolean;
	/** The name of a field being added. */
	readonly adding?: Line | undefined;
	readonly problem?: (Problem & {readonly field: string}) | undefined;
	readonly discarding?: Discarding | undefined;
	/** Somebody else changed it (`theirs`), or deleted it (no `theirs`), while it was edited here. */
	readonly conflict?: {readonly theirs?: Credential | undefined} | undefined;
	readonly busy: boolean;
	readonly from: ListScreen | DetailScreen | HealthScreen;
	/** The whole credential as a text that is edited. */
	readonly manifest?: ManifestDraft | undefined;
};

/** A credential as YAML that is edited in the app. */
export type ManifestDraft = {
	readonly text: Line;
	/** What it was when it was written. */
	readonly original: string;
	/** Its secrets are in it; otherwise a mark stands in their place. */
	readonly open: boolean;
	/** What comes when it has been read, while that is under way. */
	readonly next?: 'save' | 'fields' | 'show' | undefined;
};

export type Screen =
	| FirstRunScreen
	| UnlockScreen
	| ListScreen
	| DetailScreen
	| TrashScreen
	| HealthScreen
	| SettingsScreen
	| DeleteScreen
	| CopyScreen
	| ImportScreen
	| UseScreen
	| AskScreen
	| WizardScreen
	| EditScreen;
