import type {SecretFile} from '../credentials/found.js';
import type {Secret} from '../domain/secret.js';
import type {Places} from '../providers/importer.js';

/** A file as read: its text, and its permission bits on systems that have them. */
export type ReadFile = {readonly text: string; readonly mode?: number | undefined};

/** The text of a file that another one names, as a value, and the file. */
export type NamedFile = {readonly value: Secret; readonly file: SecretFile};

/**
 * Why such a file was not read, as the end of a sentence that names it. With `spares`, what names it is of use without
 * it.
 */
export type Unread = {readonly unread: string; readonly spares?: true};

/**
 * The files of a directory: their paths below it, separated by `/`, and whether they are complete or only the first of
 * too many.
 */
export type Listing = {readonly paths: readonly string[]; readonly whole: boolean};

/** The part of this machine that is looked at. Nothing is written, run or contacted. */
export type World = {
	readonly places: Places;
	now(): Date;
	/**
	 * Reads an ordinary file of at most `limit` bytes (1 MiB by default); undefined when nothing is there. Throws `file`
	 * and `invalid`, with the path, when it can't be read.
	 */
	read(path: string, limit?: number): Promise<ReadFile | undefined>;
	/** Lists the ordinary files in a directory and `depth` levels below it; undefined when it is not a directory. */
	list(directory: string, depth: number): Promise<Listing | undefined>;
	/** Reads a file that another one names, by its whole path; made for one look by `forOneLook()`. */
	readonly named?: (path: string) => Promise<NamedFile | Unread>;
	/** Waited for between files and parts of a file, so that the app can answer keys. Throws `cancelled` to stop. */
	readonly pause?: () => Promise<void>;
	/** The same world, restricted to a directory. Links out of it are not followed. */
	within(directory: string): World;
};
