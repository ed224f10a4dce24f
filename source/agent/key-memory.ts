/**
 * Memory for a key, filled with zero. It is outside the heap of V8, which keeps buffers of up to 64 bytes in there: it
 * moves them, and copies one out as soon as it is written to a socket or given to a cipher. Either leaves a copy that
 * nobody can fill.
 */
export function keyMemory(length: number): Buffer {
	return Buffer.from(new ArrayBuffer(length));
}
