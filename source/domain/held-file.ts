/** A regular file as it was examined: what is in it, and what tells it from any other. */
export type HeldFile = {
	/** The path that was asked for, and the file that it led to. */
	readonly path: string;
	readonly target: string;
	readonly bytes: Buffer;
	readonly mode: number;
	readonly uid: number;
	readonly dev: number;
	readonly ino: number;
	/** How many names it has. */
	readonly links: number;
};
