import {addressOf, hasVault} from '../domain/address.js';
import type {FlagWords, Offer, VerbWords, Word, Words} from './words.js';

/** What is offered for a word of the line. */
export type Offered =
	/** The names of files. */
	| {readonly is: 'files'}
	/** What the shell offers for another program's line. */
	| {readonly is: 'command'}
	| ({readonly is: 'words'} & OfferedWords);

/** Names of credentials or vaults, or the keys of fields. */
export type LookedUp = 'names' | 'fields' | 'vaults';

type OfferedWords = {
	readonly words: readonly Word[];
	/** What to look up, and what is on the line already. */
	readonly lookUp?: {readonly what: LookedUp; readonly given: readonly string[]};
	/** What stands before each word, such as `--output=`. */
	readonly before: string;
	/** What is offered where nothing else is. */
	readonly otherwise: readonly Word[];
	/** The vault that the line names, as it is written there. */
	readonly vault: string | undefined;
	/** Whether the line lets the agent be asked. */
	readonly asksAgent: boolean;
};

const nothing: OfferedWords = {words: [], before: '', otherwise: [], vault: undefined, asksAgent: false};

/** The words before the one that is completed, taken apart. */
type Line = {
	verb: VerbWords | undefined;
	/** The first word of a verb of two. */
	group: string | undefined;
	isUnknown: boolean;
	readonly operands: string[];
	/** The flag that takes the next word. */
	waiting: FlagWords | undefined;
	/** A word `--` was there. */
	isBehind: boolean;
	vault: string | undefined;
	asksAgent: boolean;
};

/** What is offered for the word `line[at]`, which is empty where there is none. Only the words before it count. */
export function offered(words: Words, line: readonly string[], at: number): Offered {
	const current = line[at] ?? '';
	const read: Line = {
		...{verb: undefined, group: undefined, isUnknown: false, operands: [], waiting: undefined},
		...{isBehind: false, vault: undefined, asksAgent: true},
	};
	for (const word of line.slice(0, at)) {
		if (word === '--' && read.waiting === undefined && read.verb?.runs) return {is: 'command'};
		take(words, read, word);
	}
	if (read.waiting !== undefined) return offerValue(words, read, read.waiting, current, '');
	if (!read.isBehind && current.startsWith('-')) return offerFlags(words, read, current);
	if (read.isUnknown) return {is: 'words', ...nothing};
	if (read.verb === undefined) return {is: 'words', ...nothing, words: verbsAfter(words, read.group)};
	return offerOperand(words, read, read.verb, current);
}

/** Takes the next word of the line. */
function take(words: Words, line: Line, word: string): void {
	const {waiting} = line;
	if (waiting !== undefined) {
		line.waiting = undefined;
		note(line, waiting, word);
	} else if (line.isBehind) {
		line.operands.push(word);
	} else if (word === '--') {
		line.isBehind = true;
	} else if (word.startsWith('-') && word !== '-') {
		const {flag, value} = flagOf(flagsFor(words, line), word);
		if (flag !== undefined && value === undefined) line.waiting = flag.takes === undefined ? undefined : flag;
		if (flag !== undefined) note(line, flag, value);
	} else if (line.verb !== undefined) {
		line.operands.push(word);
	} else {
		const verb = line.group === undefined ? word : `${line.group} ${word}`;
		line.verb = words.verbs.find(each => each.verb === verb);
		line.isUnknown ||= line.verb === undefined && verbsAfter(words, verb).length === 0;
		line.group = line.verb === undefined ? verb : undefined;
	}
}

/** Notes what a flag says about where to look. */
function note(line: Line, {names}: FlagWords, value: string | undefined): void {
	if (names.includes('--vault') && value !== undefined) line.vault = value;
	if (names.includes('--no-agent')) line.asksAgent = false;
}

/** The verbs, or the second words of those of two. */
function verbsAfter({lists}: Words, group: string | undefined): readonly Word[] {
	if (group !== undefined) {
		return lists.verbs.flatMap(([verb, about]): readonly Word[] =>
			verb.startsWith(`${group} `) ? [[verb.slice(group.length + 1), about]] : [],
		);
	}
	return lists.verbs.filter(([verb]) => !verb.includes(' '));
}

function flagsFor({alone, everywhere}: Words, {verb, group}: Line): readonly FlagWords[] {
	if (verb === undefined) return group === undefined ? [...alone, ...everywhere] : everywhere;
	return [...verb.flags, ...everywhere];
}

/** A word's flag, with the value that is part of the word: `--output=json`, `-ojson`. */
function flagOf(flags: readonly FlagWords[], word: string) {
	const at = word.startsWith('--') ? word.indexOf('=') : word.length > 2 ? 2 : -1;
	const name = at === -1 ? word : word.slice(0, at);
	const flag = flags.find(({names}) => names.includes(name));
	const begin = at + (word.startsWith('--') ? 1 : 0);
	return {flag, value: at === -1 ? undefined : word.slice(begin), before: at === -1 ? '' : word.slice(0, begin)};
}

function offerFlags(words: Words, line: Line, current: string): Offered {
	const flags = flagsFor(words, line);
	const {flag, value, before} = flagOf(flags, current);
	if (value !== undefined) return offerValue(words, line, flag, value, before);
	return {is: 'words', ...nothing, words: spellings(flags, current === '-')};
}

/** What a flag takes, behind what stands `before` it in the word; of a list, behind what it has already. */
function offerValue(words: Words, line: Line, flag: FlagWords | undefined, value: string, before: string): Offered {
	const listed = flag?.isList ? value.slice(0, value.lastIndexOf(',') + 1) : '';
	return offer(words, line, flag?.takes ?? 'nothing', {before: before + listed});
}

/** Each flag in its long spelling, or in all. */
function spellings(flags: readonly FlagWords[], all: boolean): readonly Word[] {
	return flags.flatMap(({names, about}) => (all ? names : names.slice(-1)).map((name): Word => [name, about]));
}

function offerOperand(words: Words, line: Line, verb: VerbWords, current: string): Offered {
	const given = namesGiven(line);
	const isOver = given.length >= (verb.most ?? Number.POSITIVE_INFINITY);
	const what = isOver ? 'nothing' : (verb.operands[given.length] ?? verb.operands.at(-1) ?? 'nothing');
	// What follows is the name of a vault, and the word is no noun.
	if (what === 'names' && hasVault(current))
		return offer(words, line, 'vaults', {before: current.slice(0, current.indexOf('@') + 1)});
	const noun = line.operands.length > 0 ? [] : verb.nouns.slice(0, 1).map((each): Word => [each, '']);
	return offer(words, line, what, {noun, otherwise: line.isBehind ? [] : spellings(flagsFor(words, line), false)});
}

/** The operands without the noun. */
function namesGiven({verb, operands}: Line): readonly string[] {
	return verb?.nouns.includes(operands[0] ?? '') ? operands.slice(1) : operands;
}

type More = {readonly before?: string; readonly noun?: readonly Word[]; readonly otherwise?: readonly Word[]};

function offer(words: Words, line: Line, what: Offer, {noun = [], ...more}: More = {}): Offered {
	if (what === 'files') return {is: 'files'};
	const {asksAgent} = line;
	const given = namesGiven(line);
	// The fields are those of a credential in its own vault.
	const addresses = what === 'fields' ? given.map(addressOf) : [];
	const rest = {...nothing, ...more, vault: addresses[0]?.vault ?? line.vault, asksAgent};
	if (what === 'fields') return {is: 'words', ...rest, lookUp: {what, given: addresses.map(({name}) => name)}};
	if (what === 'names' || what === 'vaults') return {is: 'words', ...rest, words: noun, lookUp: {what, given}};
	return {is: 'words', ...rest, words: [...noun, ...known(words, what, given.at(-1) ?? '')]};
}

/** The words of an offer that are known, after the operand `last`. */
function known(words: Words, what: Exclude<Offer, 'files' | LookedUp>, last: string): readonly Word[] {
	if (what === 'nothing') return [];
	if (what === 'verbs') return verbsAfter(words, undefined);
	if (typeof what === 'string') return words.lists[what];
	if ('after' in what) return Object.hasOwn(what.after, last) ? plain(what.after[last]) : [];
	return plain(what);
}

const plain = (words: readonly string[] = []): readonly Word[] => words.map((text): Word => [text, '']);
