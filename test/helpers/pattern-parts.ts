/** What a pattern is made of, as far as texts that it finds hard depend on it. */
export type PatternParts = {
	/** A character for each set of its characters and classes that one can be in, also for none of them. */
	readonly alphabet: readonly string[];
	/** The same for those alone that may be repeated without end. */
	readonly repeated: readonly string[];
	/** Texts that it matches, one for each of its alternatives. */
	readonly samples: readonly Sample[];
};

/** `at` is where the parts begin that may be repeated without end. */
type Sample = {readonly text: string; readonly at: readonly number[]};

/** A character, a class or an escape of a pattern. */
type Atom = {readonly source: string; endless: boolean};

type Part =
	| {readonly kind: 'atom'; readonly source: string}
	| {readonly kind: 'choice'; readonly ways: readonly (readonly Part[])[]}
	| {readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly endless: boolean}
	| {readonly kind: 'back'; readonly group: number};

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

const candidates = [
	...Array.from({length: 128}, (_, code) => String.fromCharCode(code)),
	...'é€·\u2028\ufeff\ufffe\ud800🔑',
];

/** Takes a pattern apart. Throws for one that is written with something that no pattern here has yet. */
export function partsOf(pattern: RegExp): PatternParts {
	const atoms: Atom[] = [];
	const root = parse(pattern.source, pattern.flags.includes('v'), atoms);
	const flags = pattern.flags.replace(/[gy]/g, '');
	const characterOf = (source: string): string => {
		const test = new RegExp(`^(?:${source})$`, flags);
		const found = [...letters, ...candidates].find(each => test.test(each));
		if (found === undefined) throw new Error(`no character is known for ${source} of ${pattern}`);
		return found;
	};
	const samples = Array.from({length: waysOf(root)}, (_, way) => sampleOf(root, way, characterOf));
	return {
		alphabet: representatives(atoms, flags),
		repeated: representatives(
			atoms.filter(({endless}) => endless),
			flags,
		),
		samples,
	};
}

function representatives(atoms: readonly Atom[], flags: string): readonly string[] {
	const tests = [...new Set(atoms.map(({source}) => source))].map(source => new RegExp(`^(?:${source})$`, flags));
	const bySet = new Map<string, string>();
	// Where there is a letter, it is told from others more easily.
	for (const each of [...letters, ...candidates]) {
		const set = tests.map(test => (test.test(each) ? '1' : '0')).join('');
		if (!bySet.has(set)) bySet.set(set, each);
	}
	return [...bySet.values()];
}

function parse(source: string, nests: boolean, atoms: Atom[]): Part {
	let at = 0;
	const take = (expression: RegExp): RegExpExecArray | undefined => {
		const sticky = new RegExp(expression.source, 'sy');
		sticky.lastIndex = at;
		const match = sticky.exec(source) ?? undefined;
		at += match?.[0].length ?? 0;
		return match;
	};
	const classAt = (): string | undefined => {
		if (source[at] !== '[') return undefined;
		const start = at;
		let depth = 0;
		do {
			if (source[at] === '\\') at++;
			else if (source[at] === '[' && (nests || depth === 0)) depth++;
			else if (source[at] === ']') depth--;
			at++;
		} while (depth > 0);
		return source.slice(start, at);
	};
	const choice = (): Part => {
		const ways: Part[][] = [[]];
		while (at < source.length && source[at] !== ')') {
			if (take(/\|/)) ways.push([]);
			else if (!take(/[$^]|\\b/)) ways.at(-1)?.push(quantified());
		}
		return {kind: 'choice', ways};
	};
	const quantified = (): Part => {
		const first = atoms.length;
		const part = single();
		const found = take(/(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/);
		if (found === undefined) return part;
		const [text, from, comma, to] = found;
		const least = from === undefined ? (text.startsWith('+') ? 1 : 0) : Number(from);
		const endless = /^[*+]/.test(text) || (comma !== undefined && to === '');
		for (const atom of atoms.slice(first)) atom.endless ||= endless;
		return {kind: 'repeat', part, least, endless};
	};
	const single = (): Part => {
		const group = take(/\((?:\?(?:<?([=!])|:))?/);
		if (group !== undefined) {
			const inside = choice();
			if (!take(/\)/)) throw new Error(`a group of ${source} does not end`);
			return group[1] === '!' ? {kind: 'choice', ways: [[]]} : inside;
		}
		const back = take(/\\([1-9])/);
		if (back !== undefined) return {kind: 'back', group: Number(back[1])};
		const atom = classAt() ?? take(/\\(?:[pP]\{\w+\}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|.)|[^*+?{}()|]/)?.[0];
		if (atom === undefined) throw new Error(`what is at ${at} of ${source}?`);
		atoms.push({source: atom, endless: false});
		return {kind: 'atom', source: atom};
	};
	const root = choice();
	if (at < source.length) throw new Error(`what is at ${at} of ${source}?`);
	return root;
}

function waysOf(part: Part): number {
	if (part.kind === 'repeat') return waysOf(part.part);
	if (part.kind !== 'choice') return 1;
	return Math.max(part.ways.length, ...part.ways.flat().map(waysOf));
}

function sampleOf(root: Part, way: number, characterOf: (source: string) => string): Sample {
	let text = '';
	const at = new Set<number>([0]);
	const add = (part: Part): void => {
		if (part.kind === 'atom') text += characterOf(part.source);
		else if (part.kind === 'back') text += text[0] ?? '';
		else if (part.kind === 'choice') for (const each of part.ways[way % part.ways.length] ?? []) add(each);
		else {
			if (part.endless) at.add(text.length);
			for (let count = 0; count < Math.max(1, part.least); count++) add(part.part);
			if (part.endless) at.add(text.length);
		}
	};
	add(root);
	return {text, at: [...at]};
}
