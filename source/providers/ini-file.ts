import {PharmerError} from '../domain/errors.js';
import {isOverFieldLimit, overFieldLimit} from '../domain/field-limit.js';
import {type IniEntry, type IniProblem, type IniSection, parseIni} from '../text/ini.js';
import {invalidLine} from '../text/position.js';
import {Budget} from './budget.js';
import type {Found, Reading, Refused} from './importer.js';

/** A setting of its own, or else that of `[DEFAULT]`, looked up by its lower-case name. */
export function entryOf({entries, defaults}: IniSection, key: string): IniEntry | undefined {
	return entries.get(key) ?? defaults.get(key);
}

/** Throws `invalid` with the line for a value that continues on the next line. */
export function assertOneLine({continuedAt}: IniEntry): void {
	if (continuedAt === undefined) return;
	throw invalidLine(
		continuedAt,
		'this line is indented, so it continues the value above it',
		'remove the white space at its start',
	);
}

/**
 * The value of a setting, its own or that of `[DEFAULT]`; empty when it is missing. Throws `invalid` with the line for
 * a value that continues on the next line.
 */
export function setting(section: IniSection, key: string): string {
	const entry = entryOf(section, key);
	if (entry !== undefined) assertOneLine(entry);
	return entry?.value ?? '';
}

/** The most characters that the settings behind one value may have together, each counted as often as it is named. */
const valueLimit = 100_000;

/** How a reader replaces the `%(name)s` in a value by the setting of that name. */
export type Interpolation = {
	/** Matches a `%(name)s`, with the name as group 1, and what else of a value the reader replaces. */
	readonly pattern: RegExp;
	/** What stands in place of such a match without a name. Throws the sentence about it for a mistake. */
	readonly plain: (match: string, refuse: (sentence: string) => PharmerError) => string;
	/** The part of a setting that counts. */
	readonly part: (value: string) => string;
	/** The sentence about a name that is not there. */
	readonly missing: string;
	readonly hint?: string;
};

/** `%%` is a `%`, and any other one that is no `%(name)s` a mistake (Python, configparser.py, BasicInterpolation). */
export const configparser: Interpolation = {
	pattern: /%(?:%|\(([^()]+)\)s)?/g,
	plain: (match, refuse) => {
		if (match === '%') throw refuse('a `%` stands alone');
		return '%';
	},
	part: value => value,
	missing: 'its `%(…)s` names a setting that is not there',
	hint: 'write a `%` of the value itself as `%%`',
};

/**
 * The value of a setting as its reader hands it on, with every `%(name)s` replaced, at most ten deep. `budget` is that
 * of the file. Throws `invalid` with the line as `setting()`, for a name that is not there, for a value that is then
 * larger than a field, and when the budget is spent.
 */
export function interpolated(section: IniSection, key: string, budget: Budget, how: Interpolation): string {
	let left = valueLimit;
	const expand = (name: string, depth: number): string => {
		const entry = entryOf(section, name);
		if (entry === undefined) return '';
		assertOneLine(entry);
		const refuse = (sentence: string, hint = how.hint): PharmerError => invalidLine(entry.line, sentence, hint);
		left -= entry.value.length + 1;
		if (depth > 1 && (depth > 10 || left < 0)) throw refuse('its `%(…)s` name too many settings, or each other');
		const spent = (): PharmerError =>
			refuse('too much text stands for the `%(…)s` of this file', 'write its values out');
		if (depth > 1 && !budget.take(entry.value.length + 1)) throw spent();
		const value = how.part(entry.value);
		const whole = value.replace(how.pattern, (match, other?: string) => {
			if (other === undefined) return how.plain(match, refuse);
			const named = other.toLowerCase();
			if (section.entries.has(named) || section.defaults.has(named)) return expand(named, depth + 1);
			throw refuse(how.missing);
		});
		if (whole === value) return value;
		if (!budget.take(whole.length)) throw spent();
		if (isOverFieldLimit(whole)) throw refuse(overFieldLimit('the value that its `%(…)s` make', whole), 'shorten it');
		return whole;
	};
	return expand(key, 1);
}

/** The `invalid` error for a line that can't be read. */
export function unreadable({line, sentence, hint}: IniProblem): PharmerError {
	return invalidLine(line, sentence, hint);
}

/** The refusal of a section, or of a file's beginning when `label` is empty, that has such a line. */
export function refusalOf(label: string, {message, hint}: PharmerError, file = 0): Refused {
	const reason = `can't be read: ${message}${hint === undefined ? '' : `; ${hint}`}`;
	return {label, reason, ...(file === 0 ? {} : {file})};
}

/** What another reader of a file makes of what configparser takes for a mistake. */
export type OtherReader = {
	/** The end of a sentence about the line that repeats something, such as "go-ovh takes the last value". */
	readonly remark: string;
	/** Whether it joins the parts of a section whose header is repeated. */
	readonly joins: boolean;
};

/** Throws `invalid` for a line of a section that can't be read, or that repeats something, unless that is taken. */
function assertWhole({problem, repeat}: IniSection, isRepeatTaken: boolean): void {
	const bad = problem ?? (isRepeatTaken ? undefined : repeat);
	if (bad !== undefined) throw unreadable(bad);
}

/** The settings of `[DEFAULT]` as the other sections inherit them: a look at one counts. */
class Inherited extends Map<string, IniEntry> {
	/** Whether a setting was looked at; its reader sets it back. */
	isRead = false;
	readonly #budget: Budget;

	constructor(entries: ReadonlyMap<string, IniEntry>, budget: Budget) {
		super(entries);
		this.#budget = budget;
	}

	/** Throws `invalid` with the setting's line when the budget is spent. */
	override get(key: string): IniEntry | undefined {
		const entry = super.get(key);
		if (entry === undefined) return undefined;
		this.isRead = true;
		if (this.#budget.take(entry.value.length + 1)) return entry;
		throw invalidLine(entry.line, 'too many sections inherit this value', 'write it into its sections');
	}
}

/**
 * Reads a file for Python's configparser, section by section. A section with a line that can't be read is refused with
 * that line, and so is one that repeats its header or a key, which configparser takes for a mistake, unless another
 * reader of the file takes it; so is one that inherits a value from such a `[DEFAULT]`. The others are read. `judge`
 * may throw `invalid`, which refuses its section; it is given the budget for `interpolated()`.
 */
export function readIniFile(
	text: string,
	judge: (section: IniSection, budget: Budget) => Found | Refused | undefined,
	other?: OtherReader,
): Reading {
	const {sections, problem} = parseIni(text, 'plain');
	const found: Found[] = [];
	const refused: Refused[] = problem === undefined ? [] : [refusalOf('', unreadable(problem))];
	const shared = sections.find(({name}) => name === 'DEFAULT');
	const budget = new Budget();
	const inherited = new Inherited(shared?.entries ?? new Map(), budget);
	for (const section of sections) {
		const isTaken = other !== undefined && (section.isSplit === undefined || other.joins);
		inherited.isRead = false;
		try {
			assertWhole(section, isTaken);
			const judged = judge(section === shared ? section : {...section, defaults: inherited}, budget);
			if (judged === undefined) continue;
			if (!('data' in judged)) {
				refused.push(judged);
				continue;
			}
			const base = inherited.isRead ? shared : undefined;
			if (base !== undefined) assertWhole(base, other !== undefined);
			const repeat = section.repeat ?? base?.repeat;
			if (repeat === undefined || other === undefined) found.push(judged);
			else found.push({...judged, remark: `line ${repeat.line}: ${repeat.sentence}; ${other.remark}`});
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			refused.push(refusalOf(section.name, error));
		}
	}
	return {found, refused};
}
