/** A permission at a vault's place that gives other users access to it. */
export type Exposure = {
	readonly path: string;
	readonly what: 'directory' | 'file';
	/** What other users can do with it. */
	readonly others: 'write in' | 'read' | 'write to' | 'read and write to';
	/**
	 * The command that fixes it; undefined when only moving the vault helps, such as out of somebody else's
	 * directory.
	 */
	readonly remedy?: 'chmod go-w' | 'chmod go-rwx';
};

/** The warning: what others can do, and how to stop it. */
export function exposureWarning({path, others, remedy}: Exposure): string {
	const way = remedy === undefined ? 'move the vault to a directory of yours' : `\`${remedy}\` closes it`;
	return `others can ${others} \`${path}\`: ${way}`;
}

/**
 * The same for a screen that already shows the vault's path: the problem as a sentence, and whether a remedy exists.
 */
export function exposureNotice(exposures: readonly Exposure[]): {readonly problem: string; readonly closable: boolean} {
	const parts = exposures.map(({what, others}) => `${others} ${what === 'file' ? 'it' : 'its directory'}`);
	return {
		problem: `Others can ${[...new Set(parts)].join(', and ')}.`,
		closable: exposures.some(({remedy}) => remedy !== undefined),
	};
}
