import type {World} from '../look/world.js';

/** The machine's files, as use cases reach them. The program uses the system's, tests use maps. */
export type Machine = {
	/** Sample data: looks at none of the user's files and writes nothing. */
	readonly isDemo: boolean;
	/** The places importers can search. */
	readonly world: World;
	/** Replaces `~` in a path with the home directory. */
	expand(path: string): string;
	/** Returns the text of a file. Throws `file` and `invalid`. */
	read(path: string): Promise<string>;
	/**
	 * The names in a directory that begin with a text, sorted, directories with a `/` at their end; hidden ones only when
	 * the text is. Reads no file, and has none for a directory that can't be read.
	 */
	names(directory: string, start: string): Promise<{readonly names: readonly string[]; readonly more: number}>;
	/** Writes a text to a new file that only its owner can access. Throws `file`, also when the file exists. */
	writeNew(path: string, text: string): Promise<void>;
};
