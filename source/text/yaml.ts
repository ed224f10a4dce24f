import type {CST, ParsedNode} from 'yaml';
import {Composer, Document, isScalar, Lexer, Pair, Parser, Scalar, YAMLMap, YAMLSeq} from 'yaml';
import {PharmerError} from '../domain/errors.js';
import {lateExpression} from './late-expression.js';
import type {Node} from './node.js';
import {Prose, type Written} from './plain.js';
import {invalidAt, type Position} from './position.js';
import {escapeInQuotes, isUnsafe} from './visible.js';
import {yamlProblem} from './yaml-problems.js';
import {type PositionAt, Reader, type Repeated, ToolReader} from './yaml-reader.js';

/** The deepest nesting of lists and maps that is read. A list of manifests needs five levels. */
const depthLimit = 32;

/**
 * The most lexemes (signs, words and line breaks) that are read: about what 1 MiB of manifests has, a third of what
 * 1 MiB of brackets has.
 */
const lexemeLimit = 350_000;

/** A text as tools read it. */
export type ToolYaml = {
	readonly documents: readonly Node[];
	/** Whether `parseYaml()` reads the text the same way: it has nothing that only tools take. */
	readonly isPlain: boolean;
};

/**
 * The documents of a YAML or JSON text, without empty ones. Every value is the text it was written with. Throws
 * `invalid`, with line and column, for invalid YAML, duplicate keys, anchors, references, tags other than those every
 * value has anyway, more than `depthLimit` levels, and keys that mean something on JavaScript objects. Also throws
 * `invalid` for more than `lexemeLimit` lexemes. `before` is the number of lines that come before the text.
 */
export function parseYaml(text: string, before = 0): readonly Node[] {
	return parse(text, positionAt => new Reader(positionAt), before);
}

/**
 * Like `parseYaml()`, but reads what the tools' own readers take: anchors, references and merge keys, within the limit
 * of `References`; YAML's own scalar tags; in braces, a key without a value; keys that are there twice, by `repeated`.
 */
export function parseToolYaml(text: string, repeated: Repeated = 'refused'): ToolYaml {
	const readers: ToolReader[] = [];
	const documents = parse(text, positionAt => {
		const reader = new ToolReader(positionAt, repeated);
		readers.push(reader);
		return reader;
	});
	return {documents, isPlain: readers.every(({isPlain}) => isPlain)};
}

/** `readerFor` makes the reader of one document; `before` is as for `parseYaml()`. */
function parse(text: string, readerFor: (positionAt: PositionAt) => Reader, before = 0): readonly Node[] {
	const positionAt = positionsIn(text, before);
	const tokens = tokensOf(text, positionAt);
	const nodes: Node[] = [];
	for (const document of compose(tokens, text.length)) {
		// The reader judges tags.
		const problems = [...document.errors, ...document.warnings].filter(({code}) => code !== 'TAG_RESOLVE_FAILED');
		const problem = problems.sort((a, b) => a.pos[0] - b.pos[0])[0];
		if (problem !== undefined) {
			throw invalidAt(positionAt(problem.pos[0]), yamlProblem(problem.code, problem.message));
		}
		if (document.contents !== null) nodes.push(readerFor(positionAt).read(document.contents));
	}
	return nodes.filter(node => node.kind !== 'text' || !node.plain || node.text !== '');
}

/** The parser keeps its own stack, but what runs after it is recursive, so the depth is checked here. */
function tokensOf(text: string, positionAt: (offset: number) => Position): readonly CST.Token[] {
	const parser = new Parser();
	const tokens: CST.Token[] = [];
	let count = 0;
	for (const lexeme of new Lexer().lex(text)) {
		tokens.push(...parser.next(lexeme));
		count += 1;
		// The stack also holds the document, and a scalar while it is read.
		if (parser.stack.length > depthLimit + 2) {
			throw invalidAt(positionAt(parser.offset), `it is nested more than ${depthLimit} levels deep`);
		}
		if (count > lexemeLimit) {
			throw new PharmerError('invalid', 'the input has too many parts', 'split it into several files');
		}
	}
	tokens.push(...parser.end());
	return tokens;
}

/**
 * Hostile text can have an error at every character; capturing their stack traces would take ten times as long as the
 * rest.
 */
function compose(tokens: readonly CST.Token[], length: number): readonly Document.Parsed<ParsedNode>[] {
	const options = {schema: 'failsafe', merge: false, prettyErrors: false, uniqueKeys: false} as const;
	const {stackTraceLimit} = Error;
	Error.stackTraceLimit = 0;
	try {
		return [...new Composer<ParsedNode>(options).compose(tokens, true, length)];
	} finally {
		Error.stackTraceLimit = stackTraceLimit;
	}
}

/** Makes a function that gives the line and column of an offset into `text`. */
function positionsIn(text: string, before: number): (offset: number) => Position {
	const starts = [0];
	for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
	return offset => {
		let low = 0;
		let high = starts.length;
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if ((starts[middle] ?? 0) <= offset) low = middle;
			else high = middle;
		}
		return {line: before + low + 1, column: offset - (starts[low] ?? 0) + 1};
	};
}

/**
 * `value` as YAML: two-space indentation, nothing folded, every text on one line but `Prose`, which is written as a
 * block of lines where that keeps it to the byte. Anything that a YAML 1.1 or 1.2 reader could take for something other
 * than text is quoted. Characters that could control or deceive a terminal are escaped in double quotes, so that the
 * output can be printed as is and still reads back the same. A lone surrogate is written as `\uD800`, which this
 * program and the `yaml` package read back and stricter readers refuse.
 */
export function writeYaml(value: Written): string {
	const document = new Document<ReturnType<typeof toYaml>>(null, {version: '1.2', compat: 'yaml-1.1'});
	document.contents = toYaml(value);
	const text = document.toString({
		lineWidth: 0,
		blockQuote: 'literal',
		doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
	});
	return escapeInQuotes(escapeForYaml(text));
}

function toYaml(value: Written): Scalar<string | number | boolean> | YAMLMap | YAMLSeq {
	if (value instanceof Prose) {
		const scalar = toYaml(value.text);
		if (isScalar(scalar) && fitsInLines(value.text)) scalar.type = Scalar.BLOCK_LITERAL;
		return scalar;
	}
	if (typeof value === 'number' || typeof value === 'boolean') return new Scalar(value);
	if (typeof value === 'string') {
		const scalar = new Scalar(value);
		if (isUnsafe(value) || /[\uFFFE\uFFFF]/.test(value) || isTakenForAnother(value)) scalar.type = Scalar.QUOTE_DOUBLE;
		return scalar;
	}
	if (value instanceof Map) {
		const map = new YAMLMap();
		map.items = [...value].map(([key, each]) => new Pair(toYaml(key), toYaml(each)));
		return map;
	}
	const list = new YAMLSeq();
	list.items = [...value.values()].map(toYaml);
	return list;
}

/**
 * Whether every reader gets the same text from a block of lines: it has several, the first of which begins with no
 * space, none is of spaces alone, and no character needs to be escaped.
 */
function fitsInLines(text: string): boolean {
	const lines = text.replace(/\n$/, '').split('\n');
	const isPlain = (line: string): boolean => !isUnsafe(line) && !/^ +$|[\uFFFE\uFFFF]/.test(line);
	return lines.length > 1 && /^[^ \n]/.test(text) && lines.every(isPlain) && lines.at(-1) !== '';
}

/**
 * True for texts that the package leaves plain but some reader takes for something else: the merge and value keys of
 * YAML 1.1, and anything that begins like a number and has only characters of numbers, dates and times.
 */
function isTakenForAnother(text: string): boolean {
	return (
		text === '<<' ||
		text === '=' ||
		/^[-+._]*\d[\dA-Fa-f_.,:xobeTtZz +-]*$/.test(text) ||
		/^[-+]?\.[\d.eE+_-]*$/.test(text)
	);
}

/** Emoji, other characters beyond U+FFFF (group 1), and those that YAML refuses (group 2). */
const wide = lateExpression(String.raw`\p{RGI_Emoji}|([\u{10000}-\u{10FFFF}])|([\uFFFE\uFFFF])`, 'gv');

/**
 * Escapes what YAML needs beyond JSON: a character beyond U+FFFF is one escape of eight digits, not two halves;
 * U+FFFE and U+FFFF, which JSON accepts and YAML refuses, are escaped too.
 */
function escapeForYaml(text: string): string {
	// Most texts have none of these, and the expression for all emoji takes the engine long to make.
	if (!/[\u{10000}-\u{10FFFF}\uFFFE\uFFFF]/u.test(text)) return text;
	return text.replace(wide(), (match: string, astral?: string, nonCharacter?: string) => {
		const code = (match.codePointAt(0) ?? 0).toString(16);
		if (nonCharacter !== undefined) return `\\u${code}`;
		return astral !== undefined && isUnsafe(astral) ? `\\U${code.padStart(8, '0')}` : match;
	});
}
