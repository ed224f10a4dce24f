import type {Places} from './importer.js';

/** A file as it was read: its text, and its permission bits where the system has them. */
export type ReadFile = {readonly text: string; readonly mode?: number | undefined};

/** What of this machine is looked at. Nothing is written, run or contacted. */
export type World = {
	readonly places: Places;
	/** An ordinary file of at most `limit` bytes (1 MiB), or undefined when nothing is there. Throws `file` and `invalid`, with the path, when it can't be read. */
	read(path: string, limit?: number): Promise<ReadFile | undefined>;
	/** The paths of the ordinary files in a directory and so many levels below it, with `/` in them; undefined when it is no directory. */
	list(directory: string, depth: number): Promise<readonly string[] | undefined>;
	/** The same world without what lies outside of that directory, also where a link leads out of it. */
	within(directory: string): World;
};
