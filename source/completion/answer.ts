import {homedir} from 'node:os';
import {join} from 'node:path';
import {nameKey} from '../domain/name.js';
import {isUnsafe} from '../text/visible.js';
import {type LookedUp, type Offered, offered} from './offered.js';
import {readTyped, typedAs} from './typed-word.js';
import {type CompletingShell, completingShells, type Word, type Words} from './words.js';

/** A credential's name and the keys of its fields. */
type Named = readonly [name: string, fields: readonly string[]];

/** Looks up the credentials of a vault, the usual one when its path is undefined; undefined when that is not known. */
export type LookUp = (vault: string | undefined) => Promise<readonly Named[] | undefined>;

/**
 * What a shell's script gets for a request `SHELL AT WORD...`: the words of the line without the program's own, and
 * which of them is completed. Its first line is `words`, `files` or `command`; after `words` each line is a word, and
 * after a tab what it is. Undefined for anything else. Bash gets what has to be typed, the others the plain words.
 * `vaults` gives the names of the vaults that have one.
 */
export async function completionLines(
	words: Words,
	[shell, at = '', ...line]: readonly string[],
	lookUp: LookUp,
	vaults: () => readonly string[] = () => [],
): Promise<string | undefined> {
	const known = completingShells.find(each => each === shell);
	if (known === undefined || !/^\d{1,5}$/.test(at)) return undefined;
	const typed = known === 'bash' ? line.map(each => readTyped(each).text) : line;
	const offer = offered(words, typed, Number(at));
	if (offer.is !== 'words') return `${offer.is}\n`;
	const found = await allWords(offer, lookUp, vaults);
	const lines = found.flatMap(([text, about]) => lineFor(known, line[Number(at)] ?? '', offer.before + text, about));
	return ['words', ...lines, ''].join('\n');
}

async function allWords(
	offer: Offered & {readonly is: 'words'},
	lookUp: LookUp,
	vaults: () => readonly string[],
): Promise<readonly Word[]> {
	const {words, lookUp: wanted, otherwise, vault, asksAgent} = offer;
	if (wanted?.what === 'vaults') return vaults().map((name): Word => [name, '']);
	const found = wanted && asksAgent ? await lookUp(vault && withHome(vault)) : undefined;
	const all = [...words, ...(wanted && found ? wordsFrom(found, wanted) : [])];
	return all.length > 0 ? all : otherwise;
}

/** A path with the home directory in the place of a tilde, which a shell leaves where it completes. */
function withHome(path: string): string {
	return /^~(?:\/|$)/.test(path) ? join(homedir(), path.slice(1)) : path;
}

/** What a terminal would obey or hide is not offered, nor what would be a flag on the line. */
function wordsFrom(
	found: readonly Named[],
	{what, given}: {what: LookedUp; given: readonly string[]},
): readonly Word[] {
	const isGiven = new Set(given.map(nameKey));
	const texts =
		what === 'names'
			? found.map(([name]) => name).filter(name => !isGiven.has(nameKey(name)))
			: found.filter(([name]) => isGiven.size === 0 || isGiven.has(nameKey(name))).flatMap(([, fields]) => fields);
	return [...new Set(texts)].filter(text => /^[^-]/.test(text) && !isUnsafe(text)).map((text): Word => [text, '']);
}

/** The line of a word; none where it does not fit what is typed. Zsh and fish see to that themselves. */
function lineFor(shell: CompletingShell, typed: string, text: string, about: string): readonly string[] {
	if (shell === 'bash') return [typedAs(readTyped(typed), text) ?? []].flat();
	if (shell === 'powershell' && !text.toLowerCase().startsWith(typed.toLowerCase())) return [];
	return [about === '' ? text : `${text}\t${about}`];
}
