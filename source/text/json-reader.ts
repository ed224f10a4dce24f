import type {Position} from './position.js';

/** The way from the whole value to a part of it: names of members, and indices of lists. */
export type JsonPath = readonly (string | number)[];

/** What is wrong with a part of a JSON text: a clause about its value, or about the name of a member. */
export type JsonProblem = {readonly path: JsonPath; readonly on: 'name' | 'value'; readonly says: string};

/** What is wrong at a position of a text: a clause without any part of the text. */
export type Fault = {readonly at: Position; readonly says: string};

/** A JSON text that was read: its value, and a problem with a part of it as one with its position. */
export type JsonText = {readonly value: unknown; faultOf(problem: JsonProblem): Fault};

/** Offsets of a value and of the name before it. */
type Extent = {readonly name: number; readonly value: number};

/** More levels are no settings, and would overflow the stack. */
const deepest = 64;

const scalar =
	/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\r\n]*/y;

class Stop extends Error {
	readonly fault: Fault;

	constructor(fault: Fault) {
		super(fault.says);
		this.fault = fault;
	}
}

/** Reads a JSON text as `JSON.parse()` does, but for repeated names, which are faults. */
export function readJson(text: string): JsonText | Fault {
	try {
		return read(text);
	} catch (error) {
		if (error instanceof Stop) return error.fault;
		throw error;
	}
}

function read(text: string): JsonText {
	const extents = new Map<string, Extent>();
	let at = text.startsWith('\ufeff') ? 1 : 0;

	function positionAt(offset: number): Position {
		const before = text.slice(0, offset).split(/\r\n|\n|\r/);
		return {line: before.length, column: [...(before.at(-1) ?? '').replace('\ufeff', '')].length + 1};
	}

	function fail(says: string, offset = at): Stop {
		return new Stop({at: positionAt(offset), says});
	}

	function skipSpace(): void {
		space.lastIndex = at;
		space.test(text);
		at = space.lastIndex;
	}

	/** Takes that character and the space behind it; false where another stands. */
	function takes(character: string): boolean {
		if (text[at] !== character) return false;
		at++;
		skipSpace();
		return true;
	}

	function token(): unknown {
		scalar.lastIndex = at;
		const found = scalar.exec(text)?.[0];
		if (found === undefined) throw fail(unreadable());
		at += found.length;
		skipSpace();
		return JSON.parse(found);
	}

	function unreadable(): string {
		const next = text[at];
		if (next === undefined) return 'the text ends here, before it is complete';
		if (next === '"') return 'this text has no closing quote, or a character that has to be escaped';
		if (next === "'") return 'texts stand in double quotes';
		if (next === '/' || next === '#') return 'comments are not possible here';
		if (next === '}' || next === ']') return 'a value is missing, or the comma before this is too much';
		return 'this is no value: texts stand in double quotes';
	}

	function value(path: JsonPath, name: number): unknown {
		extents.set(JSON.stringify(path), {name, value: at});
		if (path.length > deepest) throw fail('this is too deep');
		if (takes('{')) return members(path);
		if (takes('[')) return items(path);
		return token();
	}

	function members(path: JsonPath): unknown {
		const made: [string, unknown][] = [];
		if (takes('}')) return {};
		do {
			const start = at;
			if (text[at] !== '"')
				throw fail(text[at] === '}' ? 'the comma before this is too much' : 'a name in double quotes is missing');
			const name = token();
			if (typeof name !== 'string') throw fail('a name in double quotes is missing', start);
			const inner = [...path, name];
			if (extents.has(JSON.stringify(inner))) throw fail('this name stands here twice', start);
			if (!takes(':')) throw fail('a colon is missing');
			made.push([name, value(inner, start)]);
		} while (takes(','));
		if (!takes('}')) throw fail(text[at] === undefined ? unreadable() : 'a comma or the closing brace is missing');
		return Object.fromEntries(made);
	}

	function items(path: JsonPath): unknown {
		const made: unknown[] = [];
		if (takes(']')) return made;
		do made.push(value([...path, made.length], at));
		while (takes(','));
		if (!takes(']')) throw fail(text[at] === undefined ? unreadable() : 'a comma or the closing bracket is missing');
		return made;
	}

	skipSpace();
	const whole = value([], at);
	if (at < text.length) throw fail('the text should end here');
	return {
		value: whole,
		faultOf: ({path, on, says}) => ({at: positionAt(extents.get(JSON.stringify(path))?.[on] ?? 0), says}),
	};
}
