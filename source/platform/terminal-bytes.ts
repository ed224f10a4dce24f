// The bytes that a terminal's sequences are made of (ECMA-48).

export const [etx, bel, can, esc, st] = [0x03, 0x07, 0x18, 0x1b, 0x9c];
export const [bracket, backslash, letterM, letterO] = [0x5b, 0x5c, 0x4d, 0x4f];
export const osc = 0x5d;
/** The second bytes of the introducers of control strings: DCS, SOS, OSC, PM, APC (ECMA-48, 5.6). */
export const introducers: ReadonlySet<number> = new Set([0x50, 0x58, osc, 0x5e, 0x5f]);
/** A two-byte introducer can also be one byte: its second byte plus this. */
export const oneByte = 0x40;

export const isParameter = (byte: number): boolean => byte >= 0x20 && byte <= 0x3f;
export const isFinal = (byte: number): boolean => byte >= 0x40 && byte <= 0x7e;

/** How many bytes of a UTF-8 character follow this one. */
export function continuationsOf(byte: number): number {
	if (byte >= 0xf0 && byte <= 0xf4) return 3;
	if (byte >= 0xe0 && byte <= 0xef) return 2;
	return byte >= 0xc2 && byte <= 0xdf ? 1 : 0;
}
