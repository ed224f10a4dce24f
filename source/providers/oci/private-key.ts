import {createHash, createPrivateKey, createPublicKey, type KeyObject} from 'node:crypto';
import {isPath, pathNotText} from '../shape-rules.js';
import {isTooMuchWork} from './key-work.js';

/** The result of opening a private key's text: the key, or why it failed. */
type Opened = KeyObject | 'locked' | 'wrong passphrase' | 'unreadable';

/** Opens a key in PEM. Text after it is ignored: Oracle tells people to end the file with a line `OCI_API_KEY`. */
function open(pem: string, passphrase: string): Opened {
	const encrypted = /ENCRYPTED/.test(pem);
	if (encrypted && passphrase === '') return 'locked';
	const unreadable = encrypted ? 'wrong passphrase' : 'unreadable';
	// OpenSSL is slow to fail, and each of thousands of profiles may lack its key, or have one that asks for hours of
	// work.
	if (!pem.includes('-----BEGIN ') || isTooMuchWork(pem)) return unreadable;
	try {
		return createPrivateKey({key: pem, passphrase});
	} catch {
		return unreadable;
	}
}

/**
 * MD5 of the public key in DER, as pairs of lower-case hex separated by `:` (Oracle's documentation, required keys and
 * OCIDs).
 */
function print(key: KeyObject): string {
	const der = createPublicKey(key).export({type: 'spki', format: 'der'});
	return createHash('md5')
		.update(der)
		.digest('hex')
		.replace(/..(?=.)/g, '$&:');
}

/** The fingerprint of a private key in PEM, or undefined when it can't be read with that passphrase. */
export function fingerprintOf(pem: string, passphrase: string): string | undefined {
	const key = open(pem, passphrase);
	return typeof key === 'string' ? undefined : print(key);
}

/** What is odd about a passphrase: that the private key is not encrypted. */
export function passphraseOddity(pem: string): string | undefined {
	return typeof open(pem, '') === 'string' ? undefined : 'the private key is not encrypted, so it needs none';
}

/**
 * What is odd about a private key in PEM, given its fingerprint and passphrase, each empty when not known. Returns
 * undefined for an encrypted key without its passphrase.
 */
export function privateKeyOddity(pem: string, passphrase: string, fingerprint: string): string | undefined {
	const key = open(pem, passphrase);
	if (key === 'locked') return undefined;
	if (key === 'wrong passphrase') return "it can't be read with this passphrase";
	if (key === 'unreadable' && isPath(pem)) return pathNotText;
	if (key === 'unreadable') return 'it is not a readable private key in PEM format';
	if (key.asymmetricKeyType !== 'rsa') return 'OCI API signing keys are RSA keys; this is another kind';
	return fingerprint !== '' && fingerprint !== print(key) ? 'the fingerprint is not that of this key' : undefined;
}
