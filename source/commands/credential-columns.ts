/** The columns that `get` can show, in the order of the help. */
const columnNames = [
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
