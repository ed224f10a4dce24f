import type {World} from '../look/world.js';

/** The files of the machine, as use cases reach them. The program makes it of the system, tests make it of maps. */
export type Machine = {
	/** It is invented: nothing of one's own is looked at, and nothing is written. */
	readonly isDemo: boolean;
	/** What one can look around in. */
	readonly world: World;
	/** A path as a person writes it, with `~` as the home directory put in. */
	expand(path: string): string;
	/** The text of the file at a path. Throws `file` and `invalid`. */
	read(path: string): Promise<string>;
	/** Writes a text into a file that is made for it, for its owner only. Throws `file`, also when something is there. */
	writeNew(path: string, text: string): Promise<void>;
};
