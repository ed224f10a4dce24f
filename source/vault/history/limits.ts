import {type Line, lineText, merged, perCredential} from './line.js';

/** How long a version is kept. */
const days = 365;

/** In bytes: a history may take a third of what all else takes, but never more than `most`, and `least` always. */
const most = 8 * 1024 * 1024;
const least = 64 * 1024;

/** The bytes that a history may take beside so many of all else. */
export function sizeLimit(others: number): number {
	return Math.min(most, Math.max(least, Math.floor(others / 3)));
}

/** The bytes that lines take in the vault's content. */
export function sizeOf(text: string): number {
	return Buffer.byteLength(JSON.stringify(text));
}

/**
 * Lines without those that are too old or too many, and those of credentials that are gone. `isHeld` tells whether the
 * vault has a credential with that id.
 */
export function pruned(lines: readonly Line[], isHeld: (id: string) => boolean, now: Date): readonly Line[] {
	const oldest = new Date(now.getTime() - days * 86_400_000).toISOString();
	const held = lines.filter(({id}) => isHeld(id));
	const surplus = new Set(held.filter(({time}) => time < oldest));
	for (const chain of chainsOf(held.filter(line => !surplus.has(line)))) {
		const count = chain.length - perCredential;
		if (count > 0) for (const line of expendable(chain).slice(0, count)) surplus.add(line);
	}
	return without(held, surplus);
}

/**
 * Lines without as many as take so many bytes together. A line that takes over the difference of one that goes grows,
 * so that these may still be too many.
 */
export function shortened(lines: readonly Line[], bytes: number): readonly Line[] {
	const surplus = new Set<Line>();
	let excess = bytes;
	for (const line of expendable(lines)) {
		if (excess <= 0) break;
		surplus.add(line);
		excess -= sizeOf(lineText(line));
	}
	return without(lines, surplus);
}

/** What may go, first of all: changes of many before others, and the oldest of each first. */
function expendable(lines: readonly Line[]): readonly Line[] {
	return [...lines.filter(({isBulk}) => isBulk), ...lines.filter(({isBulk}) => !isBulk)];
}

/** The lines of each credential. */
function chainsOf(lines: readonly Line[]): Iterable<readonly Line[]> {
	const chains = new Map<string, Line[]>();
	for (const line of lines) {
		const chain = chains.get(line.id);
		if (chain === undefined) chains.set(line.id, [line]);
		else chain.push(line);
	}
	return chains.values();
}

/** The lines that stay; each takes over what those right after it knew that go. */
function without(lines: readonly Line[], surplus: ReadonlySet<Line>): readonly Line[] {
	if (surplus.size === 0) return lines;
	const dropped = new Map<string, Line>();
	const kept: Line[] = [];
	for (const line of lines.toReversed()) {
		const newer = dropped.get(line.id);
		const whole = newer === undefined ? line : merged(line, newer);
		if (surplus.has(line)) dropped.set(line.id, whole);
		else {
			dropped.delete(line.id);
			kept.push(whole);
		}
	}
	return kept.reverse();
}
