/** Shorter ones are as short as a name for them. */
const leastShared = 12;

/** A module that exports a JSON value by that name. What stands in it more than once is written once. */
export function constant(name: string, value: unknown): string {
	const seen = new Set<string>();
	const repeated = new Set<string>();
	const count = (part: unknown): void => {
		const text = JSON.stringify(part);
		if (text.length < leastShared) return;
		if (seen.has(text)) repeated.add(text);
		else {
			seen.add(text);
			if (isNested(part)) Object.values(part).forEach(count);
		}
	};
	count(value);
	const shared = new Map<string, string>();
	const lines: string[] = [];
	const written = (part: unknown): string => {
		if (Array.isArray(part)) return `[${part.map(placed).join(',')}]`;
		if (!isNested(part)) return JSON.stringify(part);
		return `{${Object.entries(part).map(([key, each]) => `${JSON.stringify(key)}:${placed(each)}`)}}`;
	};
	/** A part, or the name that stands for it. */
	const placed = (part: unknown): string => {
		const text = JSON.stringify(part);
		if (!repeated.has(text)) return written(part);
		const known = shared.get(text);
		if (known !== undefined) return known;
		const line = written(part);
		const own = `shared${lines.length}`;
		lines.push(`const ${own} = ${line};`);
		shared.set(text, own);
		return own;
	};
	const whole = written(value);
	return [...lines, `export const ${name} = ${whole};`].join('\n');
}

const isNested = (part: unknown): part is object => typeof part === 'object' && part !== null;
