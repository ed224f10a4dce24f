import {filledIn} from '../credentials/references.js';
import type {Credential} from '../domain/credential.js';
import {nameKey} from '../domain/name.js';
import {Secret} from '../domain/secret.js';
import {listed} from '../domain/words.js';
import {providerOf} from '../providers/catalog.js';
import {type Assignments, parseAssignments} from '../text/assignments.js';
import {mentionsReference, readValue} from '../text/references.js';

/** A text with references in the place of values, and the variables that have one; or why it is left. */
export type Referring =
	| {readonly text: string; readonly variables: readonly string[]; readonly credentials: readonly Credential[]}
	| {readonly reason: string};

/** The part of a text that is a variable's value, without its quotes. */
type Span = {readonly start: number; readonly end: number};

type Replacement = Span & {readonly variable: string; readonly credential: Credential; readonly field: string};

/**
 * Puts references in the place of the values that these credentials hold to the byte; settings, such as a region, and
 * everything else stay as they are. `pharmer run --env-file` reads the same environment of the text afterwards as it
 * reads before. The reason is the rest of a sentence that begins with the file.
 */
export function withReferences(text: string, credentials: readonly Credential[]): Referring {
	const before = parseAssignments(text);
	const [odd] = [...before.unread, ...before.unclear.values()].sort((one, other) => one - other);
	if (odd !== undefined) return {reason: `has a line that \`pharmer run --env-file\` can't read: line ${odd}`};
	const replacements: Replacement[] = [];
	const odds: string[] = [];
	const settings = settingsIn(text);
	for (const [variable, value] of before.values) {
		const holder = holderOf(variable, value, credentials);
		if (holder === undefined) continue;
		const span = spanOf(text, settings.get(variable) ?? [], value, before.lines.get(variable) ?? 1);
		if (span === undefined) odds.push(variable);
		else replacements.push({...span, ...holder, variable});
	}
	if (odds.length > 0) return {reason: `has values that can't be replaced exactly: ${listed(odds)}`};
	if (replacements.length === 0) return {reason: 'has no value that the vault holds to the byte'};
	const changed = replacedIn(text, replacements);
	if (!isSame(before, parseAssignments(changed), credentials))
		return {reason: 'would not be read the same with references in it'};
	return {
		text: changed,
		variables: replacements.map(({variable}) => variable),
		credentials: [...new Set(replacements.map(({credential}) => credential))],
	};
}

/** The credential and the field that such a variable's value is from; undefined when none of them holds it. */
function holderOf(
	variable: string,
	value: string,
	credentials: readonly Credential[],
): {readonly credential: Credential; readonly field: string} | undefined {
	if (value === '' || mentionsReference(value)) return undefined;
	const secret = new Secret(value);
	for (const credential of credentials) {
		const {fields, open} = providerOf(credential.provider);
		const field =
			fields.find(each => each.setting !== true && each.environment.includes(variable))?.key ??
			(open ? variable : undefined);
		if (field !== undefined && credential.data.get(field)?.equals(secret)) return {credential, field};
	}
	return undefined;
}

/** What stands before a value: the number of its line, and where it ends. */
type Setting = {readonly line: number; readonly end: number};

/** Each line that seems to set a variable, up to its value, by the variable's name. */
function settingsIn(text: string): ReadonlyMap<string, readonly Setting[]> {
	const settings = new Map<string, Setting[]>();
	const lineEnds = Array.from(text.matchAll(/\n/g), ({index}) => index);
	let line = 1;
	for (const {index, 0: whole, 1: name = ''} of text.matchAll(
		/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*/gm,
	)) {
		while ((lineEnds[line - 1] ?? text.length) < index) line++;
		const setting = {line, end: index + whole.length};
		const those = settings.get(name);
		if (those === undefined) settings.set(name, [setting]);
		else those.push(setting);
	}
	return settings;
}

/** Where a value stands as it is read; undefined when it is written in another way, or set twice. */
function spanOf(text: string, [setting, another]: readonly Setting[], value: string, line: number): Span | undefined {
	if (setting === undefined || another !== undefined || setting.line !== line) return undefined;
	const quote = /^['"]/.exec(text.slice(setting.end, setting.end + 1))?.[0] ?? '';
	const start = setting.end + quote.length;
	const end = start + value.length;
	if (!text.startsWith(value, start) || !text.startsWith(quote, end)) return undefined;
	return quote !== '' || /^(?:\s|$)/.test(text.slice(end, end + 1)) ? {start, end} : undefined;
}

function replacedIn(text: string, replacements: readonly Replacement[]): string {
	const pieces: string[] = [];
	let copied = 0;
	for (const {start, end, credential, field} of [...replacements].sort((one, other) => one.start - other.start)) {
		pieces.push(text.slice(copied, start), `pharmer://${credential.name}/${field}`);
		copied = end;
	}
	return [...pieces, text.slice(copied)].join('');
}

/** Whether the second text gives the variables of the first, once its references are filled in. */
function isSame(before: Assignments, after: Assignments, credentials: readonly Credential[]): boolean {
	const byKey = new Map(credentials.map(each => [nameKey(each.name), each]));
	const isWhole = after.unread.length + after.unclear.size === 0 && after.values.size === before.values.size;
	return (
		isWhole &&
		[...before.values].every(([name, value]) => {
			const now = after.values.get(name);
			if (now === undefined || now === value) return now === value;
			const {parts, problems} = readValue(now);
			return problems.length === 0 && filledIn({parts, problems}, {byKey, known: []}) === value;
		})
	);
}
