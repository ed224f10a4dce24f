import type {KeyObject} from 'node:crypto';

/** The longest modulus in bits: a signature with one of 32768 takes seconds, in which nothing else is done. */
const longest = 8192;

/** Whether it is an RSA key of a size that somebody uses. */
export function isUsualRsa({asymmetricKeyType, asymmetricKeyDetails}: KeyObject): boolean {
	return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) <= longest;
}
