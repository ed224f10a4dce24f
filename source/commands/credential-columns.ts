/** The columns that `get` can show, in the order of the help. */
export const columnNames = [
	'name',
	'provider',
	'id',
	'age',
	'expires',
	'labels',
	'created',
	'changed',
	'note',
	'used',
	'care',
] as const;

export type ColumnName = (typeof columnNames)[number];

/** The columns that need more than the credentials that are shown: the other ones, and the log of uses. */
export const farColumns: readonly ColumnName[] = ['used', 'care'];
