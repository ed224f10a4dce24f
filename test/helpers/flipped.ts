/** The bytes with one bit changed. */
export function flipped(bytes: Buffer, bit: number): Buffer {
	const changed = Buffer.from(bytes);
	changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return changed;
}
