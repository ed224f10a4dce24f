import {StringDecoder} from 'node:string_decoder';
import {PasteBytes, pasteBegins} from './paste-bytes.js';

const [etx, bel, can, esc, st] = [0x03, 0x07, 0x18, 0x1b, 0x9c];
const [bracket, backslash, letterM, letterO] = [0x5b, 0x5c, 0x4d, 0x4f];
const osc = 0x5d;
/** The second bytes of the introducers of control strings: DCS, SOS, OSC, PM, APC (ECMA-48, 5.6). */
const introducers: ReadonlySet<number> = new Set([0x50, 0x58, osc, 0x5e, 0x5f]);
/** A two-byte introducer can also be one byte: its second byte plus this. */
const oneByte = 0x40;

/** The most bytes of an answer that are waited for; what comes after them counts as keys again. */
const longestAnswer = 128 * 1024;
/** A longer sequence, in bytes, is not a key: it is dropped up to its end. */
const longestSequence = 256;

/** Escape, and a key with alt, in the kitty protocol's spelling: complete by themselves, whatever follows. */
const escapeKey = '\u001b[27u';
const altKey = (byte: number): string => `\u001b[${byte};3u`;

/** What the next byte belongs to. */
type Place =
	| {readonly kind: 'keys'}
	/** After one escape, or two. */
	| {readonly kind: 'escape'}
	/** In a sequence, which is held until it is complete. */
	| {readonly kind: 'sequence'}
	| {readonly kind: 'long-sequence'}
	/** In an old mouse report, with `left` more bytes to come. */
	| {readonly kind: 'mouse'; readonly left: number}
	/** In a control string of `length` bytes so far. `introducer` is the second byte of a two-byte introducer. */
	| {readonly kind: 'string'; readonly endsAtBell: boolean; readonly introducer?: number; length: number}
	/**
	 * After the escape that ends a control string: a backslash still belongs to it. `key` is the second byte of an
	 * introducer with nothing behind it: the same once more is a key that repeats.
	 */
	| {readonly kind: 'string-end'; readonly key: number | undefined}
	| {readonly kind: 'paste'; readonly paste: PasteBytes};

const keysPlace: Place = {kind: 'keys'};

export type ByteParser = {
	/** Takes what the terminal sent and returns the complete keys and pastes in it. Anything incomplete is held. */
	push(bytes: Uint8Array): string;
	/** What the held bytes are: a lone escape, the beginning of more, a paste; undefined when none are held. */
	readonly holds: 'escape' | 'beginning' | 'paste' | undefined;
	/**
	 * Gives up on the held bytes because nothing has come for a while, and returns what they mean by themselves. A
	 * paste is still waited for.
	 */
	settle(): string;
};

const isParameter = (byte: number): boolean => byte >= 0x20 && byte <= 0x3f;
const isFinal = (byte: number): boolean => byte >= 0x40 && byte <= 0x7e;

/** How many bytes of a UTF-8 character follow this one. */
function continuationsOf(byte: number): number {
	if (byte >= 0xf0 && byte <= 0xf4) return 3;
	if (byte >= 0xe0 && byte <= 0xef) return 2;
	return byte >= 0xc2 && byte <= 0xdf ? 1 : 0;
}

/**
 * Splits up what a terminal sends, before it is decoded. Keys and pastes pass through unchanged. Answers to questions
 * that some program asked the terminal are dropped whole, wherever reads cut them, since their letters would act as
 * keys: control strings (OSC, DCS, APC, PM and SOS, also with a one-byte introducer), and the mouse reports of X10,
 * three bytes that are not UTF-8. Ctrl-C, Ctrl-X and every other escape sequence, such as the beginning of a paste,
 * end an answer that does not end by itself.
 */
export function createByteParser(): ByteParser {
	const decoder = new StringDecoder('utf8');
	let place: Place = keysPlace;
	/** The bytes of the incomplete sequence. */
	let held: number[] = [];
	/** Bytes that the current UTF-8 character still needs; none of them is a control. */
	let continuations = 0;
	let out: Uint8Array[] = [];

	function emit(bytes: Uint8Array | string): void {
		out.push(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
	}

	function toKeys(): void {
		place = keysPlace;
		held = [];
	}

	/** Emits what the held beginning of a sequence means when the rest does not come: keys, or nothing. */
	function emitHeld(): void {
		const [first, second, third] = held;
		if (held.length === 1 && first === esc) emit(escapeKey);
		else if (second === esc) emit(escapeKey + (third === undefined ? escapeKey : altKey(third)));
		else if (held.length === 2 && second !== undefined) emit(altKey(second));
		toKeys();
	}

	function beginString(introducer: number, bytes: 1 | 2): void {
		toKeys();
		continuations = 0;
		place = {kind: 'string', endsAtBell: introducer === osc, ...(bytes === 2 ? {introducer} : {}), length: bytes};
	}

	/** Whether a byte is part of a multi-byte UTF-8 character. */
	function isInCharacter(byte: number): boolean {
		const continues = continuations > 0 && byte >= 0x80 && byte <= 0xbf;
		continuations = continues ? continuations - 1 : continuationsOf(byte);
		return continues || continuations > 0;
	}

	/**
	 * Passes through everything from `from` up to what may begin something other than a key. Returns where to
	 * continue.
	 */
	function inKeys(bytes: Uint8Array, from: number): number {
		let index = from;
		let found: number | undefined;
		for (; index < bytes.length && found === undefined; index++) {
			const byte = bytes[index] ?? 0;
			if (isInCharacter(byte)) continue;
			const introducer = byte - oneByte;
			if (byte === esc || byte === st || introducer === bracket || introducers.has(introducer)) found = byte;
		}
		emit(bytes.subarray(from, found === undefined ? index : index - 1));
		if (found === esc) {
			place = {kind: 'escape'};
			held = [esc];
		} else if (found === bracket + oneByte) {
			place = {kind: 'sequence'};
			held = [found];
		} else if (found !== undefined && found !== st) {
			beginString(found - oneByte, 1);
		}
		return index;
	}

	/** Handles the byte after an escape, or two of them. True when it was consumed. */
	function behindEscape(byte: number): boolean {
		if (byte === etx || byte === can) {
			emitHeld();
			return false;
		}
		if (introducers.has(byte)) {
			if (held.length === 2) emit(escapeKey);
			beginString(byte, 2);
			return true;
		}
		if (byte === esc) {
			if (held.length === 2) emit(escapeKey);
			else held.push(byte);
			return true;
		}
		held.push(byte);
		if (byte === bracket || byte === letterO) {
			place = {kind: 'sequence'};
			return true;
		}
		emit(Uint8Array.from(held));
		toKeys();
		isInCharacter(byte);
		return true;
	}

	/** Handles the next byte of a sequence. True when it was consumed. */
	function inSequence(byte: number): boolean {
		const [kind, first, second] = held.slice(held.lastIndexOf(esc) + 1);
		const isControl = kind !== letterO;
		if (isControl && first === undefined && byte === letterM) {
			toKeys();
			place = {kind: 'mouse', left: 3};
			return true;
		}
		// The Linux console's function keys are `ESC [ [ A`, and rxvt's shifted editing keys end in a dollar sign.
		const isConsole = isControl && first === undefined && byte === bracket;
		const isRxvt = byte === 0x24 && second === undefined && '235678'.includes(String.fromCharCode(first ?? 0));
		if (isConsole || (!isRxvt && isParameter(byte) && (isControl || byte >= 0x30))) {
			held.push(byte);
			if (held.length > longestSequence) place = {kind: 'long-sequence'};
			return true;
		}
		if (!isFinal(byte) && !isRxvt) {
			emitHeld();
			return false;
		}
		const start = held.lastIndexOf(esc);
		// Before a paste, a first escape is a key of its own; anywhere else it can't be told from a key with alt.
		const sequence =
			start === -1 ? `\u001b[${String.fromCharCode(...held.slice(1), byte)}` : String.fromCharCode(...held, byte);
		toKeys();
		if (sequence.endsWith(pasteBegins)) {
			if (start === 1) emit(escapeKey);
			place = {kind: 'paste', paste: new PasteBytes(start === -1)};
		} else {
			emit(sequence);
		}
		return true;
	}

	/** Handles the bytes of a control string from `from` on. Returns where to continue. */
	function inString(string: Extract<Place, {kind: 'string'}>, bytes: Uint8Array, from: number): number {
		for (let index = from; index < bytes.length; index++) {
			const byte = bytes[index] ?? 0;
			if (byte === etx || byte === can || string.length === longestAnswer) {
				toKeys();
				return index;
			}
			string.length++;
			if (isInCharacter(byte)) continue;
			if (byte === esc) {
				place = {kind: 'string-end', key: string.length === 3 ? string.introducer : undefined};
				return index + 1;
			}
			if (byte === st || (byte === bel && string.endsAtBell)) {
				toKeys();
				return index + 1;
			}
		}
		return bytes.length;
	}

	function inPaste(paste: PasteBytes, bytes: Uint8Array, from: number): number {
		const end = paste.take(bytes, from);
		if (end === undefined) return bytes.length;
		emit(paste.whole());
		toKeys();
		return end;
	}

	/**
	 * Handles the byte at `index` and, where it can, what follows. Returns where to continue: at the same byte when
	 * it belongs to something else.
	 */
	function step(bytes: Uint8Array, index: number): number {
		const byte = bytes[index] ?? 0;
		switch (place.kind) {
			case 'keys':
				return inKeys(bytes, index);
			case 'escape':
				return behindEscape(byte) ? index + 1 : index;
			case 'sequence':
				return inSequence(byte) ? index + 1 : index;
			case 'long-sequence':
				if (!isParameter(byte)) toKeys();
				return isParameter(byte) || isFinal(byte) ? index + 1 : index;
			case 'mouse':
				place = place.left === 1 || byte < 0x20 ? keysPlace : {kind: 'mouse', left: place.left - 1};
				return byte < 0x20 ? index : index + 1;
			case 'string':
				return inString(place, bytes, index);
			case 'string-end':
				if (byte === backslash) toKeys();
				else {
					if (byte === place.key) emit(altKey(byte));
					place = {kind: 'escape'};
					held = [esc];
				}
				return byte === backslash ? index + 1 : index;
			case 'paste':
				return inPaste(place.paste, bytes, index);
		}
	}

	function taken(): string {
		const text = decoder.write(Buffer.concat(out));
		out = [];
		return text;
	}

	return {
		push(bytes) {
			if (place.kind === 'paste' && place.paste.isGivenUp(bytes)) toKeys();
			for (let index = 0; index < bytes.length; ) index = step(bytes, index);
			return taken();
		},
		get holds() {
			if (place.kind === 'keys') return undefined;
			if (place.kind === 'paste') return 'paste';
			return place.kind === 'escape' ? 'escape' : 'beginning';
		},
		settle() {
			if (place.kind === 'paste') {
				place.paste.stall();
				return '';
			}
			if (place.kind === 'string' && place.length === 2 && place.introducer !== undefined)
				emit(altKey(place.introducer));
			if (place.kind === 'escape' || place.kind === 'sequence') emitHeld();
			else toKeys();
			return taken();
		},
	};
}
