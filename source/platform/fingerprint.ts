import {createHash} from 'node:crypto';

/** What tells a text from others without holding it. The hashes are SHA-256 in hexadecimal. */
export type Fingerprint = {
	/** In bytes of UTF-8. */
	readonly length: number;
	readonly hash: string;
	/** Of the text without carriage returns, for a clipboard that changes line ends. */
	readonly hashOfLines: string;
};

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

export function fingerprintOf(text: string): Fingerprint {
	const hash = sha256(text);
	const lines = text.replaceAll('\r', '');
	return {length: Buffer.byteLength(text), hash, hashOfLines: lines === text ? hash : sha256(lines)};
}

/** Whether that is the text of a fingerprint, to the byte. */
export function isTextOf(content: Buffer, {length, hash}: Fingerprint): boolean {
	return content.length === length && sha256(content) === hash;
}

/** Whether both are of the same text. */
export function isSameText(one: Fingerprint, other: Fingerprint): boolean {
	return one.length === other.length && one.hash === other.hash;
}
