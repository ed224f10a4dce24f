import type {Places} from './importer.js';

/** A file as it was read: its text, and its permission bits where the system has them. */
export type ReadFile = {readonly text: string; readonly mode?: number | undefined};

/** What of this machine is looked at. Nothing is written, run or contacted. */
export type World = {
	readonly places: Places;
	/** An ordinary file, or undefined when nothing is there. Throws `file` and `invalid` when it can't be read. */
	read(path: string): Promise<ReadFile | undefined>;
	/** The paths of the ordinary files in a directory and so many levels below it, with `/` in them; undefined when it is no directory. */
	list(directory: string, depth: number): Promise<readonly string[] | undefined>;
};
