import {StringDecoder} from 'node:string_decoder';
import {keysPlace, type Place} from './byte-place.js';
import {PasteBytes, pasteBegins} from './paste-bytes.js';
import {
	backslash,
	bel,
	bracket,
	can,
	continuationsOf,
	esc,
	etx,
	introducers,
	isFinal,
	isParameter,
	letterM,
	letterO,
	oneByte,
	osc,
	st,
} from './terminal-bytes.js';

/** The most bytes of an answer that are waited for; what comes after them counts as keys again. */
const longestAnswer = 128 * 1024;
/** A longer sequence, in bytes, is not a key: it is dropped up to its end. */
const longestSequence = 256;
/** The most bytes of an answer that are handed to who has asked. */
const longestContent = 64;

/** Escape, and a key with alt, in the kitty protocol's spelling: complete by themselves, whatever follows. */
const escapeKey = '\u001b[27u';
const altKey = (byte: number): string => `\u001b[${byte};3u`;

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

/** What a terminal answers when it is asked what it is (DA1). No key looks like it. */
const attributes = /^\u001b+\[\?[\d;]*c$/;

/**
 * Splits up what a terminal sends, before it is decoded. Keys and pastes pass through unchanged. Answers to questions
 * that some program asked the terminal are dropped whole, wherever reads cut them, since their letters would act as
 * keys: control strings (OSC, DCS, APC, PM and SOS, also with a one-byte introducer), and the mouse reports of X10,
 * three bytes that are not UTF-8. Ctrl-C, Ctrl-X and every other escape sequence, such as the beginning of a paste,
 * end an answer that does not end by itself. `onAnswer` gets what an OSC says, and what a terminal says that it is
 * (DA1), without their introducers.
 */
export function createByteParser(onAnswer: (answer: string) => void = () => {}): ByteParser {
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
		const endsAtBell = introducer === osc;
		place = {kind: 'string', endsAtBell, ...(bytes === 2 ? {introducer} : {}), length: bytes, content: []};
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
		} else if (attributes.test(sequence)) {
			onAnswer(sequence.slice(sequence.indexOf('?')));
		} else {
			emit(sequence);
		}
		return true;
	}

	function answered(content: readonly number[]): void {
		toKeys();
		if (content.length > 0) onAnswer(Buffer.from(content).toString('latin1'));
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
			const isPart = isInCharacter(byte);
			if (!isPart && byte === esc) {
				place = {kind: 'string-end', content: string.content, key: string.length === 3 ? string.introducer : undefined};
				return index + 1;
			}
			if (!isPart && (byte === st || (byte === bel && string.endsAtBell))) {
				answered(string.content);
				return index + 1;
			}
			if (string.endsAtBell && string.content.length < longestContent) string.content.push(byte);
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
				if (byte === backslash) answered(place.content);
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
