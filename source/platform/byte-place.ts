import type {PasteBytes} from './paste-bytes.js';

/** What the next byte belongs to. */
export type Place =
	| {readonly kind: 'keys'}
	/** After one escape, or two. */
	| {readonly kind: 'escape'}
	/** In a sequence, which is held until it is complete. */
	| {readonly kind: 'sequence'}
	| {readonly kind: 'long-sequence'}
	/** In an old mouse report, with `left` more bytes to come. */
	| {readonly kind: 'mouse'; readonly left: number}
	/** In a control string of `length` bytes so far. `introducer` is the second byte of a two-byte introducer. */
	| {
			readonly kind: 'string';
			readonly endsAtBell: boolean;
			readonly introducer?: number;
			length: number;
			/** The beginning of an OSC, as far as anybody looks at it. */
			readonly content: number[];
	  }
	/**
	 * After the escape that ends a control string: a backslash still belongs to it. `key` is the second byte of an
	 * introducer with nothing behind it: the same once more is a key that repeats.
	 */
	| {readonly kind: 'string-end'; readonly content: readonly number[]; readonly key: number | undefined}
	| {readonly kind: 'paste'; readonly paste: PasteBytes};

export const keysPlace: Place = {kind: 'keys'};
