import type {Answer} from '../domain/exchange.js';
import {isObject} from '../domain/json.js';
import {parseMoment} from '../domain/time.js';
import type {Verdict, VerdictWord, Who} from '../domain/verdict.js';

/** An answer that a provider is known to give, and what it means. A row of its documentation or code. */
export type Row = {
	/** Any when left out. */
	readonly status?: number | readonly number[];
	/** The provider's own code, or part of its text, for it. */
	readonly code: string | RegExp;
	readonly is: VerdictWord;
	/** As in `Verdict.why`. */
	readonly why: string;
};

type JsonMembers = Readonly<Record<string, unknown>>;

/** The longest text of a provider that is kept. */
const longest = 200;

/**
 * The verdict of the first row that covers the answer. `code` is what the answer has in the place where this provider
 * has its codes; undefined when it is none of the provider's answers: only an answer of the provider's own is refused.
 */
export function judged(answer: Answer, code: string | undefined, rows: readonly Row[]): Verdict {
	const {status} = answer;
	if (status >= 500) return verdict('unreachable', `the provider has trouble of its own (${status})`);
	if (status === 429) return verdict('unreachable', 'the provider wants fewer requests (429): try again later');
	if (status >= 300 && status < 400)
		return verdict('unreachable', `the answer leads elsewhere (${status}), which is not followed`);
	if (code === undefined) return strange(answer);
	const row = rows.find(each => coversStatus(each, status) && coversCode(each, code));
	return row === undefined ? unlisted(status, code) : verdict(row.is, row.why);
}

function coversStatus({status}: Row, given: number): boolean {
	return status === undefined || (typeof status === 'number' ? status === given : status.includes(given));
}

function coversCode({code}: Row, given: string): boolean {
	return typeof code === 'string' ? code === given : code.test(given);
}

/** The verdict for an answer that is not known to be one of the provider's. */
export function strange({status}: Answer): Verdict {
	return verdict('unreachable', `the answer (${status}) is not the provider's: something on the way gives it`);
}

/** The verdict for an answer that is the provider's, and that nobody here knows. */
export function unlisted(status: number, code: string): Verdict {
	const shown = /^[\w.:#-]{1,64}$/.test(code) ? `, ${code}` : '';
	return verdict('unknown', `the provider gives an answer that is not known here (${status}${shown})`);
}

export function verdict(is: VerdictWord, why: string, more: Partial<Omit<Verdict, 'is' | 'why'>> = {}): Verdict {
	return {is, why, who: {}, ...more};
}

/** The most of what a credential may do that is kept. */
const mostScopes = 40;

/** Whom the provider names; a member that is undefined or empty is left out. */
export function whoIs(members: {readonly [Key in keyof Who]: Who[Key] | undefined}): Who {
	return Object.fromEntries(
		Object.entries(members).flatMap(([key, value]) => {
			if (value === undefined || value.length === 0) return [];
			return [[key, typeof value === 'string' ? value : value.slice(0, mostScopes)]];
		}),
	);
}

/** The JSON object of an answer; undefined when its body is none. */
export function objectOf({body}: Answer): JsonMembers | undefined {
	try {
		const value: unknown = JSON.parse(body);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** The part of a JSON value that lies at the end of that way; undefined when there is none. */
function partAt(value: unknown, path: readonly (string | number)[]): unknown {
	let part = value;
	for (const step of path) {
		if (typeof step === 'number') part = Array.isArray(part) ? part[step] : undefined;
		else part = isObject(part) && Object.hasOwn(part, step) ? part[step] : undefined;
	}
	return part;
}

/** The text there, or the integer as a text; undefined when it is neither, empty or too long to be one of a name. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
	const part = partAt(value, path);
	const text = typeof part === 'number' && Number.isSafeInteger(part) ? String(part) : part;
	return typeof text === 'string' && text !== '' && text.length <= longest ? text : undefined;
}

/** The moment there, in RFC 3339; undefined when it is none. */
export function momentAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
	const text = textAt(value, ...path);
	return text === undefined ? undefined : parseMoment(text);
}

/** The list there; empty when it is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
	const part = partAt(value, path);
	return Array.isArray(part) ? part : [];
}

/** A body as forms send it (URL Standard, application/x-www-form-urlencoded). */
export function formOf(members: Readonly<Record<string, string>>): {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
} {
	return {
		headers: {'content-type': 'application/x-www-form-urlencoded'},
		body: new URLSearchParams(members).toString(),
	};
}

/** The verdict for a credential that lacks these fields, by their labels. */
export function lacking(labels: string): Verdict {
	return verdict('unsupported', `it can't be asked about without ${labels}`);
}
