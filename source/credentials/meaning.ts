import {isOverFieldLimit} from '../domain/field-limit.js';
import type {Secret} from '../domain/secret.js';
import {elementAt, tags} from '../text/der.js';

const meanings = new WeakMap<Secret, string>();
/** What most secrets are: neither JSON nor PEM, and of one line. */
const token = /^[\w+/=.-]*$/;

/**
 * A text that is equal for two secrets exactly when they mean the same. Line breaks at the end mean nothing. A JSON
 * object is compared by its content, a Google service account by its address, key id and key, and a private key in PEM
 * by its bytes, however either is laid out. Never to be shown.
 */
export function secretMeaning(secret: Secret): string {
	if (token.test(secret.reveal())) return secret.reveal();
	const known = meanings.get(secret);
	if (known !== undefined) return known;
	const text = withoutFinalBreaks(secret.reveal());
	const meaning = isOverFieldLimit(text) ? text : (objectMeaning(text) ?? pemMeaning(text) ?? text);
	// Only what takes work is remembered, for as long as the secret is.
	if (meaning !== text) meanings.set(secret, meaning);
	return meaning;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const hexPairs = /^[\da-f]{2}(?::[\da-f]{2}){1,63}$/i;

/** The same for a public field: the case of UUIDs and fingerprints and the slash that ends an address mean nothing. */
export function publicMeaning(value: Secret): string {
	const text = value.reveal().trim();
	if (uuid.test(text) || hexPairs.test(text)) return text.toLowerCase();
	if (text.length > 2000 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return text;
	return without(new URL(text).href, '/');
}

function without(text: string, ending: string): string {
	let end = text.length;
	while (end > 0 && ending.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

function withoutFinalBreaks(text: string): string {
	return without(text, '\r\n');
}

/** The meaning of a JSON object; undefined when the text is none, or when a number in it can't be compared exactly. */
function objectMeaning(text: string): string | undefined {
	if (!text.trimStart().startsWith('{')) return undefined;
	try {
		let exact = true;
		const root: unknown = JSON.parse(text, (_, value: unknown) => {
			if (typeof value === 'number' && !Number.isSafeInteger(value)) exact = false;
			return value;
		});
		return exact ? (accountMeaning(new Map(Object.entries(root as object))) ?? sorted(root)) : undefined;
	} catch {
		return undefined;
	}
}

/** The meaning of a Google service account's key file (google-auth-library, service accounts). */
function accountMeaning(members: ReadonlyMap<string, unknown>): string | undefined {
	const [type, key, email] = ['type', 'private_key', 'client_email'].map(name => members.get(name));
	if (type !== 'service_account' || typeof key !== 'string' || typeof email !== 'string') return undefined;
	// Where Google's own cloud is meant, older files do not say so.
	const universe = members.get('universe_domain') ?? 'googleapis.com';
	const tokens = members.get('token_uri') ?? 'https://oauth2.googleapis.com/token';
	return sorted([type, email, universe, tokens, members.get('private_key_id') ?? '', pemMeaning(key) ?? key]);
}

/** JSON without spaces, its members in the order of their names. Throws `RangeError` where it is nested too deeply. */
function sorted(node: unknown): string {
	if (Array.isArray(node)) return `[${node.map(sorted).join()}]`;
	if (typeof node !== 'object' || node === null) return JSON.stringify(node);
	const members = Object.entries(node).sort(([one], [other]) => (one < other ? -1 : 1));
	return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${sorted(value)}`).join()}}`;
}

/** The meaning of a text with keys in PEM (RFC 7468); undefined when there is none in it. */
function pemMeaning(text: string): string | undefined {
	if (!text.includes('-----BEGIN ')) return undefined;
	// In variables and in JSON that was escaped twice, `\n` stands for a line break.
	const pieces = text.replaceAll('\\n', '\n').split('-----');
	const blocks: string[] = [];
	const around: string[] = [];
	for (let at = 0; at < pieces.length; at++) {
		const [begin = '', body = '', end] = pieces.slice(at, at + 3);
		const label = begin.startsWith('BEGIN ') ? begin.slice('BEGIN '.length) : '';
		if (label === '' || end !== `END ${label}`) {
			around.push(begin);
		} else {
			blocks.push(keyMeaning(label, body.replace(/\s+/g, '')));
			at += 2;
		}
	}
	// Oracle tells people to end the file with this line, which is no part of the key.
	const rest = around.join('-----').replaceAll('OCI_API_KEY', '');
	return blocks.length === 0 ? undefined : sorted([without(rest, ' \t\r\n-').trimStart(), ...blocks]);
}

/** The object identifier of RSA keys, 1.2.840.113549.1.1.1, in DER (RFC 8017, A.1). */
const rsa = Buffer.from('06092a864886f70d010101', 'hex');

/** Whatever a block holds, its RSA key out of the wrapping of PKCS #8 (RFC 5208, 5). */
function keyMeaning(label: string, body: string): string {
	// Headers, such as those of an encrypted key, are no base64.
	if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) return `${label} ${body}`;
	const der = Buffer.from(body, 'base64');
	if (label !== 'PRIVATE KEY') return `${label} ${der.toString('base64')}`;
	const whole = elementAt(der, 0);
	const version = whole && elementAt(der, whole.start);
	const algorithm = version && elementAt(der, version.end);
	const key = algorithm && elementAt(der, algorithm.end);
	const isRsa = algorithm !== undefined && der.subarray(algorithm.start, algorithm.end).includes(rsa);
	return key?.tag === tags.octets && isRsa
		? `RSA PRIVATE KEY ${der.toString('base64', key.start, key.end)}`
		: `${label} ${der.toString('base64')}`;
}
