/** Something about a vault's place that lets others at it. */
export type Exposure = {
	readonly path: string;
	readonly what: 'directory' | 'file';
	/** What others can do with it. */
	readonly others: 'write in' | 'read' | 'write to' | 'read and write to';
	/** What ends that; undefined where only moving the vault does, such as out of a directory of somebody else. */
	readonly remedy?: 'chmod go-w' | 'chmod go-rwx';
};

/** What others can do, and what to do about it. */
export function exposureWarning({path, others, remedy}: Exposure): string {
	const way = remedy === undefined ? 'move the vault to a directory of yours' : `\`${remedy}\` closes it`;
	return `others can ${others} \`${path}\`: ${way}`;
}

/** The same of a vault whose path stands beside it, as two sentences. */
export function exposureNotice(exposures: readonly Exposure[]): {readonly problem: string; readonly closable: boolean} {
	const parts = exposures.map(({what, others}) => `${others} ${what === 'file' ? 'it' : 'its directory'}`);
	return {
		problem: `Others can ${[...new Set(parts)].join(', and ')}.`,
		closable: exposures.some(({remedy}) => remedy !== undefined),
	};
}
