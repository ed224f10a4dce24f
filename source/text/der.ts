/** A value in DER: its tag, and where its content starts and ends. */
export type Element = {readonly tag: number; readonly start: number; readonly end: number};

/** Tags of DER (X.690). */
export const tags = {integer: 0x02, octets: 0x04, sequence: 0x30} as const;

/** The value at a position, or undefined when there is no whole one. */
export function elementAt(der: Buffer, at: number): Element | undefined {
	const tag = der[at];
	const short = der[at + 1];
	if (tag === undefined || short === undefined) return undefined;
	const bytes = short < 0x80 ? 0 : short - 0x80;
	const start = at + 2 + bytes;
	if ((short >= 0x80 && bytes === 0) || bytes > 4 || start > der.length) return undefined;
	const end = start + (bytes === 0 ? short : der.readUIntBE(at + 2, bytes));
	return end > der.length ? undefined : {tag, start, end};
}
