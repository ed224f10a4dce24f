import type {Places} from '../providers/importer.js';

/** A file as it was read: its text, and its permission bits where the system has them. */
export type ReadFile = {readonly text: string; readonly mode?: number | undefined};

/** Files of a directory: their paths below it, with `/` in them, and whether these are all or only the first of too many. */
export type Listing = {readonly paths: readonly string[]; readonly whole: boolean};

/** What of this machine is looked at. Nothing is written, run or contacted. */
export type World = {
	readonly places: Places;
	/** An ordinary file of at most `limit` bytes (1 MiB), or undefined when nothing is there. Throws `file` and `invalid`, with the path, when it can't be read. */
	read(path: string, limit?: number): Promise<ReadFile | undefined>;
	/** The ordinary files in a directory and so many levels below it; undefined when it is no directory. */
	list(directory: string, depth: number): Promise<Listing | undefined>;
	/** The same world without what lies outside of that directory, also where a link leads out of it. */
	within(directory: string): World;
};
