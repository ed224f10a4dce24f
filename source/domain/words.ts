/** A count as people read it: `10,000`, but `1000`. */
export function grouped(count: number): string {
	return count < 10_000 ? `${count}` : count.toLocaleString('en');
}

/** A count with its noun: `1 day`, `2 days`, `0 credentials`. */
export function plural(count: number, noun: string): string {
	return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** The text as the beginning of a sentence. */
export function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words in a sentence: a, b and c. */
export function enumerated(words: readonly string[], last: 'and' | 'or' = 'and'): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** Names in a sentence, each in back-ticks: `a`, `b` and `c`. */
export function listed(names: readonly string[], last: 'and' | 'or' = 'and'): string {
	return enumerated(
		names.map(name => `\`${name}\``),
		last,
	);
}
