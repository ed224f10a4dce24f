/**
 * What a cell looks like: the SGR codes that are on, in one order, joined by `|`; empty for the terminal's own look. So
 * two looks are the same when their texts are.
 */
export type Look = string;

const separator = '|';
const codesOf = (look: Look): readonly string[] => (look === '' ? [] : look.split(separator));

/** Remembers results, of a few hundred calls at most: a screen has few looks. */
function remembered<Result>(make: (a: string, b: string) => Result): (a: string, b: string) => Result {
	const known = new Map<string, Map<string, Result>>();
	return (a, b) => {
		let of = known.get(a);
		if (of === undefined || of.size > 50) {
			if (known.size > 50) known.clear();
			of = new Map();
			known.set(a, of);
		}
		if (!of.has(b)) of.set(b, make(a, b));
		return of.get(b) as Result;
	};
}

/** The code that ends another one; undefined for a code that is unknown here. */
function endOf(code: string): number | undefined {
	const number = Number.parseInt(code, 10);
	if (number === 1 || number === 2) return 22;
	if (number === 53) return 55;
	if ((number >= 3 && number <= 5) || (number >= 7 && number <= 9)) return number + 20;
	if ((number >= 30 && number <= 38) || (number >= 90 && number <= 97)) return 39;
	if ((number >= 40 && number <= 48) || (number >= 100 && number <= 107)) return 49;
	return undefined;
}

const ends = new Set([22, 23, 24, 25, 27, 28, 29, 39, 49, 55]);

/** Bold and dim end with the same code, and may both be on. */
const together = 22;

/** The parameters of an SGR sequence, those of one colour as one; undefined when a colour is not whole. */
function parametersOf(text: string): readonly string[] | undefined {
	const numbers = text.split(';');
	const parameters: string[] = [];
	for (let at = 0; at < numbers.length; at++) {
		const number = numbers[at] ?? '';
		if (number !== '38' && number !== '48') {
			parameters.push(number);
			continue;
		}
		const length = numbers[at + 1] === '5' ? 3 : numbers[at + 1] === '2' ? 5 : 0;
		if (length === 0 || at + length > numbers.length) return undefined;
		parameters.push(numbers.slice(at, at + length).join(';'));
		at += length - 1;
	}
	return parameters;
}

/** The look after an SGR sequence with those parameters, such as `1;38;5;9`; undefined when one is unknown here. */
export const lookAfter = remembered((look: Look, text: string): Look | undefined => {
	const parameters = parametersOf(text);
	if (parameters === undefined) return undefined;
	let codes = codesOf(look);
	for (const code of parameters) {
		if (code === '' || code === '0') codes = [];
		else if (ends.has(Number(code))) codes = codes.filter(each => endOf(each) !== Number(code));
		else {
			const end = endOf(code);
			if (end === undefined) return undefined;
			codes = [...codes.filter(each => each !== code && (end === together || endOf(each) !== end)), code];
		}
	}
	return codes.toSorted().join(separator);
});

/** What of a look shows on a space: its background, and all of it where there is a line or the colours are swapped. */
export function blankLook(look: Look): Look {
	if (look === '') return look;
	const codes = codesOf(look);
	if (codes.some(code => ['4', '7', '9', '53'].includes(code))) return look;
	return codes.filter(code => endOf(code) === 49).join(separator);
}

/** The shortest SGR sequence from one look to another; empty when there is nothing to change. */
export const transition = remembered((from: Look, to: Look): string => {
	if (from === to) return '';
	if (to === '') return '\u001b[m';
	const [before, after] = [codesOf(from), codesOf(to)];
	const replaced = new Set(after.map(endOf).filter(end => end !== together));
	const ended = new Set(
		before
			.filter(code => !after.includes(code))
			.map(endOf)
			.filter(end => !replaced.has(end)),
	);
	const begun = after.filter(code => !before.includes(code) || ended.has(endOf(code)));
	const change = [...ended, ...begun].join(';');
	const anew = ['0', ...after].join(';');
	return `\u001b[${change.length <= anew.length ? change : anew}m`;
});
