/** The ways in which a credential is handed out. */
export const useKinds = [
	'exec',
	'run',
	'env',
	'inject',
	'credential-process',
	'get',
	'copy',
	'reveal',
	'export',
] as const;

export type UseKind = (typeof useKinds)[number];

/** That a credential was handed out: its id, how, and when (RFC 3339 in UTC, to the second). */
export type Use = {readonly id: string; readonly kind: UseKind; readonly at: string};

/** What is known of the uses on this machine. */
export type Uses = {
	/** From when on every use is known, at least the last of each kind; undefined when that can't be told. */
	readonly since: string | undefined;
	/** Newest first. */
	readonly list: readonly Use[];
};

export const noUses: Uses = {since: undefined, list: []};

export function isUseKind(text: unknown): text is UseKind {
	return (useKinds as readonly unknown[]).includes(text);
}
