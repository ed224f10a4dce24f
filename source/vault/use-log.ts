import {isTimestamp} from '../domain/time.js';
import {isUseKind, type Use, type UseKind, type Uses} from '../domain/use.js';
import {seal, unseal} from './keys/cipher.js';
import {derivedKey} from './keys/derived-key.js';

/** When the credentials of a vault were handed out on this machine. It has a key of its own, until `close()`. */
export type UseLog = {
	/**
	 * Notes that these credentials were handed out. Where that can't be written nothing is noted, which is no error. When
	 * it is shortened, only lines about `known` ids are kept; all of them when left out.
	 */
	note(ids: readonly string[], kind: UseKind, now: Date, known?: ReadonlySet<string>): Promise<void>;
	/** Another text each time that something was noted. */
	version(): string;
	/** What was noted; nothing where that can't be read, and after `close()`. */
	read(): Promise<Uses>;
	/** Seals it anew for another key of the vault. What opens with neither is dropped. */
	renew(vaultKey: Buffer): Promise<void>;
	/** Fills its key with zero. The log is of no use any more. */
	close(): void;
};

/** What a line says. Its kind may be one of a newer program, or `since`, without an id. */
export type Noted = Omit<Use, 'kind'> & {
	readonly kind: string /** The line that it was read from. */;
	readonly line?: string;
};

/** The length of every line, in bytes, with its line feed. */
export const lineBytes = 256;
/** The length of what is sealed in a line: base64 of nonce, ciphertext and tag then fills the line. */
const notedBytes = 163;
/** The base64 of a nonce. */
const nonceLetters = 16;
/** The kind of a line that says from when on every use is known. */
const sinceKind = 'since';

const purpose = 'pharmer use log';

/** The key of a vault's log, derived from the vault's. */
export function logKey(vaultKey: Buffer): Buffer {
	return derivedKey(vaultKey, Buffer.alloc(0), purpose);
}

/** Seals what was noted as a line for the log of that vault; empty when it does not fit into one. */
export function sealedLine(key: Buffer, vaultId: string, {id, kind, at}: Noted): string {
	const bytes = Buffer.from(JSON.stringify([id, kind, at]).padEnd(notedBytes));
	if (bytes.length !== notedBytes) return '';
	const {nonce, data} = seal(key, bytes, bound(vaultId));
	// The base64 of so many bytes ends with one `=`.
	return `${nonce}${data.slice(0, -1)}\n`;
}

/** What lines say, in their order, and those of the right form that the key does not open, without line feeds. */
export type Lines = {readonly noted: readonly Noted[]; readonly foreign: readonly string[]};

/** Opens lines of a log, given without their line feeds. Whatever is no line is passed over. */
export function openedLines(key: Buffer, vaultId: string, texts: readonly string[]): Lines {
	const noted: Noted[] = [];
	const foreign: string[] = [];
	for (const text of texts) {
		// What was written behind a line that was cut short stands at the end of its line.
		const line = text.slice(1 - lineBytes);
		if (line.length !== lineBytes - 1 || !/^[A-Za-z0-9+/]+$/.test(line)) continue;
		const sealed = {nonce: line.slice(0, nonceLetters), data: `${line.slice(nonceLetters)}=`};
		const bytes = unseal(key, sealed, bound(vaultId));
		if (bytes === undefined) foreign.push(line);
		else noted.push(...parseNoted(bytes.toString(), line));
	}
	return {noted, foreign};
}

function parseNoted(text: string, line: string): readonly Noted[] {
	try {
		const value: unknown = JSON.parse(text);
		const [id, kind, at] = Array.isArray(value) ? (value as readonly unknown[]) : [];
		if (typeof id !== 'string' || typeof kind !== 'string' || typeof at !== 'string') return [];
		return isTimestamp(at) ? [{id, kind, at, line}] : [];
	} catch {
		return [];
	}
}

function bound(vaultId: string): string {
	return `${purpose} ${vaultId}`;
}

/**
 * What a log is shortened to: from when on it is whole, and the newest line of each credential and kind, at most so
 * many, oldest first. With `isCut` more was noted than what is given.
 */
export function newestOf(noted: readonly Noted[], most: number, isCut = false): readonly Noted[] {
	const ordered = usesIn(noted);
	const newest = new Map(ordered.map(each => [keyOf(each), each]));
	const kept = ordered.filter(each => newest.get(keyOf(each)) === each);
	const dropped = kept.slice(0, Math.max(0, kept.length - most));
	const known = isCut ? ordered.at(-1)?.at : sinceOf(noted);
	const since = [known, dropped.at(-1)?.at].filter(at => at !== undefined).sort();
	const head = since.slice(-1).map(at => ({id: '', kind: sinceKind, at}));
	return [...head, ...kept.slice(dropped.length)];
}

/** The uses among what was noted, newest first, each once. With `isCut` more was noted than what is given. */
export function knownUses(noted: readonly Noted[], isCut: boolean): Uses {
	const uses = noted.flatMap(({id, kind, at}) => (isUseKind(kind) ? [{id, kind, at}] : []));
	const once = new Map(uses.map(use => [`${use.at} ${keyOf(use)}`, use]));
	// Of two in the same second the later line is the newer one.
	const list = [...once.values()].reverse().sort((a, b) => byTime(b, a));
	return {since: isCut ? undefined : sinceOf(noted), list};
}

/** From when on every use is known: as the log says, or else since its oldest line. */
function sinceOf(noted: readonly Noted[]): string | undefined {
	const said = noted.filter(({kind}) => kind === sinceKind).toSorted(byTime);
	return said.at(-1)?.at ?? usesIn(noted)[0]?.at;
}

/** The lines about credentials, oldest first. */
function usesIn(noted: readonly Noted[]): readonly Noted[] {
	return noted.filter(({kind}) => kind !== sinceKind).toSorted(byTime);
}

function byTime(a: Noted, b: Noted): number {
	return a.at === b.at ? 0 : a.at < b.at ? -1 : 1;
}

function keyOf({id, kind}: Noted): string {
	return `${kind} ${id}`;
}
