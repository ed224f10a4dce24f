import {PharmerError} from '../domain/errors.js';
import {type IniEntry, type IniProblem, type IniSection, parseIni} from '../text/ini.js';
import {invalidLine} from '../text/position.js';
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
const expansionLimit = 100_000;

/**
 * The value of a setting as a configparser with its usual interpolation hands it on: `%%` is a `%`, and `%(name)s` the
 * value of another setting, at most ten deep (Python, configparser.py, BasicInterpolation). Throws `invalid` as
 * `setting()`, for a `%` that is neither or leads nowhere, and for more than `expansionLimit` characters.
 */
export function interpolated(section: IniSection, key: string): string {
	let left = expansionLimit;
	const expand = (name: string, depth: number): string => {
		const value = setting(section, name);
		const refuse = (sentence: string): PharmerError =>
			invalidLine(entryOf(section, name)?.line ?? section.line, sentence, 'write a `%` of the value itself as `%%`');
		left -= value.length + 1;
		if (depth > 10 || left < 0) throw refuse('its `%(…)s` name too many settings, or each other');
		return value.replace(/%(?:(%)|\(([^()]+)\)s)?/g, (_, sign?: string, other?: string) => {
			if (sign !== undefined) return sign;
			if (other === undefined) throw refuse('a `%` stands alone');
			const named = other.toLowerCase();
			if (entryOf(section, named) === undefined) throw refuse('its `%(…)s` names a setting that is not there');
			return expand(named, depth + 1);
		});
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

/**
 * Reads a file for Python's configparser, section by section. A section with a line that can't be read is refused with
 * that line, and so is one that repeats its header or a key, which configparser takes for a mistake, unless another
 * reader of the file takes it; the others are read. `judge` may throw `invalid`, which refuses its section.
 */
export function readIniFile(
	text: string,
	judge: (section: IniSection) => Found | Refused | undefined,
	other?: OtherReader,
): Reading {
	const {sections, problem} = parseIni(text, 'plain');
	const found: Found[] = [];
	const refused: Refused[] = problem === undefined ? [] : [refusalOf('', unreadable(problem))];
	for (const section of sections) {
		const {repeat} = section;
		const isTaken = other !== undefined && (section.isSplit === undefined || other.joins);
		try {
			const bad = section.problem ?? (isTaken ? undefined : repeat);
			if (bad !== undefined) throw unreadable(bad);
			const judged = judge(section);
			if (judged === undefined) continue;
			if (!('data' in judged)) refused.push(judged);
			else if (repeat === undefined || other === undefined) found.push(judged);
			else found.push({...judged, remark: `line ${repeat.line}: ${repeat.sentence}; ${other.remark}`});
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			refused.push(refusalOf(section.name, error));
		}
	}
	return {found, refused};
}
