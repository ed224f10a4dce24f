const leastLength = 4096;

/**
 * The padded length for content of this many bytes (less than 2^31): at least 4096, and above that Padmé (PURBs,
 * Nikitin et al. 2019), which adds less than 12% and reveals almost nothing about the length.
 */
export function paddedLength(length: number): number {
	if (length <= leastLength) return leastLength;
	const exponent = 31 - Math.clz32(length);
	const kept = 32 - Math.clz32(exponent);
	const step = 2 ** (exponent - kept);
	return Math.ceil(length / step) * step;
}

/** The text in UTF-8, padded with spaces to `paddedLength()`. */
export function padded(text: string): Buffer {
	const length = Buffer.byteLength(text);
	const bytes = Buffer.alloc(paddedLength(length), ' ');
	bytes.write(text);
	return bytes;
}
