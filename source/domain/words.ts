/** A count with its noun: `1 day`, `2 days`, `0 credentials`. */
export function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Names in a sentence, each in back-ticks: `a`, `b` and `c`. */
export function listed(names: readonly string[], last: 'and' | 'or' = 'and'): string {
	const quoted = names.map(name => `\`${name}\``);
	return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}
