import type {DamagedFile, FoundCredential, Refusal} from '../credentials/found.js';
import type {Credential} from '../domain/credential.js';
import type {ErrorCode} from '../domain/errors.js';
import type {Name} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {DraftField} from './draft.js';
import type {Line} from './line-editor.js';

/** An error as it is shown. */
export type Failure = {readonly code: ErrorCode; readonly message: string; readonly hint?: string | undefined};

/** A problem that blocks the next step. Asking again for the same step accepts an `odd` one. */
export type Problem = {readonly severity: 'wrong' | 'odd'; readonly text: string};

/** How a draft is about to be lost: by leaving it, leaving the app, or taking what another program saved. */
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
	/** The passphrase being tried came from a flag or the environment. */
	readonly given: boolean;
	/** Wrong passphrases so far. */
	readonly tries: number;
	readonly acceptRollback: boolean;
	/** The vault was locked over a draft, or with nothing to lose; undefined at the start. */
	readonly kept?: 'draft' | 'place' | undefined;
	/** Leaving would lose the kept draft: asked once. */
	readonly leaving?: boolean;
	/** Why no passphrase can open the vault as it is. */
	readonly blocked?: Failure | undefined;
	readonly busy: boolean;
};

/** The list; while `filtering`, typed text goes to the filter. */
export type ListScreen = {readonly kind: 'list'; readonly filtering: boolean};

export type DetailScreen = {readonly kind: 'detail'; readonly top: number};

/** The trash, newest first. */
export type TrashScreen = {readonly kind: 'trash'; readonly choice: number; readonly busy: boolean};

/** The credentials that need attention. */
export type HealthScreen = {readonly kind: 'health'; readonly choice: number};

export type SettingsScreen = {
	readonly kind: 'settings';
	readonly choice: number;
	readonly from: ListScreen | DetailScreen;
};

/** Credentials about to be moved to the trash, or purged from it. */
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

/** How to hand a credential to tools: command lines to copy. */
export type UseScreen = {
	readonly kind: 'use';
	readonly credential: Credential;
	readonly choice: number;
	readonly from: ListScreen | DetailScreen;
};

/** Asks for one line: a label, a file to export to, or a new name for a restored credential. */
export type AskScreen = {
	readonly kind: 'ask';
	readonly what: 'label' | 'export' | 'name';
	readonly targets: readonly Credential[];
	readonly line: Line;
	readonly problem?: string | undefined;
	readonly from: ListScreen | DetailScreen | TrashScreen;
	readonly busy: boolean;
};

/** One credential found on this machine, and whether to import it. */
export type ImportRow = {
	readonly found: FoundCredential;
	readonly name: Name;
	readonly ticked: boolean;
	/** Why it should not be imported, such as `in the vault as prod`; undefined for a new one. */
	readonly held?: string | undefined;
};

/** Credentials found on this machine, to select and import. */
export type ImportScreen = {
	readonly kind: 'import';
	/** Undefined during the first search. */
	readonly rows?: readonly ImportRow[] | undefined;
	/** The paths searched last; empty for the places where tools keep credentials. */
	readonly paths: readonly string[];
	/** Why the search failed. */
	readonly problem?: string | undefined;
	readonly refused: readonly Refusal[];
	readonly damaged: readonly DamagedFile[];
	/** Counts the rows, then what can't be imported. */
	readonly choice: number;
	/** A name for the selected row, or the path of another file or directory. */
	readonly asking?:
		| {readonly what: 'name' | 'path'; readonly line: Line; readonly problem?: string | undefined}
		| undefined;
	readonly busy: boolean;
};

/** One set of fields in a file; the label tells it from the others. */
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
	/** The first answer the review shows. */
	readonly top: number;
	readonly shown: boolean;
	readonly problem?: Problem | undefined;
	readonly discarding?: Discarding | undefined;
	readonly busy: boolean;
	readonly guide?: GuideOverlay | undefined;
	readonly saved?: Credential;
};

/** `choice` is the command to copy next. */
export type GuideOverlay = {readonly top: number; readonly choice: number};

export type EditScreen = {
	readonly kind: 'edit';
	/** The credential when editing began. */
	readonly basis: Credential;
	readonly fields: readonly DraftField[];
	/** Name, labels, expiry and note. */
	readonly about: readonly DraftField[];
	/** Counts the credential's fields, then those of `about`. */
	readonly focus: number;
	readonly shown: boolean;
	/** The name of a field being added. */
	readonly adding?: Line | undefined;
	readonly problem?: (Problem & {readonly field: string}) | undefined;
	readonly discarding?: Discarding | undefined;
	/** Another program changed the credential (`theirs`), or deleted it (no `theirs`), during the edit. */
	readonly conflict?: {readonly theirs?: Credential | undefined} | undefined;
	readonly busy: boolean;
	readonly from: ListScreen | DetailScreen | HealthScreen;
	/** The whole credential as text that is edited. */
	readonly manifest?: ManifestDraft | undefined;
};

/** A credential edited in the app as YAML. */
export type ManifestDraft = {
	readonly text: Line;
	/** The text before editing. */
	readonly original: string;
	/** The text has its secrets; otherwise a mark replaces them. */
	readonly open: boolean;
	/** What to do once the text has been read, while that runs. */
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
