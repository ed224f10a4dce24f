import {createDecipheriv, createHash, scryptSync} from 'node:crypto';
import {readFileSync} from 'node:fs';

type Slot = {
	id: string;
	kind: string;
	kdf: {name: string; n: number; r: number; p: number; salt: string};
	nonce: string;
	key: string;
};
type File = {
	format: string;
	version: number;
	id: string;
	generation: number;
	slots: Slot[];
	body: {nonce: string; data: string};
	checksum: string;
};

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const canonical = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`.replace(/[\u007F-\uFFFF]/g, escaped);

function open(key: Buffer, nonce: string, sealed: string, bound: unknown): Buffer {
	const data = Buffer.from(sealed, 'base64');
	const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
	decipher.setAAD(Buffer.from(canonical(bound)));
	decipher.setAuthTag(data.subarray(data.length - 16));
	return Buffer.concat([decipher.update(data.subarray(0, data.length - 16)), decipher.final()]);
}

/** Opens a vault file as docs/vault-format.md says, with nothing of the program. Returns the content's JSON, parsed. */
export function decryptVault(path: string, passphrase: string): unknown {
	const text = readFileSync(path, 'utf8');
	const {checksum, ...rest}: File = JSON.parse(text);
	if (canonical({...rest, checksum}) !== text) throw new Error('not the canonical text');
	if (createHash('sha256').update(canonical(rest)).digest('hex') !== checksum) throw new Error('wrong checksum');
	const {body, ...header} = rest;
	const slot = header.slots.find(({kind}) => kind === 'passphrase');
	const isKnown = header.format === 'pharmer-vault' && (header.version === 1 || header.version === 2);
	if (!isKnown || slot === undefined) throw new Error('neither version 1 nor version 2');
	const {nonce, key: wrapped, ...way} = slot;
	const {n, r, p, salt} = slot.kdf;
	const derived = scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, {
		N: n,
		r,
		p,
		maxmem: 2 ** 31,
	});
	const key = open(derived, nonce, wrapped, {vault: header.id, slot: way});
	return JSON.parse(open(key, body.nonce, body.data, header).toString('utf8'));
}
