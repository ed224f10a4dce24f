import type {DamagedFile, FoundCredential, Refusal} from '../../../credentials/found.js';
import type {Name} from '../../../domain/name.js';
import type {Completion} from '../../core/path-completion.js';
import type {Line} from '../../input/line-editor.js';
import type {WizardScreen} from '../wizard/wizard-screen.js';

/** One credential found on this machine, and whether to import it. */
export type ImportRow = {
	readonly found: FoundCredential;
	readonly name: Name;
	readonly ticked: boolean;
	/** Why it should not be imported, such as `in the vault as prod`; undefined for a new one. */
	readonly held?: string | undefined;
	/** What it has in common with others, such as `has the same secret as prod`. No reason to leave it out. */
	readonly shared?: string | undefined;
	/** What has become of its file, such as `closed`. */
	readonly closed?: string | undefined;
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
	/** A name for the row under the cursor, or the path of another file or directory. */
	readonly asking?:
		| {
				readonly what: 'name' | 'path';
				readonly line: Line;
				readonly problem?: string | undefined;
				readonly completion?: Completion | undefined;
		  }
		| undefined;
	readonly busy: boolean;
	/** The wizard that they were pasted into, which waits behind. */
	readonly wizard?: WizardScreen | undefined;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly import: ImportScreen;
	}
}
