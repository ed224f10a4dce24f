import {type Element, elementAt, tags} from '../../text/der.js';

/** The most work for opening an encrypted key, in rounds: some seconds. Tools use 2,048 to 600,000. */
const mostWork = 5_000_000;
const deepest = 8;

const {integer, sequence} = tags;
/** The object identifier of scrypt, 1.3.6.1.4.1.11591.4.11, in DER (RFC 7914, 7). */
const scrypt = Buffer.from('06092b06010401da47040b', 'hex');

/** The integers in a value, in order; infinite when one is too large or the value can't be parsed. */
function integersIn(der: Buffer, {tag, start, end}: Element, depth = 0): readonly number[] {
	if (tag === integer) return [end - start > 6 ? Number.POSITIVE_INFINITY : der.readUIntBE(start, end - start || 1)];
	if (tag !== sequence) return [];
	if (depth === deepest) return [Number.POSITIVE_INFINITY];
	const found: number[] = [];
	for (let at = start; at < end; ) {
		const element = elementAt(der, at);
		if (element === undefined) return [Number.POSITIVE_INFINITY];
		found.push(...integersIn(der, element, depth + 1));
		at = element.end;
	}
	return found;
}

/** The rounds a key asks for; 0 for a key that is not encrypted, which starts with its version. */
function workOf(der: Buffer): number {
	const whole = elementAt(der, 0);
	const algorithm = whole && elementAt(der, whole.start);
	if (whole?.tag !== sequence || algorithm?.tag !== sequence) return 0;
	const numbers = integersIn(der, algorithm);
	const isScrypt = der.subarray(algorithm.start, algorithm.end).includes(scrypt);
	// For scrypt: N, r and p, then the key length. Otherwise: rounds, then the key length.
	return isScrypt ? numbers.slice(0, 3).reduce((product, each) => product * each, 1) : Math.max(0, ...numbers);
}

/** The formats older than PKCS #8, whose headers name a cipher with one round. */
const old = /^(?:RSA|EC|DSA) PRIVATE KEY$/;

/**
 * Whether opening the keys in a PEM text would take too long: an encrypted key itself says how much work its passphrase
 * takes (PKCS #5, RFC 8018), and a file may claim billions of rounds. A block that is not pure base64 counts as too
 * much: with headers, its algorithm may itself be encrypted.
 */
export function isTooMuchWork(pem: string): boolean {
	let work = 0;
	for (const [, label = '', body = '', dashes] of pem.matchAll(/-----BEGIN ([A-Z ]{0,40})-----([\w+/=\s]*)(-{5})?/g)) {
		if (old.test(label)) continue;
		if (dashes === undefined) return true;
		work += workOf(Buffer.from(body, 'base64'));
	}
	return work > mostWork;
}
